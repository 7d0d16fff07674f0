"""What the whole paper shows for items 2, 8, 9 and 10: named quantities that the weighing of evidence uses."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from vivex.assess.reading.accounting import Count
from vivex.assess.reading.announced import Announced
from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence

_EPHYS = re.compile(
    r"\b(?:patch[- ]clamp|whole-cell|spik(?:e|es|ing)|firing rates?|epscs?|ipscs?|action potentials?|"
    r"extracellular|tetrodes?|single[- ]units?|lfps?|membrane potential|calcium imaging|two-photon|ltp|"
    r"voltage[- ]clamp|current[- ]clamp|mepscs?|evoked|depolari[sz]\w*)\b"
)
_ANY_N = re.compile(r"\bn ?(?:=|≥|>|:|was) ?\d+")
_PLAN = re.compile(
    r"\b(?:registered report|replication (?:study|attempt|plan)|reproducibility project|"
    r"will be (?:performed|injected|measured|analy[sz]ed|randomi[sz]ed|harvested|replicated))\b"
)
_GENOTYPE = re.compile(r"\b(?:knock-?out|wild-?type|mutants?|transgenic|\bko\b|\bwt\b|genotypes?|homozygous|null)\b")
_EXVIVO = re.compile(r"\b(?:slices?|ex vivo|in vitro|cultured?|isolated|explants?)\b")
_COMMODITY = re.compile(
    r"\b(?:fund\w*|support\w*|grant\w*|financ\w*|sponsor\w*)\b[^.;]{0,80}\b(?:check-?off|growers|producers|"
    r"commodity|industry|board of|commission|association of|merck|pfizer|novartis|bayer|roche|lilly|inc\b|"
    r"gmbh|ltd|co\b)"
)
_MONKEY = re.compile(r"\b(?:monkeys?|macaques?)\b")


def quantities(
    readings: Sequence[FoldedSentence],
    found: Sequence[Indication],
    counts: Sequence[Count],
    announced: Sequence[Announced],
    likeness: float,
) -> dict[str, float]:
    """Return the paper's quantities by name; counts are on a log scale, shares and probabilities from 0 to 1."""
    body = [r for r in readings if r.role not in ("references", "introduction", "statements")]
    statements = [r for r in readings if r.role in ("statements", "other") and r.kind != "table"]
    words = max(1, sum(len(r.text) for r in body)) / 1000  # thousands of characters

    def share(pattern: re.Pattern[str]) -> float:
        return math.log1p(sum(len(pattern.findall(r.text)) for r in body) / words * 10)

    def number(item: str, signal: str, answer: str | None = None) -> float:
        return float(sum(f.item == item and f.signal == signal and answer in (None, f.answer) for f in found))

    def strength(item: str, signal: str, answer: str) -> float:
        return max(
            (f.strength for f in found if f.item == item and f.signal == signal and f.answer == answer), default=0.0
        )

    base, loss, out, other = (
        "baseline_characteristics",
        "incomplete_outcome_data",
        "selective_outcome_reporting",
        "other_bias",
    )
    together = [f.answer.split(",") for f in found if f.item == base and f.signal == "common"]
    missing = [a for a in announced if a.reported is None]
    return {
        "plan": min(3.0, math.log1p(sum(len(_PLAN.findall(r.text)) for r in readings))),
        "no_results": float(not any(r.role == "results" for r in readings)),
        "electrophysiology": share(_EPHYS),
        "parts_as_n": math.log1p(number(other, "unit", "parts_as_n")),
        "parts": math.log1p(number(other, "unit", "parts")),
        "animal_unit": math.log1p(number(other, "unit", "animal")),
        "no_n": float(not any(_ANY_N.search(r.text) for r in body)),
        "interest_stake": float(number(other, "interest", "stake") > 0),
        "commodity": float(any(_COMMODITY.search(r.text) for r in statements)),
        "unreported_interest": float(number(other, "interest", "none") == 0),
        "heavy_electrophysiology": float(share(_EPHYS) > 1.5),
        "clean": float(
            number(other, "interest", "none") > 0 and number(other, "interest", "partial") == 0 and share(_EPHYS) < 1.0
        ),
        "pooled": math.log1p(number(other, "pooled")),
        "genotype": share(_GENOTYPE),
        "exvivo": share(_EXVIVO),
        "monkey": float(share(_MONKEY) > 1),
        "similar": strength(base, "similar", "yes"),
        "imbalanced": strength(base, "similar", "imbalanced"),
        "adjusted": strength(base, "adjusted", "yes"),
        "matched": strength(base, "matched", "yes"),
        "read_alike": likeness,
        "attributes": float(len({name for names in together for name in names})),
        "attributes_together": float(max(map(len, together), default=0)),
        "all_included": strength(loss, "all_included", "yes"),
        "all_included_firm": float(strength(loss, "all_included", "yes") >= 0.85),
        "explained": math.log1p(number(loss, "losses", "explained")),
        "outcome_related": float(number(loss, "losses", "outcome_related") > 0),
        "range": math.log1p(sum(c.high > c.low for c in counts)),
        "numbers_agree": float(any(f.item == loss and f.signal == "numbers" and f.answer == "agree" for f in found)),
        "numbers_fewer": float(
            any(f.item == loss and f.signal == "numbers" and f.answer in ("fewer", "mismatch") for f in found)
        ),
        "not_shown": math.log1p(number(out, "not_shown")),
        "not_shown_main": float(number(out, "all_reported", "no") > 0),
        "missing_analytes": math.log1p(sum(a.name != a.name.lower() for a in missing)),
        "missing_share": len(missing) / (len(announced) + 3),
    }


# Few quantities for each item, chosen by what reviewers name as their grounds; 117 papers carry no more.
ITEM_QUANTITIES: Mapping[str, tuple[str, ...]] = {
    "baseline_characteristics": (
        "similar",
        "imbalanced",
        "adjusted",
        "matched",
        "read_alike",
        "attributes",
        "attributes_together",
        "genotype",
        "monkey",
    ),
    "incomplete_outcome_data": (
        "all_included",
        "all_included_firm",
        "explained",
        "numbers_agree",
        "outcome_related",
        "numbers_fewer",
        "range",
        "no_n",
        "plan",
    ),
    "selective_outcome_reporting": (
        "not_shown",
        "not_shown_main",
        "missing_share",
        "missing_analytes",
        "no_results",
        "plan",
        "exvivo",
    ),
    "other_bias": (
        "heavy_electrophysiology",
        "electrophysiology",
        "parts",
        "parts_as_n",
        "pooled",
        "clean",
        "unreported_interest",
        "interest_stake",
        "commodity",
        "no_n",
        "animal_unit",
        "plan",
    ),
}
STRENGTH = {  # inverse of the penalty on the weights
    "baseline_characteristics": 0.2,
    "incomplete_outcome_data": 0.2,
    "selective_outcome_reporting": 0.1,
    "other_bias": 0.1,
}
