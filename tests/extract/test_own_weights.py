"""What a review's own decisions taught, as it is kept and read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.extract.looking import Showing
from vivex.extract.own_weights import FieldShift, Memory, columns, gathered, log_odds, read_shifts, remembered, write
from vivex.extract.reading import Candidate
from vivex.extract.value_features import Group

TOLD = st.dictionaries(st.text(max_size=9), st.tuples(st.floats(-50, 50), st.floats(0, 50)), max_size=4)


def showing(*probabilities: float) -> Showing:
    """Return values "a 0", "a 1" ... with these probabilities."""
    groups = [
        Group("dose", f"a {k}", (Candidate("dose", f"a {k}", 0, 1, 0, "mention:dose"),), (0.0,))
        for k in range(len(probabilities))
    ]
    size = len(groups)
    return Showing(groups, np.ones((size, 3), np.float32), np.zeros((size, 2), np.float32), probabilities)


def shift(*weights: float, memory: Memory | None = None) -> FieldShift:
    """Return a shift with these first weights, the others 0."""
    size = columns(showing(0.5), [(0.0, 0.0)]).shape[1]
    given_ = np.zeros(size, np.float32)
    given_[: len(weights)] = weights
    return FieldShift(np.zeros(size, np.float32), np.ones(size, np.float32), given_, memory or Memory(), 0.25)


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=5))
def test_where_nothing_was_taught_nothing_moves(probabilities: list[float]) -> None:
    assert shift()(showing(*probabilities)) == pytest.approx(probabilities, abs=1e-5)


def test_a_value_moves_by_what_is_remembered_of_it_and_of_its_words() -> None:
    memory = Memory({"a 0": (-6.0, 2.0)}, {"1": (4.0, 1.0)})
    first, second, third = shift(0.0, 0.0, 1.0, 1.0, memory=memory)(showing(0.5, 0.5, 0.5))
    assert first == pytest.approx(1 / (1 + np.exp(2.0)), abs=1e-5)
    assert second > 0.5
    assert third == 0.5


def test_little_that_is_told_is_little_believed() -> None:
    assert remembered(None) == 0
    assert 0 < remembered((0.5, 0.25)) < remembered((5.0, 2.5))


def test_certainty_has_an_edge() -> None:
    assert np.isfinite(log_odds([0.0, 1.0])).all()


def test_sums_are_by_value() -> None:
    assert gathered([("a", 1.0, 0.5), ("b", 1.0, 0.5), ("a", -2.0, 0.25)]) == {"a": (-1.0, 0.75), "b": (1.0, 0.5)}


@given(TOLD, TOLD)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    values: dict[str, tuple[float, float]],
    words: dict[str, tuple[float, float]],
) -> None:
    path: Path = tmp_path_factory.mktemp("own") / "own.npz"
    write({"dose": shift(0.25, memory=Memory(values, words))}, path)
    (found,) = read_shifts(path).values()
    assert (found.weights[0], found.threshold) == (0.25, 0.25)
    for kept, told in ((found.memory.values, values), (found.memory.words, words)):
        assert set(kept) == set(told)
        assert all(kept[key] == pytest.approx(told[key], abs=1e-4) for key in told)


def test_no_file_holds_no_shift(tmp_path: Path) -> None:
    assert read_shifts(tmp_path / "own.npz") == {}
