"""The board tells what is left, and of others only how far they are."""

from __future__ import annotations

import json

from desk.conftest import BLIND, STUDY
from vivex.annotation import Annotation
from vivex.desk.board import board_data
from vivex.desk.deciding import Act, act, version
from vivex.desk.desk_review import DeskReview
from vivex.people import library
from vivex.people.exclude import exclude
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.references import Reference


def test_mine_come_first_and_the_excluded_last(desk: DeskReview) -> None:
    exclude(desk.review, "cole-2021", reason="no animals", by="mk", when="")
    act(desk, STUDY, Act("add", "form.age", version(desk.statement(STUDY), "form.age"), value="8 weeks"))
    other = Annotation(STUDY, "form.sex", "a secret word", (), "reviewer:th", decision="added")
    take_in(desk.review, "th", [other], Session("th.xlsx", "", False))
    data = board_data(desk)
    assert [one["study"] for one in data["studies"]] == [STUDY, BLIND, "dale-2022", "cole-2021"]
    mine, blind, _, out = data["studies"]
    assert (mine["answered"], mine["asked"], mine["blind"]) == (1, len(desk.questions), False)
    assert mine["others"] == [{"name": "th", "answered": 1}]
    assert blind["blind"]
    assert out["excluded"] == "no animals"
    assert mine["minutes"] > 0
    assert "secret" not in json.dumps(data)
    library.record(desk.review, {STUDY: Reference(authors=("Ames, A.",), year="2019")}, when="")
    assert [one["called"] for one in board_data(desk)["studies"]] == ["Ames 2019", BLIND, "dale-2022", "cole-2021"]


def test_a_damaged_statement_hides_no_study(desk: DeskReview) -> None:
    (desk.review.annotations / STUDY).mkdir()
    (desk.review.annotations / STUDY / "th.jsonl").write_text("{oops\n")
    assert board_data(desk)["studies"][0]["others"] == [{"name": "th", "answered": 0}]
