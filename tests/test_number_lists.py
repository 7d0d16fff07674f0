"""Lists and ranges of numbers: where they end, what their items share, which are below zero."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.number_lists import listed, multiplied, shared
from vivex.numerals import fold


@pytest.mark.parametrize(
    ("text", "end", "minuses", "falls"),
    [
        ("1, 2 and 5 mg", 10, [0, 0, 0], [False] * 3),
        ("5-10 mg", 4, [0], [False]),
        ("20 and -80", 2, [0], [False]),  # without a minus before the first, a later one begins something else
    ],
)
def test_a_list_ends_where_its_numbers_do(text: str, end: int, minuses: list[int], falls: list[bool]) -> None:
    items, at = listed(fold(text), 0, spaced=True)
    assert (at, [i.minus for i in items], [i.falls for i in items]) == (end, minuses, falls)


@pytest.mark.parametrize(
    ("text", "below"),
    [("-20 and -80", [True, True]), ("-20 to -80", [True]), ("-20 to 4", [False]), ("-20, 4", [True, False])],
)
def test_where_one_has_a_minus_others_may(text: str, below: list[bool]) -> None:
    items, at = listed(text, 1, spaced=True, minus=1)
    assert at == len(text)
    assert [item.below for item in items] == below


@given(st.lists(st.integers(1, 99), min_size=2, max_size=6), st.integers(2, 9))
def test_a_power_is_lent_to_the_smaller_numbers_before_it(numbers: list[int], exponent: int) -> None:
    rising = sorted(set(numbers))
    text = f"{', '.join(map(str, rising))} x 10^{exponent}"
    items, at = listed(text, 0, spaced=True)
    assert at == len(text)
    assert [item.low.low for item in shared(items)] == [Fraction(n) * 10**exponent for n in rising]


def test_a_power_behind_a_bracket_is_for_what_is_in_it() -> None:
    text = "(1-5) x 10^6 cells"
    items, end = multiplied(text, 1, *listed(text, 1, spaced=True))
    assert text[:end] == "(1-5) x 10^6"
    assert [item.raised for item in items] == [True]
