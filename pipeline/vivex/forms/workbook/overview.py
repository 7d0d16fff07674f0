"""The second sheet of a workbook: its studies, what is left to answer in each, and the papers that were left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivex.forms.workbook.layout import columns, key_cell
from vivex.forms.workbook.looks import Styles, protect
from vivex.paper import Failure

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

TITLE = "Overview"
HEADER, FIRST = 2, 3


@dataclass(frozen=True, slots=True)
class StudyLine:
    """Say of a study's sheet what the overview shows."""

    study: str
    called: str
    sheet: str
    title: str
    authors: str
    state: str
    warnings: str
    asked: int  # questions
    left: str  # the cell of its sheet that counts what is left


def write_overview(
    sheet: WriteOnlyWorksheet, styles: Styles, studies: Sequence[StudyLine], failures: Sequence[Failure]
) -> None:
    """Write a line for each study, with a link to its sheet, and one for each paper that was left out."""
    from openpyxl.utils import get_column_letter

    layout = columns("papers", blind=False)
    for i, column in enumerate(layout, 1):
        sheet.column_dimensions[get_column_letter(i)].width = column.width
        sheet.column_dimensions[get_column_letter(i)].hidden = column.hidden
    sheet.freeze_panes = f"B{FIRST}"
    sheet.row_dimensions[HEADER].height = 32
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.row_dimensions[1].hidden = True
    sheet.append([styles.cell(sheet, key_cell("papers", False, c.key, ""), "key") for c in layout])
    sheet.append([styles.cell(sheet, c.header, "header") for c in layout])
    number = FIRST
    for number, one in enumerate(studies, FIRST):
        lines = max(len(one.title) / 46, len(one.authors) / 29, len(one.warnings) / 27)
        sheet.row_dimensions[number].height = min(13.0 * (1 + int(lines)) + 4, 120.0)
        place = "'" + one.sheet.replace("'", "''") + "'!"
        sheet.append(
            [
                styles.link(sheet, one.called, f"{place}A1", "link"),
                styles.cell(sheet, one.title or None, "fixed"),
                styles.cell(sheet, one.authors or None, "small"),
                styles.cell(sheet, one.state, "fixed"),
                styles.whole(sheet, one.asked, "whole"),
                styles.formula(sheet, f"={place}{one.left}", "whole"),
                styles.cell(sheet, one.warnings or None, "small"),
                styles.cell(sheet, None, "fixed"),
                styles.cell(sheet, one.study, "fixed"),
            ]
        )
    known = {one.study for one in studies}
    for failure in failures:
        state = "partly" if failure.study in known else "left out"
        texts = (failure.study, "", failure.file, state, "", "", failure.reason, failure.remedy)
        sheet.append([styles.cell(sheet, text or None, "fixed") for text in texts])
    if studies:
        _show_done(sheet, f"F{FIRST}:F{number}")
    protect(sheet)


def _show_done(sheet: WriteOnlyWorksheet, area: str) -> None:
    """Colour the counts: green for nothing left."""
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill

    sheet.conditional_formatting.add(
        area, CellIsRule(operator="equal", formula=["0"], fill=PatternFill("solid", bgColor="DDF1E4"))
    )
