"""The looks of a workbook's cells, and the lists behind its dropdowns."""

from __future__ import annotations

from typing import Any

from vivex.codebook import Codebook
from vivex.decisions import WORDS
from vivex.files import clean
from vivex.forms.workbook.layout import CELL_LIMIT, REST

FONT = "Arial"  # on every system, or a font of its measures: columns are as wide everywhere
LISTS = "_lists"  # hidden sheet of the values that dropdowns allow
_INK, _BAND, _OPEN, _RULE = "1F2A37", "24476B", "FFFDF0", "C9D1DA"


_FORMATS = {"number": "0.00", "whole": "0", "formula": "General"}  # all else is text
_COLOURS = {"header": "FFFFFF", "key": "6B7280", "quiet": "6B7280", "hint": "6B7280", "link": "1D4ED8"}


class Lists:
    """Collect the values that dropdowns allow; `write` puts them on a hidden sheet."""

    def __init__(self, codebook: Codebook) -> None:
        self.values = {"decision": list(WORDS), "rest": [REST]}
        for question in (
            codebook.questions.values()
        ):  # the items of SYRCLE share their choices, and so do those of what is reported
            head = question.label.partition(".")[0]
            if question.choices:
                self.values[question.label if head == "form" else head] = list(question.choices)

    def dropdown(
        self, sheet: Any, name: str, places: list[tuple[str, int, int]], expected: str, prompt: str = ""
    ) -> None:
        """Let the cells of `places` (column, first row, last row) hold the named values; `prompt` explains them."""
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
        if prompt:
            validation.showInputMessage, validation.prompt = True, prompt
        for column, first, last in places:
            validation.add(f"{column}{first}:{column}{last}")
        sheet.data_validations.append(validation)

    def offer(self, sheet: Any, cell: str, area: str) -> None:
        """Let a cell be chosen from the cells of an area of its sheet; any other text may be typed."""
        from openpyxl.worksheet.datavalidation import DataValidation

        validation = DataValidation("list", formula1=area, allow_blank=True, showErrorMessage=False)
        validation.add(cell)
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

    def number(self, sheet: Any, value: float | None, look: str) -> Any:
        """Return a cell with a number of two digits, an empty one for None."""
        cell = self.cell(sheet, None, look)
        if value is not None:
            cell.value = round(float(value), 2)
        return cell

    def whole(self, sheet: Any, value: int, look: str) -> Any:
        """Return a cell with a whole number."""
        cell = self.cell(sheet, None, look)
        cell.value = value
        return cell

    def formula(self, sheet: Any, formula: str, look: str) -> Any:
        """Return a cell that the spreadsheet works out."""
        cell = self.cell(sheet, None, look)
        cell.value = formula
        return cell

    def rich(self, sheet: Any, bold: str, plain: str, look: str) -> Any:
        """Return a text cell whose first line is bold."""
        from openpyxl.cell.rich_text import CellRichText, TextBlock
        from openpyxl.cell.text import InlineFont

        strong = TextBlock(InlineFont(rFont=FONT, sz=10, b=True, color=_INK), clean(bold) + "\n")
        quiet = TextBlock(InlineFont(rFont=FONT, sz=10, color="4B5563"), clean(plain)[:CELL_LIMIT])
        cell = self.cell(sheet, None, look)
        cell.value = CellRichText(strong, quiet)
        return cell

    def link(self, sheet: Any, text: str, target: str, look: str) -> Any:
        """Return a text cell that leads to a place of the workbook, such as 'sheet'!A1."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell = self.cell(sheet, text, look)
        cell.hyperlink = Hyperlink(ref="", location=target, display=clean(text))
        return cell

    def _make(self, look: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        words = look.split()
        cell = WriteOnlyCell(self._book.worksheets[0])
        head = "header" in words
        cell.number_format = next((form for word, form in _FORMATS.items() if word in words), "@")
        cell.font = Font(
            name=FONT,
            size=18 if "h1" in words else 13 if "h2" in words else 10,
            bold=bool({"header", "strong", "h1", "h2", "band"} & set(words)),
            color=next((colour for word, colour in _COLOURS.items() if word in words), _INK),
        )
        over = {"h1", "h2", "quiet", "band"} & set(words)  # may run over into the cells beside it
        cell.alignment = Alignment(wrap_text=not over, vertical="center" if head or "band" in words else "top")
        if head:
            cell.fill = PatternFill("solid", fgColor="8A5A00" if "open" in words else _BAND)
        elif "open" in words:
            cell.fill = PatternFill("solid", fgColor=_OPEN)
        elif "band" in words:
            cell.fill = PatternFill("solid", fgColor="DCE6F1")
        elif words[0] in ("swatch",):
            cell.fill = PatternFill("solid", fgColor=words[1])
        if not {"h1", "h2", "plain", "band"} & set(words):
            line = Side("thin", color=_RULE)
            cell.border = Border(bottom=line, right=line, top=Side("medium", color=_BAND) if "top" in words else None)
        cell.protection = Protection(locked="open" not in words or head)
        return cell._style


def protect(sheet: Any) -> None:
    """Lock what the machine wrote, without a password; filters, formats and new rows stay allowed."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("autoFilter", "formatCells", "formatColumns", "formatRows", "insertRows"):
        setattr(protection, allowed, False)  # in the file format, False is "not forbidden"


def set_font(book: Any) -> None:
    """Make the workbook's own font that of its cells: it decides how wide a column is."""
    from openpyxl.styles import Font

    normal = book._named_styles["Normal"]
    normal.font = Font(name=FONT, size=10)
    normal.bind(book)
