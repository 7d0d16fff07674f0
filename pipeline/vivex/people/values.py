"""When two people say the same: the normal form by which answers are compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from vivex.annotation import Annotation
from vivex.questions import NOT_REPORTED, normal_text, question

Answer = tuple[str, Hashable]  # group or outcome, normal form


def kind(label: str) -> str:
    """Return what a label asks for: a "judgement", what is "reporting", a form "field" or an "entity"."""
    head, _, tail = label.partition(".")
    if not tail:
        return "entity"
    return {"syrcle": "judgement", "reporting": "reporting", "form": "field"}[head]


def answers(annotations: Iterable[Annotation], label: str) -> frozenset[Answer]:
    """Return what the annotations answer under a label; nothing said (all was rejected) is "not reported"."""
    found = frozenset(
        (normal_text(a.group), answer(a)) for a in annotations if a.label == label and a.decision != "rejected"
    )
    return found or frozenset({("", NOT_REPORTED)}) if kind(label) == "field" else found


def compared(sides: Sequence[Iterable[Annotation]], label: str) -> list[frozenset[Answer]]:
    """Return each side's answers, fit for comparing: where a side names no groups, groups tell nothing apart."""
    found = [answers(side, label) for side in sides]
    if kind(label) == "field" and any(all(not group for group, _ in side) for side in found):
        return [frozenset(("", said) for _, said in side) for side in found]
    return found


def answer(annotation: Annotation) -> Hashable:
    """Return the normal form of an annotation's value: low, high or unclear; reported or not; a text; a span."""
    if kind(annotation.label) == "entity" and annotation.evidence:
        return (annotation.evidence[0].start, annotation.evidence[0].end)
    return question(annotation.label).key(annotation.value)


def order(label: str) -> list[str] | None:
    """Return the categories of a label in their order, or None where the answers are free."""
    return {"judgement": ["low", "unclear", "high"], "reporting": ["not reported", "reported"]}.get(kind(label))
