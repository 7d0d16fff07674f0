"""The field model's arithmetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vivex.errors import MissingModel
from vivex.extract.field_model import Trees, linear, load
from vivex.extract.value_features import FIELDS, WIDTH
from vivex.extract.word_vectors import PARTS
from vivex.models import shipped


def test_a_tree_goes_right_above_its_threshold() -> None:
    tree = Trees(np.zeros((1, 1), dtype=np.int64), np.array([[0.5]]), np.array([[-2.0, 2.0]]), 0.0)
    low, high = tree(np.array([[0.5], [0.6]]))
    assert low < 0.5 < high


def test_a_row_is_scored_by_its_columns_and_the_intercept() -> None:
    weights = np.zeros((WIDTH + 1, 1), dtype=np.float32)
    weights[3], weights[WIDTH] = 2.0, 1.0
    assert linear(weights, [[3], [3, 4, 5, 6]])[:, 0].tolist() == [3.0, 2.0]
    assert linear(weights, []).shape == (0, 1)


def test_the_shipped_model_gives_probabilities() -> None:
    model = load(shipped() / "fields")
    assert 0 < model.category([0.0] * (len(model.certainty) - 1)) < 1
    assert set(model.trees) == set(model.again)
    assert model.same.leaf.size
    assert model.meaning.shape == (len(FIELDS), PARTS * model.words.size + 1)
    assert model.meaning_scores("dose", np.zeros((2, PARTS * model.words.size))).shape == (2, 1)


def test_no_model_says_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="train one"):
        load(tmp_path)
