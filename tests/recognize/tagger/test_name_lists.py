"""Names found in word sequences, however they are spelt."""

from __future__ import annotations

from vivex.recognize.tagger.name_lists import compile_lexicon, load_lexicon, match, of_lists, save_lexicon
from vivex.recognize.tagger.tokens import words_of


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


def test_the_columns_of_some_lists_are_those_of_a_match_with_these_alone():
    tables = compile_lexicon({"strain": ["Wistar"], "gene": ["Sox9"], "cell": ["chondrocytes"]})
    words = words_of("Sox9 in chondrocytes of Wistar rats")
    some = {name: tables[name] for name in ("strain", "cell")}
    assert of_lists(match(words, tables), tables, some).tolist() == match(words, some).tolist()
