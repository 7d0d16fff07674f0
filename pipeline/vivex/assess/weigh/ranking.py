"""Which sentences a reviewer would quote for items 2, 8, 9 and 10: what each sentence shows, and where it stands."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vivex.assess.reading import accounting
from vivex.assess.reading.announced import Announced, outcomes_named
from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence

RANKED = ("baseline_characteristics", "incomplete_outcome_data", "selective_outcome_reporting", "other_bias")
ROLES = ("methods", "results", "abstract", "discussion", "statements", "introduction", "other")
SCORER = 2.0  # weight of the sentence scorer's log-probability beside what is ranked here
_FLAGS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})")
    for name, words in {
        "figure": r"(?:figs?|figures?|tables?|supplementary)\b",
        "test": r"p ?[<=>≤]|[ft] ?\(|anova|t-tests?|rank-sum|mann-whitney|wilcoxon",
        "no_difference": (
            r"(?:no (?:\w+ ){0,3}(?:differen\w+|changes?|effects?)|not (?:\w+ ){0,2}(?:differ\w*|affect\w*|"
            r"change\w*|alter\w*)|similar|comparable|unchanged)\b"
        ),
        "difference": (
            r"(?:increas|decreas|reduc|elevat|improv|attenuat|impair|prevent|suppress|enhanc)\w+|"
            r"(?:higher|lower|greater|significant(?:ly)?)\b"
        ),
        "compared": r"(?:compared (?:to|with)|than|versus|vs|relative to|between)\b",
        "group": r"(?:groups?|controls?|wild-type|wt|treated|mutants?|vehicle|sham|ko|"
        r"mice|rats|animals|littermates?)\b",
        "measured": (
            r"(?:measured|determined|assess(?:ed|ment)|evaluated|quantified|monitored|recorded|examined|scored|"
            r"counted|tested|calculated|weighed)\b"
        ),
        "n": r"n ?(?:=|≥|>) ?\d",
        "spread": r"\d+(?:·\d+)? ?± ?\d",
        "animal": r"(?:mice|mouse|rats?|animals?|monkeys?|pigs?|rabbits?|birds|fish|larvae|subjects|dogs?)\b",
        "part": (
            r"(?:cells?|neurons?|units?|slices?|sections?|recordings?|trials?|fields?|boutons?|embryos?|tumou?rs?|"
            r"flanks?|sites|images)\b"
        ),
        "total": r"(?:a total of|in total|altogether|all|each of)\b",
        "used": r"(?:were used|was used|used in|participated|were included|implanted|underwent|obtained from)\b",
        "lost": (
            r"(?:exclu\w+|omitted|died|removed|rejected|discarded|surviv\w+|lost|outliers?|missing|remaining|"
            r"not included|failed)\b"
        ),
        "number": r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty)\b",
        "before": r"(?:baseline|basal|initial|at the start|beginning|before|prior to|pre-\w+)\b",
        "age": r"(?:weeks?|months?|days?|p\d{1,2}|adults?|age[ds]?)\b",
        "sex": r"(?:fe)?males?\b",
        "strain": r"(?:c57\w*|balb\w*|sprague|wistar|background|strain|inbred|129\w*|macaca|rhesus|long-evans)\b",
        "weight": r"(?:weigh\w+|body weight|\d+ ?g)\b",
        "matched": r"(?:littermates?|siblings?|matched)\b",
        "summary": r"(?:mean|sem|s\.e\.m|sd|standard (?:error|deviation)|error bars|averaged|pooled|independent)\b",
        "interest": r"(?:competing|conflicts?|interests?|funders?|funding|supported by|employ\w+)\b",
        "hidden": r"(?:(?:data|results) not shown|unpublished)\b",
    }.items()
}
_CONTENT = re.compile(r"[a-zα-ω][a-zα-ω-]{2,}")
_STOP = frozenset(
    (
        "the a an of in to and were was with for by from at on as that is are be this these which or it its we "
        "our not no than between both after all using"
    ).split()
)


@dataclass(frozen=True)
class Ranking:
    """Order a paper's sentences for one item by weighted features (a choice among the sentences of a paper)."""

    names: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]

    def scores(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a score for every sentence; only differences within a paper mean something."""
        return self.standard(features) @ self.weights

    def standard(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the features in standard units, at most four from the mean."""
        return np.clip((features - self.mean) / self.scale, -4, 4)


def features(
    readings: Sequence[FoldedSentence], found: Sequence[Indication], announced: Sequence[Announced]
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Return the names of the features and their values, shape [sentences, features]."""
    words = [{w for w in _CONTENT.findall(r.text) if w not in _STOP} for r in readings]
    rarity = {w: math.log(len(readings) / n) for w, n in Counter(w for s in words for w in s).items()}
    shared = {
        "abstract": _vocabulary(words, [r.role == "abstract" or r.kind == "title" for r in readings]),
        "methods": _vocabulary(
            words, [r.role == "methods" and bool(_FLAGS["measured"].search(r.text)) for r in readings]
        ),
        "results": _vocabulary(words, [r.role == "results" for r in readings]),
    }
    announcing = Counter(a.span for a in announced)
    reporting = Counter(a.reported for a in announced)
    names = {a.name for a in announced}
    counts: dict[tuple[int, int], list[accounting.Count]] = defaultdict(list)
    for count in accounting.counts(readings):
        counts[count.span].append(count)
    strength: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    for finding in found:
        for span in finding.spans:
            own = strength[span]
            own[finding.item] = max(own.get(finding.item, 0.0), finding.strength)
    rows = []
    animals = 0
    for reading, place, content in zip(readings, _places(readings), words, strict=True):
        span = (reading.start, reading.end)
        row = _plain(reading) | place
        weight = sum(rarity[w] for w in sorted(content)) + 1e-6
        for role in shared:
            overlap = sum(rarity[w] for w in sorted(content & shared[role])) / weight
            row[f"words of {role}"] = overlap if (role == "results") == (reading.role == "methods") else 0.0
        row["words of abstract"] = sum(rarity[w] for w in sorted(content & shared["abstract"])) / weight
        row["announces"], row["reports"] = math.log1p(announcing[span]), math.log1p(reporting[span])
        row["outcomes"] = math.log1p(outcomes_named(reading.text, names))
        row["outcomes in results"] = row["outcomes"] * (reading.role == "results")
        row["outcomes measured"] = row["outcomes"] * (reading.role == "methods") * row["measured"]
        row |= _counted(counts[span])
        attributes = row["age"] + row["sex"] + row["strain"] + row["weight"]
        row["attributes"] = row["animal"] * attributes
        row["animals used"] = row["animal"] * row["number"] * row["used"]
        describes = bool(
            reading.role in ("methods", "results")
            and row["animal"]
            and not reading.foreign
            and (attributes >= 2 or row["number"] * row["used"])
        )
        row["first on animals"], row["early on animals"] = (
            float(describes and animals == 0),
            float(describes and animals < 3),
        )
        animals += describes
        row |= {f"rule:{item}": strength[span].get(item, 0.0) for item in RANKED}
        rows.append(row)
    found_names = tuple(rows[0]) if rows else ()
    return found_names, np.array([[row[name] for name in found_names] for row in rows], dtype=np.float64)


def _vocabulary(words: Sequence[set[str]], wanted: Sequence[bool]) -> set[str]:
    return {w for content, want in zip(words, wanted, strict=True) if want for w in content}


def _plain(reading: FoldedSentence) -> dict[str, float]:
    """Return what the sentence says, where, and how long it is."""
    said = {name: float(bool(words.search(reading.text))) for name, words in _FLAGS.items()}
    row = dict(said)
    row |= {f"in {role}": float(reading.role == role) for role in ROLES}
    for role in ("methods", "results"):
        row |= {f"{role}:{name}": value * (reading.role == role) for name, value in said.items()}
    length = len(set(re.findall(r"\w+", reading.text)))
    row |= {
        "caption": float(reading.kind == "caption"),
        "length": min(3.0, math.log1p(length) - 3),
        "short": float(length < 7),
        "middling": float(12 <= length <= 35),
        "long": float(length > 45),
        "clauses": float(len(reading.clauses) > 2),
        "in vitro": float(reading.in_vitro),
        "foreign": float(reading.foreign),
    }
    return row


def _places(readings: Sequence[FoldedSentence]) -> list[dict[str, float]]:
    """Return where each sentence stands in its section and under its heading."""
    in_role, under = Counter(r.role for r in readings), Counter(r.heading for r in readings)
    role_seen: Counter[str] = Counter()
    heading_seen: Counter[str] = Counter()
    rows = []
    for reading in readings:
        place, nth = role_seen[reading.role] / in_role[reading.role] - 0.5, heading_seen[reading.heading]
        role_seen[reading.role] += 1
        heading_seen[reading.heading] += 1
        row: dict[str, float] = {}
        for role in ("methods", "results"):
            on = float(reading.role == role)
            row |= {
                f"{role}:place": on * place,
                f"{role}:edge": on * 4 * place**2,
                f"{role}:first": on * (nth == 0),
                f"{role}:second": on * (nth in (1, 2)),
                f"{role}:last": on * (nth == under[reading.heading] - 1),
            }
        rows.append(row)
    return rows


def _counted(counts: Sequence[accounting.Count]) -> dict[str, float]:
    """Return what the numbers of animals in the sentence count."""
    row = {
        f"count:{phase}": float(any(c.phase == phase for c in counts))
        for phase in ("allocated", "analysed", "total", "groups")
    }
    row["count:animals"] = float(any(c.unit == "animal" for c in counts))
    row["count:parts"] = float(any(c.unit == "part" for c in counts))
    row["count:range"] = float(any(c.high > c.low for c in counts))
    row["counts"] = math.log1p(len(counts))
    return row
