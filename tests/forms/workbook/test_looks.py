"""Looks are made once, texts are never formulas, and each question offers its own choices."""

from __future__ import annotations

from openpyxl import Workbook, load_workbook

from vivex.codebook import Codebook, Field
from vivex.forms.workbook.looks import LISTS, Lists, Styles

BOOK = Codebook("x", (Field("sex", "Which sex?", "category", ("male", "female")), Field("age", "How old?")))


def test_dropdowns_offer_what_the_question_takes(tmp_path) -> None:
    lists = Lists(BOOK)
    assert lists.values["form.sex"] == ["male", "female", "not reported"]
    assert "form.age" not in lists.values
    assert (lists.values["syrcle"], lists.values["reporting"]) == (["low", "high", "unclear"], ["yes", "no"])
    assert lists.values["rest"] == ["accept the rest"]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("a")
    lists.dropdown(sheet, "form.sex", [("B", 3, 9), ("B", 12, 11)], "one of them")
    assert [str(v.sqref) for v in sheet.data_validations.dataValidation] == ["B3:B9"]
    lists.offer(sheet, "B20", "$D$20:$F$20")
    assert not sheet.data_validations.dataValidation[-1].showErrorMessage
    lists.write(book)
    book.save(tmp_path / "a.xlsx")
    written = load_workbook(tmp_path / "a.xlsx")[LISTS]
    assert written.sheet_state == "hidden"
    assert [c.value for c in next(written.iter_cols(min_col=1, max_col=1))][:2] == ["accept", "edit"]


def test_a_cell_is_text_and_its_look_is_made_once() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("a")
    styles = Styles(book)
    cell = styles.cell(sheet, "=1+1\x00", "open")
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")
    assert styles["open"] is styles["open"]
    assert not cell.protection.locked
    assert styles.cell(sheet, "x", "fixed").protection.locked
