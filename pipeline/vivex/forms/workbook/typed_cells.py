"""What stands in the cells of a workbook that a person sent back: texts as typed, and what a spreadsheet damaged."""

from __future__ import annotations

import datetime
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.errors import MalformedFile
from vivex.questions import typed

if TYPE_CHECKING:
    from openpyxl import Workbook as Book
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_MONTHS = {  # what a spreadsheet turns into a date, by month: gene and miRNA-like names
    3: "MARCH{d} (now MARCHF{d}) or MARC{d} (now MTARC{d})",
    9: "SEPT{d} (now SEPTIN{d}) or SEP{d}",
    10: "OCT{d}",
    12: "DEC{d} (now DELEC{d})",
    4: "APR-{d}",
    2: "FEB{d}",
    11: "NOV{d}",
}


class UnreadableCell(Exception):
    """Say what is wrong with a cell, and the remedy; `key` is its column."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what can't be read, in which cell of which sheet, and the remedy; the rest of the workbook was read."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.message}" if self.cell else f"{self.sheet}: {self.message}"


def open_book(path: Path) -> Book:
    """Return the workbook; raise MalformedFile where the file is none, or is damaged."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    damaged = (
        *(InvalidFileException, zipfile.BadZipFile, zlib.error, OSError, EOFError),  # no zip file, or a broken one
        *(
            SyntaxError,
            KeyError,
            ValueError,
            TypeError,
            IndexError,
            AttributeError,
        ),  # parts that are no XML, or missing
    )
    remedy = "save it in the format “Excel workbook (.xlsx)” and import that file"
    try:
        with warnings.catch_warnings():
            # openpyxl warns of extensions that it doesn't carry over; nothing is written back
            warnings.simplefilter("ignore")
            return load_workbook(path, data_only=False)
    except damaged as error:
        raise MalformedFile(f"{path}: not a workbook that can be opened ({error}); {remedy}") from error


def last_row(sheet: Worksheet) -> int:
    """Return the number of the last row that holds anything: a format alone, down to row 1,048,576, is nothing."""
    # `_cells` holds what the file holds; `iter_rows` would make a cell for each empty place above the last one
    filled = (row for (row, _), cell in sheet._cells.items() if cell.value not in (None, ""))
    return max(filled, default=0)


def text_of(cell: Cell, key: str) -> str:
    """Return the cell's text without surrounding white space; raise UnreadableCell for what is no text any more."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise UnreadableCell("holds a formula; type the value itself (as text)", key)
    if cell.data_type == "e":
        raise UnreadableCell(f"holds the spreadsheet error {value}; type the value again, as text", key)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        raise UnreadableCell(_date_message(value), key)
    if isinstance(value, datetime.time | datetime.timedelta):
        made = f"holds a time ({value}): a spreadsheet made it of what was typed"
        raise UnreadableCell(f"{made}; format the cell as text and type it again", key)
    if isinstance(value, int | float):
        return f"{value * 100:g}%" if "%" in (cell.number_format or "") else f"{value:.15g}"
    return typed(str(value))


def _date_message(value: datetime.date) -> str:
    day = f"{value.day} {value:%b}" if value.day != 1 or value.year in range(2000, 2100) else f"{value:%b} {value.year}"
    guess = _MONTHS.get(value.month)
    perhaps = f"; was it {guess.format(d=value.day)}?" if guess else ""
    return (
        f"holds a date ({day}): a spreadsheet made it of what was typed{perhaps} "
        "Format the cell as text and type the value again"
    )
