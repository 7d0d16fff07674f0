"""A study's sheet counts what is left as the person fills it in; LibreOffice works the counts out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from vivex.forms.workbook import write_workbook
from vivex.forms.workbook.study_sheet import _runs
from workbook_rows import FilledBook


def test_runs_of_neighbouring_rows() -> None:
    assert _runs([3, 4, 5, 9, 11, 12]) == [(3, 5), (9, 9), (11, 12)]
    assert _runs([]) == []


@pytest.mark.slow
def test_what_is_left_is_counted_by_the_spreadsheet(papers, codebook, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (soffice); the counts can't be worked out")
    path = tmp_path / "w.xlsx"
    write_workbook(path, papers=papers, codebook=codebook, blind={"Babel-2021"})
    book = FilledBook(path)
    book.put(book.row("Abel 2020", "dose", "40 µg/kg"), decision="only this")  # two proposals of dose
    book.put(book.row("Abel 2020", "age"), yours="9 weeks")
    book.put(book.row("Abel 2020", "section syrcle", kind="section"), decision="accept the rest")
    book.put(book.spare("Babel-2021", "dose"), yours="3 mg")
    book.save()
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    lines = load_workbook(tmp_path / "out" / "w.xlsx", data_only=True)["Overview"].iter_rows(
        min_row=3, values_only=True
    )
    left = {line[0]: (line[4], line[5]) for line in lines}
    asked = len(codebook.questions)
    answers = 9 + 10 + 8  # proposals of the form, of SYRCLE and of what is reported
    assert left == {"Abel 2020": (asked, answers - 2 - 1 - 10), "Babel-2021": (asked, asked - 1)}
