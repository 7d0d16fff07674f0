"""Coefficients of agreement on categories, for two raters and for many, with missing ratings.

Ratings are given with raters in rows and items in columns, None (or NaN) for a missing rating; `fleiss_kappa` takes
counts, with items in rows and categories in columns. `clusters` names the study of each item: intervals are then made
by resampling studies. Without it the items are taken as independent and the published large-sample error is used.

Cohen J. Educ Psychol Meas 1960;20:37 · Cohen J. Psychol Bull 1968;70:213 · Fleiss JL. Psychol Bull 1971;76:378 ·
Fleiss JL, Cohen J, Everitt BS. Psychol Bull 1969;72:323 · Gwet KL. Br J Math Stat Psychol 2008;61:29 · Byrt T, Bishop
J, Carlin JB. J Clin Epidemiol 1993;46:423.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vivex.agreement.intervals import RESAMPLES, Array, Coefficient, cluster_totals, interval
from vivex.agreement.result import Agreement

WEIGHTS = ("linear", "quadratic", "ordinal")
Clusters = Sequence[Hashable] | None


def cohen_kappa(
    a: Sequence[Any],
    b: Sequence[Any],
    weights: str | Sequence[Sequence[float]] | None = None,
    *,
    categories: Sequence[Any] | None = None,
    clusters: Clusters = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return Cohen's kappa of two raters on the items that both rated.

    `weights` is None, "linear", "quadratic", "ordinal", or a matrix of disagreement weights (zero on the diagonal, in
    the order of `categories`). Weights by rank need `categories` in their order unless they are numbers.
    """
    import numpy as np

    if len(a) != len(b):
        raise ValueError(f"the raters have {len(a)} and {len(b)} ratings; give both for each item, None for missing")
    kept = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if not (missing(x) or missing(y))]
    pair = [[a[i] for i in kept], [b[i] for i in kept]]
    known = categories_of(pair, categories, ordered=isinstance(weights, str))
    codes, q = _codes(pair, known), len(known)
    distance = _disagreement(weights, q)
    rows = np.zeros((len(kept), q * q))
    rows[np.arange(len(kept)), codes[0] * q + codes[1]] = 1

    def g(totals: Array) -> Array:
        table = totals.reshape(*totals.shape[:-1], q, q)
        size = table.sum((-1, -2))
        expected = table.sum(-1)[..., :, None] * table.sum(-2)[..., None, :]
        with np.errstate(divide="ignore", invalid="ignore"):
            return 1 - (distance * table).sum((-1, -2)) * size / (distance * expected).sum((-1, -2))

    error = (
        _cohen_error(rows.sum(0).reshape(q, q), 1 - distance / max(distance.max(), 1e-300)) if len(kept) else math.nan
    )
    name = "Cohen's kappa" + (
        f", {weights} weights" if isinstance(weights, str) else ", own weights" if weights is not None else ""
    )
    return result_of(name, rows, g, pair, known, clusters and [clusters[i] for i in kept], resamples, seed, error=error)


def pabak(
    ratings: Sequence[Sequence[Any]],
    *,
    categories: Sequence[Any] | None = None,
    clusters: Clusters = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return the prevalence- and bias-adjusted kappa (q po - 1)/(q - 1), also Brennan and Prediger's coefficient."""
    known, rows, _ = _counted(ratings, categories, False)
    q = len(known)

    def g(totals: Array) -> Array:
        return (q * _observed(totals) - 1) / (q - 1) if q > 1 else _observed(totals) * math.nan

    return result_of("PABAK", rows, g, ratings, known, clusters, resamples, seed, paired_first=True)


def percent(
    ratings: Sequence[Sequence[Any]],
    *,
    categories: Sequence[Any] | None = None,
    clusters: Clusters = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return the share of agreeing pairs of raters, from 0 to 1, averaged over the items."""
    known, rows, _ = _counted(ratings, categories, False)
    return result_of(
        "percent agreement",
        rows,
        _observed,
        ratings,
        known,
        clusters,
        resamples,
        seed,
        bounds=(0.0, 1.0),
        paired_first=True,
    )


def gwet_ac1(
    ratings: Sequence[Sequence[Any]],
    *,
    categories: Sequence[Any] | None = None,
    clusters: Clusters = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return Gwet's AC1, which stays steady where one category dominates."""
    return _gwet("Gwet's AC1", ratings, None, categories, clusters, resamples, seed)


def gwet_ac2(
    ratings: Sequence[Sequence[Any]],
    weights: str | Sequence[Sequence[float]] = "quadratic",
    *,
    categories: Sequence[Any] | None = None,
    clusters: Clusters = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return Gwet's AC2: AC1 with weights ("linear", "quadratic", "ordinal", or a matrix of disagreement weights)."""
    return _gwet("Gwet's AC2", ratings, weights, categories, clusters, resamples, seed)


def fleiss_kappa(
    counts: Sequence[Sequence[int]], *, clusters: Clusters = None, resamples: int = RESAMPLES, seed: int = 0
) -> Agreement:
    """Return Fleiss' kappa from counts: items in rows, categories in columns, any number of raters for each item."""
    import numpy as np

    table = np.asarray(counts, dtype=float).reshape(len(counts), -1)
    rows = _multirater_rows(table, np.eye(table.shape[1]))

    def g(totals: Array) -> Array:
        expected = (_shares(totals) ** 2).sum(-1)
        return _corrected(_observed(totals), expected)

    ratings = [[k] * int(c) for k, c in enumerate(table.sum(0))]
    result = result_of(
        "Fleiss' kappa", rows, g, ratings, list(range(table.shape[1])), clusters, resamples, seed,
        raters=int(table.sum(1).max()) if table.size else 0, paired_first=True,
    )  # fmt: skip
    return result


# -- shared parts


def _gwet(
    name: str,
    ratings: Sequence[Sequence[Any]],
    weights: str | Sequence[Sequence[float]] | None,
    categories: Sequence[Any] | None,
    clusters: Clusters,
    resamples: int,
    seed: int,
) -> Agreement:
    import numpy as np

    known = categories_of(ratings, categories, ordered=isinstance(weights, str))
    q = len(known)
    distance = _disagreement(weights, q)
    agree = 1 - distance / max(distance.max(), 1e-300) if q > 1 else np.eye(q)
    counts = counts_of(ratings, known)
    rows = _multirater_rows(counts, agree)

    def g(totals: Array) -> Array:
        shares = _shares(totals)
        scale = agree.sum() / (q * (q - 1)) if q > 1 else math.nan
        return _corrected(_observed(totals), scale * (shares * (1 - shares)).sum(-1))

    return result_of(
        name,
        rows,
        g,
        ratings,
        known,
        clusters,
        resamples,
        seed,
        error=_gwet_error(counts, agree),
        degrees=int((counts.sum(1) > 0).sum()) - 1,
        paired_first=True,
    )


def _counted(
    ratings: Sequence[Sequence[Any]], categories: Sequence[Any] | None, ordered: bool
) -> tuple[list[Any], Array, Array]:
    import numpy as np

    known = categories_of(ratings, categories, ordered=ordered)
    counts = counts_of(ratings, known)
    return known, _multirater_rows(counts, np.eye(len(known))), counts


def _multirater_rows(counts: Array, agree: Array) -> Array:
    """Return for each item: rated twice or more, agreement of its pairs, rated at all, share of each category."""
    import numpy as np

    m = counts.sum(1)
    paired = m > 1
    agreement = (counts * (counts @ agree.T - 1)).sum(1) / np.where(paired, m * (m - 1), 1)
    shares = counts / np.maximum(m, 1)[:, None]
    return np.column_stack([paired, np.where(paired, agreement, 0.0), m > 0, shares])


def _observed(totals: Array) -> Array:
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return totals[..., 1] / totals[..., 0]


def _shares(totals: Array) -> Array:
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return totals[..., 3:] / totals[..., 2:3]


def _corrected(observed: Array, expected: Array) -> Array:
    """Return the chance-corrected agreement, NaN where chance alone would agree always."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(1 - expected > 1e-12, (observed - expected) / (1 - expected), math.nan)


def missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def categories_of(ratings: Sequence[Sequence[Any]], given: Sequence[Any] | None, *, ordered: bool) -> list[Any]:
    """Return the categories in order; raise ValueError where an order is needed and can't be told."""
    seen = list(dict.fromkeys(v for row in ratings for v in row if not missing(v)))
    if given is not None:
        unknown = [v for v in seen if v not in list(given)]
        if unknown:
            raise ValueError(f"rating {unknown[0]!r} is not one of the categories {list(given)!r}")
        return list(given)
    if all(isinstance(v, int | float) for v in seen):
        return sorted(seen)
    if ordered and len(seen) > 1:
        raise ValueError("the order of the categories matters here; give them in order as categories=[...]")
    return sorted(seen, key=str)


def _codes(ratings: Sequence[Sequence[Any]], known: Sequence[Any]) -> Array:
    import numpy as np

    place = {c: i for i, c in enumerate(known)}
    return np.array([[place[v] for v in row] for row in ratings], dtype=int)


def counts_of(ratings: Sequence[Sequence[Any]], known: Sequence[Any]) -> Array:
    """Return items x categories counts from ratings with raters in rows."""
    import numpy as np

    sizes = {len(row) for row in ratings}
    if len(sizes) > 1:
        raise ValueError(f"the raters have {sorted(sizes)} ratings; give each a rating or None for every item")
    place = {c: i for i, c in enumerate(known)}
    counts = np.zeros((sizes.pop() if sizes else 0, len(known)))
    for row in ratings:
        for i, value in enumerate(row):
            if not missing(value):
                counts[i, place[value]] += 1
    return counts


def _disagreement(weights: str | Sequence[Sequence[float]] | None, q: int) -> Array:
    """Return the q x q disagreement weights."""
    import numpy as np

    gap = np.abs(np.subtract.outer(np.arange(q), np.arange(q))).astype(float)
    if weights is None:
        return (gap > 0).astype(float)
    if isinstance(weights, str):
        if weights not in WEIGHTS:
            raise ValueError(f"no weights are called {weights!r}; known: {', '.join(WEIGHTS)}, or a matrix")
        return {"linear": gap, "quadratic": gap**2, "ordinal": gap * (gap + 1) / 2}[weights]
    own = np.asarray(weights, dtype=float)
    if own.shape != (q, q) or np.any(np.diag(own) != 0):
        raise ValueError(f"own weights are disagreements: a {q} x {q} matrix with zeros on the diagonal")
    return own


def _cohen_error(table: Array, agree: Array) -> float:
    """Return the large-sample standard error (Fleiss, Cohen and Everitt 1969)."""
    import numpy as np

    n = table.sum()
    p = table / n
    rows, columns = p.sum(1), p.sum(0)
    observed, expected = (agree * p).sum(), (agree * np.outer(rows, columns)).sum()
    if 1 - expected < 1e-12:
        return math.nan
    mean = (agree @ columns)[:, None] + (rows @ agree)[None, :]
    spread = (p * (agree * (1 - expected) - mean * (1 - observed)) ** 2).sum()
    bias = (observed * expected - 2 * expected + observed) ** 2
    return float(math.sqrt(max(spread - bias, 0.0) / n) / (1 - expected) ** 2)


def _gwet_error(counts: Array, agree: Array) -> float:
    """Return Gwet's (2008) standard error of AC1 and AC2, with missing ratings."""
    import numpy as np

    counts = counts[counts.sum(1) > 0]
    n, q = counts.shape
    m = counts.sum(1)
    paired = m > 1
    if n < 2 or q < 2 or not paired.any():
        return math.nan
    agreement = np.where(paired, (counts * (counts @ agree.T - 1)).sum(1) / np.where(paired, m * (m - 1), 1), 0.0)
    shares = (counts / m[:, None]).mean(0)
    scale = agree.sum() / (q * (q - 1))
    chance = scale * (shares * (1 - shares)).sum()
    if 1 - chance < 1e-12:
        return math.nan
    value = (agreement.sum() / paired.sum() - chance) / (1 - chance)
    each = (n / paired.sum()) * (agreement - chance * paired) / (1 - chance)
    each -= 2 * (1 - value) * (scale * (counts @ (1 - shares)) / m - chance) / (1 - chance)
    return float(math.sqrt(((each - value) ** 2).sum() / (n * (n - 1))))


def result_of(
    name: str,
    rows: Array,
    g: Coefficient,
    ratings: Sequence[Sequence[Any]],
    known: Sequence[Any],
    clusters: Clusters,
    resamples: int,
    seed: int,
    *,
    error: float = math.nan,
    degrees: int = 0,
    raters: int | None = None,
    paired_first: bool = False,
    bounds: tuple[float, float] = (-1.0, 1.0),
) -> Agreement:
    """Return the coefficient with its interval and what it rests on.

    `error` is a large-sample standard error, used where items are independent, with `degrees` of freedom (0: normal);
    `paired_first` says that the first
    column of `rows` tells whether an item has two ratings (else: any column that is not zero).
    """
    import numpy as np

    prevalence = _prevalence(ratings, known)
    n = int((rows[:, :1] if paired_first else rows).any(axis=1).sum())
    base = Agreement(name, math.nan, n=n, raters=len(ratings) if raters is None else raters, prevalence=prevalence)
    if n == 0:
        return replace(base, reason="no item was rated by two raters")
    with np.errstate(all="ignore"):
        value = float(g(rows.sum(axis=0)))
    totals = cluster_totals(rows, clusters)
    totals = totals[totals.any(axis=1)]
    base = replace(base, clusters=len(totals))
    if math.isnan(value):
        used_by_all = [c for c, share in prevalence.items() if share > 0]
        why = (
            f"all ratings are {used_by_all[0]!r}: chance alone would agree always"
            if len(used_by_all) == 1
            else "no variation"
        )
        return replace(base, reason=why)
    if clusters is None and not math.isnan(error):
        from scipy import stats

        half = float(stats.t.ppf(0.975, degrees) if degrees else stats.norm.ppf(0.975)) * error
        ci = (max(bounds[0], value - half), min(bounds[1], value + half))
        return replace(base, value=value, ci=ci, se=error, interval="large sample, items independent")
    ci, se, how = interval(totals, g, resamples=resamples, seed=seed, bounds=bounds)
    return replace(base, value=value, ci=ci, se=se, interval=how)


def _prevalence(ratings: Sequence[Sequence[Any]], known: Sequence[Any]) -> Mapping[str, float]:
    values = [v for row in ratings for v in row if not missing(v)]
    if not values or len(known) > 20:
        return {}
    return {str(c): sum(v == c for v in values) / len(values) for c in known}
