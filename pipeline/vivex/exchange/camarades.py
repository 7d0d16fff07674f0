"""The CAMARADES risk-of-bias app: the table that it downloads and draws again."""

from __future__ import annotations

from collections.abc import Iterator

from vivex.exchange.formats import RESULTS, Files, Format, Material, SettledStudy
from vivex.exchange.written import table, worst
from vivex.files import Cell
from vivex.forms import rows
from vivex.questions import SYRCLE

HEADER = ("study_id", "study_doi", "question_id", "bias_type", "response_id", "outcome", "comment")
# item -> the app's kind of bias, and by judgement its question that decides so, with the answer
DECISIVE: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "sequence_generation": (
        "sequence_allocation",
        {
            "low": ("appropriate_randomization", "Yes"),
            "high": ("appropriate_randomization", "No"),
            "unclear": ("describe_random_component", "No"),
        },
    ),
    "baseline_characteristics": (
        "baseline_characteristics",
        {
            "low": ("similar_basechars", "Yes"),
            "high": ("adjust_confound", "No"),
            "unclear": ("report_basechars", "No"),
        },
    ),
    "allocation_concealment": (
        "allocation_concealment",
        {
            "low": ("appropriate_conceal", "Yes"),
            "high": ("appropriate_conceal", "No"),
            "unclear": ("mention_conceal", "No"),
        },
    ),
    "random_housing": (
        "random_housing",
        {"low": ("cages_random", "Yes"), "high": ("cages_random", "No"), "unclear": ("desc_animal_place", "No")},
    ),
    "blinding_caregivers": (
        "blinded_experiment_conduct",
        {
            "low": ("blind_explicit_appropriate", "Yes"),
            "high": ("blind_explicit_appropriate", "No"),
            "unclear": ("mention_blinding", "No"),
        },
    ),
    "random_outcome_assessment": (
        "random_outcome_assessment",
        {
            "low": ("rand_explicit_appr", "Yes"),
            "high": ("rand_explicit_appr", "No"),
            "unclear": ("desc_rand_outcome", "No"),
        },
    ),
    "blinding_outcome_assessors": (
        "blind_outcome_assessment",
        {
            "low": ("blind_outcome_explicit_appr", "Yes"),
            "high": ("blind_outcome_explicit_appr", "No"),
            "unclear": ("desc_blind_outcome", "No"),
        },
    ),
    "incomplete_outcome_data": (
        "incomplete_outcome_data",
        {
            "low": ("start_analyzed_match", "Yes"),
            "high": ("start_analyzed_match", "No"),
            "unclear": ("report_num_started", "No"),
        },
    ),
    "selective_outcome_reporting": (
        "selective_reporting",
        {
            "low": ("outcome_protocol_match", "Yes"),
            "high": ("all_methods_stated", "No"),
            "unclear": ("all_results_published", "No"),
        },
    ),
    "other_bias": (
        "other_funder_influence",
        {"low": ("measures_bias", "Yes"), "high": ("measures_bias", "No"), "unclear": ("coi_statement", "No")},
    ),
}
_WHOLE_ITEM = "SYRCLE item 10 as a whole, which the app parts into three."


def write_camarades(material: Material) -> Files:
    """Return the app's table: one decisive row for an item of a study, item by item, so that its columns keep order."""
    return {"camarades-rob.csv": table(HEADER, _lines(material))}


def _lines(material: Material) -> Iterator[dict[str, Cell]]:
    for item in SYRCLE:
        for study in material.studies:
            judged = worst(study, item)
            if judged:
                yield _row(study, item, judged)


def _row(study: SettledStudy, item: str, judged: str) -> dict[str, Cell]:
    bias, decisive = DECISIVE[item]
    question, response = decisive[judged]
    found = study.judged(item)
    told = [(f"[{a.group}] " if a.group else "") + rows.support(a) for a in found]
    told += [_WHOLE_ITEM] if item == "other_bias" else []
    return {
        "study_id": study.label,
        "study_doi": study.reference.doi,
        "question_id": question,
        "bias_type": bias,
        "response_id": response,
        "outcome": judged.capitalize(),
        "comment": " ".join(part for part in told if part.strip()),
    }


FORMAT = Format(
    program="CAMARADES risk-of-bias app",
    holds=RESULTS,
    about="`camarades-rob.csv`: upload it under *Plots* to draw it. The app answers signalling questions; of each item "
    "the one that decides is written with the answer that leads to the judgement.",
    loses="outcomes that were judged differently (the worst stands, the comment names each); SYRCLE's item 10 is one "
    "item and stands as `other_funder_influence`; items that are not settled have no row",
    write=write_camarades,
)
