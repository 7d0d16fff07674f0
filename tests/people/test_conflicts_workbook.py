"""The conflicts workbook shows each answer with question, group and reasons, and is read wherever its columns stand."""

from __future__ import annotations

import pytest
from answers import STUDY, low, say
from openpyxl import Workbook, load_workbook

from vivex.codebook import read_codebook
from vivex.errors import MalformedFile
from vivex.people.conflicts import conflicts
from vivex.people.conflicts_workbook import filled, known, write_workbook


@pytest.fixture
def path(review, tmp_path):
    """Return the workbook of two conflicts."""
    say(review, "mk", "syrcle.other_bias", low(), note="nothing else seen")
    say(review, "th", "syrcle.other_bias", low("high"))
    say(review, "mk", "form.dose", "=2 mg/kg", group="treated")
    say(review, "th", "form.dose", "3 mg/kg")
    path = tmp_path / "conflicts.xlsx"
    write_workbook(conflicts(review), read_codebook(review.codebook), path)
    return path


def rows(book):
    """Return the rows as column -> cell."""
    head = [c.value for c in book["Conflicts"][2]]
    return [dict(zip(head, row, strict=True)) for row in book["Conflicts"].iter_rows(min_row=3)]


def test_each_answer_stands_with_question_group_and_reasons(path):
    found = {row["answer"].value: row for row in rows(load_workbook(path))}
    assert "other problems" in found["low"]["question"].value
    assert found["low"]["reasons"].value == "mk: nothing else seen"
    assert (found["=2 mg/kg"]["group"].value, found["=2 mg/kg"]["answer"].data_type) == ("treated", "s")
    assert found["low"]["answer"].protection.locked
    assert not found["low"]["other answer"].protection.locked


def test_nothing_filled_in_is_nothing_read(path):
    assert filled(path) == {}


def test_columns_may_be_moved_and_others_added(path, review):
    book = load_workbook(path)
    sheet = book["Conflicts"]
    for row in rows(book):
        row["keep"].value = "Yes" if row["answer"].value == "low" else None
    sheet.insert_cols(3)
    book.save(path)
    (item,) = filled(path)
    assert item == (STUDY, "syrcle.other_bias")
    standing = known(conflicts(review))
    assert {standing[row.key].text: row.keep for row in filled(path)[item]} == {"low": True, "high": None}


def test_other_files_are_refused_with_the_remedy(path, tmp_path):
    Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(MalformedFile, match="vivex conflicts --workbook"):
        filled(tmp_path / "other.xlsx")
    book = load_workbook(path)
    next(c for c in book["Conflicts"][2] if c.value == "keep").value = "retain"
    book.save(path)
    with pytest.raises(MalformedFile, match="column 'keep' is missing"):
        filled(path)
