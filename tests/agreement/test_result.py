"""A coefficient as it is shown and stored."""

from __future__ import annotations

import json
import math

from vivex.agreement.result import Agreement, number, to_json


def test_what_is_undefined_says_why_and_is_null() -> None:
    result = Agreement("Cohen's kappa", math.nan, n=0, reason="no item was rated by two raters")
    assert str(result) == "undefined (no item was rated by two raters)"
    assert not result.defined
    stored = to_json(result)
    assert stored["value"] is None
    assert stored["ci"] == [None, None]
    assert stored["reason"]
    json.dumps(stored, allow_nan=False)


def test_a_value_is_shown_with_its_interval_where_it_has_one() -> None:
    assert str(Agreement("AC1", 0.875, (0.8, 0.95))) == "0.88 (95 % CI 0.80 to 0.95)"
    assert str(Agreement("AC1", 0.0)) == "0.00"
    assert "reason" not in to_json(Agreement("AC1", 0.0))


def test_numbers_are_rounded_and_infinity_is_no_number() -> None:
    assert number(1 / 3) == 0.333333
    assert number(math.inf) is None
