"""What is to be noticed of a study is told, and of a study that is judged blind only what one did oneself."""

from __future__ import annotations

from dataclasses import replace

from desk.conftest import BLIND, STUDY
from vivex.annotation import Annotation, read_annotations, write_annotations
from vivex.desk.deciding import Act, act, version
from vivex.desk.desk_review import DeskReview, id_of
from vivex.desk.noticing import noticed_data
from vivex.desk.study_page import Data
from vivex.document import write_document
from vivex.parse.text import parse_text
from vivex.people.importing import take_in
from vivex.people.store import Session

HIGH = {"judgement": "high"}


def noticed(desk: DeskReview, study: str = STUDY) -> Data:
    """Return what is noticed of a study."""
    found: Data = noticed_data(desk)["studies"][id_of(study)]
    return found


def propose(desk: DeskReview, study: str, confidence: float) -> None:
    """Let the machine judge an item high, and be so sure of a study's dose."""
    path = desk.review.outputs / "judgements" / f"{study}.jsonl"
    first, *others = read_annotations(path)
    write_annotations([replace(first, value=HIGH), *others], path)
    form = desk.review.outputs / "forms" / f"{study}.json"
    form.write_text(form.read_text().replace('"confidence": 0.8', f'"confidence": {confidence}'))


def test_unsure_own_and_high_are_counted(desk: DeskReview) -> None:
    assert noticed(desk) == {"paperChanged": 0, "questionsChanged": [], "unsure": 0, "mine": 0, "high": 0}
    propose(desk, STUDY, 0.4)
    assert (noticed(desk)["unsure"], noticed(desk)["high"]) == (3, 1)
    act(desk, STUDY, Act("add", "form.age", version(desk.statement(STUDY), "form.age"), value="8 weeks"))
    dose = desk.files(STUDY).proposals["form.dose"][0]
    act(desk, STUDY, Act("take", "form.dose", version(desk.statement(STUDY), "form.dose"), row=dose.id))
    assert (noticed(desk)["unsure"], noticed(desk)["mine"]) == (2, 1)


def test_of_a_blind_study_only_ones_own_is_told(desk: DeskReview) -> None:
    propose(desk, BLIND, 0.4)
    assert (noticed(desk, BLIND)["unsure"], noticed(desk, BLIND)["high"]) == (0, 0)
    made = Annotation(BLIND, "syrcle.other_bias", HIGH, (), "reviewer:mk", decision="added")
    take_in(desk.review, "mk", [made], Session("w.xlsx", "", True))
    assert noticed(desk, BLIND)["high"] == 1


def test_a_paper_and_a_question_that_changed_are_told(desk: DeskReview) -> None:
    dose = desk.files(STUDY).proposals["form.dose"][0]
    act(desk, STUDY, Act("take", "form.dose", version(desk.statement(STUDY), "form.dose"), row=dose.id))
    words = desk.files(STUDY).document.text.replace("at 10 mg/kg", "at 99 g/kgs")
    other = parse_text(words.encode(), study=STUDY, params={})
    write_document(other, desk.review.outputs / "documents" / f"{STUDY}.json")
    text = desk.review.codebook.read_text(encoding="utf-8")
    at = text.index("name: dose\n")
    desk.review.codebook.write_text(text[:at] + text[at:].replace("question: ", "question: Say ", 1))
    found = noticed(desk)
    assert (found["paperChanged"], found["questionsChanged"]) == (1, ["dose"])
    assert noticed(desk, BLIND)["paperChanged"] == 0
