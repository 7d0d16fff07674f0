"""Grounds in words: only what a passage says, and what speaks for the judgement."""

from __future__ import annotations

import pytest
from rob_paper import paper

from vivex.assess.examine import examine
from vivex.assess.policy import RULES
from vivex.assess.weigh.scorer import CLASSES, load
from vivex.assess.weigh.weighing import FIRM, GROUNDS, grounds, weighed
from vivex.codebook import template
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


@pytest.mark.parametrize("answer", ["unbalanced", "outcome_related"])
def test_what_a_sentence_says_outright_is_not_outweighed(answer: str) -> None:
    examined, item = examine(paper()), "incomplete_outcome_data"
    weighing = load(shipped() / "rob").weighings[item]
    rule = next(rule for rule in RULES[item] if rule.when.get("losses") == (answer,))
    judgement, words, probability = weighed(examined, item, "high", rule.words, rule, template("invivo"), weighing)
    assert (judgement, words) == ("high", rule.words)
    assert probability[CLASSES.index("high")] > 0.75


def test_every_firm_answer_is_asked_for_by_a_rule() -> None:
    rows = [rule.when for rules in RULES.values() for rule in rules]
    asked = {(question, answer) for when in rows for question, answers in when.items() for answer in answers}
    assert {(question, answer) for question, answers in FIRM for answer in answers} <= asked
