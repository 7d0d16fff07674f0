"""Which unreviewed study to review next: the one from which the model would learn most."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vivex.annotation import Annotation
from vivex.people.excluded import excluded
from vivex.people.machine import parsed, proposals
from vivex.people.store import statements, studies
from vivex.people.values import kind
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Candidate:
    """Give a study's uncertainty, from 0 (the model is sure of everything) to 1, and the items it is least sure of."""

    study: str
    uncertainty: float
    unsure: tuple[str, ...]


def order(review: Review) -> list[Candidate]:
    """Return the unreviewed studies, the most uncertain first (uncertainty sampling over judgements and values)."""
    done = {study for study in studies(review) if any(s.decisions for s in statements(review, study).values())}
    done |= set(excluded(review))
    found = [_candidate(s, proposals(review, s)) for s in parsed(review) if s not in done]
    return sorted(found, key=lambda c: (-c.uncertainty, c.study))


def _candidate(study: str, proposed: Sequence[Annotation]) -> Candidate:
    judged = {a.label: doubt(a) for a in proposed if kind(a.label) in ("judgement", "reporting")}
    valued = [doubt(a) for a in proposed if kind(a.label) == "field" and a.confidence is not None]
    parts = [sum(x) / len(x) for x in (list(judged.values()), valued) if x]
    unsure = sorted(judged, key=lambda label: (-judged[label], label))[:3]
    return Candidate(study, sum(parts) / len(parts) if parts else 0.0, tuple(u for u in unsure if judged[u] > 0.5))


def doubt(annotation: Annotation) -> float:
    """Return how uncertain a proposal is: the entropy of its probabilities, from 0 (sure) to 1 (all are even)."""
    value = annotation.value if isinstance(annotation.value, Mapping) else {}
    shares = value.get("probability")
    if isinstance(shares, Mapping) and len(shares) > 1:
        numbers = [float(p) for p in shares.values() if isinstance(p, int | float)]
    elif annotation.confidence is not None:
        numbers = [annotation.confidence, 1 - annotation.confidence]
    else:
        return 0.0
    total = sum(numbers)
    if total <= 0:
        return 0.0
    return -sum(p / total * math.log(p / total) for p in numbers if p > 0) / math.log(len(numbers))
