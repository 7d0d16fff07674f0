"""Grounds in words: the weightiest first, none twice."""

from __future__ import annotations

from rob_paper import paper

from vivex.assess.examine import examine
from vivex.assess.weigh.scorer import CLASSES, load
from vivex.assess.weigh.weighing import GROUNDS, grounds
from vivex.models import shipped


def test_grounds_are_said_once_and_at_most_three() -> None:
    examined = examine(paper())
    known = {words for pair in GROUNDS.values() for words in pair} | {"no single ground"}
    for weighing in load(shipped() / "rob").weighings.values():
        for judgement in CLASSES:
            text = grounds(examined, weighing, judgement)
            said = text.removeprefix("weighed over the paper: ").split("; ")
            assert len(said) == len(set(said)) <= 3
            assert set(said) <= known
