"""The workbook in which an adjudicator settles what reviewers disagree on: a row for each answer, to be kept or not."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.codebook import Codebook
from vivex.decisions import Reply
from vivex.errors import MalformedFile
from vivex.files import write_bytes
from vivex.forms.volumes import parts
from vivex.forms.workbook.looks import FONT, set_font
from vivex.forms.workbook.timeless import timeless
from vivex.forms.workbook.typed_cells import Problem, UnreadableCell, last_row, open_book, text_of
from vivex.people.conflicts import GivenAnswer, candidates
from vivex.people.resolve import Resolution
from vivex.questions import heading, question

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Conflicts"
MARK = "vivex-conflicts@1"
HEADER, FIRST = 2, 3  # row of the headers; first row of the body
_COLUMNS = {  # header -> width in characters; together they print on A4 at 8 points
    "key": 4,
    "study": 8,
    "called": 9,
    "item": 11,
    "question": 16,
    "answer": 13,
    "group": 8,
    "given by": 7,
    "quote": 22,
    "page": 5,
    "reasons": 15,
    "keep": 7,
    "other answer": 11,
    "its quote": 13,
    "its group": 8,
    "note": 10,
}
_PLACE = {name: index for index, name in enumerate(_COLUMNS)}
AGREED = "agreed"  # stands in keep where everybody gives the answer: it needs no mark
_OPEN = ("keep", "other answer", "its quote", "its group", "note")  # columns that a person writes in
_NEEDED = ("key", "study", "item", "keep", "other answer", "its quote", "note")
_KEPT = {
    **dict.fromkeys(("yes", "y", "x", "true", "accept", "accepted", "keep"), True),
    **dict.fromkeys(("no", "n", "false", "reject", "rejected"), False),
}
_HOW = (
    "Only what reviewers disagree on stands here. Mark each answer: keep yes or no. A better one goes under "
    "other answer, "
    "with words of the paper as its quote. What everybody gives is agreed and stays."
)


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Hold what an adjudicator says about one answer, and the other answer typed beside it."""

    key: str  # of the answer, see `key`
    keep: bool | None  # None: left open
    other: Reply | None
    note: str
    cells: dict[str, str] = field(default_factory=dict)  # column -> its cell, "K7"
    problem: Problem | None = None  # what of the row can't be read


def write_workbook(
    items: Sequence[Resolution], codebook: Codebook, path: Path, *, called: Mapping[str, str] | None = None
) -> None:
    """Write a workbook with a row for each answer to each disputed item, to be marked keep: yes or no.

    `called` is what the studies are called: "Folarin 2016".
    """
    from openpyxl import Workbook

    asked, names = codebook.questions, called or {}
    book = Workbook()
    set_font(book)
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet.append([MARK, _HOW])
    sheet.append(list(_COLUMNS))
    for item in items:
        of = question(item.label, asked)
        named = f"{of.number}. {of.name}" if of.number else heading(item.label)
        for candidate in candidates(item):
            said = {
                "key": key(candidate),
                "study": item.study,
                "called": names.get(item.study, ""),
                "item": item.label,
                "question": f"{named}\n{of.wording}",
                "answer": candidate.text,
                "group": candidate.group,
                "given by": ", ".join(candidate.reviewers),
                "quote": candidate.quote,
                "page": "" if candidate.page is None else str(candidate.page),
                "reasons": candidate.reasons,
                "keep": AGREED if candidate.unanimous and of.several else "",
            }
            sheet.append([said.get(column) or None for column in _COLUMNS])
    _look(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    write_bytes(path, timeless(buffer.getvalue()))


def divided(items: Sequence[Resolution], path: Path) -> list[tuple[Path, Sequence[Resolution]]]:
    """Return the workbooks into which what is disputed is divided, each with its items, a volume's studies in each."""
    divided_studies = parts(path, list(dict.fromkeys(item.study for item in items)))
    wanted = [(part, frozenset(some)) for part, some in divided_studies]
    return [(part, [item for item in items if item.study in some]) for part, some in wanted]


def key(candidate: GivenAnswer) -> str:
    """Return the mark by which a row is known again: its annotation's id, or "-" for an answer without one."""
    return candidate.annotation.id if candidate.annotation else "-"


def known(items: Iterable[Resolution]) -> dict[str, GivenAnswer]:
    """Return the answers that stand, by the marks of their rows."""
    return {key(candidate): candidate for item in items for candidate in candidates(item)}


def filled(path: Path) -> dict[tuple[str, str], list[ConflictRow]]:
    """Return by study and label the rows of each item on which something was written; raise MalformedFile otherwise."""
    book = open_book(path)
    if SHEET not in {sheet.title for sheet in book.worksheets} or book[SHEET]["A1"].value != MARK:
        raise MalformedFile(f"{path}: not written by `vivex conflicts --workbook`; write it anew and fill that in")
    sheet = book[SHEET]
    places = {str(cell.value): cell.column for cell in sheet[HEADER] if cell.value is not None}
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        raise MalformedFile(f"{path}: {SHEET}: column {missing[0]!r} is missing; write the workbook anew")
    rows: dict[tuple[str, str], list[ConflictRow]] = {}
    written: set[tuple[str, str]] = set()
    for number in range(FIRST, last_row(sheet) + 1):
        study, label = (str(_whole(sheet, number, places[name]).value or "").strip() for name in ("study", "item"))
        if study:
            row = _row(sheet, number, places)
            rows.setdefault((study, label), []).append(row)
            if row.keep is not None or row.other is not None or row.problem is not None:
                written.add((study, label))
    return {item: of for item, of in rows.items() if item in written}


def _whole(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell, or the one that holds the text where cells are merged over several rows."""
    cell = sheet.cell(row, column)
    area = next((area for area in sheet.merged_cells.ranges if cell.coordinate in area), None)
    return cell if area is None else sheet.cell(area.min_row, area.min_col)


def _row(sheet: Worksheet, number: int, places: dict[str, int]) -> ConflictRow:
    cells = {name: sheet.cell(number, column) for name, column in places.items()}
    at = {name: cell.coordinate for name, cell in cells.items()}
    for name in ("study", "item", "keep", "note"):  # merged over several rows, they hold for each of them
        cells[name] = _whole(sheet, number, places[name])
    answer = str(cells["key"].value or "").strip()
    try:
        texts = {name: text_of(cells[name], name) for name in _OPEN if name in cells}
    except UnreadableCell as error:
        return ConflictRow(answer, None, None, "", at, Problem(SHEET, at[error.key], str(error)))
    word = texts["keep"].strip(".!").lower()
    if word == AGREED:
        word = ""
    if word and word not in _KEPT:
        wrong = Problem(SHEET, at["keep"], f"{texts['keep']!r} is not yes or no; choose one")
        return ConflictRow(answer, None, None, "", at, wrong)
    other = None
    if texts["other answer"]:
        group = texts.get("its group") or None
        other = Reply("add", texts["other answer"], texts["its quote"] or None, group=group, note=texts["note"])
    return ConflictRow(answer, _KEPT.get(word), other, texts["note"], at)


def _look(sheet: Worksheet) -> None:
    """Set widths, heights, wrapped text, what may be written in, print, and the choice of yes and no."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    for index, width in enumerate(_COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.column_dimensions["A"].hidden = True
    names, before = list(_COLUMNS), None
    for row in sheet.iter_rows(min_row=HEADER, max_row=sheet.max_row):
        item = (row[_PLACE["study"]].value, row[_PLACE["item"]].value)
        top = Side("medium", color="24476B") if item != before else Side("thin", color="C9D1DA")
        before = item
        for cell in row:
            name = names[cell.column - 1]
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
            cell.font = Font(
                name=FONT, size=10, bold=cell.row == HEADER, color="FFFFFF" if cell.row == HEADER else None
            )
            cell.border = Border(top=top)
            if cell.row == HEADER:
                cell.fill = PatternFill("solid", fgColor="8A5A00" if name in _OPEN else "24476B")
            elif name in _OPEN and not (name == "keep" and cell.value == AGREED):
                cell.fill = PatternFill("solid", fgColor="FFFDF0")
                cell.protection = Protection(locked=False)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # "=SUM" in a paper is text
        sheet.row_dimensions[row[0].row].height = _height(row, names)
    sheet["B1"].font = Font(name=FONT, size=10, bold=True)
    letter = get_column_letter(names.index("keep") + 1)
    choice = DataValidation("list", formula1='"yes,no"', allow_blank=True, showErrorMessage=True)
    choice.error = "Choose yes or no, or leave the cell empty."
    choice.add(f"{letter}{FIRST}:{letter}{max(sheet.max_row, FIRST)}")
    sheet.add_data_validation(choice)
    sheet.protection.sheet = True
    for allowed in ("autoFilter", "formatCells", "formatColumns", "formatRows", "sort"):
        setattr(sheet.protection, allowed, False)  # in the file format, False is "not forbidden"
    sheet.freeze_panes = f"E{FIRST}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    sheet.page_margins.left = sheet.page_margins.right = 0.3


def _height(row: Sequence[Cell], names: Sequence[str]) -> float:
    """Return the points that the row's longest text needs, 260 at most."""
    lines = 1
    for cell in row[1:]:
        wide = max(_COLUMNS[names[cell.column - 1]] * 1.1 - 1, 1)
        lines = max(lines, sum(1 + int(len(part) / wide) for part in str(cell.value or "").split("\n")))
    return min(13.0 * lines + 4, 260.0)
