"""The gate, the rounding, and what is said where a reader's files are missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.assess.reading.sentence_reader import STEP, Gate, SentenceReader, load_reader, stems
from vivex.assess.weigh.scorer import load
from vivex.errors import MissingModel
from vivex.models import shipped


class Pieces:
    ids = (101, 7, 102)


class Cutter:
    def encode(self, text: str) -> Pieces:
        return Pieces()


class Constant:
    def run(self, outputs: None, feed: Mapping[str, Any]) -> list[Any]:
        assert feed["ids"].shape == feed["mask"].shape == (1, 3)
        return [np.array([[0.123456, -3.0]], dtype=np.float32)]


def test_scores_are_rounded() -> None:
    reader = SentenceReader(("1+", "R"), Gate({}, 0.0), {}, Constant(), Cutter(), "x")
    assert reader.scores("Any.").tolist() == [round(0.123456 * STEP) / STEP, -3.0]


def test_stems_are_first_letters_once_each() -> None:
    assert stems("Randomly, 12 of the 24 were randomised") == ["random", "#", "of", "the", "were"]


@given(st.text())
def test_any_text_has_stems(text: str) -> None:
    found = stems(text)
    assert len(found) == len(set(found))
    assert all(0 < len(stem) <= 6 for stem in found)


def test_the_gate_adds_weights() -> None:
    gate = Gate({"random": 1.0, "primer": -2.0}, 0.5)
    assert gate.opens("Randomly chosen.")
    assert not gate.opens("Random primers.")
    assert not gate.opens("")


def test_a_missing_reader_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="sentence reader abc"):
        load_reader([tmp_path], "abc")


def test_the_shipped_reader_reads_negation() -> None:
    reader = load(shipped() / "rob").reader
    assert reader is not None
    said = dict(zip(reader.labels, reader.scores("The rats were not allocated at random."), strict=True))
    assert said["1n"] > said["1?"]
    assert said["1n"] > said["1+"]
