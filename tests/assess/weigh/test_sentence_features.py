"""Features of sentences: words, place, and what the rules found there."""

from __future__ import annotations

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import reading
from vivex.assess.weigh.sentence_features import tokens


def test_a_sentence_has_its_words_its_place_and_its_indications() -> None:
    lines = [reading("Hens were housed in 12 pens."), reading("No hen died.")]
    found = Indication("random_housing", "cages", "yes", 0.8, ((lines[0].start, lines[0].end),))
    first, _ = tokens(lines, [found])
    assert {"w:hens", "w:#", "place:0", "f:random_housing", "f:random_housing:cages:yes"} <= set(first)
    assert first == sorted(first)


def test_no_sentences_have_no_features() -> None:
    assert tokens([], []) == []
