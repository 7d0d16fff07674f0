"""Differences show both sides with their evidence, never of a study that is judged blind, and are settled here."""

from __future__ import annotations

import pytest

from desk.conftest import BLIND, STUDY
from vivex.annotation import Annotation
from vivex.desk.desk_review import DeskReview
from vivex.desk.differences import Settling, differences_data, settle_item
from vivex.errors import ReviewError
from vivex.people.importing import take_in
from vivex.people.resolve import resolve
from vivex.people.store import Session, statements

LABEL = "syrcle.other_bias"


def judge(desk: DeskReview, study: str) -> None:
    """Let two reviewers judge an item apart."""
    for who, word in (("mk", "low"), ("th", "high")):
        value = {"judgement": word}
        proof = desk.files(study).proposals["form.dose"][0].evidence
        made = Annotation(study, LABEL, value, proof, f"reviewer:{who}", decision="added", note=f"{who} thinks so")
        take_in(desk.review, who, [made], Session("w.xlsx", "", True))


def test_both_sides_stand_with_evidence_and_reasons(desk: DeskReview) -> None:
    judge(desk, STUDY)
    judge(desk, BLIND)
    data = differences_data(desk)
    (item,) = data["items"]
    assert data["withheld"] == [BLIND]
    assert (item["study"], item["label"], item["single"]) == (STUDY, LABEL, True)
    assert [(side["reviewers"], [v["text"] for v in side["values"]]) for side in item["sides"]] == [
        (["mk"], ["low"]),
        (["th"], ["high"]),
    ]
    (value,) = item["sides"][0]["values"]
    assert (value["reasons"], value["evidence"][0]["quote"]) == ("mk: mk thinks so", "at 10 mg/kg")


def test_an_answer_of_several_values_is_taken_whole(desk: DeskReview) -> None:
    for who, values in (("mk", ("8 weeks",)), ("th", ("8 weeks", "9 weeks")), ("xy", ("8 weeks",))):
        made = [Annotation(STUDY, "form.age", v, (), f"reviewer:{who}", decision="added") for v in values]
        take_in(desk.review, who, made, Session(f"{who}.xlsx", who, False))
    (item,) = differences_data(desk)["items"]
    assert [side["reviewers"] for side in item["sides"]] == [["mk", "xy"], ["th"]]
    assert [(v["text"], v["agreed"]) for v in item["sides"][1]["values"]] == [("8 weeks", True), ("9 weeks", False)]
    settle_item(desk, Settling(STUDY, "form.age", take=("th",)))
    settled = [i for i in resolve(STUDY, statements(desk.review, STUDY)) if i.label == "form.age"]
    assert [a.value for a in settled[0].annotations] == ["8 weeks", "9 weeks"]


def test_an_item_is_settled_as_by_the_command(desk: DeskReview) -> None:
    judge(desk, STUDY)
    settle_item(desk, Settling(STUDY, LABEL, take=("th",), note="page 3 says so"))
    (item,) = resolve(STUDY, statements(desk.review, STUDY))
    assert (item.state, item.annotations[0].value, item.by) == ("adjudicated", {"judgement": "high"}, "adjudicator:mk")
    assert differences_data(desk)["items"] == []


def test_what_reviewers_ask_stands_beside_the_differences(desk: DeskReview) -> None:
    for study in (STUDY, BLIND):
        note = "For the adjudicator: is table 2 meant?"
        made = Annotation(study, "form.age", "8 weeks", (), "reviewer:mk", decision="added", note=note)
        take_in(desk.review, "mk", [made], Session("w.xlsx", "", True))
    (asked,) = differences_data(desk)["asked"]
    assert (asked["study"], asked["name"], asked["reviewer"]) == (STUDY, "age", "mk")
    assert asked["note"] == "is table 2 meant?"


def test_a_blind_study_is_not_settled(desk: DeskReview) -> None:
    judge(desk, BLIND)
    with pytest.raises(ReviewError, match="mk still judge this study blind"):
        settle_item(desk, Settling(BLIND, LABEL, take=("th",)))
    with pytest.raises(ReviewError, match="only reads"):
        settle_item(DeskReview(desk.review), Settling(STUDY, LABEL, take=("th",)))
