"""Hashed features: bounded, the same each time, never across passages."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.tagger.name_lists import compile_lexicon, match
from vivex.recognize.tagger.tokens import words_of
from vivex.recognize.tagger.word_clusters import Vocabulary
from vivex.recognize.tagger.word_features import BITS, columns, own_features, proposed_codes

TABLES = compile_lexicon({"strain": ["Wistar"]})
NONE = Vocabulary({}, {})


def read(*texts: str) -> np.ndarray:
    """Return the columns of passages without proposals."""
    passages = [words_of(text, offset=0) for text in texts]
    nothing = [proposed_codes(words, [], ["strain"]) for words in passages]
    return columns(passages, ["methods"] * len(texts), nothing, [match(words, TABLES) for words in passages], NONE, {})


def row(table: np.ndarray, word: int) -> list[int]:
    """Return a word's columns, padding apart."""
    return sorted(int(c) for c in table[word] if c)


@given(st.lists(st.text("abα 1.µ%-(", min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=4))
def test_columns_stay_within_the_table_and_agree_each_time(texts: list[str]) -> None:
    table = read(*texts)
    assert table.dtype == np.int32
    assert ((table >= 0) & (table < 2**BITS)).all()
    np.testing.assert_array_equal(table, read(*texts))


def test_a_passage_is_read_the_same_whatever_stands_beside_it() -> None:
    alone = read("Wistar rats were bought")
    beside = read("Doses of 5 mg/kg", "Wistar rats were bought", "They were weighed")
    first = len(words_of("Doses of 5 mg/kg", offset=0))
    assert [row(alone, i) for i in range(4)] == [row(beside, first + i) for i in range(4)]


def test_units_and_numbers_are_told() -> None:
    assert "unit" in own_features("mg", NONE)
    assert "unit" not in own_features("rats", NONE)
    assert own_features("100", NONE)[0] == own_features("25", NONE)[0] == "w=0"


def test_of_proposals_that_overlap_the_longer_counts() -> None:
    words = words_of("Sprague Dawley rats", offset=0)
    codes = proposed_codes(words, [("strain", 0, 14, 0.9), ("strain", 0, 7, 0.9)], ["strain"])
    both = proposed_codes(words, [("strain", 0, 14, 0.9)], ["strain"])
    np.testing.assert_array_equal(codes, both)
    assert (codes[:2].any(axis=1)).all()
    assert not codes[2].any()
