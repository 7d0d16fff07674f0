"""Krippendorff's alpha against his own examples."""

from __future__ import annotations

import math

import pytest

from vivex.agreement.alpha import krippendorff_alpha

FOUR = [  # Krippendorff 2004, four observers, twelve units, gaps
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.74342), ("ordinal", 0.81539), ("interval", 0.84911), ("ratio", 0.79740)]
)
def test_four_observers_with_gaps(level: str, alpha: float) -> None:
    assert krippendorff_alpha(FOUR, level).value == pytest.approx(alpha, abs=5e-5)


def test_two_observers_of_a_binary_variable() -> None:
    assert krippendorff_alpha(BINARY).value == pytest.approx(0.09524, abs=5e-5)


def test_what_one_observer_alone_rated_counts_for_nothing() -> None:
    more = [[*FOUR[0], 3], [*FOUR[1], None], [*FOUR[2], None], [*FOUR[3], None]]
    assert krippendorff_alpha(more).value == pytest.approx(krippendorff_alpha(FOUR).value)


def test_one_category_tells_nothing() -> None:
    result = krippendorff_alpha([["low"] * 4] * 2)
    assert math.isnan(result.value)
    assert "'low'" in result.reason


def test_an_unknown_level_is_named() -> None:
    with pytest.raises(ValueError, match="known: nominal, ordinal"):
        krippendorff_alpha(FOUR, "rank")
