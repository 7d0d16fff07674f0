"""The policy: which signalling answers give which judgement, as a table that a reader can follow.

The rules of an item are tried from the top; the first whose answers all hold decides. A judgement may be the name of a
codebook setting ("setting:n_as_range"), because teams differ. Defaults follow the annotation guidelines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vivex.codebook import Codebook

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """Give the judgement that follows when every question has one of the answers named."""

    when: Mapping[str, tuple[str, ...]]
    judgement: str
    words: str
    comment: str = ""  # for the support text; default: the words before the arrow

    @property
    def id(self) -> str:
        """Return what names the rule in a model, however it is worded: the answers that it asks for."""
        return "&".join(f"{question}={'|'.join(allowed)}" for question, allowed in self.when.items()).replace(" ", "_")


QUESTIONS: dict[str, dict[str, str]] = {
    "sequence_generation": {
        "allocated": "Were animals allocated to anything (or are genotypes compared, or was nothing given)?",
        "random_component": "Is a random component described (table, generator, lots, coin, minimisation)?",
        "non_random_rule": (
            "Does allocation follow a rule that is not random (alternation, number, date, availability)?"
        ),
        "randomised": "Is allocation said to be random?",
    },
    "baseline_characteristics": {
        "similar": "Are baseline values reported as similar?",
        "adjusted": "Are baseline values adjusted for?",
        "matched": "Are controls littermates, or groups matched or stratified by age, sex, weight or a baseline value?",
        "common": "Are enough of age, weight, sex and strain given as common to all groups?",
    },
    "allocation_concealment": {
        "concealed": "Could the person who allocated not foresee the group?",
        "foreseeable": "Could the coming group be foreseen?",
    },
    "random_housing": {
        "random_placement": "Were cages or animals placed at random, rotated, or groups mixed within cages?",
        "groups_apart": "Were groups kept apart in a way that could matter?",
    },
    "blinding_caregivers": {"caregivers_blind": "Were those who treat or care for the animals blind to the group?"},
    "random_outcome_assessment": {"random_selection": "Were animals picked or ordered at random for assessment?"},
    "blinding_outcome_assessors": {
        "assessors_blind": "Were those who measure or analyse an outcome blind to the group?"
    },
    "incomplete_outcome_data": {
        "all_included": "Are all animals or data said to be included?",
        "losses": "Are losses and exclusions counted and explained?",
        "numbers": "Do the numbers allocated and analysed agree?",
    },
    "selective_outcome_reporting": {
        "all_reported": "Are all planned outcomes said to be reported, or a main one not?",
        "comparison": "Are the outcomes announced in Methods found in Results?",
        "not_shown": "Are results left out (data not shown)?",
        "results": "Does the paper report results at all, or a plan only?",
    },
    "other_bias": {
        "unit": "What was the unit of analysis?",
        "pooled": "Were pooled samples treated as independent?",
        "replaced": "Were lost animals replaced by new ones?",
        "interest": "Does an author or the funder have a stake in the result?",
        "funding": "Who paid?",
        "statement": "Is an interest or funding statement needed for low (a setting)?",
        "cleared": "Does a passage clear the study (no stake, public money, a clear unit)?",
    },
}

RULES: dict[str, tuple[PolicyRule, ...]] = {
    "sequence_generation": (
        PolicyRule({"random_component": ("described",)}, "low", "a random component is described → low"),
        PolicyRule({"non_random_rule": ("stated",)}, "high", "allocation by a rule that is not random → high"),
        PolicyRule(
            {"randomised": ("denied",)}, "setting:stated_not_randomised", "stated not to be randomised → {judgement}"
        ),
        PolicyRule(
            {"randomised": ("stated",)},
            "setting:randomised_without_method",
            "randomised, method not described → {judgement}",
        ),
        PolicyRule({"allocated": ("genotypes",)}, "unclear", "no allocation: genotypes are compared → unclear"),
        PolicyRule({"allocated": ("nothing given",)}, "unclear", "no allocation: nothing is given → unclear"),
    ),
    "baseline_characteristics": (
        PolicyRule(
            {"similar": ("imbalanced",), "adjusted": (NOT_STATED,)},
            "high",
            "an imbalance at baseline is stated and not adjusted for → high",
        ),
        PolicyRule({"similar": ("yes",)}, "low", "baseline values are reported as similar → low"),
        PolicyRule({"adjusted": ("yes",)}, "low", "baseline values are adjusted for → low"),
        PolicyRule({"matched": ("yes",)}, "low", "littermates, or matched or stratified groups → low"),
        PolicyRule(
            {"common": ("enough",)}, "low", "enough of age, weight, sex and strain are common to all groups → low"
        ),
    ),
    "allocation_concealment": (
        PolicyRule({"concealed": ("yes",)}, "low", "the allocator could not foresee the group → low"),
        PolicyRule({"foreseeable": ("yes",)}, "high", "the coming group could be foreseen → high"),
    ),
    "random_housing": (
        PolicyRule({"groups_apart": ("yes",)}, "high", "groups were kept apart in a way that could matter → high"),
        PolicyRule({"random_placement": ("yes",)}, "low", "placed at random, rotated or mixed within cages → low"),
    ),
    "blinding_caregivers": (
        PolicyRule(
            {"caregivers_blind": ("yes",)},
            "low",
            "those who treat or care for the animals are stated to be blind → low",
        ),
        PolicyRule(
            {"caregivers_blind": ("no",)},
            "setting:stated_not_blinded",
            "those who treat or care are stated not to be blind → {judgement}",
        ),
    ),
    "random_outcome_assessment": (
        PolicyRule({"random_selection": ("yes",)}, "low", "animals picked or ordered at random for assessment → low"),
        PolicyRule({"random_selection": ("denied",)}, "high", "a non-random order or choice for assessment → high"),
    ),
    "blinding_outcome_assessors": (
        PolicyRule(
            {"assessors_blind": ("yes",)}, "low", "those who measure or analyse an outcome are stated to be blind → low"
        ),
        PolicyRule(
            {"assessors_blind": ("no",)},
            "setting:stated_not_blinded",
            "outcome assessment stated not to be blind → {judgement}",
        ),
        PolicyRule(
            {"assessors_blind": ("automated",)},
            "setting:automated_assessment",
            "automated assessment, blinding not stated → {judgement}",
        ),
    ),
    "incomplete_outcome_data": (
        PolicyRule({"losses": ("unbalanced",)}, "high", "losses differ between groups → high"),
        PolicyRule({"losses": ("unexplained",)}, "high", "animals missing without a reason → high"),
        PolicyRule({"losses": ("outcome_related",)}, "high", "exclusions related to the outcome → high"),
        PolicyRule({"numbers": ("mismatch",)}, "high", "fewer animals analysed than allocated, unexplained → high"),
        PolicyRule({"all_included": ("yes",)}, "low", "all animals or data are accounted for → low"),
        PolicyRule(
            {"losses": ("explained",)},
            "low",
            "every loss is counted, with a reason unlikely to relate to the outcome → low",
        ),
        PolicyRule({"numbers": ("agree",)}, "low", "numbers allocated and analysed agree → low"),
        PolicyRule({"numbers": ("range",)}, "setting:n_as_range", "numbers given only as a range → {judgement}"),
    ),
    "selective_outcome_reporting": (
        PolicyRule(
            {"all_reported": ("no",)},
            "setting:data_not_shown",
            "a main outcome is announced and not reported → {judgement}",
        ),
        PolicyRule({"all_reported": ("yes",)}, "low", "all planned outcomes are said to be reported → low"),
        PolicyRule({"results": ("plan only",)}, "unclear", "a plan without results → unclear"),
        PolicyRule(
            {"comparison": ("missing",)}, "unclear", "outcomes announced in Methods not found in Results → unclear"
        ),
        PolicyRule({"not_shown": ("often",)}, "unclear", "several results not shown → unclear"),
        PolicyRule({"comparison": ("complete",)}, "low", "outcomes named in Methods are found in Results → low"),
    ),
    "other_bias": (
        PolicyRule({"interest": ("stake",)}, "high", "an author or funder has a stake in the result → high"),
        PolicyRule({"replaced": ("yes",)}, "high", "lost animals were replaced → high"),
        PolicyRule({"unit": ("parts",)}, "high", "parts of an animal treated as independent units → high"),
        PolicyRule({"pooled": ("yes",)}, "high", "pooled samples treated as independent → high"),
        PolicyRule(
            {"unit": ("animal",), "interest": ("none",)},
            "low",
            "no interest with a stake, a clear unit of analysis, no visible problem → low",
        ),
        PolicyRule(
            {"unit": ("animal",), "statement": ("not needed",), "interest": (NOT_STATED, "mentioned")},
            "low",
            "a clear unit of analysis, no visible problem → low",
        ),
        PolicyRule({"cleared": ("yes",)}, "low", "no stake or a clear unit is told, no visible problem → low"),
    ),
}
NOTHING = "nothing decides → unclear"


def answers(item: str, given: Mapping[str, str]) -> dict[str, str]:
    """Return an answer for every question of the item."""
    return {question: given.get(question, NOT_STATED) for question in QUESTIONS[item]}


def key(rule: PolicyRule | None, judgement: str) -> str:
    """Return under what a model counts how papers that a rule decided were judged; None: nothing decided."""
    return f"{rule.id if rule is not None else 'nothing'}:{judgement}"


def decide(item: str, given: Mapping[str, str], codebook: Codebook) -> tuple[str, str, PolicyRule | None]:
    """Return the judgement, the words of the rule that decided, and the rule (None where nothing decides)."""
    full = answers(item, given)
    for rule in RULES[item]:
        if all(full[question] in allowed for question, allowed in rule.when.items()):
            judgement = rule.judgement
            if judgement.startswith("setting:"):
                judgement = str(codebook.setting(judgement.removeprefix("setting:")))
            return judgement, rule.words.format(judgement=judgement), rule
    return "unclear", NOTHING, None
