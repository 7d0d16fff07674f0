"""Who said what about which item, paired for measuring agreement.

People against the model are kept apart by how the person saw the item: blind, or with the model's proposal before the
eyes, which draws people to agree. Studies that a promoted model was trained on are left out of its comparison.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vivex.annotation import Annotation
from vivex.labels import is_entity
from vivex.models import PARTS
from vivex.people.excluded import counted
from vivex.people.machine import Documents, Proposals
from vivex.people.minutes import Minutes, minutes
from vivex.people.store import ADJUDICATED, Statement, statements
from vivex.people.values import kind
from vivex.review import Review

MODEL = "model"
PEOPLE = "reviewer × reviewer"
BLIND = "reviewer × model, blind"
PREFILLED = "reviewer × model, pre-filled"
COMPARISONS = (PEOPLE, BLIND, PREFILLED)


@dataclass(frozen=True, slots=True)
class Pair:
    """Put two raters' annotations of one label of one study side by side."""

    comparison: str
    study: str
    label: str
    raters: tuple[str, str]
    first: tuple[Annotation, ...]
    second: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Hold the pairs of a review, and how reviewers treated what was proposed to them."""

    pairs: tuple[Pair, ...] = ()
    reviewers: tuple[str, ...] = ()
    decisions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # label -> decision -> count, pre-filled
    texts: Mapping[str, str] = field(default_factory=dict)  # study -> text, where spans are compared
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # part of the model -> studies it learnt from
    minutes: tuple[Minutes, ...] = ()  # how long people took at the desk


def ratings(review: Review) -> Ratings:
    """Return the pairs of a review."""
    documents, machine = Documents(review), Proposals(review)
    learnt = learnt_from(review)
    pairs: list[Pair] = []
    decisions: dict[str, dict[str, int]] = {}
    names: set[str] = set()
    texts: dict[str, str] = {}
    timed: list[Statement] = []
    for study in counted(review):
        stated = statements(review, study)
        people = {name: s for name, s in stated.items() if name != ADJUDICATED and s.decisions}
        names |= set(people)
        timed += people.values()
        found = list(_people(study, people))
        if study in documents:
            found += _model(study, people, machine[study], learnt)
        pairs += found
        if study in documents and any(is_entity(p.label) for p in found):
            texts[study] = documents[study].text
        _count(people, decisions)
    left_out = {part: tuple(sorted(s)) for part, s in learnt.items() if s}
    return Ratings(tuple(pairs), tuple(sorted(names)), decisions, texts, left_out, minutes(timed))


def learnt_from(review: Review) -> dict[str, set[str]]:
    """Return the studies that the review's promoted models were trained on, by part (ner, rob, fields)."""
    found: dict[str, set[str]] = {}
    for part in PARTS:
        path = review.models / part / "promoted.json"
        report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        found[part] = set(report.get("trained_on", ())) if report.get("promoted") else set()
    return found


def part_of(label: str) -> str:
    """Return the part of the model that answers a label: ner for spans, rob for judgements, else forms."""
    return {"entity": "ner", "judgement": "rob", "reporting": "rob", "field": "fields"}[kind(label)]


def _people(study: str, people: Mapping[str, Statement]) -> Iterator[Pair]:
    for (one, first), (other, second) in itertools.combinations(sorted(people.items()), 2):
        for label in sorted(set(first.reviewed) & set(second.reviewed)):
            yield Pair(PEOPLE, study, label, (one, other), first.of(label), second.of(label))


def _model(
    study: str, people: Mapping[str, Statement], machine: Sequence[Annotation], learnt: Mapping[str, set[str]]
) -> Iterator[Pair]:
    proposed: dict[str, list[Annotation]] = {}
    for a in machine:
        proposed.setdefault(a.label, []).append(a)
    for name, statement in sorted(people.items()):
        for label, seen in sorted(statement.reviewed.items()):
            if study in learnt.get(part_of(label), ()):
                continue
            said = tuple(proposed.get(label, ()))
            if not said and not is_entity(label):
                continue  # the model was not asked
            yield Pair(BLIND if seen.blind else PREFILLED, study, label, (name, MODEL), statement.of(label), said)


def _count(people: Mapping[str, Statement], decisions: dict[str, dict[str, int]]) -> None:
    for statement in people.values():
        for a in statement.decisions:
            seen = statement.reviewed.get(a.label)
            if seen is not None and not seen.blind:
                of = decisions.setdefault(a.label, {})
                of[a.decision] = of.get(a.decision, 0) + 1
