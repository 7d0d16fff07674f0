"""What a change of the form means for what was decided: told before it is saved, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vivex.codebook import Codebook
from vivex.people.asked import asked_otherwise
from vivex.people.assign import assigned
from vivex.people.excluded import counted
from vivex.people.store import ADJUDICATED, statements
from vivex.questions import name, shown
from vivex.review import Review

_PARTS = {
    "question": "wording",
    "type": "kind",
    "allowed": "categories",
    "several": "whether several answers may hold",
    "per": "what an answer belongs to",
}


@dataclass(frozen=True, slots=True)
class _Decided:
    """Count what people decided on a label: answers, in how many studies."""

    answers: int = 0
    studies: int = 0

    def __str__(self) -> str:
        answers = f"{self.answers} answer{'s' * (self.answers != 1)}"
        return f"{answers} in {self.studies} stud{'y' if self.studies == 1 else 'ies'}"


def consequences(review: Review, before: Codebook, now: Codebook) -> list[str]:
    """Return one line for each thing that is asked otherwise now, with what becomes of what was decided on it."""
    decided, handed = _count(review), any(not one.left for one in assigned(review))
    return [*_fields(decided, before, now, handed=handed), *_policy(decided, before, now)]


def _fields(decided: Mapping[str, _Decided], before: Codebook, now: Codebook, *, handed: bool) -> Iterator[str]:
    was, asks = before.asks, now.asks
    for field in asks:
        if field not in was:
            older = decided.get(f"form.{field}")
            again = f"; counted again: {older}, given when it was asked before" if older else ""
            hand = "; hand it out, then only it is asked of those who were done" if handed else ""
            yield f"{name(field)}: a new question, not answered in any study yet{hand}{again}"
        elif changed := asked_otherwise(was[field], asks[field]):
            parts = " and ".join(_PARTS.get(part, part) for part in changed)
            of = decided.get(f"form.{field}")
            stay = f"; kept, and marked in the desk: {of}" if of else ""
            yield f"{name(field)}: another {parts}{stay}"
    for field in was:
        if field not in asks:
            of = decided.get(f"form.{field}")
            stay = f"; kept in annotations/, but shown in no table: {of}" if of else ""
            yield f"{name(field)}: asked no more{stay}"
    if [*was] != [*asks] and sorted(was) == sorted(asks):
        yield "the questions stand in another order"


def _policy(decided: Mapping[str, _Decided], before: Codebook, now: Codebook) -> Iterator[str]:
    was, settings = before.conventions, now.conventions
    changed = [key for key in settings if settings[key] != was[key]]
    for key in changed:
        yield f"SYRCLE convention {name(key)}: {shown(was[key])} becomes {shown(settings[key])}"
    if changed:
        answers = sum(of.answers for label, of in decided.items() if label.startswith("syrcle."))
        if answers:
            yield f"kept, and marked in the desk: {answers} judgement{'s' * (answers != 1)} under the old conventions"


def _count(review: Review) -> dict[str, _Decided]:
    """Count answers by label over the studies that count; an adjudicator's ruling is none of them."""
    found: dict[str, _Decided] = {}
    for study in counted(review):
        labels = [
            label for who, one in statements(review, study).items() if who != ADJUDICATED for label in one.reviewed
        ]
        for label in set(labels):
            of = found.get(label, _Decided())
            found[label] = _Decided(of.answers + labels.count(label), of.studies + 1)
    return found
