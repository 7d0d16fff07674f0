"""The overview leads to each study's sheet and names the papers that were left out."""

from __future__ import annotations

from openpyxl import Workbook, load_workbook

from vivex.forms.workbook.looks import Styles
from vivex.forms.workbook.overview import StudyLine, write_overview
from vivex.paper import Failure


def test_a_line_leads_to_its_sheet_and_counts_what_is_left(tmp_path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Overview")
    book.create_sheet("1 o'neill")
    one = StudyLine("o'neill", "o'neill", "1 o'neill", "A title", "", "blind", "", 12, "W6")
    failures = [Failure("o'neill", "o.pdf", "broken", "get it again"), Failure("scan", "s.pdf", "no text", "run OCR")]
    write_overview(sheet, Styles(book), [one], failures)
    book.save(tmp_path / "o.xlsx")
    found = load_workbook(tmp_path / "o.xlsx")["Overview"]
    assert found["A3"].hyperlink.location == "'1 o''neill'!A1"
    assert (found["E3"].value, found["F3"].value) == (12, "='1 o''neill'!W6")
    assert [row[3].value for row in found.iter_rows(min_row=3)] == ["blind", "partly", "left out"]
