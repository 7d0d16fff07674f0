"""Words, lexicons, windows: what the entity model reads."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.tagger.name_lists import compile_lexicon, load_lexicon, match, save_lexicon
from vivex.recognize.tagger.pieces import MARGIN, WINDOW, windows
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


def test_the_longest_listed_name_is_matched_and_signs_are_passed_over(tmp_path):
    tables = compile_lexicon({"strain": ["Sprague Dawley"], "gene": ["tumor necrosis factor", "tumor"]})
    save_lexicon(tables, tmp_path / "a.npz")
    save_lexicon(
        compile_lexicon({"gene": ["tumor", "tumor necrosis factor"], "strain": ["Sprague-Dawley"]}), tmp_path / "b.npz"
    )
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    found = match(words_of("Sprague-Dawley rats, tumor necrosis factor"), load_lexicon(tmp_path / "a.npz"))
    assert found[:, 0].tolist() == [0, 0, 0, 0, 0, 1, 2, 2]  # gene
    assert found[:, 1].tolist() == [1, 2, 2, 0, 0, 0, 0, 0]  # strain


@given(st.lists(st.integers(1, 8), min_size=1, max_size=900))
def test_windows_decide_every_word_once_with_context_on_both_sides(sizes):
    decided = []
    for first, last, keep, end in windows(sizes):
        assert first <= keep < end <= last
        assert sum(sizes[first:last]) <= WINDOW
        if first > 0:
            assert sum(sizes[first - 1 : keep]) > MARGIN
        decided += range(keep, end)
        if end < len(sizes):
            assert sum(sizes[end:last]) > MARGIN - 16
    assert decided == list(range(len(sizes)))


def test_windows_of_a_long_text_are_few():
    rng = random.Random(0)
    sizes = [rng.choice((1, 1, 1, 2, 3)) for _ in range(5000)]
    assert len(list(windows(sizes))) < 1.7 * sum(sizes) / WINDOW + 2
