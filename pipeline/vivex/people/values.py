"""When two people say the same: the normal form by which answers are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from vivex.annotation import ENTITY_LABELS, Annotation
from vivex.codebook import NOT_REPORTED

Answer = tuple[str, Hashable]  # group or outcome, normal form

_FOLD = str.maketrans({"µ": "u", "μ": "u", "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "×": "x", "’": "'"})


def kind(label: str) -> str:
    """Return what a label asks for: a "judgement", a "statement", a form "field" or an "entity"."""
    head, _, tail = label.partition(".")
    if not tail:
        return "entity"
    return {"syrcle": "judgement", "reporting": "statement", "form": "field"}[head]


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
    sort, value = kind(annotation.label), annotation.value
    if sort == "judgement":
        return str(value.get("judgement", "")) if isinstance(value, Mapping) else str(value)
    if sort == "statement":
        stated = value.get("reported") if isinstance(value, Mapping) else value
        return "reported" if stated in (True, "yes", "reported") else "not reported"
    if sort == "entity":
        spans = annotation.evidence[:1]
        return (spans[0].start, spans[0].end) if spans else normal_text(text_of(value))
    return normal_text(text_of(value))


def text_of(value: Any) -> str:
    """Return a value as text; 0 and False are values, None is nothing."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        for key in ("normal", "value", "text", "judgement"):
            if value.get(key) not in (None, ""):
                return text_of(value[key])
        if set(value) == {"reported"}:
            return text_of(value["reported"])
        return "; ".join(f"{k}: {text_of(v)}" for k, v in sorted(value.items()))
    if isinstance(value, list | tuple):
        return "; ".join(map(text_of, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def normal_text(text: str) -> str:
    """Return the text without differences that mean nothing: case, white space, kinds of dashes and micro signs."""
    folded = unicodedata.normalize("NFKC", text).translate(_FOLD).casefold()
    folded = re.sub(r"\s+", " ", folded).strip(" .;,")
    return re.sub(r"(?<=\d) ?(?=%)|(?<=\d) (?=[a-z])", "", folded)  # "10 mg" is "10mg"


def number(text: str) -> float | None:
    """Return the first number of a text, or None; "1,200" is 1200."""
    match = re.search(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?", text.translate(_FOLD))
    return float(match.group().replace(",", "")) if match else None


def order(label: str) -> list[str] | None:
    """Return the categories of a label in their order, or None where the answers are free."""
    return {"judgement": ["low", "unclear", "high"], "statement": ["not reported", "reported"]}.get(kind(label))


def is_entity(label: str) -> bool:
    """Tell whether the label is marked on spans of text."""
    return label in ENTITY_LABELS
