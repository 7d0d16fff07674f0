"""Rows are read with what is merged over them, and inserted rows with the question above them."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from vivex.forms.workbook.row_cells import body_rows
from vivex.forms.workbook.sheets import SheetTable
from vivex.forms.workbook.typed_cells import UnreadableCell

KEYS = ("study", "row", "field", "item", "decision", "yours", "note")
TABLE = SheetTable("study/s", False, 2, {key: n for n, key in enumerate(KEYS, 1)})


def sheet_of(*rows: tuple[str, ...]):
    sheet = Workbook().worksheets[0]
    sheet.append(list(KEYS))
    for row in rows:
        sheet.append([text or None for text in row])
    return sheet


def test_headings_questions_and_inserted_rows() -> None:
    sheet = sheet_of(
        ("", "study", "", "", "accept the rest", "", ""),
        ("", "section form/a", "", "", "", "", ""),
        ("s", "form/a", "dose", "", "", "5 mg", ""),
        ("", "", "", "", "", "6 mg", ""),
        ("", "", "", "", "", "", ""),
        ("s", "add syrcle", "", "1. X", "", "low", ""),
    )
    rows = list(body_rows(sheet, TABLE))
    assert [(row.heading, row.table) for row in rows] == [
        ("study", ""), ("form/a", ""), ("", "form/a"), ("", "form/a"), ("", "syrcle"),
    ]  # fmt: skip
    assert (rows[3].text("field"), rows[3].text("yours"), rows[3].name) == ("dose", "6 mg", "field")
    assert (rows[4].name, rows[4].place("yours"), rows[4].place("quote")) == ("item", "F7", "7:7")


def test_a_merged_decision_holds_for_each_row_a_merged_answer_for_none() -> None:
    sheet = sheet_of(("s", "form/a", "dose", "", "reject", "5 mg", ""), ("s", "form/a", "dose", "", "", "", ""))
    sheet.merge_cells("E2:E3")
    sheet.merge_cells("F2:F3")
    one, two = body_rows(sheet, TABLE)
    assert (one.text("decision"), two.text("decision")) == ("reject", "reject")
    one.refuse_merged()
    with pytest.raises(UnreadableCell, match="merged with row 2"):
        two.refuse_merged()
