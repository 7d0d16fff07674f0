"""Documents of one paragraph with their mentions marked in the text: "[d|5 mg/kg] of [a|telomin]"."""

from __future__ import annotations

import re

from vivex.document import Block, Document
from vivex.recognize.spans import Span

_MARKED = re.compile(r"\[(\w)\|([^\]]+)\]")
_LABELS = {"d": "dose", "r": "route", "s": "schedule", "a": "agent", "c": "cell", "o": "outcome"}


def marked(text: str) -> tuple[Document, list[Span]]:
    """Return the paragraph without its marks, and the mentions."""
    plain, spans, at = "", [], 0
    for match in _MARKED.finditer(text):
        plain += text[at : match.start()]
        value = {"text": match[2], "normal": match[2].lower()}
        spans.append(Span(len(plain), len(plain) + len(match[2]), _LABELS[match[1]], value))
        plain += match[2]
        at = match.end()
    plain += text[at:]
    return Document("made", plain, (Block("paragraph", 0, len(plain)),)), spans
