"""Intervals of coefficients that are functions of sums over items.

Every coefficient of this package is `g(totals)`, where `totals` are sums of what each item contributes (a confusion
table, say). So a bootstrap over clusters is one matrix product - resampling weights by cluster totals - and one call of
`g` on all resamples at once.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any

RESAMPLES = 2000
LEVEL = 0.95
METHODS = ("bca", "percentile", "jackknife")
LEAST = 6  # clusters below which no interval is given
FEW = 10  # clusters below which a 95 % interval covers some 92 % (benchmarks/coverage.py), and says so

Array = Any  # numpy arrays; numpy is imported where it is needed
Coefficient = Callable[[Array], Array]  # totals (..., S) -> values (...)


def cluster_totals(rows: Array, clusters: Sequence[Hashable] | None) -> Array:
    """Return the sum of the rows (items x S) over each cluster; without clusters each item is its own."""
    import numpy as np

    rows = np.asarray(rows, dtype=float)
    if clusters is None:
        return rows
    if len(clusters) != len(rows):
        raise ValueError(f"{len(clusters)} cluster names for {len(rows)} items; give one for each item")
    names = {name: i for i, name in enumerate(dict.fromkeys(clusters))}
    totals = np.zeros((len(names), rows.shape[1]))
    np.add.at(totals, [names[c] for c in clusters], rows)
    return totals


def interval(
    totals: Array,
    g: Coefficient,
    *,
    method: str = "bca",
    resamples: int = RESAMPLES,
    seed: int = 0,
    level: float = LEVEL,
    bounds: tuple[float, float] = (-1.0, 1.0),
) -> tuple[tuple[float, float], float, str]:
    """Return the interval of `g` over independent clusters (rows of `totals`), its standard error, and its name.

    `bca`: bias-corrected and accelerated bootstrap (Efron 1987), its tail areas widened for few clusters by the
    t quantile (Hesterberg 2015). `percentile`: the plain bootstrap. `jackknife`: value +- t x the jackknife's error.
    """
    import numpy as np
    from scipy import stats

    count = len(totals)
    value = float(g(totals.sum(axis=0)))
    if count < LEAST or math.isnan(value):
        return (math.nan, math.nan), math.nan, f"none: {count} clusters are too few"
    first = resampled(totals, g, resamples=min(resamples, 200), seed=seed)
    if len(set(first[np.isfinite(first)])) < 2:
        return _constant(value, count, bounds, level)
    left_out = g(totals.sum(axis=0) - totals)
    kept = left_out[np.isfinite(left_out)]
    if len(kept) < 2:
        return (math.nan, math.nan), math.nan, ""
    error = float(np.sqrt((len(kept) - 1) / len(kept) * ((kept - kept.mean()) ** 2).sum()))
    if method == "jackknife":
        half = float(stats.t.ppf(0.5 + level / 2, count - 1)) * error
        return (max(bounds[0], value - half), min(bounds[1], value + half)), error, f"jackknife, {count} clusters"
    draws = resampled(totals, g, resamples=resamples, seed=seed)
    draws = draws[np.isfinite(draws)]
    if len(draws) < resamples / 2:
        return (math.nan, math.nan), error, ""
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    if method == "bca":
        tails = _bca(tails, draws, value, kept, count)
    elif method != "percentile":
        raise ValueError(f"no interval is called {method!r}; known: {', '.join(METHODS)}")
    low, high = (float(x) for x in np.quantile(draws, tails))
    few = ", few: it may be too narrow" if count < FEW else ""
    return (low, high), error, f"{'BCa' if method == 'bca' else 'percentile'} bootstrap over {count} clusters{few}"


def _constant(
    value: float, count: int, bounds: tuple[float, float], level: float
) -> tuple[tuple[float, float], float, str]:
    """Return the interval where every resample gives the same value, so that resampling tells nothing.

    A share that is 1 (or 0) in every study has the exact binomial interval over studies; else there is none.
    """
    reach = ((1 - level) / 2) ** (1 / count)
    if bounds == (0.0, 1.0) and value in (0.0, 1.0):
        ci = (reach, 1.0) if value == 1.0 else (0.0, 1 - reach)
        return ci, math.nan, f"exact binomial over {count} clusters, all alike"
    return (math.nan, math.nan), math.nan, f"none: all resamples of {count} clusters are alike"


def resampled(totals: Array, g: Coefficient, *, resamples: int = RESAMPLES, seed: int = 0) -> Array:
    """Return `g` of each bootstrap resample of the clusters."""
    return g(_weights(len(totals), resamples, seed) @ totals)


def difference(
    first: Array, second: Array, g: Coefficient, *, resamples: int = RESAMPLES, seed: int = 0, level: float = LEVEL
) -> tuple[float, tuple[float, float]]:
    """Return g(second) - g(first) and its interval, resampling the same clusters on both sides."""
    import numpy as np

    width = first.shape[1]

    def gap(totals: Array) -> Array:
        return g(totals[..., width:]) - g(totals[..., :width])

    both = np.hstack([first, second])
    found, _, _ = interval(both, gap, resamples=resamples, seed=seed, level=level, bounds=(-2.0, 2.0))
    return float(gap(both.sum(axis=0))), found


@functools.lru_cache(maxsize=16)
def _weights(count: int, resamples: int, seed: int) -> Array:
    """Return how often each of `count` clusters stands in each resample (resamples x count)."""
    import numpy as np

    chosen = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=resamples)
    return chosen.astype(float)


def _bca(tails: Array, draws: Array, value: float, left_out: Array, count: int) -> Array:
    """Return the tail areas of the BCa interval, widened for few clusters."""
    import numpy as np
    from scipy import stats

    z = stats.t.ppf(tails, count - 1) * math.sqrt(count / (count - 1))
    below = ((draws < value).mean() + (draws <= value).mean()) / 2
    if not 0 < below < 1:
        return stats.norm.cdf(z)
    bias = stats.norm.ppf(below)
    centred = left_out.mean() - left_out
    spread = (centred**2).sum()
    acceleration = (centred**3).sum() / (6 * spread**1.5) if spread > 0 else 0.0
    return np.clip(stats.norm.cdf(bias + (bias + z) / (1 - acceleration * (bias + z))), 0.0, 1.0)
