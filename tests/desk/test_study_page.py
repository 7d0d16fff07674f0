"""What the browser gets of a study: places exact in its text, answers as they stand, nothing that is hidden."""

from __future__ import annotations

import json

from desk.conftest import BLIND, STUDY
from vivex.desk.deciding import Act, act, version
from vivex.desk.desk_review import DeskReview
from vivex.desk.study_page import bound_data, page_data, place_data, question_data, review_data, study_data
from vivex.document import Document, Fragment, Page


def test_a_study_holds_its_questions_and_places(desk: DeskReview) -> None:
    data = study_data(desk, STUDY)
    assert [q["label"] for q in data["questions"]] == list(desk.questions)
    (row,) = next(q for q in data["questions"] if q["label"] == "form.dose")["rows"]
    assert (row["value"], row["status"], row["unsure"]) == ("10 mg/kg", "proposed", False)
    (place,) = row["evidence"]
    assert data["text"][place["start"] : place["end"]] == "at 10 mg/kg"
    assert all(data["text"][a:b].strip() for a, b in data["sentences"])
    assert next(data["text"][b[1] : b[2]] for b in data["blocks"]).startswith("Title of")
    assert (data["blind"], data["canClose"], data["others"]) == (False, False, ["th"])


def test_a_blind_study_holds_no_proposal(desk: DeskReview) -> None:
    data = study_data(desk, BLIND)
    assert data["blind"]
    assert all(q["rows"] == [] and q["alternatives"] == [] for q in data["questions"])
    told = json.dumps({k: v for k, v in data.items() if k not in ("text", "sentences", "blocks")})
    for word in ("10 mg/kg", "Wistar", "proposed", "grammar:test", "confidence"):
        assert word not in told
    assert bound_data(desk, BLIND) == {"rows": []}


def test_rows_say_how_they_stand(desk: DeskReview) -> None:
    asked = desk.questions["form.dose"]
    (dose,) = desk.files(STUDY).proposals["form.dose"]
    for what, value, status, left in (
        ("take", "", "taken", 0),
        ("answer", "9 mg/kg", "changed", 0),
        ("drop", "", "dropped", 0),
    ):
        seen = version(desk.statement(STUDY), "form.dose")
        act(desk, STUDY, Act(what, "form.dose", seen, dose.id, value))
        data = question_data(asked, desk.files(STUDY), desk.statement(STUDY), hidden=False)
        assert [(r["status"], r["value"]) for r in data["rows"]] == [(status, value or "10 mg/kg")]
        assert (data["state"], data["left"]) == ("answered", left)
        assert data["silent"] == (status == "dropped")
    assert study_data(desk, STUDY)["canUndo"]


def test_a_page_gives_the_edges_of_its_characters() -> None:
    paper = Document(
        "one",
        "ab c",
        fragments=(Fragment(0, 2, 1, (10, 20, 30, 32), (10, 19, 30)), Fragment(3, 4, 2, (10, 20, 15, 32))),
        pages=(Page(1, 100, 200), Page(2, 100, 200)),
    )
    assert page_data(paper, 1) == {"fragments": [[0, 2, [10, 20, 30, 32], [10, 19, 30], 0]]}
    assert page_data(paper, 2) == {"fragments": [[3, 4, [10, 20, 15, 32], [], 0]]}


def test_a_quote_that_the_text_no_longer_holds_keeps_its_words(desk: DeskReview) -> None:
    (dose,) = desk.files(STUDY).proposals["form.dose"]
    (place,) = place_data(dose.evidence, Document(STUDY, "Another text."))
    assert (place["start"], place["quote"]) == (None, "at 10 mg/kg")


def test_the_review_names_its_tables(desk: DeskReview) -> None:
    data = review_data(desk, "secret")
    assert [label for table in data["tables"] for label in table["labels"]] == list(desk.questions)
    assert (data["reviewer"], data["readOnly"], data["session"]) == ("mk", False, "secret")
