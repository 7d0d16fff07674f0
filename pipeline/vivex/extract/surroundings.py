"""What stands around a value: words that tell a group, what was given, what was compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivex.extract.reading import ANIMALS, Candidate, Reading

_AROUND = 24  # characters before and behind a value that tell what it is
_BEHIND = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (rf"[ -]?(?:\w{{1,40}} )?(?:groups?|treated|{ANIMALS})\b", r" ?[(\[,;]? ?n ?=", r" ?\([^()]{0,12}\d")
)
_BEFORE = tuple(
    re.compile(rf"\b(?:{words}) (?:the |a |an )?$", re.IGNORECASE)
    for words in (
        r"vs\.?|versus|than(?: in)?|compared (?:to|with)|relative to|between",
        r"(?:treated|injected|fed) with|received|administered|giv(?:en|ing)|(?:administration|injections?) of",
        r"(?:induced|caused|produced|established) (?:by|with|using)|models? of|induction of",
        r"effects? of|role of|deletion of|loss of|overexpression of|exposure to",
        r"in|of|and|or",
    )
)


def around(members: Sequence[Candidate], reading: Reading) -> list[float]:
    """Return in which share of its places a value is followed, and preceded, by words that tell what it is."""
    met = [0] * (len(_BEHIND) + len(_BEFORE))
    for member in members:
        line = reading.lines[member.line]
        begin, end = member.start - line.start, member.end - line.start
        before, behind = line.text[max(0, begin - _AROUND) : begin], line.text[end : end + _AROUND]
        for k, pattern in enumerate(_BEHIND):
            met[k] += pattern.match(behind) is not None
        for k, pattern in enumerate(_BEFORE, len(_BEHIND)):
            met[k] += pattern.search(before) is not None
    return [count / len(members) for count in met]
