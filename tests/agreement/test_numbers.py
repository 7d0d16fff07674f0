"""Agreement on amounts, in one unit."""

from __future__ import annotations

import math

import pytest

from vivex.agreement.numbers import comparable, icc, in_one_unit, mean_absolute_difference, within
from vivex.quantities import read


def pair(one: str, other: str):
    """Return two quantities as written."""
    return read(one), read(other)


def test_the_middle_of_a_range_in_the_unit_that_people_wrote_most() -> None:
    pairs = [pair("250 g", "0.25 kg"), pair("200-220 g", "210 g")]
    first, second = in_one_unit(pairs, ["g", "kg", "g", "g"])
    assert first == pytest.approx([250, 210])
    assert second == pytest.approx([250, 210])


def test_weeks_and_months_are_not_compared() -> None:
    first, second = in_one_unit([pair("8 weeks", "8 mg")], ["wk", "wk"])
    assert first == pytest.approx([8])
    assert second == [None]
    assert within(*comparable([pair("8 weeks", "8 mg")]), 0.05, relative=True).value == 0


def test_tolerance_is_of_the_larger_number() -> None:
    assert within([100.0], [105.0], 0.05, relative=True).value == 1
    assert within([100.0], [106.0], 0.05, relative=True).value == 0
    assert within([1.0, None], [1.5, 3.0], 0.5).n == 1


def test_mean_absolute_difference_has_the_unit_of_the_numbers() -> None:
    assert mean_absolute_difference([10, 20, 30], [10, 22, 27]).value == pytest.approx(5 / 3)


def test_shrout_and_fleiss_and_a_constant_offset() -> None:
    four = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
    assert icc(four).value == pytest.approx(0.29, abs=0.005)
    apart = icc([[1, 2, 3, 4], [11, 12, 13, 14]]).value  # absolute agreement, not consistency
    assert apart < 0.1
    assert math.isnan(icc([[5, 5], [5, 5]]).value)
    with pytest.raises(ValueError, match="for every item"):
        icc([[1, 2], [1]])
