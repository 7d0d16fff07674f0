"""What is named once is named again: the other places of a paper where the same words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vivex.document import Document
from vivex.recognize.kinds import kinds
from vivex.recognize.spans import Span, readable

_SHORTEST = 3  # characters of a name that may be sought again
_SURE = 0.9  # share of a mention's confidence that its repetition has


def with_repeats(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans and those of the same label and wording elsewhere, where none of that label stands yet.

    A kind says from which confidence a mention speaks for its other places. Measured five-fold on the development
    passages (benchmarks/entities.md): outcomes, models and cells gained nothing, and are not repeated.
    """
    found = list(spans)
    for kind in kinds():
        if kind.repeats is not None:
            found += _repeats(document, [s for s in spans if s.label == kind.label], kind.repeats)
    return sorted(found, key=lambda s: (s.start, -s.end, s.label))


def _repeats(document: Document, spans: Sequence[Span], sure: float) -> Iterator[Span]:
    known: dict[str, Span] = {}
    for span in spans:
        written = document.reading[span.start : span.end]
        if span.confidence < sure or len(written) < _SHORTEST or written.isdigit():
            continue
        if written not in known or known[written].confidence < span.confidence:
            known[written] = span
    if not known:
        return
    names = "|".join(map(re.escape, sorted(known, key=lambda w: (-len(w), w))))
    pattern = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")
    taken = {i for s in spans for i in range(s.start, s.end)}
    for block in readable(document):
        for match in pattern.finditer(document.reading, block.start, block.end):
            if taken.isdisjoint(range(match.start(), match.end())):
                first = known[match.group()]
                yield Span(
                    match.start(),
                    match.end(),
                    first.label,
                    first.value,
                    first.source,
                    round(_SURE * first.confidence, 3),
                )
