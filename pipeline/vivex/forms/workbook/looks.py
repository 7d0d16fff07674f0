"""The looks of a workbook's cells, and the lists behind its dropdowns."""

from __future__ import annotations

from typing import Any

from vivex import questions
from vivex.codebook import Codebook
from vivex.decisions import WORDS
from vivex.files import clean
from vivex.forms.workbook.layout import CELL_LIMIT

LISTS = "_lists"  # hidden sheet of the values that dropdowns allow
_INK, _BAND, _OPEN, _RULE = "1F2A37", "24476B", "FFFDF0", "C9D1DA"


class Lists:
    """Collect the values that dropdowns allow; `write` puts them on a hidden sheet."""

    def __init__(self, studies: list[str], codebook: Codebook) -> None:
        self.values = {
            "decision": list(WORDS),
            "studies": studies,
            "items": [f"{item.number}. {item.name}" for item in questions.SYRCLE.values()],
        }
        asked = codebook.questions
        for table in codebook.tables:
            self.values[f"form/{table}"] = [asked[f.label].name for f in codebook.fields if f.table == table]
        for question in asked.values():  # the items of SYRCLE share their choices, and so do those of what is reported
            head = question.label.partition(".")[0]
            if question.choices:
                self.values[question.label if head == "form" else head] = list(question.choices)

    def dropdown(self, sheet: Any, name: str, places: list[tuple[str, int, int]], expected: str) -> None:
        """Let the cells of `places` (column, first row, last row) hold the named values only."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        size = len(self.values[name])
        places = [p for p in places if p[1] <= p[2]]
        if not size or not places:
            return
        letter = get_column_letter(list(self.values).index(name) + 1)
        validation = DataValidation(
            "list",
            formula1=f"'{LISTS}'!${letter}$1:${letter}${size}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="Not in the list",
            error=f"Choose {expected}, or leave the cell empty.",
        )
        for column, first, last in places:
            validation.add(f"{column}{first}:{column}{last}")
        sheet.data_validations.append(validation)

    def write(self, book: Any) -> None:
        """Write the hidden sheet, a column for each list."""
        from openpyxl.cell import WriteOnlyCell

        sheet = book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for number in range(max(map(len, self.values.values()))):
            line = []
            for values in self.values.values():
                cell = WriteOnlyCell(sheet)
                if number < len(values):
                    cell.value, cell.data_type = clean(values[number]), "s"
                line.append(cell)
            sheet.append(line)


class Styles:
    """Make each look once; a cell takes it by name."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, look: str) -> Any:
        if look not in self._made:
            self._made[look] = self._make(look)
        return self._made[look]

    def cell(self, sheet: Any, value: str | None, look: str) -> Any:
        """Return a text cell: whatever its first character, it is neither a formula nor a number."""
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(sheet)
        if value is not None:
            cell.value = clean(value)[:CELL_LIMIT]
            cell.data_type = "s"
        cell._style = self[look]
        return cell

    def _make(self, look: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        words = look.split()
        cell = WriteOnlyCell(self._book.worksheets[0])
        head = "header" in words
        cell.number_format = "0.00" if "number" in words else "@"
        cell.font = Font(
            name="Calibri",
            size=18 if "h1" in words else 13 if "h2" in words else 10,
            bold=bool({"header", "strong", "h1", "h2"} & set(words)),
            color="FFFFFF" if head else "6B7280" if "key" in words else _INK,
        )
        cell.alignment = Alignment(wrap_text="h1" not in words, vertical="center" if head else "top")
        if head:
            cell.fill = PatternFill("solid", fgColor="8A5A00" if "open" in words else _BAND)
        elif "open" in words:
            cell.fill = PatternFill("solid", fgColor=_OPEN)
        elif words[0] in ("swatch",):
            cell.fill = PatternFill("solid", fgColor=words[1])
        if not {"h1", "h2", "plain"} & set(words):
            line = Side("thin", color=_RULE)
            cell.border = Border(bottom=line, right=line, top=Side("medium", color=_BAND) if "top" in words else None)
        cell.protection = Protection(locked="open" not in words or head)
        return cell._style
