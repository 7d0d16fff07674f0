"""Sheets are known again by their hidden row, else by their headers; strangers' sheets are none of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from vivex.forms.workbook import write_workbook
from vivex.forms.workbook.sheets import bare, table_of

OLD = Path(__file__).parent / "old" / "prefilled-0.1.xlsx"


@pytest.fixture(scope="module")
def path(papers, codebook, tmp_path_factory):
    """Return a pre-filled workbook."""
    path = tmp_path_factory.mktemp("sheets") / "forms.xlsx"
    write_workbook(path, papers=papers, codebook=codebook, prefilled_by="model:x@1")
    return path


def tables(book, codebook) -> dict[str, str]:
    """Return title -> kind of the sheets that are vivex's."""
    found = {sheet.title: table_of(sheet, codebook) for sheet in book.worksheets}
    return {title: table.kind for title, table in found.items() if table is not None}


def test_each_sheet_is_known_by_its_hidden_row(path, codebook) -> None:
    book = load_workbook(path)
    assert tables(book, codebook) == {
        "Overview": "papers", "1 Abel 2020": "study/Abel 2020", "2 Babel-2021": "study/Babel-2021",
    }  # fmt: skip
    table = table_of(book["1 Abel 2020"], codebook)
    assert (table.first, table.blind, table.prefilled_by, table.study) == (6, False, "model:x@1", "Abel 2020")


def test_or_by_its_headers(path, codebook) -> None:
    book = load_workbook(path)
    book["1 Abel 2020"].delete_rows(4)
    assert tables(book, codebook)["1 Abel 2020"] == "study/Abel 2020"
    assert table_of(book["1 Abel 2020"], codebook).first == 5


def test_sheets_of_0_1_are_known_with_and_without_their_hidden_row(codebook) -> None:
    book = load_workbook(OLD)
    found = tables(book, codebook)
    assert found == {
        "Animals": "form/animals", "Treatment": "form/treatment",
        "SYRCLE": "syrcle", "Reporting": "reporting", "Papers": "papers",
    }  # fmt: skip
    for title in ("Animals", "SYRCLE", "Reporting"):
        book[title].delete_rows(1)
    assert {t: tables(book, codebook)[t] for t in found if t in ("Animals", "SYRCLE", "Reporting")} == {
        "Animals": "form/animals", "SYRCLE": "syrcle", "Reporting": "reporting",
    }  # fmt: skip


def test_other_sheets_are_no_tables(codebook) -> None:
    sheet = Workbook().worksheets[0]
    assert table_of(sheet, codebook) is None
    sheet.append(["Study", "Year", "Journal", "Country"])
    assert table_of(sheet, codebook) is None


def test_names_are_compared_by_their_letters() -> None:
    assert bare(" Target_gene: ") == bare("target gene") == "target gene"
