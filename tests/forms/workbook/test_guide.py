"""The first sheet says what the workbook is and how to fill it in."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from vivex.decisions import WORDS
from vivex.forms.workbook import write_workbook
from vivex.forms.workbook.guide import TITLE


@pytest.mark.parametrize("blind", [True, False])
def test_the_guide_names_reviewer_kind_and_decisions(papers, codebook, tmp_path, blind: bool) -> None:
    write_workbook(
        tmp_path / "a.xlsx", papers=papers, codebook=codebook, reviewer="mk", blind=blind, prefilled_by="model:x@1"
    )
    cells = {str(c.value) for row in load_workbook(tmp_path / "a.xlsx")[TITLE].iter_rows() for c in row if c.value}
    text = "\n".join(cells)
    assert "mk" in cells
    assert ("Blind" in text, "model:x@1" in text) == (blind, not blind)
    assert set(WORDS) <= cells or blind
    assert "vivex import THIS_FILE" in text
    assert all(len(cell) < 400 for cell in cells)
