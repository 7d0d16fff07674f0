"""The rows of a sheet as they were sent back: merged cells, inserted rows, and what each row is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vivex.forms.workbook.sheets import SheetTable
from vivex.forms.workbook.typed_cells import UnreadableCell, last_row, text_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

OPEN = ("decision", "yours", "quote", "page", "group", "note")  # columns that a person writes in
_ABOUT = ("study", "row", "field", "item", "question")  # columns that say what a row is about
_SHARED = (*_ABOUT, "decision", "note")  # merged over several rows, they hold for each of them


@dataclass(frozen=True, slots=True)
class RowCells:
    """Hold one row of a sheet: its cells by column key, and what it is about."""

    number: int
    cells: Mapping[str, Cell]
    table: str  # form/<table>, syrcle or reporting
    study: str = ""  # of the whole sheet
    heading: str = ""  # of a heading: study, or the table below it
    merged: Mapping[str, int] = field(default_factory=dict)  # column -> the row above that its cell is merged with
    blind: bool = False

    @property
    def name(self) -> str:
        """Return the key of the column that names the question."""
        return "field" if self.table.startswith("form") else "item"

    def text(self, key: str) -> str:
        """Return what stands in a cell, without looking at what it is; "" where there is none."""
        cell = self.cells.get(key)
        return str(cell.value or "").strip() if cell is not None else ""

    def typed(self, key: str) -> str:
        """Return the text of a cell; raise UnreadableCell for what is no text any more."""
        return text_of(self.cells[key], key)

    def place(self, key: str) -> str:
        """Return the name of a cell, or of the row where there is no such cell."""
        cell = self.cells.get(key)
        return str(cell.coordinate) if cell is not None else f"{self.number}:{self.number}"

    def refuse_merged(self) -> None:
        """Raise UnreadableCell where an answer's cell is merged with the row above: it can't be told whose it is."""
        for key in ("yours", "quote", "page", "group"):
            if key in self.merged:
                above = self.merged[key]
                raise UnreadableCell(f"is merged with row {above}; unmerge the cells and fill in each row", key)

    def is_stray(self, texts: Mapping[str, str]) -> bool:
        """Tell whether something stands in a row that gives no answer."""
        told_apart = "id" in self.cells or self.blind  # else a machine's row can't be told from a spare one by its id
        if told_apart and any(texts.get(key) for key in ("page", "group", "proposed")):
            return True
        if "row" in self.cells:
            return False  # a study's sheet names the question of every row
        spare = "question" in self.cells and not self.cells["question"].value
        return spare and bool(texts.get(self.name) or texts.get("study"))


def body_rows(sheet: Worksheet, table: SheetTable) -> Iterator[RowCells]:
    """Yield the rows below the headers; one that a person inserted is about the question of the row above it."""
    last, width = last_row(sheet), max(table.columns.values())
    joined = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, last) + 1)
        for column in range(area.min_col, min(area.max_col, width) + 1)
    }
    above: dict[str, Cell] = {}
    for number in range(table.first, last + 1):
        cells: dict[str, Cell] = {}
        merged: dict[str, int] = {}
        for key, column in table.columns.items():
            place = joined.get((number, column), (number, column))
            if key not in _SHARED and place != (number, column):
                if place[0] != number:
                    merged[key] = place[0]
                place = (number, column)
            cells[key] = sheet.cell(*place)
        if table.kind.partition("/")[0] != "study":
            yield RowCells(number, cells, table.kind, merged=merged, blind=table.blind)
            continue
        if "row" in cells and cells["row"].value in (None, ""):
            written = any(cells[key].value not in (None, "") for key in OPEN if key in cells)
            if not written or not above:
                continue
            cells |= above
        what = str(cells["row"].value or "") if "row" in cells else ""
        if what == "study" or what.startswith("section "):
            yield RowCells(number, cells, "", table.study, what.removeprefix("section "), blind=table.blind)
            continue
        above = {key: cells[key] for key in (*_ABOUT, "text") if key in cells}
        kind = what.removeprefix("add ")
        yield RowCells(number, cells, kind, table.study, merged=merged, blind=table.blind)
