"""The desk's studies go by id, are read anew when they were written anew, and hide what is judged blind."""

from __future__ import annotations

import pytest

from desk.conftest import BLIND, STUDY
from vivex.annotation import Annotation
from vivex.desk.desk_review import DeskReview, id_of
from vivex.errors import ReviewError, UnknownName
from vivex.people.blind import note_seen
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.review import Review


def test_studies_go_by_id(desk: DeskReview) -> None:
    assert desk.study(id_of(STUDY)) == STUDY
    for name in (STUDY, "", "../ames-2019", "0" * 16):
        with pytest.raises(UnknownName, match="go back to the board"):
            desk.study(name)


def test_what_is_written_anew_is_read_anew(desk: DeskReview) -> None:
    assert desk.files(STUDY) is desk.files(STUDY)
    path = desk.review.outputs / "forms" / f"{STUDY}.json"
    path.write_text(path.read_text().replace("10 mg/kg", "11 mg/kg, newly"))
    assert desk.files(STUDY).proposals["form.dose"][0].value == "11 mg/kg, newly"


def test_a_stamp_changes_with_what_people_say(desk: DeskReview) -> None:
    before = desk.stamp(STUDY)
    assert desk.stamp(STUDY) == before
    made = Annotation(STUDY, "form.age", "8 weeks", (), "reviewer:th", decision="added")
    take_in(desk.review, "th", [made], Session("th.xlsx", "", True))
    assert desk.stamp(STUDY) != before


def answer_all(desk: DeskReview, study: str) -> None:
    """Answer every question of a study blind."""
    made = []
    for question in desk.questions.values():
        value = question.parse(question.choices[0]) if question.choices else "12 rats"
        made.append(Annotation(study, question.label, value, (), f"reviewer:{desk.reviewer}", decision="added"))
    take_in(desk.review, desk.reviewer, made, Session("mk.xlsx", "", True))


def test_a_blind_study_is_hidden_until_its_reviewer_closes_it(desk: DeskReview) -> None:
    assert not desk.hides(STUDY)
    assert desk.hides(BLIND)
    answer_all(desk, BLIND)
    assert desk.hides(BLIND)  # answered, and not closed yet
    note_seen(desk.review, "mk", [BLIND], when="", by="vivex desk: closed")
    assert not desk.hides(BLIND)


def test_whoever_has_no_part_in_a_blind_study_sees_none_of_it_either(desk: DeskReview) -> None:
    assert DeskReview(desk.review, "th").hides(BLIND)
    meeting = DeskReview(desk.review)
    assert meeting.hides(BLIND)
    assert not meeting.hides(STUDY)
    answer_all(desk, BLIND)
    assert not meeting.hides(BLIND)


def test_a_meeting_may_look_at_ones_answers_but_not_while_others_are_blind(desk: DeskReview) -> None:
    for study in (STUDY, BLIND):
        made = Annotation(study, "form.age", "8 weeks", (), "reviewer:mk", decision="added")
        take_in(desk.review, "mk", [made], Session("mk.xlsx", "", True))
    meeting = DeskReview(desk.review, "mk", reading=True)
    assert meeting.read_only
    assert [a.value for a in meeting.statement(STUDY).decisions] == ["8 weeks"]
    assert meeting.statement(BLIND).decisions == ()
    with pytest.raises(ReviewError, match="--read-only"):
        meeting.may_write()


def test_a_meeting_decides_nothing(review: Review) -> None:
    meeting = DeskReview(review)
    assert meeting.read_only
    assert meeting.statement(STUDY).decisions == ()
    with pytest.raises(ReviewError, match="--read-only"):
        meeting.may_write()
