"""What models may learn from: annotations that people settled, placed in the papers as they read now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vivex.annotation import Annotation, reanchored
from vivex.document import Document
from vivex.people.excluded import gone
from vivex.people.machine import Documents
from vivex.people.resolve import Resolution, resolved
from vivex.people.values import kind
from vivex.review import Review

PARTS = {"ner": ("entity",), "rob": ("judgement", "reporting")}  # part of the model -> kinds of label it learns


@dataclass(frozen=True, slots=True)
class Study:
    """Hold a study's document, its settled annotations, and the labels that they answer in full."""

    document: Document
    annotations: tuple[Annotation, ...]
    labels: frozenset[str]

    @property
    def study(self) -> str:
        """Return the study's id."""
        return self.document.study


def settled(review: Review, part: str) -> tuple[list[Study], list[str]]:
    """Return the studies with settled annotations for a part of the model, and notes on what was left out."""
    documents = Documents(review)
    by_study: dict[str, list[Resolution]] = {}
    for item in resolved(review):
        if kind(item.label) in PARTS[part]:
            by_study.setdefault(item.study, []).append(item)
    found, lost, missing, disputed = [], 0, gone(review), 0
    for study, items in sorted(by_study.items()):
        if study not in documents:
            missing.append(study)
            continue
        open_labels = {i.label for i in items if not i.settled}  # a label with disputed spans teaches nothing yet
        disputed += len({i.label for i in items if i.state == "conflict"})
        annotations = [a for i in items if i.label not in open_labels for a in i.annotations]
        placed, orphans = reanchored(annotations, documents[study])
        lost += len(orphans)
        keep = orphans if part == "rob" else []  # a judgement stands without its quote, a mention does not
        labels = frozenset(i.label for i in items) - open_labels
        if labels:
            found.append(Study(documents[study], (*placed, *keep), labels))
    notes = []
    if missing:
        notes.append(f"{len(missing)} studies have no paper in pdfs/: {', '.join(missing[:5])}")
    if disputed:
        notes.append(f"{disputed} items are in conflict and teach nothing until they are settled (vivex conflicts)")
    if lost:
        notes.append(f"{lost} annotations have evidence that the paper no longer holds (vivex check)")
    return found, notes


def pairs(studies: Sequence[Study]) -> list[tuple[Document, list[Annotation]]]:
    """Return the studies as the adaptation of a model takes them."""
    return [(s.document, list(s.annotations)) for s in studies]
