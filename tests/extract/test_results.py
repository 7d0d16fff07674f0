"""Candidates for what was found."""

from __future__ import annotations

import pytest

from vivex.document import Block, Document, Section
from vivex.extract.reading import read
from vivex.extract.results import candidates


def test_a_sentence_may_be_the_main_result_and_its_phrases_outcomes() -> None:
    text = "Quellin lowered the serum lipid level of old rats."
    paper = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Results",), "results"),))
    found = [(c.field, c.value) for c in candidates(read(paper, []))]
    assert ("main_result", text.rstrip(".")) in found
    assert ("outcomes", "serum lipid level") in found


@pytest.mark.parametrize(
    "text",
    [
        "The body weight didn't differ between old rats.",
        "The body weight fell in all of the old rats.",
        "In old rats telomin lowered body weight by half.",
        "Here telomin improved grip strength of many old rats.",
        "The serum lipids remained high in all rats of the group.",
    ],
)
def test_no_verb_stands_in_an_outcome(text: str) -> None:
    paper = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Results",), "results"),))
    found = [c.value for c in candidates(read(paper, [])) if c.field == "outcomes"]
    verbs = {"didn't", "differ", "fell", "lowered", "improved", "remained"}
    assert all(verbs.isdisjoint(value.split()[1:]) for value in found)
