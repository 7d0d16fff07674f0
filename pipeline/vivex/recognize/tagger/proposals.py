"""What the grammars propose, as plain tuples: for a model to take as features, and for a model to judge.

`proposals(text)` also yields what a grammar alone would not dare to say, with its low confidence: every quantity is proposed as
a dose, every measurable noun phrase as an outcome, every expression of time as a schedule.
"""

from __future__ import annotations

from collections.abc import Iterator

from vivex.recognize.entities import grammar_finders
from vivex.recognize.kinds import schedule
from vivex.recognize.kinds.dose import dose_score
from vivex.recognize.kinds.outcome import candidates
from vivex.recognize.quantity import find_quantities

Proposal = tuple[str, int, int, float]  # label, start, end, confidence 0..1


def proposals(text: str) -> Iterator[Proposal]:
    """Yield the label, start, end and confidence of each span that a grammar proposes in `text`."""
    finders = grammar_finders() | {"outcome": candidates}
    del finders["dose"], finders["schedule"]
    for label, finder in finders.items():
        for span in finder(text):
            yield label, span.start, span.end, span.confidence
    for span, kind in schedule.candidates(text):
        if not kind.startswith("part"):
            yield "schedule", span.start, span.end, span.confidence
    for quantity in find_quantities(text):
        yield "dose", quantity.start, quantity.end, round(dose_score(text, quantity), 2)
