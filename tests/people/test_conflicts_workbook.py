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


def test_what_a_study_is_called_stands_beside_its_id(review, path):
    items = conflicts(review)
    write_workbook(items, read_codebook(review.codebook), path, called={STUDY: "Ames 2019"})
    assert {(row["study"].value, row["called"].value) for row in rows(load_workbook(path))} == {(STUDY, "Ames 2019")}


def test_each_answer_stands_with_question_group_and_reasons(path):
    found = {row["answer"].value: row for row in rows(load_workbook(path))}
    assert "other problems" in found["low"]["question"].value
    assert found["low"]["reasons"].value == "mk: nothing else seen"
    assert (found["=2 mg/kg"]["group"].value, found["=2 mg/kg"]["answer"].data_type) == ("treated", "s")
    assert found["low"]["answer"].protection.locked
    assert not found["low"]["other answer"].protection.locked


def test_nothing_filled_in_is_nothing_read(path):
    assert filled(path) == {}


def test_what_everybody_gives_is_agreed_and_needs_no_mark(review, tmp_path):
    say(review, "mk", "form.dose", "2 mg/kg", "4 mg/kg")
    say(review, "th", "form.dose", "2 mg/kg")
    path = tmp_path / "c.xlsx"
    write_workbook(conflicts(review), read_codebook(review.codebook), path)
    book = load_workbook(path)
    found = {row["answer"].value: row for row in rows(book)}
    assert found["2 mg/kg"]["keep"].value == "agreed"
    assert found["2 mg/kg"]["keep"].protection.locked
    assert filled(path) == {}
    found["4 mg/kg"]["keep"].value = "no"
    book.save(path)
    assert [row.keep for row in next(iter(filled(path).values()))] == [None, False]


def test_rows_are_as_high_as_their_texts_and_merged_marks_hold_for_each(path):
    book = load_workbook(path)
    sheet = book["Conflicts"]
    by_row = {row["answer"].row: row for row in rows(book)}
    assert all(sheet.row_dimensions[number].height >= 40 for number in by_row)  # the question takes several lines
    assert sheet.print_title_rows == "$2:$2"
    doses = sorted(number for number, row in by_row.items() if row["item"].value == "form.dose")
    keep = by_row[doses[0]]["keep"]
    keep.value = "no"
    sheet.merge_cells(start_row=doses[0], end_row=doses[-1], start_column=keep.column, end_column=keep.column)
    book.save(path)
    assert [row.keep for row in filled(path)[STUDY, "form.dose"]] == [False, False]


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
