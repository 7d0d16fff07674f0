"""Items that a whole paper decides: what was found is weighed; a ground is named only with a passage that set it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from vivex.assess.examine import Examined
from vivex.assess.policy import PolicyRule
from vivex.assess.reading.indication import Indication
from vivex.assess.weigh.scorer import CLASSES, Weighing
from vivex.codebook import POLICY, Codebook

# Settings that decide an item by themselves once a team has set them other than the default
SETTINGS = {
    "baseline_characteristics": ("baseline_common_characteristics",),
    "incomplete_outcome_data": ("n_as_range",),
    "selective_outcome_reporting": ("data_not_shown",),
    "other_bias": ("statement_without_stake_needed",),
}
FIRM = (
    ("interest", ("stake",)),
    ("replaced", ("yes",)),
    ("all_reported", ("yes",)),
    ("losses", ("unbalanced", "outcome_related")),
    ("numbers", ("mismatch",)),
    ("similar", ("imbalanced",)),
)
WEIGHED = "weighed over the paper, no single passage decides"
# A quantity that a passage sets -> its words, and the signal and answers of the findings that it was counted from
GROUNDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "parts_as_n": ("cells, samples or trials counted as n", "unit", ("parts_as_n",)),
    "parts": ("parts of animals treated as independent", "unit", ("parts",)),
    "animal_unit": ("the animal is the unit, or nesting is modelled", "unit", ("animal",)),
    "interest_stake": ("a stake of an author or funder", "interest", ("stake",)),
    "clean": ("no competing interest", "interest", ("none",)),
    "pooled": ("samples pooled", "pooled", ("yes",)),
    "similar": ("baseline values reported as similar", "similar", ("yes",)),
    "imbalanced": ("an imbalance at baseline", "similar", ("imbalanced",)),
    "adjusted": ("baseline adjusted for", "adjusted", ("yes",)),
    "matched": ("littermates or matched groups", "matched", ("yes",)),
    "all_included": ("all animals or data said to be included", "all_included", ("yes",)),
    "all_included_firm": ("all animals or data said to be included", "all_included", ("yes",)),
    "explained": ("losses explained", "losses", ("explained",)),
    "outcome_related": ("exclusions related to the outcome", "losses", ("outcome_related",)),
    "numbers_agree": ("numbers allocated and analysed agree", "numbers", ("agree",)),
    "numbers_fewer": ("fewer analysed than allocated", "numbers", ("fewer", "mismatch")),
    "not_shown": ("results not shown", "not_shown", ("yes",)),
    "not_shown_main": ("an outcome not shown", "all_reported", ("no",)),
}


def weighed(
    examined: Examined,
    item: str,
    judgement: str,
    words: str,
    rule: PolicyRule | None,
    codebook: Codebook,
    weighing: Weighing,
) -> tuple[str, str, NDArray[np.float64]]:
    """Return judgement, rule and probabilities of an item weighed over the paper.

    A setting that the team changed decides by the rule alone, and the weighing gives the probabilities.
    """
    probability = weighing.probabilities(examined.quantities)
    if any(codebook.setting(name) != POLICY[name][0] for name in SETTINGS[item]):
        return judgement, words, probability
    if rule is not None and _is_firm(rule, examined, item):
        k = CLASSES.index(judgement)
        return judgement, words, (probability + np.eye(3)[k] * 3) / 4  # what a sentence says outright isn't outweighed
    chosen = CLASSES[int(probability.argmax())]
    if rule is not None and chosen == judgement:
        return judgement, words, probability
    return chosen, f"{WEIGHED} → {chosen}", probability


def _is_firm(rule: PolicyRule, examined: Examined, item: str) -> bool:
    """Tell whether the rule asks for an answer that is never outweighed, or that the reader is sure of."""
    sure = [(f.signal, f.answer) for f in examined.believed if f.item == item]
    return any(question in rule.when and set(rule.when[question]) <= set(answers) for question, answers in FIRM) or any(
        answer in rule.when.get(question, ()) for question, answer in sure
    )


def grounds(examined: Examined, item: str, weighing: Weighing, judgement: str) -> Iterator[tuple[str, Indication]]:
    """Yield what speaks for a judgement and is said in a passage, the weightiest first: in words, and the finding."""
    k = CLASSES.index(judgement)
    x = weighing.standard(examined.quantities)
    pull = (weighing.weights[k] - weighing.weights.mean(axis=0)) * x
    for i in np.argsort(-pull, kind="stable"):
        name = weighing.names[i]
        if pull[i] <= 0 or x[i] <= 0 or name not in GROUNDS:
            continue
        words, signal, wanted = GROUNDS[name]
        own = [f for f in examined.findings if f.item == item and f.signal == signal and f.answer in wanted]
        yield from ((words, f) for f in sorted(own, key=lambda f: -f.strength))
