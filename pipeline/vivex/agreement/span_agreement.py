"""Agreement on spans of text and on lists of values: F1, never kappa (nobody counts the spans that nobody marked).

F1 is symmetric: it treats neither side as the truth. Hripcsak G, Rothschild AS. J Am Med Inform Assoc 2005;12:296.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from vivex.agreement.intervals import RESAMPLES, Array, cluster_totals, interval
from vivex.agreement.result import Agreement

MATCHES = ("exact", "overlap", "token")
Span = tuple[int, int]


def span_f1(
    a: Mapping[str, Iterable[Span]],
    b: Mapping[str, Iterable[Span]],
    match: str = "exact",
    *,
    texts: Mapping[str, str] | None = None,
    clusters: Mapping[str, Hashable] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return the F1 between two raters' spans, given by study as (start, end).

    `exact`: the same start and end. `overlap`: a span counts once where it shares a character with one of the other
    side. `token`: words covered by both, of words covered by either side; it needs `texts`, the text by study.
    Where several keys belong to one study (several pairs of raters), `clusters` names the study of each key.
    """
    if match not in MATCHES:
        raise ValueError(f"no match is called {match!r}; known: {', '.join(MATCHES)}")
    if match == "token" and texts is None:
        raise ValueError("match='token' needs texts, the text of each study")
    rows = []
    keys = sorted({*a, *b})
    for study in keys:
        first, second = ([(start, end) for start, end in side.get(study, ())] for side in (a, b))
        if match == "token":
            tokens = [m.span() for m in re.finditer(r"\w+|[^\w\s]", (texts or {})[study])]
            first, second = _covered(tokens, first), _covered(tokens, second)
        if match == "overlap":
            rows.append([len(_touched(first, second)), len(_touched(second, first)), len(first), len(second)])
        else:
            both = sum((Counter(first) & Counter(second)).values())
            rows.append([both, both, len(first), len(second)])
    return _f1(f"span F1, {match}", rows, _names(keys, clusters), resamples, seed, "no span on either side")


def value_f1(
    a: Mapping[str, Iterable[Hashable]],
    b: Mapping[str, Iterable[Hashable]],
    *,
    clusters: Mapping[str, Hashable] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreement:
    """Return the F1 between two raters' lists of values, given by study (values already in normal form)."""
    rows = []
    keys = sorted({*a, *b})
    for study in keys:
        first, second = set(a.get(study, ())), set(b.get(study, ()))
        rows.append([len(first & second), len(first & second), len(first), len(second)])
    return _f1("value F1", rows, _names(keys, clusters), resamples, seed, "no value on either side")


def _names(keys: list[str], clusters: Mapping[str, Hashable] | None) -> list[Hashable]:
    return [key if clusters is None else clusters[key] for key in keys]


def _f1(name: str, rows: list[list[int]], clusters: list[Hashable], resamples: int, seed: int, empty: str) -> Agreement:
    import numpy as np

    table = np.asarray(rows, dtype=float).reshape(-1, 4)
    totals = cluster_totals(table, clusters) if len(table) else table
    totals = totals[totals[:, 2:].any(axis=1)]
    base: dict[str, Any] = {"n": int(totals[:, 2:].sum()), "raters": 2, "clusters": len(totals)}
    if not len(totals):
        return Agreement(name, math.nan, reason=empty, **base)
    ci, se, how = interval(totals, f1, resamples=resamples, seed=seed, bounds=(0.0, 1.0))
    return Agreement(name, float(f1(totals.sum(0))), ci, se=se, interval=how, **base)


def f1(totals: Array) -> Array:
    """Return F1 from the sums (first matched, second matched, first all, second all) on the last axis."""
    import numpy as np

    matched_a, matched_b, all_a, all_b = (totals[..., i] for i in range(4))
    with np.errstate(divide="ignore", invalid="ignore"):
        share_a = np.where(all_a > 0, matched_a / all_a, 0.0)
        share_b = np.where(all_b > 0, matched_b / all_b, 0.0)
        together = share_a + share_b
        score = np.where(together > 0, 2 * share_a * share_b / together, 0.0)
    return np.where(all_a + all_b > 0, score, math.nan)


def _touched(spans: list[Span], others: list[Span]) -> list[Span]:
    return [s for s in spans if any(s[0] < e and b < s[1] for b, e in others)]


def _covered(tokens: list[Span], spans: list[Span]) -> list[Span]:
    return [t for t in tokens if any(t[0] < e and b < t[1] for b, e in spans)]
