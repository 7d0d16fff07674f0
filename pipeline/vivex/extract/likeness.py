"""Whether a candidate says what a person wrote: by words, in one spelling, as the shared scorer compares values."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

Spelt: TypeAlias = tuple[str, ...]  # a value's words in one spelling

_ENOUGH = 0.6  # word F1 from which two values say the same
_SHORTEST = 3  # characters of a value that counts as held by a longer one
_SAME = {
    **dict.fromkeys(("mice",), "mouse"), "rats": "rat", "rabbits": "rabbit", "males": "male", "females": "female",
    **dict.fromkeys(("i.p.", "intraperitoneal", "intraperitoneally"), "ip"),
    **dict.fromkeys(("i.v.", "intravenous", "intravenously"), "iv"),
    **dict.fromkeys(("s.c.", "subcutaneous", "subcutaneously"), "sc"),
    **dict.fromkeys(("orally", "gavage", "p.o."), "oral"),
}  # fmt: skip
_WORD = re.compile(r"[a-z]\.(?:[a-z]\.)+|[^\W_]+(?:[./%-][^\W_]+)*|%|[αβγδκ]")
_FOLD = str.maketrans({"µ": "u", "μ": "u", "−": "-", "–": "-", "×": "x"})


@functools.lru_cache(maxsize=1 << 18)
def spelt(text: str) -> Spelt:
    """Return a value's words in one spelling."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_FOLD)
    return tuple(_SAME.get(w, w) for w in _WORD.findall(text))


@functools.lru_cache(maxsize=1 << 20)
def likeness(a: Spelt, b: Spelt) -> float:
    """Return 0 where two values say different things, else how far their words agree (word F1)."""
    if not a or not b:
        return 0.0
    x, y = set(a), set(b)
    f1 = 2 * len(x & y) / (len(x) + len(y))
    joined, other = f" {' '.join(a)} ", f" {' '.join(b)} "
    held = min(len(joined), len(other)) - 2 >= _SHORTEST and (joined in other or other in joined)
    return f1 if joined == other or held or f1 >= _ENOUGH else 0.0


def quality(words: Spelt, wanted: Sequence[Spelt]) -> float:
    """Return how well a value agrees with the wanted one that it is most like."""
    return max((likeness(words, truth) for truth in wanted), default=0.0)


def met(wanted: Sequence[Spelt], values: Sequence[Spelt]) -> set[int]:
    """Return which values say a wanted one, each wanted one taking the first."""
    used: set[int] = set()
    for truth in wanted:
        found = next((i for i, v in enumerate(values) if i not in used and likeness(truth, v) > 0), None)
        if found is not None:
            used.add(found)
    return used
