"""What stands in the cells of a workbook that a person sent back: texts as typed, and what a spreadsheet damaged."""

from __future__ import annotations

import datetime
import io
import re
import struct
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

_LARGEST, _UNPACKED = 128 * 1024**2, 1024**3  # bytes of the file, and of what it holds
_JOINED = 200_000  # cells that may be merged or linked together: a reader makes each of them
_AREA = re.compile(
    rb'<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref="\$?([A-Z]{1,3})\$?(\d{1,9}):\$?([A-Z]{1,3})\$?(\d{1,9})"'
)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, struct.error),  # no zip file, or a broken one
    *(SyntaxError, LookupError, ValueError, TypeError, AttributeError),  # parts that are no XML, or missing
    *(RuntimeError, ArithmeticError, AssertionError),  # a part with a password or packed in an unknown way; odd numbers
)
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
    """Say what can't be read, in which cell of which sheet, and the remedy; the rest of the workbook was read.

    Where the row is `decided`, its decision was read all the same, and only a part of it (a quote) has no place.
    """

    sheet: str
    cell: str
    message: str
    decided: bool = False

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.message}" if self.cell else f"{self.sheet}: {self.message}"


def open_book(path: Path) -> Book:
    """Return the workbook; raise MalformedFile where the file is none, is damaged, or would take too much to open."""
    from openpyxl import load_workbook

    remedy = "save it in the format “Excel workbook (.xlsx)” and import that file"
    try:
        wrong = _not_a_workbook(path) or _too_much(path)
        if wrong:
            raise MalformedFile(f"{path}: {wrong}; {remedy}")
        with warnings.catch_warnings():
            # openpyxl warns of extensions that it doesn't carry over; nothing is written back
            warnings.simplefilter("ignore")
            return load_workbook(
                io.BytesIO(path.read_bytes()), data_only=False
            )  # openpyxl leaves a file open where it fails
    except _DAMAGED as error:
        why = " ".join(str(error).split())[:160] or type(error).__name__
        raise MalformedFile(f"{path}: not a workbook that can be opened, or damaged ({why}); {remedy}") from error


def _not_a_workbook(path: Path) -> str:
    """Return what a file is that is no zip file; "" for one that may be a workbook."""
    if path.stat().st_size > _LARGEST:
        return f"larger than {_LARGEST // 1024**2} MB, so it is no workbook of vivex's"
    with path.open("rb") as stream:
        start = stream.read(4096)
    if not start:
        return "an empty file"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "protected by a password, or in the format of Excel 97 (.xls); take the password off"
    if not start.startswith(b"PK"):
        return "no workbook but another file with its ending (a CSV or a text?)"
    return ""


def _too_much(path: Path) -> str:
    """Return why a workbook would take more memory than any of vivex's; "" for one that won't."""
    with zipfile.ZipFile(path) as book:
        size = sum(info.file_size for info in book.infolist())
        if size > _UNPACKED:
            return f"{size // 1024**2} MB when unpacked, so it is no workbook of vivex's"
        for info in book.infolist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
                areas = _AREA.findall(book.read(info))
                cells = sum(_cells(*map(bytes.decode, area)) for area in areas)
                if cells > _JOINED:
                    return f"{cells:,} cells are merged or linked in {info.filename}; unmerge them"
    return ""


def _cells(left: str, top: str, right: str, bottom: str) -> int:
    """Return how many cells an area like A1:C7 holds."""
    from openpyxl.utils import column_index_from_string as number

    return int((abs(number(right) - number(left)) + 1) * (abs(int(bottom) - int(top)) + 1))


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
