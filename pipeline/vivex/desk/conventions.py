"""The SYRCLE conventions of a review as questions in plain language, each choice in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Convention:
    """Word a policy setting: the SYRCLE items that it bears on, what is asked, and each value in words."""

    items: tuple[int, ...]
    asked: str
    choices: Mapping[str | int, str]  # value -> words; one that isn't worded stands as it is


_YES_NO: Mapping[str | int, str] = {True: "Yes", False: "No"}
CONVENTIONS: Mapping[str, Convention] = {
    "randomised_without_method": Convention(
        (1,),
        "“Animals were randomly divided into groups”, and not a word on how. What is the sequence generation?",
        {"unclear": "Unclear: no method, no judgement", "low": "Low: being called random is enough"},
    ),
    "baseline_common_characteristics": Convention(
        (2,),
        "How many of age, weight, sex and strain must be given as common to all groups for baseline to be at low risk?",
        {1: "One at least", 2: "Two at least", 3: "Three at least", 4: "All four"},
    ),
    "coded_treatments_blind_caregivers": Convention(
        (5,),
        "Treatments came in coded vials. Are those who treated the animals blinded?",
        _YES_NO,
    ),
    "experimenter_blind_counts_for": Convention(
        (5, 7),
        "“The experimenter was blinded”, and no more. Who was?",
        {
            "both": "Those who treated and those who assessed",
            "caregivers": "Those who treated",
            "assessors": "Those who assessed",
        },
    ),
    "automated_assessment": Convention(
        (7,),
        "A machine measured the outcome. Are the assessors blinded?",
        {"unclear": "Unclear: somebody handled the samples", "low": "Low: a machine knows no groups"},
    ),
    "outcomes_judged": Convention(
        (7, 8),
        "Outcomes differ in how they were assessed. What is judged?",
        {
            "any": "The study: one outcome assessed blind is enough",
            "all": "The study: no outcome may be assessed unblinded",
            "per_outcome": "The study, and each outcome by itself",
        },
    ),
    "n_as_range": Convention(
        (8,),
        "Groups are given as a range, “n = 6–8”, and no losses are told. Are the outcome data complete?",
        {"unclear": "Unclear", "high": "High: animals are missing somewhere"},
    ),
    "stated_not_randomised": Convention(
        (1,),
        "The paper says that animals were not randomised. What is the sequence generation?",
        {"high": "High", "unclear": "Unclear"},
    ),
    "stated_not_blinded": Convention(
        (5, 7),
        "The paper says that nobody was blinded. What is the risk?",
        {"high": "High", "unclear": "Unclear: it may not matter for the outcome"},
    ),
    "data_not_shown": Convention(
        (9,),
        "An outcome is announced, and its numbers are “not shown”. What is selective reporting?",
        {"high": "High", "unclear": "Unclear"},
    ),
    "statement_without_stake_needed": Convention(
        (10,),
        "Does low risk of other bias need a statement of interests or of funding?",
        _YES_NO,
    ),
}
