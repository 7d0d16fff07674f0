"""The form record of a paper: the JSON of outputs/forms/<study>.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vivex.annotation import Annotation, to_json
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.document import Document

PROPOSED, MISSING = "proposed", "not_reported"


def form_record(
    document: Document, codebook: Codebook, proposals: Sequence[Annotation], judgements: Sequence[Annotation]
) -> dict[str, Any]:
    """Return {"form", "study", "fields", "syrcle", "reporting"}.

    Every field of the codebook is there; one without a proposal says "not reported" with status "not_reported".
    """
    fields: dict[str, list[dict[str, Any]]] = {f.name: [] for f in codebook.fields}
    for proposal in proposals:
        name = proposal.label.removeprefix("form.")
        if name in fields:
            fields[name].append(_entry(proposal, {"value": proposal.value}, PROPOSED))
    for entries in fields.values():
        if not entries:
            entries.append({"value": NOT_REPORTED, "evidence": [], "confidence": None, "status": MISSING})
    record: dict[str, Any] = {"form": codebook.name, "study": document.study, "fields": fields}
    for part in ("syrcle", "reporting"):
        record[part] = {}
        for judged in judgements:
            head, _, item = judged.label.partition(".")
            if head == part:
                _place(record[part], item, judged)
    return record


def _place(items: dict[str, Any], item: str, judged: Annotation) -> None:
    """Put a judgement under its item; those of single outcomes go under "by_outcome" of the study's."""
    entry = _entry(judged, judged.value, PROPOSED)
    if judged.group:
        items.setdefault(item, {}).setdefault("by_outcome", {})[judged.group] = entry
    else:
        items[item] = entry | {key: value for key, value in items.get(item, {}).items() if key == "by_outcome"}


def _entry(annotation: Annotation, value: Any, status: str) -> dict[str, Any]:
    """Return a value (a mapping's keys, or "value") with its evidence, confidence, status and source."""
    said = dict(value) if isinstance(value, dict) else {"value": value}
    return said | {
        "evidence": to_json(annotation)["evidence"],
        "confidence": annotation.confidence,
        "status": status,
        "source": annotation.source,
    }
