"""Trees as full binary arrays say what the models they were made from say."""

from __future__ import annotations

import numpy as np
import pytest

from field_trees import (
    FOREST_DEPTH,
    FOREST_WEIGHT,
    calibrated,
    deepened,
    fit_forest,
    fit_scale,
    fit_trees,
    log_odds,
    together,
)

RANDOM = np.random.default_rng(0)
ROWS = RANDOM.normal(size=(300, 6)).astype(np.float32)
TRUTH = (ROWS[:, 0] + 0.5 * ROWS[:, 1] + 0.3 * RANDOM.normal(size=300) > 0.4).astype(int)
EVEN = np.ones(300)


def share(rows: np.ndarray) -> np.ndarray:
    return log_odds(fit_forest(ROWS, TRUTH, EVEN)(rows))


def test_a_forest_in_arrays_gives_the_share_that_its_trees_give() -> None:
    from sklearn.ensemble import ExtraTreesClassifier

    whole = ExtraTreesClassifier(80, max_depth=FOREST_DEPTH, min_samples_leaf=4, max_features=0.25, random_state=0)
    expected = whole.fit(ROWS, TRUTH, sample_weight=EVEN).predict_proba(ROWS)[:, 1]
    np.testing.assert_allclose(share(ROWS), expected, atol=1e-4)


def test_trees_made_deeper_say_the_same() -> None:
    boosted = fit_trees(ROWS, TRUTH, EVEN, simple=True)
    np.testing.assert_allclose(deepened(boosted, FOREST_DEPTH)(ROWS), boosted(ROWS), rtol=1e-5)


def test_boosted_and_random_trees_add_up_and_are_stretched() -> None:
    boosted = fit_trees(ROWS, TRUTH, EVEN, simple=True)
    both = together(boosted, fit_forest(ROWS, TRUTH, EVEN))
    expected = log_odds(boosted(ROWS)) + FOREST_WEIGHT * share(ROWS)
    np.testing.assert_allclose(log_odds(both(ROWS)), expected, atol=1e-3)
    np.testing.assert_allclose(log_odds(calibrated(both, 0.5, 1.0)(ROWS)), 0.5 * expected + 1, atol=1e-3)


@pytest.mark.parametrize("count", [0, 3])
def test_too_few_examples_give_their_rate(count: int) -> None:
    truth = np.zeros(300, dtype=int)
    truth[:count] = 1
    assert np.allclose(fit_trees(ROWS, truth, EVEN, simple=True)(ROWS), (count + 0.5) / 301)


def test_calibrated_scores_say_how_often_values_are_right() -> None:
    rng = np.random.default_rng(0)
    right = rng.random(4000) < 0.3
    scores = np.where(right, 1.0, -1.0) + rng.normal(size=4000)
    scale, shift = fit_scale(scores, right)
    said = 1 / (1 + np.exp(-(scale * scores + shift)))
    assert abs(said.mean() - right.mean()) < 0.01
    sure = said > 0.6
    assert abs(said[sure].mean() - right[sure].mean()) < 0.06
