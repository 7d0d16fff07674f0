"""Cells hold what was typed, or are refused with what a spreadsheet made of it."""

from __future__ import annotations

import datetime
import time

import pytest
from openpyxl import Workbook, load_workbook

from vivex.errors import MalformedFile
from vivex.forms.workbook.typed_cells import Problem, UnreadableCell, last_row, open_book, text_of


def cell(value: object, *, form: str = "General"):
    """Return a cell that holds the value."""
    sheet = Workbook().worksheets[0]
    sheet["A1"] = value
    sheet["A1"].number_format = form
    return sheet["A1"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("  5 mg ", "5 mg"), (0, "0"), (0.1, "0.1"), (12.0, "12"), (True, "TRUE"),
        ("5 mg_x000D_\n9 mg", "5 mg\n9 mg"),
    ],
)  # fmt: skip
def test_texts_and_numbers_are_read_as_typed(value: object, text: str) -> None:
    assert text_of(cell(value), "yours") == text


def test_a_share_is_read_with_its_sign() -> None:
    assert text_of(cell(0.25, form="0%"), "yours") == "25%"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=1+1", "holds a formula"),
        ("#REF!", "spreadsheet error"),
        (datetime.datetime(2024, 9, 7), r"7 Sep.*SEPTIN7"),
        (datetime.date(2024, 3, 1), r"1 Mar.*MARCHF1"),
        (datetime.date(2009, 5, 2), "holds a date"),
        (datetime.time(9, 30), "holds a time"),
        (datetime.timedelta(hours=30), "holds a time"),
    ],
)
def test_damage_is_refused_with_the_remedy(value: object, words: str) -> None:
    with pytest.raises(UnreadableCell, match=words) as error:
        text_of(cell(value), "yours")
    assert error.value.key == "yours"


def test_an_empty_formatted_cell_far_below_is_nothing(tmp_path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["B3"] = "x"
    sheet["A1048576"].number_format = "0.00"
    book.save(tmp_path / "deep.xlsx")
    begun = time.perf_counter()
    assert last_row(open_book(tmp_path / "deep.xlsx").worksheets[0]) == 3
    assert time.perf_counter() - begun < 5
    assert last_row(Workbook().worksheets[0]) == 0


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "absent"])
def test_a_damaged_file_is_named_with_the_remedy(tmp_path, damage: str) -> None:
    path = tmp_path / "a.xlsx"
    Workbook().save(path)
    data = bytearray(path.read_bytes())
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        for at in range(60, 400, 7):
            data[at] ^= 0xFF
        path.write_bytes(data)
    elif damage == "text":
        path.write_text("study;value\n")
    else:
        path.unlink()
    with pytest.raises(MalformedFile, match="save it in the format"):
        open_book(path)


def test_a_problem_says_where() -> None:
    assert str(Problem("Treatment", "K7", "holds a formula")) == "Treatment!K7: holds a formula"
    assert str(Problem("Treatment", "", "isn't there")) == "Treatment: isn't there"


def test_what_excel_keeps_of_a_carriage_return_is_a_line_end(tmp_path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "a\r\nb"
    book.save(tmp_path / "cr.xlsx")
    assert text_of(load_workbook(tmp_path / "cr.xlsx").worksheets[0]["A1"], "yours") == "a\nb"
