"""Write a study's sheet: its title and authors, then every question in order with room for what is to be added."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vivex.codebook import NOT_REPORTED
from vivex.decisions import ONLY
from vivex.forms import rows, wording
from vivex.forms.workbook.layout import REST, Column, columns, key_cell
from vivex.forms.workbook.looks import Lists, Styles, protect
from vivex.forms.workbook.printed_rows import PrintedRow, authors
from vivex.paper import Paper

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

KEYS, HEADER, FIRST = 4, 5, 6  # the hidden row of keys, the headers, the first row of the body
TITLE_WIDTH = 120  # characters of a title on one line
_TINTS = {"accept": "DDF1E4", "edit": "FFF0CC", "reject": "F7D9D2", "add": "DCE9F7", ONLY: "CFEBD9"}
_HELP = {
    "decision": "accept: right · edit: your answer instead · reject: wrong · add: your answer too · only this: "
    "right, and "
    "nothing else of this question is",
    "rest": "accepts every proposal below this heading that you leave undecided",
}


def write_study(
    sheet: WriteOnlyWorksheet,
    styles: Styles,
    lists: Lists,
    paper: Paper,
    printed: Sequence[PrintedRow],
    *,
    blind: bool,
    prefilled_by: str,
) -> tuple[int, str]:
    """Write the sheet; return how many answers it asks and the cell that counts those left."""
    from openpyxl.utils import get_column_letter

    kind = f"study/{paper.study}"
    layout = columns(kind, blind=blind)
    letters = {c.key: get_column_letter(i) for i, c in enumerate(layout, 1)}
    for i, column in enumerate(layout, 1):
        dimension = sheet.column_dimensions[get_column_letter(i)]
        dimension.width, dimension.hidden = column.width * (1.45 if blind and column.open else 1), column.hidden
    sheet.freeze_panes = f"{letters['proposed' if not blind else 'yours']}{FIRST}"
    _set_up_print(sheet, paper.called)
    for number, height in ((1, 19), (2, 17 if len(rows.title(paper)) > TITLE_WIDTH else 3), (3, 15), (HEADER, 28)):
        sheet.row_dimensions[number].height = height
    sheet.row_dimensions[KEYS].hidden = True
    _head(sheet, styles, layout, paper, blind)
    by = "" if blind else prefilled_by
    sheet.append([styles.cell(sheet, key_cell(kind, blind, c.key, by), "key") for c in layout])
    sheet.append([styles.cell(sheet, c.header, "header open" if c.open else "header") for c in layout])
    counts = _counts(printed, letters, blind=blind)
    for number, row in enumerate(printed, FIRST):
        heading = row.asked is None
        sheet.row_dimensions[number].height = 18 if heading else _height(row, layout)
        sheet.append([_cell(sheet, styles, row, c, counts[number]) for c in layout])
    last = FIRST + len(printed) - 1
    _validate(sheet, lists, printed, letters)
    _tint(sheet, letters, last)
    protect(sheet)
    asked = len({row.asked.label for row in printed if row.asked is not None})
    return asked, f"{letters['left']}{FIRST}"


def _head(sheet: WriteOnlyWorksheet, styles: Styles, layout: Sequence[Column], paper: Paper, blind: bool) -> None:
    """Write the title, who wrote it, and which study of the review it is."""
    title = textwrap.wrap(rows.title(paper) or paper.called, TITLE_WIDTH)
    first = next(i for i, c in enumerate(layout) if not c.hidden)
    source = paper.source.name if paper.source is not None else ""
    kind = "blind: no proposals are shown" if blind else ""
    called = paper.publication.label
    about = " · ".join(filter(None, (authors(paper)[:160], called, f"study {paper.study}", source, kind)))
    for text, look in ((title[0], "h2"), (" ".join(title[1:])[: 2 * TITLE_WIDTH], "h2"), (about, "quiet plain")):
        sheet.append([styles.cell(sheet, "", "quiet plain")] * first + [styles.cell(sheet, text, look)])


def _cell(sheet: WriteOnlyWorksheet, styles: Styles, row: PrintedRow, column: Column, left: str) -> WriteOnlyCell:
    heading = row.asked is None
    key, text = column.key, row.cells.get(column.key, "")
    if key == "row":
        text = row.row
    elif key == "left" or (heading and key == "yours"):
        look = "formula band" if heading else "formula fixed"
        return styles.formula(sheet, left if key == "left" else f'={left[1:]}&" left"', look)
    elif key.startswith("candidate"):
        number = int(key.removeprefix("candidate")) - 1
        text = row.candidates[number] if number < len(row.candidates) else ""
    if heading:
        return styles.cell(sheet, text or None, "open" if key == "decision" else "band")
    if key == "confidence":
        return styles.number(sheet, row.confidence, "number")
    if key == "question" and "\n" in text:
        name, _, asked = text.partition("\n")
        return styles.rich(sheet, name, asked, "fixed")
    look = "open" if column.open else {"proposed": "strong", "question": "hint"}.get(key, "fixed")
    return styles.cell(sheet, text or None, look)


# -- what is left to answer, counted by the spreadsheet


def _counts(printed: Sequence[PrintedRow], letters: dict[str, str], *, blind: bool) -> dict[int, str]:
    """Return the formula of each row that counts what is left of it: 1 for an open proposal or an unanswered question.

    A heading counts what is below it, the first row all of the study.
    """
    numbers = range(FIRST, FIRST + len(printed))
    by_label: dict[str, list[int]] = {}
    for number, row in zip(numbers, printed, strict=True):
        if row.asked is not None:
            by_label.setdefault(row.asked.label, []).append(number)
    bands = [n for n, row in zip(numbers, printed, strict=True) if row.asked is None]
    found: dict[int, str] = {}
    section = FIRST
    for number, row in zip(numbers, printed, strict=True):
        left = letters["left"]
        if row.asked is None:
            section = number
            ends = [n for n in bands if n > number] if number != FIRST else []
            last = (ends[0] if ends else FIRST + len(printed)) - 1
            below = f"SUM({left}{number + 1}:{left}{last})" if last > number else "0"
            if number == FIRST:  # the headings' own sums are left out
                kinds, counts = (f"{letters[key]}{FIRST + 1}:{letters[key]}{last}" for key in ("row", "left"))
                below = f'SUMIF({kinds},"<>section*",{counts})'
            found[number] = f"={below}"
            continue
        rows_ = by_label[row.asked.label]
        answers = f"COUNTA({letters['yours']}{rows_[0]}:{letters['yours']}{rows_[-1]})=0"
        if blind or not row.cells.get("proposed"):
            found[number] = f"=IF({answers},1,0)" if number == rows_[0] else "=0"
            continue
        decision = letters["decision"]
        conditions = [f'{decision}{number}=""', f'{letters["yours"]}{number}=""']
        conditions += [f'{decision}{section}=""', f'{decision}{FIRST}=""']
        conditions += [f'COUNTIF({decision}{rows_[0]}:{decision}{rows_[-1]},"{ONLY}")=0']
        if row.cells["proposed"] == NOT_REPORTED:
            conditions.append(answers)
        found[number] = f"=IF(AND({','.join(conditions)}),1,0)"
    return found


# -- the looks


def _height(row: PrintedRow, layout: Sequence[Column]) -> float:
    """Return the points that the row's longest text needs, 260 at most."""
    lines = 1
    for column in layout:
        text = row.cells.get(column.key, "")
        if text and not column.hidden:
            wide = max(column.width * 1.1 - 1, 1)
            lines = max(lines, sum(1 + int(len(part) / wide) for part in text.split("\n")))
    return min(13.0 * lines + 4, 260.0)


def _validate(sheet: WriteOnlyWorksheet, lists: Lists, printed: Sequence[PrintedRow], letters: dict[str, str]) -> None:
    body = list(enumerate(printed, FIRST))
    if "decision" in letters:
        rest = [n for n, row in body if row.asked is None]
        lists.dropdown(sheet, "rest", [(letters["decision"], n, n) for n in rest], f"“{REST}”", _HELP["rest"])
        runs = [(letters["decision"], a, b) for a, b in _runs([n for n, row in body if row.asked is not None])]
        lists.dropdown(sheet, "decision", runs, "one of the decisions", _HELP["decision"])
    by_list: dict[str, list[int]] = {}
    for number, row in body:
        if row.asked is not None:
            head = row.asked.label.partition(".")[0]
            by_list.setdefault(row.asked.label if head == "form" else head, []).append(number)
    for name, numbers in by_list.items():
        if name in lists.values:
            places = [(letters["yours"], a, b) for a, b in _runs(numbers)]
            lists.dropdown(sheet, name, places, "one of the answers of the list")
    if "candidate1" in letters:
        first = letters["candidate1"]
        for number, row in body:
            if row.candidates:
                end = letters[f"candidate{len(row.candidates)}"]
                lists.offer(sheet, f"{letters['yours']}{number}", f"${first}${number}:${end}${number}")


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return runs of neighbouring row numbers as (first, last)."""
    runs: list[tuple[int, int]] = []
    for n in numbers:
        if runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs


def _tint(sheet: WriteOnlyWorksheet, letters: dict[str, str], last: int) -> None:
    """Colour the rows by decision, the judgements by what they say, and guesses."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    def rule(area: str, formula: str, fill: str = "", font: Font | None = None) -> None:
        tint = PatternFill("solid", bgColor=fill) if fill else None
        sheet.conditional_formatting.add(area, FormulaRule([formula], fill=tint, font=font))

    if "decision" in letters:
        for word, tint in _TINTS.items():
            rule(
                f"{letters['question']}{FIRST}:{letters['note']}{last}", f'${letters["decision"]}{FIRST}="{word}"', tint
            )
        place = f"{letters['confidence']}{FIRST}"
        rule(f"{place}:{letters['confidence']}{last}", f"AND(ISNUMBER({place}),{place}<0.5)", "F6C66A")
    for key in ("proposed", "yours"):
        if key in letters:
            area, place = f"{letters[key]}{FIRST}:{letters[key]}{last}", f"{letters[key]}{FIRST}"
            for word, colour in wording.JUDGEMENT_COLOURS.items():
                judged = f'AND({place}="{word}",${letters["row"]}{FIRST}="syrcle")'
                rule(area, judged, colour[1:], Font(bold=True))
            rule(area, f'{place}="{NOT_REPORTED}"', font=Font(color="6B7280", italic=True))


def _set_up_print(sheet: WriteOnlyWorksheet | Worksheet, study: str) -> None:
    """Print on A4, as wide as the page, with the title and the headers on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{HEADER}"
    sheet.oddFooter.center.text = f"{study.replace('&', '&&')} · page &P of &N"
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.page_margins.top, sheet.page_margins.bottom = 0.4, 0.5
