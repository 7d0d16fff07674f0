"""Where a workbook comes from: whose it is, and whether the papers that it speaks of are those of now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivex.annotation import find_quote
from vivex.document import Document
from vivex.forms import rows
from vivex.forms.workbook.guide import TITLE
from vivex.forms.workbook.sheets import SheetTable
from vivex.forms.workbook.typed_cells import last_row

if TYPE_CHECKING:
    from openpyxl import Workbook as Book
    from openpyxl.worksheet.worksheet import Worksheet

WITNESSES = 40  # quotes of a study that are looked for in its text


@dataclass(frozen=True, slots=True)
class Origin:
    """Hold what a workbook carries of its origin."""

    reviewer: str  # as the sheet Read me names them; "" where it names nobody
    words: Mapping[str, tuple[str, ...]]  # study -> its title and the quotes that stand in its rows

    def is_of(self, study: str, document: Document) -> bool:
        """Tell whether the study's rows are about this text: whether it holds at least half of their words."""
        words = self.words.get(study, ())[:WITNESSES]
        found = sum(_holds(document, one) for one in words)
        return bool(words) and 2 * found >= len(words)


def origin_of(book: Book, tables: Iterable[tuple[Worksheet, SheetTable]]) -> Origin:
    """Return what the workbook carries of its origin."""
    words: dict[str, dict[str, None]] = {}
    for sheet, table in tables:
        places = table.columns
        key = "title" if table.kind == "papers" else "quote"
        named = "id" if table.kind == "papers" and "id" in places else "study"
        if named not in places or key not in places:
            continue
        for number in range(table.first, last_row(sheet) + 1):
            study, text = (_text(sheet, number, places[column]) for column in (named, key))
            if study and text:
                parts = (rows.flat(part) for part in re.split(r"\n[ \t]*\n", text))
                words.setdefault(study, {}).update((part, None) for part in parts if len(part) > 3)
    return Origin(_reviewer(book), {study: tuple(of) for study, of in words.items()})


def _reviewer(book: Book) -> str:
    """Return the reviewer's name on the sheet Read me, in lower case; "" for none and for what is no name."""
    sheet = next((sheet for sheet in book.worksheets if sheet.title == TITLE), None)
    for number in range(1, min(last_row(sheet), 12) + 1 if sheet is not None else 1):
        if sheet is not None and _text(sheet, number, 1).casefold() == "reviewer":
            name = _text(sheet, number, 2).lower()
            return name if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", name) else ""
    return ""


def _holds(document: Document, words: str) -> bool:
    return rows.flat(document.meta.get("title", "")) == words or find_quote(words, document) is not None


def _text(sheet: Worksheet, row: int, column: int) -> str:
    value = sheet.cell(row, column).value
    return value.strip() if isinstance(value, str) else ""
