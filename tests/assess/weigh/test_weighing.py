"""Grounds in words: only what a passage says, and what speaks for the judgement."""

from __future__ import annotations

from rob_paper import paper

from vivex.assess.examine import examine
from vivex.assess.weigh.scorer import CLASSES, load
from vivex.assess.weigh.weighing import GROUNDS, grounds
from vivex.models import shipped


def test_a_ground_has_its_passage() -> None:
    examined = examine(paper())
    said = set()
    for item, weighing in load(shipped() / "rob").weighings.items():
        for judgement in CLASSES:
            for words, finding in grounds(examined, item, weighing, judgement):
                assert finding.item == item
                assert finding.spans
                assert (words, finding.signal) in {(w, signal) for w, signal, _ in GROUNDS.values()}
                said.add(words)
    assert said
