"""The entity annotator: finders by label, their settlement, normalisation, and the model beside them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivex.annotation import ENTITY_LABELS, Annotation, evidence
from vivex.codebook import Codebook
from vivex.document import Document
from vivex.recognize.normalise import normalised
from vivex.recognize.relations import bound
from vivex.recognize.spans import Span, readable

VERSION = "1"
STRATEGY = {
    "mirna": "grammar",
    "gene": "model",
    "dose": "filtered",
    "route": "union",
    "schedule": "model",
    "outcome": "model",
    "species": "grammar",
    "strain": "model",
    "cell": "model",
    "model": "model",
    "agent": "model",
}
Model = Callable[[Document], Iterable[tuple[str, int, int, float]]]


@dataclass(frozen=True)
class Entities:
    """Annotate a Document with its entity mentions."""

    finders: Mapping[str, Callable[[str], Iterable[Span]]]
    model: Model | None = None
    model_source: str = ""
    strategy: Mapping[str, str] = None  # type: ignore[assignment]
    name: str = "entities"
    version: str = VERSION

    def __call__(self, document: Document, *, known: Sequence[Annotation] = ()) -> list[Annotation]:
        """Return the mentions in reading order."""
        spans = bound(document, normalised(document, _frozen(settle(grammar_spans(document, self.finders)))))
        out = []
        for span in sorted(spans, key=lambda s: (s.start, -s.end, s.label)):
            out.append(
                Annotation(
                    study=document.study,
                    label=span.label,
                    value=dict(span.value),
                    evidence=(evidence(document, span.start, span.end),),
                    source=span.source,
                    confidence=round(span.confidence, 3),
                )
            )
        return out


def _frozen(spans: Iterable[Span]) -> list[Span]:
    seen, out = set(), []
    for span in spans:
        if (span.start, span.end, span.label) not in seen:
            seen.add((span.start, span.end, span.label))
            out.append(span)
    return out


def grammar_finders() -> dict[str, Callable[[str], Iterable[Span]]]:
    """Return the built-in finder of each label."""
    return {
        label: getattr(importlib.import_module(f"vivex.recognize.{label}"), f"find_{label}") for label in ENTITY_LABELS
    }


def grammar_spans(document: Document, finders: Mapping[str, Callable[[str], Iterable[Span]]]) -> list[Span]:
    """Return what the finders see in the readable blocks, in characters of the document."""
    found = []
    for block in readable(document):
        text = document.text[block.start : block.end]
        for finder in finders.values():
            found += [span.moved(block.start) for span in finder(text) if span.end > span.start]
    return found


def settle(spans: Sequence[Span]) -> list[Span]:
    """Drop genes that lie in a miRNA."""
    mirna = [(s.start, s.end) for s in spans if s.label == "mirna"]
    return [s for s in spans if s.label != "gene" or not any(s.start < b and a < s.end for a, b in mirna)]


def make_entities(*, params: Mapping[str, Any], models: Path, codebook: Codebook) -> Entities:
    """Make the entity annotator of a review."""
    return Entities(grammar_finders())
