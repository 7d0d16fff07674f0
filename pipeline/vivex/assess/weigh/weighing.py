"""Items that a whole paper decides: what was found is weighed, and the weightiest grounds are said in words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vivex.assess.examine import Examined
from vivex.assess.policy import PolicyRule
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
GROUNDS: dict[str, tuple[str, str]] = {  # quantity -> words where it is high, words where it is low
    "plan": ("a plan without results", "results are given"),
    "no_results": ("no results section", "results are given"),
    "electrophysiology": ("mostly recordings from cells", "few recordings from cells"),
    "heavy_electrophysiology": ("mostly recordings from cells", "few recordings from cells"),
    "parts_as_n": ("cells, samples or trials counted as n", "cells are not counted as n"),
    "parts": ("parts of animals treated as independent", "no part treated as independent"),
    "animal_unit": ("the animal is the unit, or nesting is modelled", "unit of analysis not stated"),
    "interest_stake": ("a stake of an author or funder", "no stake found"),
    "unreported_interest": ("no complete interest statement", "a complete interest statement"),
    "clean": ("no competing interest, few recordings from cells", "interests or units open"),
    "pooled": ("samples pooled", "no pooling"),
    "no_n": ("no n given", "n given"),
    "similar": ("baseline values reported as similar", "similarity at baseline not reported"),
    "imbalanced": ("an imbalance at baseline", "no imbalance stated"),
    "adjusted": ("baseline adjusted for", "no adjustment"),
    "matched": ("littermates or matched groups", "no matching stated"),
    "attributes": ("age, weight, sex or strain given", "few of age, weight, sex, strain given"),
    "attributes_together": (
        "several of age, weight, sex, strain in one statement",
        "age, weight, sex, strain not given together",
    ),
    "genotype": ("comparison of genotypes", "no comparison of genotypes"),
    "all_included": ("all animals or data said to be included", "not said that all were included"),
    "all_included_firm": ("all animals or data said to be included", "not said that all were included"),
    "commodity": ("a funder from the industry", "no funder from the industry"),
    "explained": ("losses explained", "no explained loss"),
    "outcome_related": ("exclusions related to the outcome", "no outcome-related exclusion"),
    "range": ("n as a range", "no ranges of n"),
    "numbers_agree": ("numbers allocated and analysed agree", "numbers not shown to agree"),
    "numbers_fewer": ("fewer analysed than allocated", "no shortfall found"),
    "not_shown": ("results not shown", "no results left out"),
    "missing_analytes": ("analytes of Methods not found in Results", "analytes of Methods found in Results"),
    "missing_share": ("outcomes of Methods not found in Results", "outcomes of Methods found in Results"),
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
    if rule is not None and any(rule.when.get(question) == answer for question, answer in FIRM):
        k = CLASSES.index(judgement)
        return judgement, words, (probability + np.eye(3)[k] * 3) / 4  # what a sentence says outright isn't outweighed
    chosen = CLASSES[int(probability.argmax())]
    if rule is not None and chosen == judgement:
        return judgement, words, probability
    return chosen, f"{grounds(examined, weighing, chosen)} → {chosen}", probability


def grounds(examined: Examined, weighing: Weighing, judgement: str, *, most: int = 3) -> str:
    """Return the weightiest grounds for a judgement, in words."""
    k = CLASSES.index(judgement)
    x = weighing.standard(examined.quantities)
    pull = (weighing.weights[k] - weighing.weights.mean(axis=0)) * x
    said: list[str] = []
    for i in np.argsort(-pull, kind="stable"):
        name = weighing.names[i]
        if pull[i] <= 0 or name not in GROUNDS:
            continue
        text = GROUNDS[name][0 if x[i] > 0 else 1]
        if text not in said:
            said.append(text)
        if len(said) == most:
            break
    return "weighed over the paper: " + ("; ".join(said) or "no single ground")
