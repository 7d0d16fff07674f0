"""Which sheets of a workbook are vivex's, and where their columns stand, whatever a person renamed or moved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivex.codebook import Codebook
from vivex.forms.workbook.layout import HEADERS, read_key
from vivex.forms.workbook.typed_cells import last_row

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADER_WITHIN = 12  # rows in which the headers are looked for


@dataclass(frozen=True, slots=True)
class SheetTable:
    """Say what a sheet asks and where its columns stand; kind is study/<id> or papers, of old that of a table."""

    kind: str
    blind: bool
    first: int  # first row of the body
    columns: Mapping[str, int]  # key -> number of the column, from 1
    prefilled_by: str = ""

    @property
    def study(self) -> str:
        """Return the study whose sheet it is; "" for a sheet with the rows of several."""
        head, _, study = self.kind.partition("/")
        return study if head == "study" else ""


def table_of(sheet: Worksheet, codebook: Codebook) -> SheetTable | None:
    """Return what the sheet is: by the keys of its hidden row, else by its headers; None where it isn't vivex's."""
    lines = [
        [c.value if isinstance(c.value, str) else "" for c in row]
        for row in sheet.iter_rows(min_row=1, max_row=min(HEADER_WITHIN, sheet.max_row or 1))
    ]
    headers = {kind: {bare(header): key for header, key in of.items()} for kind, of in HEADERS.items()}
    for number, line in enumerate(lines, 1):
        marks = {i: mark for i, text in enumerate(line, 1) if (mark := read_key(text)) is not None}
        if marks:
            kind, blind, _, by = next(iter(marks.values()))
            words: set[str] = set().union(*headers.values())
            follows = number < len(lines) and len({bare(v) for v in lines[number]} & words) >= 2
            return SheetTable(kind, blind, number + (2 if follows else 1), {m[2]: i for i, m in marks.items()}, by)
    for number, line in enumerate(lines, 1):  # the hidden row is gone
        for kind, known in headers.items():
            keys = {known[bare(v)]: i for i, v in enumerate(line, 1) if bare(v) in known}
            if kind == "study":
                if {"row", "yours"} <= set(keys) and {"field", "item"} & set(keys):
                    study = _first_text(sheet, number + 1, keys.get("study", 0))
                    return SheetTable(f"study/{study}", "proposed" not in keys, number + 1, keys)
                continue
            needed = {"study", "field" if kind == "form" else "item"}
            if needed <= set(keys) and len(keys) >= 4 and kind in ("form", _judged_or_answered(line)):
                whole = _form_kind(sheet, number + 1, keys["field"], codebook) if kind == "form" else kind
                return SheetTable(whole, "proposed" not in keys, number + 1, keys)
    return None


def _first_text(sheet: Worksheet, first: int, column: int) -> str:
    """Return the first text of a column (from 1) below a row; "" where there is none."""
    texts = (str(sheet.cell(n, column).value or "") for n in range(first, last_row(sheet) + 1)) if column else ()
    return next(filter(None, texts), "")


def bare(text: str) -> str:
    """Return a header or name in the letters by which it is known again."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _form_kind(sheet: Worksheet, first: int, column: int, codebook: Codebook) -> str:
    """Return form/<table> of a sheet by the first field that stands in it."""
    tables = {bare(f.name): f.table for f in codebook.fields}
    texts = (bare(str(sheet.cell(n, column).value or "")) for n in range(first, last_row(sheet) + 1))
    return f"form/{next((tables[t] for t in texts if t in tables), '')}"


def _judged_or_answered(line: Sequence[str]) -> str:
    """Return which sheet of items the headers are of: risks of bias are judged, questions of reporting answered."""
    return "reporting" if "answer" in " ".join(line).lower() else "syrcle"
