"""Agreement on numbers: exact, within a tolerance, mean absolute difference, intraclass correlation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from vivex.agreement.coefficients import Clusters
from vivex.agreement.intervals import RESAMPLES, Array, Coefficient, cluster_totals, interval
from vivex.agreement.result import Agreement
from vivex.quantities import Quantity
from vivex.units import scale


def in_one_unit(
    pairs: Sequence[tuple[Quantity, Quantity]], written: Iterable[str]
) -> tuple[list[float | None], list[float | None]]:
    """Return both sides' amounts in the unit that people wrote most (of those `written`, UCUM); the middle of a range.

    None where a side's amount is of another kind: weeks and months, mg and mg/kg are not compared.
    """
    counts = Counter(written)
    unit = max(counts, key=lambda u: (counts[u], u), default="")
    factor, base = scale(unit)
    sides = ([_middle(q) / float(factor) if scale(q.unit)[1] == base else None for q in side] for side in _sides(pairs))
    first, second = sides
    return first, second


def comparable(pairs: Sequence[tuple[Quantity, Quantity]]) -> tuple[list[float], list[float]]:
    """Return both sides' amounts, each pair in the unit in which its kind is compared.

    A pair of two kinds becomes 0 and 1: apart by any tolerance.
    """
    told = [(_middle(a), _middle(b)) if scale(a.unit)[1] == scale(b.unit)[1] else (0.0, 1.0) for a, b in pairs]
    return [a for a, _ in told], [b for _, b in told]


def _sides(pairs: Sequence[tuple[Quantity, Quantity]]) -> tuple[list[Quantity], list[Quantity]]:
    return [a for a, _ in pairs], [b for _, b in pairs]


def _middle(quantity: Quantity) -> float:
    value = quantity.values[0]
    return float((value.low + value.high) / 2 * scale(quantity.unit)[0])


def icc(
    ratings: Sequence[Sequence[float | None]], *, clusters: Clusters = None, resamples: int = RESAMPLES, seed: int = 0
) -> Agreement:
    """Return ICC(2,1): two-way random effects, absolute agreement, one rater (Shrout and Fleiss 1979).

    Raters in rows; items that some rater lacks are left out.
    """
    import numpy as np

    table = _complete(ratings)
    k = len(ratings)
    table = table - table.mean() if table.size else table
    rows = np.column_stack(
        [np.ones(len(table)), table, (table[:, :, None] * table[:, None, :]).reshape(len(table), k * k)]
    )

    def g(totals: Array) -> Array:
        n, sums = totals[..., 0], totals[..., 1 : k + 1]
        products = totals[..., k + 1 :].reshape(*totals.shape[:-1], k, k)
        grand = sums.sum(-1) ** 2 / (n * k)
        between_items = products.sum((-1, -2)) / k - grand
        between_raters = (sums**2).sum(-1) / n - grand
        everything = products[..., np.arange(k), np.arange(k)].sum(-1) - grand
        with np.errstate(divide="ignore", invalid="ignore"):
            items = between_items / (n - 1)
            raters = between_raters / (k - 1)
            rest = (everything - between_items - between_raters) / ((n - 1) * (k - 1))
            below = items + (k - 1) * rest + k * (raters - rest) / n
            return np.where(below > 1e-12, (items - rest) / below, math.nan)

    return _result("ICC(2,1)", rows, g, k, _kept(ratings, clusters), resamples, seed, "the items do not vary")


def within(
    a: Sequence[float | None],
    b: Sequence[float | None],
    tolerance: float = 0.0,
    *,
    relative: bool = False,
    clusters: Clusters = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return the share of pairs that differ by at most `tolerance` (`relative`: of the larger of the two)."""
    import numpy as np

    table = _complete([a, b])
    allowed = tolerance * np.abs(table).max(axis=1, initial=0.0) if relative else np.full(len(table), tolerance)
    close = np.abs(table[:, 0] - table[:, 1]) <= allowed + 1e-12
    name = "exact" if not tolerance else f"within {tolerance * 100:g} %" if relative else f"within {tolerance:g}"
    rows = np.column_stack([np.ones(len(table)), close])
    return _result(name, rows, _mean, 2, _kept([a, b], clusters), resamples, seed, "", bounds=(0.0, 1.0))


def mean_absolute_difference(
    a: Sequence[float | None],
    b: Sequence[float | None],
    *,
    clusters: Clusters = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return the mean absolute difference, in the unit of the numbers."""
    import numpy as np

    table = _complete([a, b])
    rows = np.column_stack([np.ones(len(table)), np.abs(table[:, 0] - table[:, 1])])
    kept = _kept([a, b], clusters)
    return _result("mean absolute difference", rows, _mean, 2, kept, resamples, seed, "", bounds=(0.0, math.inf))


def _mean(totals: Array) -> Array:
    return totals[..., 1] / totals[..., 0]


def _there(ratings: Sequence[Sequence[Any]], i: int) -> bool:
    return all(row[i] is not None and math.isfinite(row[i]) for row in ratings)


def _complete(ratings: Sequence[Sequence[float | None]]) -> Array:
    import numpy as np

    if len({len(row) for row in ratings}) != 1:
        raise ValueError("give each rater a number or None for every item")
    kept = [[row[i] for row in ratings] for i in range(len(ratings[0])) if _there(ratings, i)]
    return np.asarray(kept, dtype=float).reshape(-1, len(ratings))


def _kept(ratings: Sequence[Sequence[Any]], clusters: Clusters) -> Clusters:
    return None if clusters is None else [clusters[i] for i in range(len(ratings[0])) if _there(ratings, i)]


def _result(
    name: str,
    rows: Array,
    g: Coefficient,
    raters: int,
    clusters: Clusters,
    resamples: int,
    seed: int,
    reason: str,
    *,
    bounds: tuple[float, float] = (-1.0, 1.0),
) -> Agreement:
    totals = cluster_totals(rows, clusters)
    base: dict[str, Any] = {"n": len(rows), "raters": raters, "clusters": len(totals)}
    if not len(rows):
        return Agreement(name, math.nan, reason="no item has a number from every rater", **base)
    value = float(g(rows.sum(axis=0)))
    if math.isnan(value):
        return Agreement(name, math.nan, reason=reason if len(rows) > 1 else "one item only", **base)
    ci, se, how = interval(totals, g, resamples=resamples, seed=seed, bounds=bounds)
    return Agreement(name, value, ci, se=se, interval=how, **base)
