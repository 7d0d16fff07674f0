"""Cells: means with errors however they are marked; what is no mean is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.extract.means.cell_figures import CellFigures, cell_figures
from vivex.group_means import number

NUMBERS = st.decimals(min_value=0, max_value=99999, places=2, allow_nan=False, allow_infinity=False).map(str)


@pytest.mark.parametrize(
    ("text", "mean", "error"),
    [
        ("7.25 ± 0.50ᵃ", "7.25", "0.50"),
        ("7.25 ± 0.50ᵃ, ᵇ, ᶜ", "7.25", "0.50"),
        ("41.5∗± 2.5", "41.5", "2.5"),
        ("41.5ab±2.5", "41.5", "2.5"),
        ("41.5 ± 2.5 hi", "41.5", "2.5"),
        ("41.5 ±2.5***(56%)", "41.5", "2.5"),
        ("−0.45 ± 0.40", "-0.45", "0.40"),
        ("1,250 ± 30", "1250", "30"),
        (".5 +/- .02", "0.5", "0.02"),
        ("2.0 × 10⁶ ± 0.1 × 10⁶", "2000000", "100000"),
        ("24·5 ± 1·2", "24.5", "1.2"),
        ("24.5 ± 1.2 (22–27)", "24.5", "1.2"),
    ],
)
def test_marks_are_passed_over_and_figures_kept_as_written(text: str, mean: str, error: str) -> None:
    assert cell_figures(text) == CellFigures(mean, error, "±")


def test_brackets_and_limits_are_told_apart() -> None:
    assert cell_figures("24.1 (1.2)") == CellFigures("24.1", "1.2", "()")
    assert cell_figures("24.1 (22.0–26.2)") == CellFigures("24.1", "22.0 to 26.2", "limits")
    assert cell_figures("24 [22, 26]") == CellFigures("24", "22 to 26", "limits")
    assert cell_figures("12 ± 2 (n = 8)") == CellFigures("12", "2", "±", "8")
    assert cell_figures("12") == CellFigures("12")


@pytest.mark.parametrize(
    "text", ["", "NA", "-", "<0.05", "> 34.7 ± 0.9", "p = 0.03", "3 ± 1 4 ± 2", "8/10", "5 mg", "a"]
)
def test_other_cells_are_none(text: str) -> None:
    assert cell_figures(text) is None


@given(NUMBERS, NUMBERS, st.sampled_from(("", "*", "ᵃ", " b", "a,b")))
def test_what_is_written_is_read(mean: str, error: str, mark: str) -> None:
    found = cell_figures(f"{mean} ± {error}{mark}")
    assert found is not None
    assert (number(found.mean), number(found.error)) == (number(mean), number(error))
