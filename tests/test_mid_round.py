"""A question is added in mid-round: it alone is asked of those who were done, and nothing decided is lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from small_review import review as review
from vivex.annotation import Annotation, find_quote, to_json
from vivex.cli import main
from vivex.codebook import read_codebook
from vivex.people.assign import Assignment, record
from vivex.people.importing import take_in
from vivex.people.machine import document
from vivex.people.resolve import resolved
from vivex.people.store import Session, statement_of, statements, studies
from vivex.review import Review
from workbook_rows import FilledBook

DONE, BEGUN = "ames-2019", "bell-2020"
NEW = "form.anaesthesia"
Call = Callable[..., str]
pytestmark = pytest.mark.slow


@pytest.fixture
def vivex(review: Review, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that calls a verb on the review and returns what it printed."""

    def call(verb: str, *words: str | Path) -> str:
        assert main([verb, *(str(word) for word in words), "--root", str(review.root)]) == 0
        return capsys.readouterr().out

    return call


def begin(review: Review) -> None:
    """Let mk and th finish one study, with a disagreement, and mk begin another one, blind."""
    record(review, [Assignment(DONE, who, False) for who in ("mk", "th")])
    record(review, [Assignment(BEGUN, "mk", True), Assignment(BEGUN, "th", False)])
    asked = read_codebook(review.codebook).questions
    for who in ("mk", "th"):
        made = []
        for label, of in asked.items():
            value = {"judgement": "low"} if label.startswith("syrcle.") else {"reported": True}
            given = value if of.kind.single else f"{8 + (who == 'th' and label == 'form.age')} weeks"
            made.append(Annotation(DONE, label, given, (), f"reviewer:{who}", None, decision="added"))
        take_in(review, who, made, Session("first.xlsx", "", False))
    one = Annotation(BEGUN, "form.sex", "male", (), "reviewer:mk", None, decision="added")
    take_in(review, "mk", [one], Session("first.xlsx", "", True))


def decided(review: Review) -> dict[tuple[str, str], set[str]]:
    """Return by study and person every decision that stands, as its line."""
    return {
        (study, who): {json.dumps(to_json(a), sort_keys=True) for a in of.decisions}
        for study in studies(review)
        for who, of in statements(review, study).items()
    }


def add_question(review: Review) -> None:
    """Add a field to codebook.yaml, and propose an answer in every form, as `dvc repro` would."""
    text = review.codebook.read_text(encoding="utf-8")
    new = 'fields:\n  - {name: anaesthesia, question: "Which anaesthetic was used?", table: animals}\n'
    review.codebook.write_text(text.replace("fields:\n", new, 1), encoding="utf-8")
    for path in sorted((review.outputs / "forms").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        found = find_quote("tail vein injection", document(review, path.stem))
        assert found is not None
        proof = {"start": found.start, "end": found.end, "quote": found.quote, "prefix": "", "suffix": ""}
        entry = {"value": "ketamine", "evidence": [proof], "confidence": 0.7, "status": "proposed", "source": "x:y@1"}
        record["fields"]["anaesthesia"] = [entry]
        path.write_text(json.dumps(record), encoding="utf-8")


def asked_in(path: Path, study: str) -> list[str]:
    """Return the questions that a workbook asks about a study, each once."""
    found = []
    for row in FilledBook(path).rows():
        if study in row.sheet or row.texts.get("study") == study:
            name = row.texts.get("field") or row.texts.get("item") or ""
            if name and name not in found:
                found.append(name)
    return found


def agreement(review: Review) -> dict[tuple[str, str, str], list[str]]:
    """Return by comparison, item and coefficient its value and the number of studies, over all raters."""
    text = (review.outputs / "agreement" / "agreement.csv").read_text(encoding="utf-8-sig")
    lines = csv.DictReader(io.StringIO(text))
    return {
        (one["comparison"], one["item"], one["coefficient"]): [one["value"], one["studies"]]
        for one in lines
        if one["raters"] == "all"
    }


def test_a_question_is_added_in_the_middle_of_a_round(review: Review, vivex: Call, tmp_path: Path) -> None:
    begin(review)
    vivex("adjudicate", DONE, "form.age", "--by", "xy", "--take", "mk")
    vivex("agree")
    before, measured = decided(review), agreement(review)

    add_question(review)
    assert "1 new question open in 1 study: anaesthesia (vivex assign --fields anaesthesia" in vivex("status")
    assert "anaesthesia: asked of mk, th in 2 studies" in vivex("assign", "--fields", "anaesthesia")
    assert "anaesthesia (vivex work asks it)" in vivex("status")

    for who, value in (("mk", "ketamine/xylazine"), ("th", "")):
        path = tmp_path / f"{who}.xlsx"
        said = vivex("work", "--reviewer", who, "--out", path)
        assert "of 1 that you were done with it asks only what was added" in said
        assert [name.casefold() for name in asked_in(path, DONE)] == ["anaesthesia"]
        assert len(asked_in(path, BEGUN)) > 20  # who had only begun is asked all that is left, the new one with it
        sheets = load_workbook(path).worksheets
        told = [str(c.value) for s in sheets if BEGUN in s.title for row in s.iter_rows() for c in row]
        assert any("ketamine" in words for words in told) == (who == "th")  # mk judges it blind
        book = FilledBook(path)
        row = book.row(DONE, "anaesthesia", "ketamine")
        book.put(row, decision="edit", yours=value) if value else book.put(row, decision="accept")
        vivex("import", book.save())

    after = decided(review)
    for whose, lines in before.items():
        assert lines <= after[whose], whose
    assert {len(after[DONE, who] - before[DONE, who]) for who in ("mk", "th")} == {1}
    assert after[BEGUN, "mk"] == before[BEGUN, "mk"]
    assert not statement_of(review, BEGUN, "mk").reviewed["form.sex"].prefilled_by

    assert "1 conflict in 1 study" in vivex("conflicts", "--workbook", tmp_path / "conflicts.xlsx")
    settle(tmp_path / "conflicts.xlsx", keep="th")
    assert "1 items settled" in vivex("adjudicate", tmp_path / "conflicts.xlsx", "--by", "xy")
    items = {(i.study, i.label): i for i in resolved(review)}
    assert (items[DONE, NEW].state, [a.value for a in items[DONE, NEW].annotations]) == ("adjudicated", ["ketamine"])
    assert [a.value for a in items[DONE, "form.age"].annotations] == ["8 weeks"]

    vivex("final")
    text = (review.outputs / "final" / "characteristics.csv").read_text(encoding="utf-8-sig")
    (row,) = [one for one in csv.DictReader(io.StringIO(text)) if one["study"] == DONE]
    assert (row["anaesthesia"], row["age"]) == ("ketamine", "8 weeks")

    vivex("agree")
    again = agreement(review)
    own = {key: value for key, value in again.items() if key[1] == NEW}
    assert {key[0]: value for key, value in own.items() if key[2] == "f1"} == {
        "reviewer × reviewer": ["0.000000", "1"],
        "reviewer × model, pre-filled": ["0.500000", "1"],
    }
    pooled = {"form"}
    assert {key: value for key, value in again.items() if key[1] not in {NEW, *pooled}} == {
        key: value for key, value in measured.items() if key[1] not in pooled
    }
    assert "0 errors" in vivex("check")


def settle(path: Path, *, keep: str) -> None:
    """Keep a person's side of each conflict."""
    book = load_workbook(path)
    sheet = book["Conflicts"]
    head = {cell.value: cell.column for cell in sheet[2]}
    for number in range(3, sheet.max_row + 1):
        given = str(sheet.cell(number, head["given by"]).value or "")
        sheet.cell(number, head["keep"]).value = "yes" if given == keep else "no"
    book.save(path)
