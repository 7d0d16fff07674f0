"""How likely two values of a field say the same thing, and an order in which what was said already falls back.

"Sham" and "sham-operated controls" may be one group or two; which, is learnt from pairs of right values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vivex.extract.choice import words_of
from vivex.extract.value_features import Group
from vivex.vocabulary import pattern

if TYPE_CHECKING:
    from vivex.extract.value_features import Numbers

FIELDS = ("groups", "comparator", "duration", "outcomes", "strain", "frequency")  # where that was measured to help
LOOKED = 16  # values of a field that are held against one another
PART = 0.5  # how much of a value's probability one that surely says the same takes
_NEAR, _PLACES = 500, 12  # characters; places of a value
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_CONTROL = re.compile(pattern("designs", "control"), re.IGNORECASE)

Order = list[tuple[Group, float]]


def pair(a: Group, b: Group) -> list[float]:
    """Return what tells whether two values of a field are one: words, numbers, places, abbreviation, field."""
    one, two = a.key, b.key
    x, y = words_of(one), words_of(two)
    common = len(x & y)
    lines, others = ({m.line for m in group.members[:_PLACES]} for group in (a, b))
    first, second = a.members[0], b.members[0]
    numbers, amounts = _NUMBERS.findall(one), _NUMBERS.findall(two)
    return [
        common / max(1, min(len(x), len(y))),
        2 * common / max(1, len(x) + len(y)),
        float(common),
        float(len(x)),
        float(len(y)),
        float(f" {one} " in f" {two} " or f" {two} " in f" {one} "),
        float(numbers == amounts),
        float(bool(numbers) and bool(amounts)),
        float(bool(_CONTROL.search(one)) == bool(_CONTROL.search(two))),
        len(lines & others) / max(1, min(len(lines), len(others))),
        float(first.line == second.line),
        min(abs(first.start - second.start), _NEAR) / _NEAR,
        float(first.start < second.end and second.start < first.end),
        float(min(len(one), len(two)) == 1),
        float(_shortens(one, two) or _shortens(two, one)),
        float(one[:4] == two[:4]),
        float(min(len(one), len(two))),
        float(not x <= y and not y <= x),
        *(float(a.field == name) for name in FIELDS),
    ]


def _shortens(short: str, long: str) -> bool:
    """Tell whether a short value begins with the first letters of a longer one's words."""
    letters = "".join(word[0] for word in re.findall(r"[a-z0-9]+", long))
    return 2 <= len(short) <= 6 and letters[: len(short)].startswith(short[:2])


def spread(field: str, order: Order, same: Callable[[Numbers], Numbers]) -> Order:
    """Return the values best first, each less probable by what better ones have said already.

    `same` gives for each row of `pair` the probability that both say one thing.
    """
    import numpy as np

    if field not in FIELDS or len(order) < 2:
        return order
    looked = order[:LOOKED]
    places = [(i, j) for j in range(len(looked)) for i in range(j)]
    rows = np.array([pair(looked[i][0], looked[j][0]) for i, j in places], dtype=np.float32)
    alike = np.zeros((len(looked), len(looked)))
    for (i, j), probability in zip(places, same(rows), strict=True):
        alike[i, j] = alike[j, i] = probability
    now = [p for _, p in looked]
    left = list(range(len(looked)))
    out: Order = []
    while left:
        best = max(left, key=lambda i: (now[i], -i))
        out.append((looked[best][0], now[best]))
        left.remove(best)
        for i in left:
            now[i] *= 1 - PART * float(alike[best, i]) * looked[best][1]
    return out + [(g, min(p, out[-1][1])) for g, p in order[LOOKED:]]


def examples(
    order: Sequence[tuple[Group, float]], said: Sequence[frozenset[int]]
) -> tuple[list[list[float]], list[bool]]:
    """Return the rows of pairs of right values, and whether both say one; `said` is which true values each says."""
    right = [(g, s) for (g, _), s in zip(order[:LOOKED], said, strict=False) if s]
    pairs = [(a, b) for j, b in enumerate(right) for a in right[:j]]
    return [pair(a, b) for (a, _), (b, _) in pairs], [bool(s & t) for (_, s), (_, t) in pairs]
