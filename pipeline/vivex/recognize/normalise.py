"""Give every mention its normal form, as its kind declares it, in the light of the whole paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vivex.document import Document
from vivex.marks import spelled_out
from vivex.recognize.abbreviations import abbreviations_of
from vivex.recognize.kinds import Context, kind
from vivex.recognize.kinds.gene import unambiguous
from vivex.recognize.kinds.species import main_animal
from vivex.recognize.spans import Span


def context_of(document: Document, spans: Sequence[Span]) -> Context:
    """Return the paper's context from its text and mentions."""
    studied = [s for s in spans if s.value.get("purpose") != "bench"]  # a reagent's host tells nothing of the animals
    written = [(s.label, document.reading[s.start : s.end]) for s in studied]
    return Context(
        species=main_animal(words for label, words in written if label == "species"),
        abbreviations=abbreviations_of(document),
        symbols=unambiguous(words for label, words in written if label == "gene"),
    )


def normalised(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans with full values: text, normal, and the keys of their label."""
    context = context_of(document, spans)
    memo: dict[tuple[str, str, str], dict[str, Any]] = {}  # the same words, known alike, have one normal form
    out: list[Span] = []
    for span in spans:
        written = document.reading[span.start : span.end]
        key = (span.label, written, repr(sorted(span.value.items())))
        if key not in memo:
            letters, _ = spelled_out(written)
            memo[key] = {"text": written, **span.value, **kind(span.label).normal(letters, span.value, context)}
        out.append(replace(span, value=dict(memo[key])))
    for label in sorted({span.label for span in spans}):
        if settle := kind(label).settle:
            out = list(settle(out))
    return out
