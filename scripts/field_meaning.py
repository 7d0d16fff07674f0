"""What a value's words mean, as training has it: a logistic regression over word vectors for each field."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from field_gold import Paper, weight_of
from vivex.extract.field_model import meant
from vivex.extract.value_features import Group
from vivex.extract.word_vectors import PARTS, load, meanings
from vivex.models import shipped


def with_meaning(
    papers: Sequence[Paper],
    parts: np.ndarray,
    made: Sequence[tuple[list[Group], np.ndarray]],
    quality: Sequence[np.ndarray],
) -> tuple[list[np.ndarray], np.ndarray]:
    """Return each paper's rows with a column for what its values mean, by other folds' weights; and the weights."""
    words = load(shipped() / "fields")
    rows = [meanings(groups, p.reading, words, p.vectors) for p, (groups, _) in zip(papers, made)]
    out = [table for _, table in made]
    weights = np.zeros(0)
    for f in sorted({-1, *parts.tolist()}, reverse=True):  # last those of all but the papers set aside
        used = [i for i, k in enumerate(parts) if k not in (f, -1) and len(rows[i])]
        weights = fit_meaning([rows[i] for i in used], [quality[i] for i in used], PARTS * words.size)
        for i in (i for i, k in enumerate(parts) if k == f and len(rows[i])):
            out[i] = np.concatenate([out[i], meant(weights, rows[i])], axis=1)
    return out, weights


def fit_meaning(rows: Sequence[np.ndarray], quality: Sequence[np.ndarray], size: int) -> np.ndarray:
    """Return the weights of a logistic regression over what values mean, the intercept last; zeros where few hold."""
    from sklearn.linear_model import LogisticRegression

    q = np.concatenate(quality) if quality else np.zeros(0)
    if (q > 0).sum() < 5 or (q > 0).all():
        return np.zeros(size + 1, dtype=np.float32)
    model = LogisticRegression(C=0.3, max_iter=200).fit(np.concatenate(rows), q > 0, sample_weight=weight_of(q))
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)
