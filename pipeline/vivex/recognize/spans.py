"""What a recogniser returns, and how spans of one label are settled among themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from vivex.document import Block, Document

UNREAD_KINDS = frozenset(("reference", "header", "footer"))


@dataclass(frozen=True, slots=True)
class Span:
    """Mark a mention: a half-open character range with its label and what is known of it so far."""

    start: int
    end: int
    label: str
    value: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    confidence: float = 1.0
    group: str = ""  # the experimental group that the mention is for; "" is all of them, or not told

    def moved(self, offset: int) -> Span:
        """Return the span `offset` characters further on."""
        start, end = self.start + offset, self.end + offset
        return Span(start, end, self.label, self.value, self.source, self.confidence, self.group)


Finder = Callable[[str], Iterable[Span]]


class Reach:
    """Hold the ranges of spans, so that whether one overlaps any of them is looked up, not tried span by span."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ranges = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in ranges]
        self._ends = list(accumulate((end for _, end in ranges), max))  # the furthest end of all up to here

    def meets(self, span: Span) -> bool:
        """Tell whether a span overlaps any of those held."""
        before = bisect_left(self._starts, span.end)  # as many begin before the span ends
        return before > 0 and self._ends[before - 1] > span.start


def readable(document: Document) -> Iterator[Block]:
    """Yield the blocks in which mentions are sought; a document without blocks is one paragraph."""
    if not document.blocks:
        yield Block("paragraph", 0, len(document.text))
    for block in document.blocks:
        if block.kind not in UNREAD_KINDS and block.end > block.start:
            yield block


def longest(spans: Iterable[Span]) -> list[Span]:
    """Return the spans without overlaps: the longer wins, then the more confident, then the first."""
    kept: list[Span] = []
    starts: list[int] = []  # of what is kept, in order of the text
    ends: list[int] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, -s.confidence, s.start)):
        if span.start >= span.end:  # nothing, which overlaps nothing
            kept.append(span)
            continue
        place = bisect_left(starts, span.end)  # as many begin before the span ends
        if not place or ends[place - 1] <= span.start:
            kept.append(span)
            starts.insert(place, span.start)
            ends.insert(place, span.end)
    return sorted(kept, key=lambda s: (s.start, s.end))
