"""The Annotation: the only record for entities, judgements and form values, and how its evidence is anchored."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from vivex.document import Document
from vivex.errors import MalformedFile
from vivex.files import write_text
from vivex.jsonlines import read_lines
from vivex.labels import entity_labels, is_entity
from vivex.quotations import exact_places, place

SCHEMA = 1
JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"

SYRCLE_ITEMS = (
    "sequence_generation",
    "baseline_characteristics",
    "allocation_concealment",
    "random_housing",
    "blinding_caregivers",
    "random_outcome_assessment",
    "blinding_outcome_assessors",
    "incomplete_outcome_data",
    "selective_outcome_reporting",
    "other_bias",
)
REPORTING_ITEMS = (
    "randomisation",
    "blinding",
    "allocation_concealment",
    "sample_size_calculation",
    "exclusions",
    "conflict_of_interest",
    "animal_welfare",
    "temperature_or_housing",
)
JUDGEMENTS = ("low", "high", "unclear")
DECISIONS = ("accepted", "edited", "added", "rejected")
_LISTS, _NUMBERS = (list, tuple), (int, float)  # what JSON gives
_FAR = 1e12  # no measure of a page or a certainty is so large
CONTEXT = 32  # characters of prefix and suffix kept beside a quote


_CLAIM = json.JSONEncoder(sort_keys=True)  # made once: making one takes as long as writing a line
_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Anchor a claim four ways: offsets, quote with context, page, boxes (one for each printed line)."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    page: int | None = None
    boxes: tuple[tuple[int, float, float, float, float], ...] = ()  # page, x0, y0, x1, y1
    section: str = ""  # heading path joined by " > "


@dataclass(frozen=True, slots=True)
class Annotation:
    """Say what (label, value), where (evidence, best first), who (source) and, for people, the decision."""

    study: str
    label: str
    value: JsonValue
    evidence: tuple[Evidence, ...] = ()
    source: str = ""
    confidence: float | None = None
    group: str = ""  # study, group or outcome that a value belongs to; "" is the whole study
    decision: str = ""  # one of DECISIONS for people, "" for machines
    revises: str = ""  # id of the annotation that this one replaces
    note: str = ""

    @property
    def id(self) -> str:
        """Return a hash of the claim: study, label, what is said, the place of its best evidence, group.

        Confidence, probabilities, rule, models and further evidence are no part of it: a claim that a new model, a
        changed policy or another processor makes anew keeps its id, and so does one that a person decides on.
        """
        place = [self.evidence[0].start, self.evidence[0].end] if self.evidence else []
        claim = [self.study, self.label, _said(self.value), place, self.group]
        return hashlib.sha256(_CLAIM.encode(claim).encode()).hexdigest()[:16]


def former_id(annotation: Annotation) -> str:
    """Return the id that vivex 0.1 gave the annotation, a hash of all it holds: it stands in files made then."""
    canonical = json.dumps(_fields(annotation), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _said(value: JsonValue) -> JsonValue:
    """Return what a value says, without how sure it is and what follows from it."""
    if isinstance(value, Mapping):
        for key in ("judgement", "reported", "normal", "value", "text"):
            if value.get(key) not in (None, ""):
                return value[key]
    return value


def evidence(document: Document, start: int, end: int) -> Evidence:
    """Return Evidence for the span, with its quote, context, page, boxes and section."""
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"span {start}-{end} lies outside {document.study} ({len(document.text)} characters)")
    boxes = tuple(
        (page, round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
        for page, (x0, y0, x1, y1) in document.boxes(start, end)
    )
    section = document.section_at(start)
    return Evidence(
        start=start,
        end=end,
        quote=document.text[start:end],
        prefix=document.text[max(0, start - CONTEXT) : start],
        suffix=document.text[end : end + CONTEXT],
        page=boxes[0][0] if boxes else None,
        boxes=boxes,
        section=" > ".join(section.path) if section else "",
    )


def reanchor(old: Evidence, document: Document) -> Evidence | None:
    """Return the evidence placed in `document` (a changed text of the same paper), or None where it can't be.

    Tried in turn: the offsets, the exact quote (where it stands more than once: the place whose context fits best,
    then the nearest), the quote's letters and digits alone.
    """
    text = document.text
    if text[old.start : old.end] == old.quote and old.quote:
        return evidence(document, old.start, old.end)
    if not old.quote.strip():
        return None
    spans = [(m.start(), m.end()) for m in re.finditer(re.escape(old.quote), text)]
    if not spans:
        spans = list(exact_places(old.quote, text))
    if not spans:
        return None
    start, end = max(spans, key=lambda s: (_context_fit(old, text, s), -abs(s[0] - old.start)))
    return evidence(document, start, end)


def find_quote(quote: str, document: Document, *, near: int = 0) -> Evidence | None:
    """Return evidence for a quote that a person typed or pasted, or None where the paper doesn't hold it.

    Of several places it is the one nearest to the character `near`; see `vivex.quotations` for what counts as holding.
    """
    found = place(quote, document.text, near=near)
    return evidence(document, found.start, found.end) if found is not None else None


def _context_fit(old: Evidence, text: str, span: tuple[int, int]) -> int:
    """Return how many characters of the old context stand around the span."""
    before, after = text[max(0, span[0] - CONTEXT) : span[0]], text[span[1] : span[1] + CONTEXT]
    fit = 0
    for a, b in zip(reversed(old.prefix), reversed(before), strict=False):
        if a != b:
            break
        fit += 1
    for a, b in zip(old.suffix, after, strict=False):
        if a != b:
            break
        fit += 1
    return fit


def known_label(label: str) -> bool:
    """Tell whether the label is an entity, a SYRCLE or reporting item, or a form field."""
    head, _, tail = label.partition(".")
    if not tail:
        return is_entity(label)
    return (
        (head == "syrcle" and tail in SYRCLE_ITEMS)
        or (head == "reporting" and tail in REPORTING_ITEMS)
        or (head == "form" and bool(re.fullmatch(r"[a-z][a-z0-9_]*", tail)))
    )


def _fields(annotation: Annotation) -> dict[str, Any]:
    return {
        "study": annotation.study,
        "label": annotation.label,
        "value": annotation.value,
        "evidence": [
            {
                "start": e.start,
                "end": e.end,
                "quote": e.quote,
                "prefix": e.prefix,
                "suffix": e.suffix,
                "page": e.page,
                "boxes": [list(b) for b in e.boxes],
                "section": e.section,
            }
            for e in annotation.evidence
        ],
        "source": annotation.source,
        "confidence": annotation.confidence,
        "group": annotation.group,
        "decision": annotation.decision,
        "revises": annotation.revises,
    } | ({"note": annotation.note} if annotation.note else {})


def to_json(annotation: Annotation) -> dict[str, Any]:
    """Return the annotation as plain JSON data with its id first."""
    return {"id": annotation.id, **_fields(annotation)}


def from_json(data: Any, *, where: str = "annotation") -> Annotation:
    """Return the Annotation; raise MalformedFile that names the key and what was expected."""
    if not isinstance(data, dict):
        raise MalformedFile(f"{where}: expected one JSON object a line, found {type(data).__name__}")
    missing = [key for key in ("study", "label", "value", "evidence", "source") if key not in data]
    if missing:
        raise MalformedFile(f"{where}: key {missing[0]!r} is missing")
    for key in ("study", "label", "source", "group", "decision", "revises", "note"):
        if not isinstance(data.get(key, ""), str):
            raise MalformedFile(f"{where}: {key} {_brief(data[key])} is no text")
    if not known_label(data["label"]):
        raise MalformedFile(
            f"{where}: unknown label {data['label']!r}; known: {', '.join(entity_labels())}, "
            "syrcle.<item>, reporting.<item>, form.<field>"
        )
    if data.get("decision", "") not in ("", *DECISIONS):
        raise MalformedFile(f"{where}: decision {data['decision']!r} is not one of {', '.join(DECISIONS)}")
    confidence = data.get("confidence")
    if confidence is not None and not _is_number(confidence):
        raise MalformedFile(f"{where}: confidence {_brief(confidence)} is no number; give one from 0 to 1, or null")
    if not isinstance(data["evidence"], _LISTS):
        raise MalformedFile(f"{where}: evidence {_brief(data['evidence'])} is no list")
    return Annotation(
        study=data["study"],
        label=data["label"],
        value=data["value"],
        evidence=tuple(_evidence(e, f"{where}: evidence {i}") for i, e in enumerate(data["evidence"], 1)),
        source=data["source"],
        confidence=confidence,
        group=data.get("group", ""),
        decision=data.get("decision", ""),
        revises=data.get("revises", ""),
        note=data.get("note", ""),
    )


def _evidence(data: Any, where: str) -> Evidence:
    """Return the Evidence; raise MalformedFile that begins with `where` and names the key."""
    if not isinstance(data, dict):
        raise MalformedFile(f"{where}: expected an object, found {_brief(data)}")
    start: Any = data.get("start")
    end: Any = data.get("end")
    if not (_is_index(start) and _is_index(end) and start <= end):
        raise MalformedFile(f"{where}: start {_brief(start)}, end {_brief(end)} are no span; give whole numbers from 0")
    texts = {"quote": data.get("quote"), **{key: data.get(key, "") for key in ("prefix", "suffix", "section")}}
    for key, text in texts.items():
        if not isinstance(text, str):
            raise MalformedFile(f"{where}: {key} {_brief(text)} is no text")
    page = data.get("page")
    if page is not None and not _is_index(page):
        raise MalformedFile(f"{where}: page {_brief(page)} is no page; give a whole number, or null")
    boxes = data.get("boxes", [])
    if not (isinstance(boxes, _LISTS) and all(_is_box(box) for box in boxes)):
        raise MalformedFile(f"{where}: boxes are no list of [page, x0, y0, x1, y1]")
    return Evidence(
        start=start,
        end=end,
        quote=texts["quote"],
        prefix=texts["prefix"],
        suffix=texts["suffix"],
        page=page,
        boxes=tuple((box[0], float(box[1]), float(box[2]), float(box[3]), float(box[4])) for box in boxes),
        section=texts["section"],
    )


def _is_index(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _is_number(value: Any) -> bool:
    return isinstance(value, _NUMBERS) and not isinstance(value, bool) and -_FAR < value < _FAR  # NaN is not


def _is_box(value: Any) -> bool:
    if not (isinstance(value, _LISTS) and len(value) == 5 and _is_index(value[0])):
        return False
    _, x0, y0, x1, y1 = value
    if type(x0) is type(y0) is type(x1) is type(y1) is float:  # as vivex writes them
        return -_FAR < x0 < _FAR and -_FAR < y0 < _FAR and -_FAR < x1 < _FAR and -_FAR < y1 < _FAR
    return _is_number(x0) and _is_number(y0) and _is_number(x1) and _is_number(y1)


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def read_annotations(path: Path) -> list[Annotation]:
    """Read one annotation a line; raise MalformedFile with the path and line number.

    Lines that hold a `record` (who reviewed what, and how: vivex.people.store) are no annotations and are passed over.
    """
    return [
        from_json(data, where=where)
        for where, data in read_lines(path)
        if not ("record" in data and "label" not in data)
    ]


def dump_annotations(annotations: Iterable[Annotation]) -> str:
    """Return the JSON lines of the annotations, in the order given."""
    return "".join(_LINE.encode(to_json(a)) + "\n" for a in annotations)


def write_annotations(annotations: Iterable[Annotation], path: Path) -> None:
    """Write the annotations to `path` atomically."""
    write_text(path, dump_annotations(annotations))


def reanchored(annotations: Sequence[Annotation], document: Document) -> tuple[list[Annotation], list[Annotation]]:
    """Return the annotations placed in `document`, and those of which some evidence could not be placed (unchanged)."""
    placed, orphans = [], []
    for annotation in annotations:
        moved = [reanchor(e, document) for e in annotation.evidence]
        if any(e is None for e in moved):
            orphans.append(annotation)
        else:
            placed.append(replace(annotation, evidence=tuple(e for e in moved if e is not None)))
    return placed, orphans
