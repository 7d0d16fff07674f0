"""What the whole paper shows for items 2, 8, 9 and 10: named quantities that the weighing of evidence uses."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from vivex.annotation import Annotation
from vivex.assess.reading.accounting import Count
from vivex.assess.reading.announced import Announced
from vivex.assess.reading.finding import Finding
from vivex.assess.reading.sentence import Reading

_EPHYS = re.compile(
    r"\b(?:patch[- ]clamp|whole-cell|spik(?:e|es|ing)|firing rates?|epscs?|ipscs?|action potentials?|"
    r"extracellular|tetrodes?|single[- ]units?|lfps?|membrane potential|calcium imaging|two-photon|ltp|"
    r"voltage[- ]clamp|current[- ]clamp|mepscs?|evoked|depolari[sz]\w*)\b"
)
_CELL_UNIT = re.compile(
    r"\bn ?(?:=|≥|>|:) ?\d+[^.;)]{0,30}\b(?:cells?|neurons?|units?|slices?|sections?|recordings?|trials?|"
    r"pairs|spines?|dendrites?|synapses|boutons|fib(?:er|re)s|images|fields|sites|sessions|axons|embryos|"
    r"tumou?rs)\b|\b\d+ (?:\w+ ){0,2}(?:cells|neurons|units|recordings|slices)\b"
)
_ANIMAL_UNIT = re.compile(
    r"\bn ?(?:=|≥|>|:) ?\d+[^.;)]{0,30}\b(?:mice|rats|animals|per group|rabbits|monkeys|pigs|fish|birds|"
    r"larvae|flies|mouse|pups|hamsters|dogs|subjects|litters)\b|\bn ?= ?\d+ ?(?:/|per) ?group"
)
_ANY_N = re.compile(r"\bn ?(?:=|≥|>|:|was) ?\d+")
_PLAN = re.compile(
    r"\b(?:registered report|replication (?:study|attempt|plan)|reproducibility project|"
    r"will be (?:performed|injected|measured|analy[sz]ed|randomi[sz]ed|harvested|replicated))\b"
)
_GENOTYPE = re.compile(r"\b(?:knock-?out|wild-?type|mutants?|transgenic|\bko\b|\bwt\b|genotypes?|homozygous|null)\b")
_WITHIN = re.compile(
    r"\bwithin-(?:subject|animal)s?|\bown control|\bcross-?over|\blatin square|\bbefore and after\b|"
    r"\bsame (?:animals|mice|rats|neurons|cells|monkeys)\b"
)
_EXVIVO = re.compile(r"\b(?:slices?|ex vivo|in vitro|cultured?|isolated|explants?)\b")
_MIXED_MODEL = re.compile(
    r"\b(?:mixed(?:-effects?)? (?:linear )?models?|random (?:effects?|intercepts?)|nested|"
    r"repeated[- ]measures?|generali[sz]ed estimating|averaged (?:per|for each|across|within))\b"
)
_INDUSTRY = re.compile(
    r"\b(?:gmbh|inc\b|ltd|pharmaceuticals?|employees? of|patents?|consultant|industry|shareholder)\b"
)
_NEURONS = re.compile(r"\b(?:neurons?|interneurons?|purkinje|pyramidal|synap\w+|dendrit\w+|axons?)\b")
_TRIALS = re.compile(r"\b(?:trials|sessions|blocks|voxels?|epochs|time bins|bouts)\b")
_FLANKS = re.compile(
    r"\b(?:both|bilateral\w*|left and right|each|two|right and left) (?:\w+ )?(?:flanks?|sides|dorsal|knees|"
    r"eyes|ears|hindlimbs|legs)\b|\bbilaterally\b|\bbilateral dorsal|\binoculated sites|"
    r"\btumou?rs? per (?:mouse|animal)"
)
_LITTER = re.compile(r"\b(?:litters?|dams?|pups|offspring|embryos?|blastocysts?|clutch(?:es)?)\b")
_COMMODITY = re.compile(
    r"\b(?:fund\w*|support\w*|grant\w*|financ\w*|sponsor\w*)\b[^.;]{0,80}\b(?:check-?off|growers|producers|"
    r"commodity|industry|board of|commission|association of|merck|pfizer|novartis|bayer|roche|lilly|inc\b|"
    r"gmbh|ltd|co\b)"
)
_MONKEY = re.compile(r"\b(?:monkeys?|macaques?)\b")
_FLY_FISH = re.compile(r"\b(?:drosophila|zebrafish|larvae|flies|elegans|embryos)\b")
_GROUPS = re.compile(r"\b(?:randomly|divided into|assigned to|per group|each group|groups? of)\b")
_TESTS = re.compile(r"\b(?:anova|t[- ]tests?|mann-?whitney|wilcoxon|kruskal|tukey|bonferroni|log-rank|chi-?square)\b")


def quantities(
    readings: Sequence[Reading],
    found: Sequence[Finding],
    counts: Sequence[Count],
    announced: Sequence[Announced],
    known: Sequence[Annotation] = (),
) -> dict[str, float]:
    """Return the paper's quantities by name; counts are on a log scale, shares from 0 to 1."""
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
    common: dict[str, int] = {}
    best_common = 0
    for f in found:
        if f.item == base and f.signal == "common":
            names = f.answer.split(",")
            best_common = max(best_common, len(names))
            for name in names:
                common[name] = common.get(name, 0) + 1
    missing = [a for a in announced if a.reported is None]
    cells, animals = (
        sum(len(_CELL_UNIT.findall(r.text)) for r in body),
        sum(len(_ANIMAL_UNIT.findall(r.text)) for r in body),
    )
    exact = [c for c in counts if c.low == c.high and c.unit != "part"]
    values: dict[str, float] = {
        "plan": min(3.0, math.log1p(sum(len(_PLAN.findall(r.text)) for r in readings))),
        "no_results": float(not any(r.role == "results" for r in readings)),
        "electrophysiology": share(_EPHYS),
        "cells_as_n": math.log1p(cells),
        "animals_as_n": math.log1p(animals),
        "cells_share": cells / (cells + animals + 2),
        "parts_as_n": math.log1p(number(other, "unit", "parts_as_n")),
        "parts": math.log1p(number(other, "unit", "parts")),
        "animal_unit": math.log1p(number(other, "unit", "animal")),
        "any_n": math.log1p(sum(len(_ANY_N.findall(r.text)) for r in body)),
        "no_n": float(not any(_ANY_N.search(r.text) for r in body)),
        "mixed_model": share(_MIXED_MODEL),
        "interest_none": float(number(other, "interest", "none") > 0),
        "interest_partial": float(number(other, "interest", "partial") > 0),
        "interest_stake": float(number(other, "interest", "stake") > 0),
        "interest_silent": float(number(other, "interest") == 0),
        "funding": float(number(other, "funding") > 0),
        "industry": math.log1p(sum(len(_INDUSTRY.findall(r.text)) for r in statements)),
        "commodity": float(any(_COMMODITY.search(r.text) for r in statements)),
        "neurons": share(_NEURONS),
        "trials": share(_TRIALS),
        "flanks": math.log1p(sum(len(_FLANKS.findall(r.text)) for r in body)),
        "litter": share(_LITTER),
        "unreported_interest": float(number(other, "interest", "none") == 0),
        "heavy_electrophysiology": float(share(_EPHYS) > 1.5),
        "clean": float(
            number(other, "interest", "none") > 0 and number(other, "interest", "partial") == 0 and share(_EPHYS) < 1.0
        ),
        "pooled": math.log1p(number(other, "pooled")),
        "pooled_independent": float(number(other, "pooled", "yes") > 0),
        "replaced": float(number(other, "replaced", "yes") > 0),
        "genotype": share(_GENOTYPE),
        "within": share(_WITHIN),
        "exvivo": share(_EXVIVO),
        "monkey": float(share(_MONKEY) > 1),
        "fly_fish": share(_FLY_FISH),
        "groups": share(_GROUPS),
        "tests": share(_TESTS),
        "similar": strength(base, "similar", "yes"),
        "similar_count": math.log1p(number(base, "similar", "yes")),
        "imbalanced": strength(base, "similar", "imbalanced"),
        "adjusted": strength(base, "adjusted", "yes"),
        "matched": strength(base, "matched", "yes"),
        "matched_count": math.log1p(number(base, "matched", "yes")),
        "attributes": float(len(common)),
        "attributes_together": float(best_common),
        "age": math.log1p(common.get("age", 0)),
        "weight": math.log1p(common.get("weight", 0)),
        "sex": math.log1p(common.get("sex", 0)),
        "strain": math.log1p(common.get("strain", 0)),
        "mixed_sex": float(any(f.detail.get("mixed_sex") for f in found if f.item == base)),
        "all_included": strength(loss, "all_included", "yes"),
        "all_included_firm": float(strength(loss, "all_included", "yes") >= 0.85),
        "explained": math.log1p(number(loss, "losses", "explained")),
        "counted": math.log1p(number(loss, "losses", "counted")),
        "unexplained": float(number(loss, "losses", "unexplained") > 0),
        "unbalanced": float(number(loss, "losses", "unbalanced") > 0),
        "outcome_related": float(number(loss, "losses", "outcome_related") > 0),
        "exclusion_rule": math.log1p(number(loss, "losses", "mentioned")),
        "range": math.log1p(sum(c.high > c.low for c in counts)),
        "numbers_agree": float(any(f.item == loss and f.signal == "numbers" and f.answer == "agree" for f in found)),
        "numbers_fewer": float(
            any(f.item == loss and f.signal == "numbers" and f.answer in ("fewer", "mismatch") for f in found)
        ),
        "allocated_n": math.log1p(sum(c.phase == "allocated" for c in exact)),
        "analysed_n": math.log1p(sum(c.phase == "analysed" for c in exact)),
        "distinct_analysed": math.log1p(len({c.low for c in exact if c.phase == "analysed"})),
        "total_n": float(any(c.phase == "total" for c in counts)),
        "not_shown": math.log1p(number(out, "not_shown")),
        "not_shown_main": float(number(out, "all_reported", "no") > 0),
        "announced": math.log1p(len(announced)),
        "missing": math.log1p(len(missing)),
        "missing_analytes": math.log1p(sum(a.name != a.name.lower() for a in missing)),
        "missing_share": len(missing) / (len(announced) + 3),
        "length": math.log(words + 1),
        "methods_share": sum(r.role == "methods" for r in readings) / max(1, len(readings)),
    }
    return values


# Few quantities for each item, chosen by what reviewers name as their grounds; 117 papers carry no more.
ITEM_QUANTITIES: Mapping[str, tuple[str, ...]] = {
    "baseline_characteristics": (
        "similar",
        "imbalanced",
        "adjusted",
        "matched",
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
