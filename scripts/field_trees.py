"""Trees over a value's whole showing: boosted ones, random ones, and both as one set of arrays."""

from __future__ import annotations

import numpy as np

from vivex.extract.field_model import Trees

DEPTH, BINS = 3, 126
FOREST, FOREST_DEPTH = 80, 6  # of the second look's random trees, which steady the boosted ones
FOREST_WEIGHT = 8.0  # log-odds of a boosted tree for a share of 1 of the random ones, before both are calibrated


def fit_trees(rows: np.ndarray, truth: np.ndarray, weight: np.ndarray, *, simple: bool) -> Trees:
    """Return boosted trees as full binary arrays; a leaf above the last level is copied down."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    inner, leaves = 2**DEPTH - 1, 2**DEPTH
    if truth.sum() < 5:
        rate = (truth.sum() + 0.5) / (len(truth) + 1)
        none = np.zeros((1, inner), np.float32)
        return Trees(none.astype(np.int64), none, np.zeros((1, leaves), np.float32), float(np.log(rate / (1 - rate))))
    if simple:
        rounds = 64 if truth.sum() >= 400 else 32
    else:
        rounds = 80 if truth.sum() >= 40 else 26
    model = HistGradientBoostingClassifier(
        max_iter=rounds,
        max_depth=DEPTH,
        learning_rate=0.075,
        min_samples_leaf=12,
        l2_regularization=2.0,
        max_features=0.4,
        max_bins=BINS + 1,
        early_stopping=False,
        random_state=0,
    )
    edges = [edges_of(rows[:, k]) for k in range(rows.shape[1])]
    codes = np.stack([np.searchsorted(e, rows[:, k]) for k, e in enumerate(edges)], axis=1).astype(np.float32)
    model.fit(codes, truth, sample_weight=weight)
    split = np.zeros((rounds, inner), np.int64)
    at = np.full((rounds, inner), np.inf, np.float32)
    leaf = np.zeros((rounds, leaves), np.float32)
    for t, (tree,) in enumerate(model._predictors):
        stack = [(0, 0)]
        while stack:
            node, slot = stack.pop()
            found = tree.nodes[node]
            if found["is_leaf"]:
                leaf[t, leaves_below(slot, inner)] = found["value"]
                continue
            split[t, slot] = found["feature_idx"]
            at[t, slot] = edges[split[t, slot]][int(found["num_threshold"])]
            stack += [(int(found["left"]), 2 * slot + 1), (int(found["right"]), 2 * slot + 2)]
    return Trees(split, at, leaf, float(model._baseline_prediction.ravel()[0]))


def fit_forest(rows: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> Trees:
    """Return extremely randomised trees as full binary arrays; what they give together is a share, not log-odds."""
    from sklearn.ensemble import ExtraTreesClassifier

    inner, leaves = 2**FOREST_DEPTH - 1, 2**FOREST_DEPTH
    model = ExtraTreesClassifier(
        FOREST, max_depth=FOREST_DEPTH, min_samples_leaf=4, max_features=0.25, random_state=0
    ).fit(rows, truth, sample_weight=weight)
    split = np.zeros((FOREST, inner), np.int64)
    at = np.full((FOREST, inner), np.inf, np.float32)
    leaf = np.zeros((FOREST, leaves), np.float32)
    for t, grown in enumerate(model.estimators_):
        tree = grown.tree_
        share = tree.value[:, 0, -1] / tree.value[:, 0].sum(axis=1)
        stack = [(0, 0)]
        while stack:
            node, slot = stack.pop()
            if tree.children_left[node] < 0:
                leaf[t, leaves_below(slot, inner)] = share[node] / FOREST
                continue
            split[t, slot], at[t, slot] = tree.feature[node], tree.threshold[node]
            stack += [(tree.children_left[node], 2 * slot + 1), (tree.children_right[node], 2 * slot + 2)]
    return Trees(split, at, leaf, 0.0)


def leaves_below(slot: int, inner: int) -> list[int]:
    """Return the leaves below a node of a full binary tree with `inner` inner nodes."""
    below = [slot]
    while below[0] < inner:
        below = [child for one in below for child in (2 * one + 1, 2 * one + 2)]
    return [one - inner for one in below]


def deepened(trees: Trees, depth: int) -> Trees:
    """Return the trees at a greater depth, each leaf copied down."""
    own = trees.leaf.shape[1].bit_length() - 1
    more = 2 ** (depth - own)
    inner = 2**depth - 1
    split = np.zeros((len(trees.split), inner), np.int64)
    at = np.full((len(trees.split), inner), np.inf, np.float32)
    split[:, : trees.split.shape[1]], at[:, : trees.at.shape[1]] = trees.split, trees.at
    return Trees(split, at, np.repeat(trees.leaf, more, axis=1), trees.base)


def together(boosted: Trees, forest: Trees) -> Trees:
    """Return one set of trees whose log-odds are those of the boosted, and the forest's share times its weight."""
    deep = deepened(boosted, FOREST_DEPTH)
    return Trees(
        np.concatenate([deep.split, forest.split]),
        np.concatenate([deep.at, forest.at]),
        np.concatenate([deep.leaf, forest.leaf * FOREST_WEIGHT]),
        boosted.base,
    )


def calibrated(trees: Trees, scale: float, shift: float) -> Trees:
    """Return the trees with their log-odds stretched and moved."""
    return Trees(trees.split, trees.at, trees.leaf * np.float32(scale), trees.base * scale + shift)


def log_odds(probability: np.ndarray) -> np.ndarray:
    """Return the log-odds of probabilities."""
    clipped = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.log(clipped / (1 - clipped))


def fit_scale(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Return by how much log-odds are to be stretched and moved so that they say how often values are right.

    Each value counts once, however it came to be right: what is said is how often values are, not how often plainly.
    """
    from sklearn.linear_model import LogisticRegression

    if truth.sum() < 5 or truth.all():
        return 1.0, 0.0
    model = LogisticRegression(C=100.0).fit(scores[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def edges_of(column: np.ndarray) -> np.ndarray:
    """Return at most BINS - 1 values that part a feature; sklearn's own weighted quantiles take most of the time."""
    values = np.unique(column)
    if len(values) >= BINS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, BINS), method="lower"))
    return values[:-1] if len(values) > 1 else values
