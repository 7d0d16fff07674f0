"""What the sentence scorers see of a sentence: words, word pairs, place, and what the rules found in it."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence

_WORD = re.compile(r"[a-zα-ω]+(?:-[a-zα-ω]+)*|\d+|[±=<>%]")
_LENGTHS = (5, 10, 15, 20, 30, 40, 60)
_STOP = frozenset(
    "the a an of in to and were was with for by from at on as that is are be this these which or it its".split()
)


def tokens(readings: Sequence[FoldedSentence], found: Sequence[Indication]) -> list[list[str]]:
    """Return the feature names of every sentence, in order."""
    by_span: dict[tuple[int, int], set[str]] = defaultdict(set)
    for finding in found:
        for span in finding.spans:
            by_span[span].add(f"f:{finding.item}:{finding.signal}:{finding.answer}")
            by_span[span].add(f"f:{finding.item}")
    total = max(1, len(readings))
    return [_tokens(r, i / total, by_span.get((r.start, r.end), set())) for i, r in enumerate(readings)]


def _tokens(reading: FoldedSentence, place: float, found: set[str]) -> list[str]:
    words = ["#" if w.isdigit() else w for w in _WORD.findall(reading.text)][:150]
    out = {f"w:{w}" for w in words if w not in _STOP}
    out |= {f"b:{a} {b}" for a, b in itertools.pairwise(words)}
    heading = re.findall(r"[a-z]{4,}", reading.heading)
    out |= {f"h:{w}" for w in heading}
    size = sum(len(words) > limit for limit in _LENGTHS)
    out |= {
        f"role:{reading.role}",
        f"kind:{reading.kind}",
        f"size:{size}",
        f"role+size:{reading.role} {size}",
        f"place:{int(place * 10)}",
    }
    out |= {name for name in ("foreign", "in_vitro", "human", "future") if getattr(reading, name)}
    return sorted(out | found)
