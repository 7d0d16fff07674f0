"""Numbers of two people are compared with their units: within one kind, in one unit, and never across kinds."""

from __future__ import annotations

import math

import pytest

from vivex.agreement.measure import measure
from vivex.agreement.numbers import comparable, in_one_unit
from vivex.annotation import Annotation
from vivex.people.ratings import PEOPLE, Pair, Ratings
from vivex.quantities import Quantity, read


def coefficients(first: list[str], second: list[str]) -> dict[str, float]:
    """Return the coefficients of a field that two people filled."""
    pairs = tuple(
        Pair(
            PEOPLE,
            f"s{i}",
            "form.x",
            ("mk", "th"),
            *((Annotation(f"s{i}", "form.x", said),) for said in both),
        )
        for i, both in enumerate(zip(first, second, strict=True))
    )
    rows = measure(Ratings(pairs, {}), comparisons=(PEOPLE,), resamples=50)
    return {row.coefficient: row.result.value for row in rows if row.item == "form.x"}


def pair(one: str, other: str) -> tuple[Quantity, Quantity]:
    a, b = read(one), read(other)
    assert a is not None
    assert b is not None
    return a, b


@pytest.mark.parametrize(
    ("first", "second", "exact", "difference"),
    [
        (["250 g", "200 g", "300 g"], ["0.25 kg", "0.2 kg", "0.3 kg"], 1.0, 0.0),
        (["1 mg", "2 mg", "4 mg"], ["1000 µg", "2000 µg", "4000 µg"], 1.0, 0.0),
        (["14 days", "21 days", "7 days"], ["2 weeks", "3 weeks", "one week"], 1.0, 0.0),
        (["1,250 mg/kg", "5 mg/kg", "7,5 mg/kg"], ["1.25 g/kg", "5 mg/kg", "7.5 mg/kg"], 1.0, 0.0),
        (["20–24 g", "18 ± 2 g", "25 g"], ["22 g", "18 g", "27 g"], 2 / 3, 2 / 3),
        (["One hundred and twenty", "24", "1,200"], ["120", "two dozen", "1200"], 1.0, 0.0),
    ],
)
def test_one_amount_in_two_units_is_one_number(
    first: list[str], second: list[str], exact: float, difference: float
) -> None:
    found = coefficients(first, second)
    assert found["exact"] == pytest.approx(exact)
    assert found["mean_absolute_difference"] == pytest.approx(difference)
    if exact == 1.0:
        assert found["icc"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["8 weeks", "10 weeks", "6 weeks"], ["8 months", "10 months", "6 months"]),
        (["5 mg", "10 mg", "20 mg"], ["5 mg/kg", "10 mg/kg", "20 mg/kg"]),
        (["5 U", "10 U", "20 U"], ["5 IU", "10 IU", "20 IU"]),
        (["5%", "10%", "20%"], ["5", "10", "20"]),
        (["2 mL", "3 mL", "4 mL"], ["2 mg", "3 mg", "4 mg"]),
    ],
)
def test_kinds_apart_never_agree(first: list[str], second: list[str]) -> None:
    found = coefficients(first, second)
    assert found["same"] == found["exact"] == found["within_5_percent"] == 0.0
    assert math.isnan(found["icc"])
    assert math.isnan(found["mean_absolute_difference"])


def test_the_unit_written_most_is_the_unit_of_the_difference() -> None:
    pairs = [pair("250 g", "0.26 kg"), pair("200 g", "200 g"), pair("8 weeks", "300 g")]
    assert in_one_unit(pairs, ["g", "kg", "g", "g", "wk", "g"]) == ([250.0, 200.0, None], [260.0, 200.0, 300.0])
    assert comparable(pairs)[0][2] != comparable(pairs)[1][2]
