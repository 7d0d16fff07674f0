"""Candidates for what was found: phrases that may name an outcome, and the sentences that state the main result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.extract.phrases import runs
from vivex.extract.reading import Candidate, Reading, tidy
from vivex.vocabulary import pattern

# "body weight didn't differ", "telomin lowered body weight": a verb stands in no outcome's name
_TOLD = re.compile(rf"\s{pattern('outcomes', 'behind', 'before')}(?![\w-])", re.IGNORECASE)


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of the results' fields."""
    for line in reading.lines:
        if (
            line.kind != "title"
            and len(line.text.split()) > 5
            and line.role not in ("introduction", "statements", "references")
        ):
            yield Candidate("main_result", tidy(line.text), line.start, line.end, line.index, line.role)
        known = [(a, b) for a, b, label in reading.marked.get(line.index, ()) if label == "outcome"]
        if line.role in ("methods", "results", "abstract", "other"):
            for begin, end, way in runs(line.words):
                if end - begin > 3 and not _TOLD.search(line.text, begin, end):
                    start, stop = line.start + begin, line.start + end
                    met = any(a < stop and start < b for a, b in known)
                    yield Candidate("outcomes", tidy(line.text[begin:end]), start, stop, line.index, way, backed=met)
