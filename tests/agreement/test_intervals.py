"""Intervals over studies: reproducible, wider with fewer, silent where they would mislead."""

from __future__ import annotations

import math

import numpy as np
import pytest

from vivex.agreement.intervals import METHODS, cluster_totals, difference, interval, resampled


def share(totals):
    """Return the share of successes."""
    return totals[..., 0] / totals[..., 1]


def made(clusters: int, seed: int = 0):
    """Return successes and trials of clusters."""
    rng = np.random.default_rng(seed)
    return np.column_stack([rng.binomial(10, 0.7, clusters), np.full(clusters, 10)]).astype(float)


def test_rows_are_summed_by_cluster() -> None:
    rows = [[1, 0], [2, 1], [4, 1]]
    assert cluster_totals(rows, ["a", "b", "a"]).tolist() == [[5, 1], [2, 1]]
    with pytest.raises(ValueError, match="2 cluster names for 3 items"):
        cluster_totals(rows, ["a", "b"])


@pytest.mark.parametrize("method", METHODS)
def test_the_interval_holds_the_value_and_is_the_same_each_time(method: str) -> None:
    totals = made(30)
    (low, high), error, name = interval(totals, share, method=method, bounds=(0.0, 1.0))
    assert low < float(share(totals.sum(0))) < high
    assert error > 0
    assert "30 clusters" in name
    assert interval(totals, share, method=method, bounds=(0.0, 1.0))[0] == (low, high)


def test_more_studies_give_a_narrower_interval() -> None:
    few, many = (interval(made(n), share)[0] for n in (10, 160))
    assert many[1] - many[0] < (few[1] - few[0]) / 2


def test_too_few_studies_give_none_and_say_so() -> None:
    (low, high), _, why = interval(made(5), share)
    assert math.isnan(low)
    assert math.isnan(high)
    assert "5 clusters are too few" in why
    assert "may be too narrow" in interval(made(7), share)[2]


def test_agreement_everywhere_has_the_exact_binomial_interval() -> None:
    (low, high), _, how = interval(np.full((20, 2), 3.0), share, bounds=(0.0, 1.0))
    assert high == 1.0
    assert low == pytest.approx(0.025 ** (1 / 20))
    assert "exact binomial" in how


def test_an_unknown_method_is_named() -> None:
    with pytest.raises(ValueError, match="known: bca"):
        interval(made(10), share, method="normal")


def test_the_same_model_twice_differs_by_nothing() -> None:
    gap, (low, high) = difference(made(20), made(20), share, resamples=200)
    assert gap == 0
    assert not low < 0 < high


def test_resamples_are_drawn_with_their_seed() -> None:
    one, other = (resampled(made(9), share, resamples=50, seed=seed) for seed in (1, 2))
    assert one.tolist() == resampled(made(9), share, resamples=50, seed=1).tolist()
    assert one.tolist() != other.tolist()
