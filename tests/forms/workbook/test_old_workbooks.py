"""Workbooks that vivex 0.1 handed out (a sheet for each table) are read as they were."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from vivex.forms.workbook.layout import read_key
from workbook_rows import read_back

OLD = Path(__file__).parent / "old"


@pytest.fixture
def sent(papers, codebook, tmp_path):
    """Return the function that fills a workbook of 0.1 in and reads it."""

    def read(name: str, *entries: tuple[str, str, str, dict[str, str]]):
        path = tmp_path / f"{name}.xlsx"
        shutil.copy(OLD / f"{name}-0.1.xlsx", path)
        book = load_workbook(path)
        for title, study, words, texts in entries:
            sheet = book[title]
            keys = {read_key(c.value)[2]: c.column for c in sheet[1] if c.value}
            for row in sheet.iter_rows(min_row=3):
                values = {c.value for c in row}
                empty = not values - {None} and not words
                if empty or (words and {study, words} <= values):
                    for key, value in texts.items():
                        sheet.cell(row[0].row, keys[key]).value = value
                    break
        book.save(path)
        return read_back(path, papers, codebook)

    return read


def test_one_left_as_it_was_printed_decides_nothing(sent) -> None:
    for name in ("prefilled", "blind"):
        found = sent(name)
        assert (found.decisions, found.problems, found.reviewer) == ((), (), "mk")
        assert found.blind == (name == "blind")


def test_decisions_of_every_kind(sent) -> None:
    found = sent(
        "prefilled",
        ("Treatment", "Abel 2020", "40 µg/kg", {"decision": "accept"}),
        ("Treatment", "Abel 2020", "-181b", {"decision": "reject"}),
        ("Animals", "Babel-2021", "n total", {"yours": "12", "quote": "Adult male Wistar rats"}),
        ("SYRCLE", "Abel 2020", "1. Sequence generation", {"yours": "high", "note": "by cage"}),
        ("Reporting", "Abel 2020", "Blinding", {"decision": "edit", "yours": "yes"}),
        ("Treatment", "", "", {"study": "Abel 2020", "field": "dose", "yours": "2 mg"}),
    )
    assert found.problems == ()
    assert {(a.study, a.label, a.decision) for a in found.decisions} == {
        ("Abel 2020", "form.dose", "accepted"),
        ("Abel 2020", "form.mirna", "rejected"),
        ("Babel-2021", "form.n_total", "edited"),
        ("Abel 2020", "syrcle.sequence_generation", "edited"),
        ("Abel 2020", "reporting.blinding", "edited"),
        ("Abel 2020", "form.dose", "added"),
    }
    assert all(a.revises for a in found.decisions if a.decision != "added")
    assert found.prefilled_by == "model:rob@0"


def test_a_blind_one(sent) -> None:
    found = sent("blind", ("Animals", "Abel 2020", "sex", {"yours": "male", "quote": "Adult male Wistar rats"}))
    assert [(a.label, a.value, a.decision) for a in found.decisions] == [("form.sex", "male", "added")]
    assert found.blind


def test_a_sheet_that_was_deleted_and_a_spare_row_without_a_value(sent, papers, codebook, tmp_path) -> None:
    found = sent("prefilled", ("Treatment", "", "", {"study": "Abel 2020", "field": "dose"}))
    assert "type the value, or clear the row" in found.problems[0].message
    path = tmp_path / "prefilled.xlsx"
    book = load_workbook(path)
    del book["SYRCLE"]
    book.save(path)
    again = read_back(path, papers, codebook)
    assert [p.sheet for p in again.problems] == ["Treatment", "SYRCLE"]
