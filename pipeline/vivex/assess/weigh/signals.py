"""From findings to signalling answers: which finding speaks for each question of an item."""

from __future__ import annotations

from collections.abc import Sequence

from vivex.assess.policy import QUESTIONS
from vivex.assess.reading.indication import Indication, best
from vivex.codebook import Codebook

# Where places disagree, the answer named first wins (one blinded outcome suffices; a stated loss outweighs silence).
ORDER: dict[str, tuple[str, ...]] = {
    "caregivers_blind": ("yes", "no", "mentioned"),
    "assessors_blind": ("yes", "no", "mentioned", "automated"),
    "random_selection": ("yes", "denied", "mentioned"),
    "similar": ("yes", "imbalanced", "mentioned"),
    "losses": ("unbalanced", "unexplained", "outcome_related", "explained", "counted", "mentioned"),
    "interest": ("stake", "partial", "none", "mentioned"),
    "unit": ("parts", "animal", "parts_as_n"),
    "numbers": ("mismatch", "agree", "range"),
    "all_reported": ("no", "yes"),
}


def signalling(item: str, findings: Sequence[Indication], codebook: Codebook) -> dict[str, Indication]:
    """Return, for each question that has an answer, the finding that gives it."""
    own = [f for f in findings if f.item == item and _counts(f, codebook)]
    chosen: dict[str, Indication] = {}
    for question in QUESTIONS[item]:
        for answer in ORDER.get(question, (None,)):
            found = best(own, question, answer)
            if found is not None:
                chosen[question] = found
                break
    if codebook.setting("outcomes_judged") == "all" and "assessors_blind" in chosen:
        chosen["assessors_blind"] = best(own, "assessors_blind", "no") or chosen["assessors_blind"]
    return chosen


def _counts(finding: Indication, codebook: Codebook) -> bool:
    """Tell whether the review's policy lets the finding count for its item."""
    who = finding.detail.get("who")
    counts_for = codebook.setting("experimenter_blind_counts_for")
    if who == "experimenter":
        if finding.item == "blinding_caregivers":
            return counts_for in ("both", "caregivers")
        if finding.item == "blinding_outcome_assessors":
            return counts_for in ("both", "assessors")
    if who == "coded treatments":
        return bool(codebook.setting("coded_treatments_blind_caregivers"))
    return True
