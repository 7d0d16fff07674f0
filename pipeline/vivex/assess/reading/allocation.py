"""Whether the study allocated animals to anything at all, or compares genotypes, or gives animals nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "sequence_generation"
SIGNAL = "allocated"
_ROLES = ("methods", "abstract", "results", "other")
_INTO_GROUPS = pattern(r"\b{ASSIGN}\b[^.;]{0,80}\b{GROUP}\b|\b{GROUP}\b[^.;]{0,40}\b{ASSIGN}\b")
_GROUPS_OF = pattern(
    r"\b(?!one\b|1\b){NUMBER} (?:\w+ ){0,2}?(?:groups|cohorts)\b[^.;]{0,40}\b(?:of|each|comprising|"
    r"containing|consisting|with)\b[^.;]{0,20}\b{NUMBER} (?:[\w-]+ ){0,3}?{ANIMAL}\b"
)
_GIVEN = pattern(r"\b(?:received|injected|treated|fed|infected|exposed|immuni[sz]ed|vaccinated|implanted|lesioned)\b")
_EACH = re.compile(r"\bn ?= ?\d+ (?:\w+ ){0,3}(?:per|for each|in each|each|a|/) ?(?:group|arm|treatment|dose)")
_ANIMAL = pattern(r"\b{ANIMAL}\b")
_GENOTYPE = re.compile(r"\b(?:knock-?outs?|wild-?types?|mutants?|transgenic|ko|wt|genotypes?|homozygous|null)\b")
FEW = 1.25  # of hundred sentences, those that tell of animals being given something: up to here nothing is compared
MANY = 3.0  # of hundred sentences, those that speak of genotypes: from here genotypes are what is compared


def allocation(readings: Sequence[FoldedSentence], found: Sequence[Indication]) -> Indication | None:
    """Return whether animals were allocated: "yes" by a sentence that says so, the other answers by counts.

    Of 38 papers of gold/studies whose annotators noted that nothing was allocated 27 are found, with 7 others.
    """
    told = [f for f in found if f.item == ITEM and f.answer in ("described", "stated")]
    if told:
        best = max(told, key=lambda f: f.strength)
        return Indication(ITEM, SIGNAL, "yes", best.strength, best.spans, "animals were put into groups")
    own = [r for r in readings if r.own and r.kind != "table" and r.role in _ROLES]
    grouped = [r for r in own if (_INTO_GROUPS.search(r.text) and _ANIMAL.search(r.text)) or _GROUPS_OF.search(r.text)]
    if grouped:
        return _told("yes", 0.6, grouped[0], "animals were put into groups")
    if any(
        _ANIMAL.search(r.text) and _GIVEN.search(r.text) and _EACH.search(r.text) for r in readings if not r.foreign
    ):
        return None
    hundred = len(own) / 100
    if sum(bool(_ANIMAL.search(r.text) and _GIVEN.search(r.text)) for r in own) > FEW * hundred:
        return None
    genotypes = [r for r in own if _GENOTYPE.search(r.text)]
    if genotypes and len(genotypes) >= MANY * hundred:
        return _told("genotypes", 0.5, genotypes[0], "genotypes are compared, and hardly anything is given")
    return Indication(ITEM, SIGNAL, "nothing given", 0.4, (), "hardly a sentence tells of anything given to animals")


def _told(answer: str, strength: float, reading: FoldedSentence, why: str) -> Indication:
    return Indication(ITEM, SIGNAL, answer, strength, ((reading.start, reading.end),), why)
