"""How values that say the same fall back."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from vivex.extract.distinct import FIELDS, LOOKED, PART, examples, pair, spread
from vivex.extract.reading import Candidate
from vivex.extract.value_features import Group


def group(value: str, *, start: int = 0, field: str = "groups") -> Group:
    return Group(field, value, (Candidate(field, value, start, start + len(value), start // 100, "n"),), (0.0,))


def same_words(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Say that values are one where all words of the shorter stand in the longer."""
    return (rows[:, 0] >= 1).astype(np.float32)


def test_what_was_said_falls_behind_what_was_not() -> None:
    order = [(group("sham"), 0.6), (group("sham operated", start=200), 0.5), (group("quellin", start=400), 0.4)]
    found = spread("groups", order, same_words)
    assert [(g.key, round(p, 3)) for g, p in found] == [
        ("sham", 0.6),
        ("quellin", 0.4),
        ("sham operated", round(0.5 * (1 - PART * 0.6), 3)),
    ]


def test_a_field_where_it_does_not_help_keeps_its_order() -> None:
    order = [(group("a b", field="intervention"), 0.6), (group("b", field="intervention"), 0.5)]
    assert "intervention" not in FIELDS
    assert spread("intervention", order, same_words) == order


def test_all_values_stay_and_probabilities_fall() -> None:
    order = [(group(f"group {i}", start=10 * i), 0.9 - 0.01 * i) for i in range(LOOKED + 5)]
    found = spread("groups", order, same_words)
    assert {g.key for g, _ in found} == {g.key for g, _ in order}
    assert all(a >= b for (_, a), (_, b) in itertools.pairwise(found))


def test_pairs_of_right_values_are_learnt_from() -> None:
    order = [(group("sham"), 0.6), (group("sham operated"), 0.5), (group("oil"), 0.4), (group("wrong"), 0.3)]
    rows, truth = examples(order, [frozenset((0,)), frozenset((0,)), frozenset((1,)), frozenset()])
    assert truth == [True, False, False]
    assert rows[0] == pair(order[0][0], order[1][0])
