"""How grammar and model are joined, label by label.

"grammar"   the grammar alone
"model"     the model alone (the grammar where no model lies)
"union"     the grammar's spans, and the model's that overlap none of them
"both"      the model's spans, and the grammar's sure ones that overlap none of them
"filtered"  the grammar's spans that the model touches, and the model's that overlap no grammar span: boundaries by rule, the
            decision by the model
The table is decided by benchmarks/entities.py (five-fold by study on the development passages).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vivex.recognize.spans import Span

STRATEGY: Mapping[str, str] = {
    "mirna": "grammar",
    "gene": "model",
    "dose": "filtered",
    "route": "union",
    "schedule": "model",
    "outcome": "model",
    "species": "union",
    "strain": "both",
    "cell": "model",
    "model": "model",
    "agent": "model",
}
SURE = 0.8  # a grammar's confidence from which it is heard beside the model


def combined(grammar: Sequence[Span], model: Sequence[Span], strategy: Mapping[str, str] = STRATEGY) -> list[Span]:
    """Return the spans kept, in reading order."""
    out: list[Span] = []
    for label, how in strategy.items():
        g = [s for s in grammar if s.label == label]
        m = [s for s in model if s.label == label]
        if how == "grammar":
            out += g
        elif how == "model":
            out += m
        elif how == "union":
            out += [*g, *without(m, g)]
        elif how == "both":
            out += [*m, *without([s for s in g if s.confidence >= SURE], m)]
        elif how == "filtered":
            out += [*touched(g, m), *without(m, g)]
        else:
            raise ValueError(f"strategy {how!r} of {label} is not one of grammar, model, union, both, filtered")
    return sorted(out, key=lambda s: (s.start, -s.end, s.label))


def without(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Return the spans that overlap none of the others."""
    taken = _characters(others)
    return [s for s in spans if taken.isdisjoint(range(s.start, s.end))]


def touched(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Return the spans that overlap some of the others."""
    taken = _characters(others)
    return [s for s in spans if not taken.isdisjoint(range(s.start, s.end))]


def _characters(spans: Iterable[Span]) -> set[int]:
    return {i for s in spans for i in range(s.start, s.end)}
