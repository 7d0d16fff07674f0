"""A second look at each value: how well it goes with the best values of the other fields.

The intervention is what doses are bound to; a comparator is among the groups; a dose stands where its agent does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivex.extract.choice import words_of
from vivex.extract.value_features import FIELDS, Group

if TYPE_CHECKING:
    from vivex.extract.value_features import Numbers

_WORDED = ("strain", "groups", "disease_model", "induction", "intervention", "comparator", "outcomes", "target_gene")
_BOUND = ("intervention", "comparator", "induction", "disease_model")
_BEST, _PLACES = 8, 4  # how many values of another field, and places of this one, are looked at

Said = tuple[frozenset[str], list[tuple[frozenset[str], float]]]
Ranked = Mapping[str, tuple[Sequence[Group], Sequence[float]]]  # field -> its values with their first probability


@dataclass(frozen=True, slots=True)
class Others:
    """Hold what each field says, for the values of the other fields: its best values in words, and where they stand."""

    said: Mapping[str, Said]
    lines: Mapping[str, Mapping[int, float]]  # line -> the best probability there


def others(first: Ranked) -> Others:
    """Return what all fields say, once for all of them."""
    said = {name: _best(name, first) for name in _WORDED}
    return Others(said, {name: _by_line(*first[name]) for name in FIELDS if name in first})


def second_table(field: str, first: Ranked, rows: Numbers, beside: Others) -> Numbers:
    """Return the rows of a field's values with columns for how each goes with the other fields' best values."""
    import numpy as np

    groups, own = first[field]
    if not groups:
        return rows
    said, lines = beside.said, beside.lines
    order = np.argsort(np.argsort(-np.asarray(own), kind="stable"), kind="stable")
    best, every = max(own), max(float(sum(own)), 1e-6)  # the field's surest value; how many right ones are expected
    out = []
    for k, group in enumerate(groups):
        words = words_of(group.key)
        agents = [words_of(agent) for agent in dict.fromkeys(m.agent for m in group.members[:12] if m.agent)]
        places = list(dict.fromkeys(m.line for m in group.members))[:_PLACES]
        out.append(
            [
                float(own[k]),
                float(order[k]),
                float(best - own[k]),
                every,
                float(own[k]) / every,
                *(0.0 if name == field else _meets(words, said[name]) for name in _WORDED),
                *(max((_meets(agent, said[name]) for agent in agents), default=-1.0) for name in _BOUND),
                *(
                    0.0 if name == field or name not in lines else max(lines[name].get(i, 0.0) for i in places)
                    for name in FIELDS
                ),
            ]
        )
    return np.concatenate([rows, np.array(out, dtype=np.float32)], axis=1)


def _best(field: str, first: Ranked) -> Said:
    """Return a field's best values as words and probability, and all their words together."""
    groups, probabilities = first.get(field, ((), ()))
    order = sorted(range(len(groups)), key=lambda i: (-probabilities[i], i))[:_BEST]
    values = [(words_of(groups[i].key), float(probabilities[i])) for i in order]
    return frozenset().union(*(words for words, _ in values)), values


def _meets(words: frozenset[str], said: Said) -> float:
    """Return the best of the values' probabilities, each times the share of words that it has in common."""
    every, values = said
    if words.isdisjoint(every):
        return 0.0
    return max((p * len(words & other) / max(1, min(len(words), len(other))) for other, p in values), default=0.0)


def _by_line(groups: Sequence[Group], probabilities: Sequence[float]) -> dict[int, float]:
    """Return for each line the best probability of a value that stands there."""
    best: dict[int, float] = {}
    for group, probability in zip(groups, probabilities, strict=True):
        for member in group.members[:12]:
            best[member.line] = max(best.get(member.line, 0.0), float(probability))
    return best
