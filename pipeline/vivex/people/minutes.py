"""How long people took: the seconds that the desk keeps with each act, by person, kind of item and how it was shown.

A study counts for a kind of item where each answer of the kind that a person gave was timed: who did a part of it in a
workbook would seem to be fast.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vivex.people.sessions import Session
from vivex.people.store import Statement
from vivex.people.values import kind

WHOLE = "paper"  # all kinds of items of a paper together
KINDS = {"field": "form", "judgement": "syrcle", "reporting": "reporting"}  # what is timed, by kind of question


@dataclass(frozen=True, slots=True)
class Minutes:
    """Give how long one person took for one kind of item, a paper: `each` is sorted."""

    reviewer: str
    blind: bool
    item: str  # form, syrcle, reporting, or WHOLE
    each: tuple[float, ...]  # minutes of each study

    @property
    def mean(self) -> float:
        """Return the mean minutes a paper."""
        return sum(self.each) / len(self.each)

    @property
    def median(self) -> float:
        """Return the median minutes a paper."""
        return statistics.median(self.each)


def minutes(stated: Iterable[Statement]) -> tuple[Minutes, ...]:
    """Return how long people took, from their statements; nothing of those who worked in workbooks."""
    found: dict[tuple[str, bool, str], list[float]] = {}
    for statement in stated:
        for item, spent in _of_study(statement):
            labels = [label for label in statement.reviewed if item in (WHOLE, KINDS.get(kind(label)))]
            blind = all(statement.reviewed[label].blind for label in labels)
            found.setdefault((statement.reviewer, blind, item), []).append(spent / 60)
    order = [*KINDS.values(), WHOLE]
    return tuple(
        Minutes(name, blind, item, tuple(sorted(each)))
        for (name, blind, item), each in sorted(found.items(), key=lambda of: (*of[0][:2], order.index(of[0][2])))
    )


def _of_study(statement: Statement) -> Iterator[tuple[str, float]]:
    """Yield each kind of item all of whose answers were timed, with its seconds; the whole paper where all were."""
    spent = _by_label(statement.sessions)
    whole, all_timed = 0.0, True
    for of, item in KINDS.items():
        labels = [label for label in statement.reviewed if kind(label) == of]
        timed = [label for label in labels if label in spent]
        if labels and timed == labels:
            seconds = sum(spent[label] for label in spent if kind(label) == of)
            whole += seconds
            yield item, seconds
        else:
            all_timed = False
    if all_timed:
        yield WHOLE, whole


def _by_label(sessions: Sequence[Session]) -> dict[str, float]:
    """Return label -> the seconds of all acts on it; an act on several shares its own among them."""
    found: dict[str, float] = {}
    for session in sessions:
        if session.seconds is not None:
            for label in session.changes:
                found[label] = found.get(label, 0.0) + session.seconds / len(session.changes)
    return found
