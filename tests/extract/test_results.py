"""Candidates for what was found."""

from __future__ import annotations

from vivex.document import Block, Document, Section
from vivex.extract.reading import read
from vivex.extract.results import candidates


def test_a_sentence_may_be_the_main_result_and_its_phrases_outcomes() -> None:
    text = "Quellin lowered the serum lipid level of old rats."
    paper = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Results",), "results"),))
    found = [(c.field, c.value) for c in candidates(read(paper, []))]
    assert ("main_result", text.rstrip(".")) in found
    assert ("outcomes", "serum lipid level") in found
