"""Which indication answers a question: the order of answers, and what a review's policy lets count."""

from __future__ import annotations

from dataclasses import replace

from vivex.assess.reading.indication import Indication
from vivex.assess.weigh.signals import signalling
from vivex.codebook import template

CODEBOOK = template("invivo")


def test_one_blinded_outcome_outweighs_a_stronger_denial() -> None:
    item = "blinding_outcome_assessors"
    no = Indication(item, "assessors_blind", "no", 0.95, ((0, 9),))
    yes = Indication(item, "assessors_blind", "yes", 0.6, ((20, 29),))
    assert signalling(item, [no, yes], CODEBOOK) == {"assessors_blind": yes}
    strict = replace(CODEBOOK, policy={**CODEBOOK.policy, "outcomes_judged": "all"})
    assert signalling(item, [no, yes], strict) == {"assessors_blind": no}


def test_other_items_and_silence_answer_nothing() -> None:
    other = Indication("other_bias", "interest", "none", 0.9, ((0, 9),))
    assert signalling("blinding_caregivers", [other], CODEBOOK) == {}
