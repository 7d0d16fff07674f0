"""The form record of a paper: the JSON of outputs/forms/<study>.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vivex.annotation import Annotation, to_json
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.document import Document
from vivex.states import PROPOSED

MISSING = "not_reported"  # the status of a field without a proposal


def form_record(
    document: Document,
    codebook: Codebook,
    proposals: Sequence[Annotation],
    judgements: Sequence[Annotation],
    *,
    alternatives: Sequence[Annotation] = (),
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> dict[str, Any]:
    """Return {"form", "study", "fields", "alternatives", "syrcle", "reporting"} and the tables (interventions ...).

    Every field of the codebook is there; one without a proposal says "not reported" with status "not_reported". Its
    further candidates are its alternatives, ranked. An entry names the group that it is for, where it isn't for all.
    """
    fields: dict[str, list[dict[str, Any]]] = {f.name: [] for f in codebook.fields}
    for proposal in proposals:
        name = proposal.label.removeprefix("form.")
        if name in fields:
            fields[name].append(value_entry(proposal, {"value": proposal.value}, PROPOSED))
    for entries in fields.values():
        if not entries:
            entries.append({"value": NOT_REPORTED, "evidence": [], "confidence": None, "status": MISSING})
    further: dict[str, list[dict[str, Any]]] = {}
    for other in alternatives:
        name = other.label.removeprefix("form.")
        if name in fields:
            further.setdefault(name, []).append(value_entry(other, {"value": other.value}, PROPOSED))
    record: dict[str, Any] = {"form": codebook.name, "study": document.study, "fields": fields}
    record |= {"alternatives": further} | {name: [dict(row) for row in rows] for name, rows in (tables or {}).items()}
    for part in ("syrcle", "reporting"):
        record[part] = {}
        for judged in judgements:
            head, _, item = judged.label.partition(".")
            if head == part:
                _place(record[part], item, judged)
    return record


def _place(items: dict[str, Any], item: str, judged: Annotation) -> None:
    """Put a judgement under its item; those of single outcomes go under "by_outcome" of the study's."""
    entry = value_entry(judged, judged.value, PROPOSED)
    if judged.group:
        items.setdefault(item, {}).setdefault("by_outcome", {})[judged.group] = entry
    else:
        items[item] = entry | {key: value for key, value in items.get(item, {}).items() if key == "by_outcome"}


def value_entry(annotation: Annotation, value: Any, status: str) -> dict[str, Any]:
    """Return a value (a mapping's keys, or "value") with its evidence, confidence, status, source, what people said."""
    said = dict(value) if isinstance(value, dict) else {"value": value}
    if annotation.group and annotation.label.startswith("form."):
        said["group"] = annotation.group
    of_people = {"decision": annotation.decision, "note": annotation.note}
    return said | {
        "evidence": to_json(annotation)["evidence"],
        "confidence": annotation.confidence,
        "status": status,
        "source": annotation.source,
        **{key: words for key, words in of_people.items() if words},
    }
