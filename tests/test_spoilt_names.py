"""Names of genes that a spreadsheet spoilt are told from names."""

from __future__ import annotations

import pytest

from vivex.spoilt_names import spoilt_name


@pytest.mark.parametrize("text", ["2-Sep", "Mar-01", "1-Dec-2026", "2026-09-02 00:00:00", "2.31E+19", "17"])
def test_dates_and_numbers_are_no_names(text: str) -> None:
    assert repr(text) in spoilt_name(text)


@pytest.mark.parametrize("text", ["SEPTIN2", "Sept2", "MARCHF1", "p53", "5-HT1A", "miR-29a"])
def test_names_are(text: str) -> None:
    assert spoilt_name(text) == ""
