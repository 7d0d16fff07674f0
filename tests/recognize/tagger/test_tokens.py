"""Words with their places, shapes and folded spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.tagger.tokens import SHAPES, fold_name, shape_of, words_of


@given(st.text(max_size=200))
def test_words_give_back_everything_but_white_space(text):
    words = words_of(text, offset=7)
    for word, start, end in zip(words.text, words.start, words.end):
        assert text[start - 7 : end - 7] == word
        assert shape_of(word) in SHAPES
    covered = {i for s, e in zip(words.start, words.end) for i in range(s - 7, e - 7)}
    assert all(
        text[i].isspace() or not text[i].isprintable() or i in covered or text[i].isnumeric() for i in range(len(text))
    )


def test_numbers_letters_and_signs_part():
    assert words_of("IL-1β fell by 0.5 mg/kg").text == ("IL", "-", "1", "β", "fell", "by", "0.5", "mg", "/", "kg")


@pytest.mark.parametrize("names", [("IL-1β", "IL1B", "IL-1 beta"), ("TNF-α", "TNF alpha", "tnf-Alpha")])
def test_spellings_of_a_name_share_a_key(names):
    assert len({"".join(fold_name(n)) for n in names}) == 1
