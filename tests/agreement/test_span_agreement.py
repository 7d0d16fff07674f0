"""F1 of spans and of lists of values, counted by hand."""

from __future__ import annotations

import pytest

from vivex.agreement.span_agreement import f1, span_f1, value_f1

TEXT = {"ames-2019": "Male Wistar rats were given metformin 100 mg/kg by gavage"}
ONE = {"ames-2019": [(5, 11), (28, 37), (38, 47)]}  # Wistar, metformin, 100 mg/kg
OTHER = {"ames-2019": [(5, 16), (28, 37)]}  # Wistar rats, metformin


def test_exact_overlap_and_token() -> None:
    assert span_f1(ONE, OTHER).value == pytest.approx(2 / 5)
    assert span_f1(ONE, OTHER, "overlap").value == pytest.approx(4 / 5)
    # words: Wistar, metformin, 100, mg, /, kg against Wistar, rats, metformin
    assert span_f1(ONE, OTHER, "token", texts=TEXT).value == pytest.approx(2 * 2 / 9)


def test_a_span_cut_in_two_counts_for_both_halves() -> None:
    halves = {"ames-2019": [(5, 8), (8, 11)]}
    whole = {"ames-2019": [(5, 11)]}
    assert span_f1(halves, whole, "overlap").value == 1


def test_a_study_that_one_side_lacks_counts_against() -> None:
    assert span_f1({"a": [(0, 1)], "b": [(0, 1)]}, {"a": [(0, 1)]}).value == pytest.approx(2 / 3)


def test_lists_of_values_are_compared_without_order_or_repetition() -> None:
    assert value_f1({"a": ["rat", "mouse", "rat"]}, {"a": ["mouse", "rat"]}).value == 1
    assert value_f1({"a": ["rat", "mouse"]}, {"a": ["rat"]}).value == pytest.approx(2 / 3)


def test_what_is_asked_wrongly_is_named() -> None:
    with pytest.raises(ValueError, match="known: "):
        span_f1(ONE, OTHER, "fuzzy")
    with pytest.raises(ValueError, match="needs texts"):
        span_f1(ONE, OTHER, "token")


def test_sums_of_nothing_are_no_score() -> None:
    import numpy as np

    assert np.isnan(f1(np.zeros(4)))
    assert f1(np.array([0.0, 0.0, 3.0, 0.0])) == 0
