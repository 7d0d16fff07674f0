"""The rows of a study's sheet: every question in order, guesses folded, what was decided before in its cells."""

from __future__ import annotations

from dataclasses import replace

from vivex.annotation import Annotation
from vivex.forms.rows import proposals
from vivex.forms.workbook.printed_rows import study_rows


def test_every_question_is_asked_once_in_order_blind_or_not(papers, codebook) -> None:
    for blind in (False, True):
        rows = study_rows(papers[0], codebook, blind=blind)
        labels = dict.fromkeys(row.asked.label for row in rows if row.asked is not None)
        assert list(labels) == list(codebook.questions)
        assert sum("\n" in row.cells.get("question", "") for row in rows) == len(labels)


def test_the_signalling_questions_stand_beside_the_judgement(papers, codebook) -> None:
    value = {"judgement": "low", "rule": "a table", "signalling": {"random_component": "yes"}}
    judged = [replace(a, value=value) if a.label == "syrcle.sequence_generation" else a for a in papers[0].judgements]
    rows = study_rows(replace(papers[0], judgements=tuple(judged)), codebook)
    (row,) = [r for r in rows if r.asked is not None and r.asked.label == "syrcle.sequence_generation"]
    assert row.cells["why"] == "a table\nrandom component? yes"


def test_decisions_of_before_stand_in_their_cells(papers, codebook) -> None:
    dose = next(a for a in proposals(papers[0].form) if a.label == "form.dose")
    made = [
        Annotation(
            dose.study, "form.dose", "41 µg/kg", (), "reviewer:mk", decision="edited", revises=dose.id, note="n"
        ),
        Annotation(dose.study, "form.dose", "5 mg", (), "reviewer:mk", decision="added"),
        Annotation(dose.study, "form.age", "9 weeks", (), "reviewer:mk", decision="added"),
    ]
    rows = [r for r in study_rows(papers[0], codebook, decided=made) if r.asked is not None]
    cells = [r.cells for r in rows if r.asked.label == "form.dose"]
    assert (cells[0]["decision"], cells[0]["yours"], cells[0]["note"], cells[0]["quote"]) == (
        "edit",
        "41 µg/kg",
        "n",
        "",
    )
    assert cells[2]["yours"] == "5 mg"
    assert any(r.cells.get("yours") == "9 weeks" for r in rows if r.asked.label == "form.age")


def test_an_edit_that_says_what_is_proposed_keeps_its_value(papers, codebook) -> None:
    dose = next(a for a in proposals(papers[0].form) if a.label == "form.dose")
    made = replace(dose, source="reviewer:mk", decision="edited", revises=dose.id)
    rows = [r for r in study_rows(papers[0], codebook, decided=[made]) if r.asked is not None]
    cells = next(r.cells for r in rows if r.asked.label == "form.dose")
    assert (cells["decision"], cells["yours"]) == ("edit", dose.value)
