"""Words as vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vivex.document import Block, Document, Section
from vivex.errors import MissingModel
from vivex.extract.reading import Candidate, read
from vivex.extract.value_features import Group
from vivex.extract.word_vectors import WordVectors, load, meanings
from vivex.models import shipped

TEXT = "Rats were given quellin by gavage."
PAPER = Document("s", TEXT, (Block("paragraph", 0, len(TEXT), 0),), (Section(("Methods",), "methods"),))
WORDS = WordVectors(
    {"rats": 0, "given": 1, "quellin": 2, "gavage": 3}, np.array([[1, 0], [0, 1], [0, 2], [3, 0]], dtype=np.float32)
)


def test_the_mean_is_a_direction_in_which_unknown_words_have_no_part() -> None:
    assert WORDS.mean(["given", "quellin", "unheard"]) == pytest.approx([0, 1], abs=1e-5)
    assert WORDS.mean(["unheard"]).tolist() == [0, 0]


def test_a_value_means_its_words_its_neighbours_and_its_sentence() -> None:
    start = TEXT.index("quellin")
    group = Group("intervention", "quellin", (Candidate("intervention", "quellin", start, start + 7, 0, "x"),), (1.0,))
    lines: dict[int, np.ndarray] = {}
    (row,) = meanings([group], read(PAPER, []), WORDS, lines)
    assert row[:2] == pytest.approx([0, 1], abs=1e-5)
    assert row[2:4] == pytest.approx(WORDS.mean(["rats", "given", "gavage"]))
    assert row[4:] == pytest.approx(WORDS.mean(WORDS.index)) == lines[0]
    assert meanings([], read(PAPER, []), WORDS, {}).shape == (0, 6)


def test_the_shipped_words_that_are_used_alike_point_alike() -> None:
    words = load(shipped() / "fields")
    rat, mouse, kidney = (words.mean([w]) for w in ("rats", "mice", "kidney"))
    assert rat @ mouse > max(rat @ kidney, mouse @ kidney)


def test_no_vectors_say_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="train_words"):
        load(tmp_path)
