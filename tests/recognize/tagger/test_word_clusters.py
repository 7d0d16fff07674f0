"""The table of words: clusters and marks survive writing, byte for byte."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.tagger.word_clusters import KINDS, Vocabulary, load_vocabulary, save_vocabulary

WORDS = st.text(st.characters(categories=("Ll", "Nd")), min_size=1, max_size=8)
CLUSTERS = st.lists(st.integers(0, 999), min_size=1, max_size=3).map(tuple)
MARKS = st.lists(st.integers(0, 5), min_size=len(KINDS), max_size=len(KINDS)).map(tuple)


@given(st.dictionaries(WORDS, CLUSTERS, max_size=5), st.dictionaries(WORDS, MARKS, max_size=5))
def test_what_is_written_is_read(tmp_path_factory, clusters, rates):
    path: Path = tmp_path_factory.mktemp("words") / "vocabulary.tsv.gz"
    save_vocabulary(Vocabulary(clusters, rates), path)
    assert load_vocabulary(path) == Vocabulary(clusters, rates)


def test_the_order_of_words_changes_no_byte(tmp_path):
    one = Vocabulary({"liver": (1, 2), "gavage": (3,)}, {"mg": (0,) * len(KINDS)})
    two = Vocabulary(dict(reversed(one.clusters.items())), one.rates)
    save_vocabulary(one, tmp_path / "a")
    save_vocabulary(two, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
