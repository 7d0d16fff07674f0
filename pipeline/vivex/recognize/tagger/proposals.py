"""What the grammars propose, as plain tuples: for a model to take as features, and for a model to judge.

A kind may propose what its rules alone would not dare to say, with its low confidence: every quantity is proposed as a
dose, every measurable noun phrase as an outcome, every expression of time as a schedule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vivex.recognize.kinds import found, kinds, spelled, usable

Proposal = tuple[str, int, int, float]  # label, start, end, confidence 0..1


def proposals(text: str, labels: Iterable[str]) -> Iterator[Proposal]:
    """Yield the label, start, end and confidence of each span that a grammar of one of the labels proposes in `text`.

    Labels that nobody declares any more (of a plug-in that was taken away, or is broken) are passed over.
    """
    known = usable()
    for kind in kinds(label for label in labels if label in known):
        for span in found(kind.label, text) if kind.propose is None else spelled(kind.propose, text):
            yield kind.label, span.start, span.end, span.confidence
