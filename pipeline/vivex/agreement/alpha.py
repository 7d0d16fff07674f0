"""Krippendorff's alpha: any number of raters, missing ratings, four levels of measurement.

Krippendorff K. Content Analysis: An Introduction to Its Methodology, 2nd ed., 2004, chapter 11.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from vivex.agreement.coefficients import Clusters, categories_of, counts_of, missing, result_of
from vivex.agreement.intervals import RESAMPLES, Array, Coefficient
from vivex.agreement.result import Agreement

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def krippendorff_alpha(
    ratings: Sequence[Sequence[Any]],
    level: str = "nominal",
    *,
    categories: Sequence[Any] | None = None,
    clusters: Clusters = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return Krippendorff's alpha; `level` is nominal, ordinal, interval or ratio (the last two take numbers)."""
    import numpy as np

    if level not in LEVELS:
        raise ValueError(f"no level is called {level!r}; known: {', '.join(LEVELS)}")
    known = categories_of(ratings, categories, ordered=level != "nominal")
    if level == "interval":
        rows = _interval_rows(ratings)
        g: Coefficient = _interval_alpha
    else:
        counts = counts_of(ratings, known)
        m = counts.sum(1)
        q = len(known)
        pairs = counts[:, :, None] * counts[:, None, :]
        pairs[:, np.arange(q), np.arange(q)] -= counts
        rows = np.where(m[:, None] > 1, pairs.reshape(len(counts), -1) / np.maximum(m - 1, 1)[:, None], 0.0)
        values = np.array([float(c) for c in known]) if level == "ratio" else np.arange(q, dtype=float)

        def g(totals: Array) -> Array:
            seen = totals.reshape(*totals.shape[:-1], q, q)
            margins = seen.sum(-1)
            distance = _alpha_distance(level, values, margins)
            size = margins.sum(-1)
            chance = (margins[..., :, None] * margins[..., None, :] * distance).sum((-1, -2))
            with np.errstate(divide="ignore", invalid="ignore"):
                return 1 - (size - 1) * (seen * distance).sum((-1, -2)) / chance

    return result_of(f"Krippendorff's alpha, {level}", rows, g, ratings, known, clusters, resamples, seed)


def _alpha_distance(level: str, values: Array, margins: Array) -> Array:
    import numpy as np

    q = len(values)
    if level == "nominal":
        return 1.0 - np.eye(q)
    if level == "ratio":
        total = values[:, None] + values[None, :]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(total != 0, ((values[:, None] - values[None, :]) / total) ** 2, 0.0)
    ranks = np.cumsum(margins, axis=-1) - margins / 2  # mid-ranks: the ordinal distance is the squared difference
    return (ranks[..., :, None] - ranks[..., None, :]) ** 2


def _interval_rows(ratings: Sequence[Sequence[Any]]) -> Array:
    """Return for each item with two ratings or more: its disagreement, count, sum and sum of squares."""
    import numpy as np

    table = np.array([[math.nan if missing(v) else float(v) for v in row] for row in ratings], dtype=float)
    if table.size == 0:
        return np.zeros((0, 4))
    table = table - np.nanmean(table) if np.isfinite(table).any() else table
    there = np.isfinite(table)
    m = there.sum(0)
    x = np.where(there, table, 0.0)
    total, squares = x.sum(0), (x**2).sum(0)
    apart = 2 * (m * squares - total**2) / np.maximum(m - 1, 1)
    return np.where(m[:, None] > 1, np.column_stack([apart, m, total, squares]), 0.0)


def _interval_alpha(totals: Array) -> Array:
    import numpy as np

    apart, n, total, squares = (totals[..., i] for i in range(4))
    chance = 2 * (n * squares - total**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance > 1e-9, 1 - (n - 1) * apart / chance, math.nan)
