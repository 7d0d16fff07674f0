"""What models may learn from: annotations that people settled, placed in the papers as they read now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from vivex.annotation import Annotation, reanchored
from vivex.codebook import read_codebook
from vivex.document import Document
from vivex.learn.corrections import Lesson, fed_by, lessons
from vivex.people.excluded import gone
from vivex.people.machine import Documents
from vivex.people.resolve import Resolution, resolved
from vivex.people.store import statements
from vivex.people.values import kind
from vivex.questions import NOT_REPORTED
from vivex.review import Review

# part of the model -> kinds of label it learns; forms teach the recogniser where a value's words are mentions
PARTS = {"ner": ("entity", "field"), "rob": ("judgement", "reporting"), "fields": ("field",)}


@dataclass(frozen=True, slots=True)
class Study:
    """Hold a study's document, its settled annotations, the labels that they answer in full, and its lessons.

    A lesson is a sentence in which they answer a label too, for a settled form's value stands there. What people turned
    down under the labels is kept for the rankers of form values.
    """

    document: Document
    annotations: tuple[Annotation, ...]
    labels: frozenset[str]
    lessons: tuple[Lesson, ...] = ()
    rejected: tuple[Annotation, ...] = ()

    def answers(self, annotation: Annotation) -> bool:
        """Tell whether the settled annotations say all there is of the annotation's label at its place."""
        return annotation.label in self.labels or any(lesson.holds(annotation) for lesson in self.lessons)

    @property
    def study(self) -> str:
        """Return the study's id."""
        return self.document.study


Recognise = Callable[[Document], Sequence[Annotation]]


def settled(review: Review, part: str, recognise: Recognise = lambda document: ()) -> tuple[list[Study], list[str]]:
    """Return the studies with settled annotations for a part of the model, and notes on what was left out.

    `recognise` gives the mentions of a paper whose form teaches: those of the base model, whatever stages have run.
    """
    documents = Documents(review)
    fed = fed_by(read_codebook(review.codebook)) if part == "ner" else {}
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
        labels = frozenset(i.label for i in items) - open_labels
        if part == "ner":
            made = _with_lessons(documents[study], placed, labels, fed, recognise)
        else:  # a judgement, and a value, stand without their quote
            turned_down = _rejected(review, study, labels) if part == "fields" else ()
            made = Study(documents[study], (*placed, *orphans), labels, rejected=turned_down)
        if made.labels or made.lessons:
            found.append(made)
    notes = []
    if missing:
        notes.append(f"{len(missing)} studies have no paper in pdfs/: {', '.join(missing[:5])}")
    if disputed:
        notes.append(f"{disputed} items are in conflict and teach nothing until they are settled (vivex conflicts)")
    if lost:
        notes.append(f"{lost} annotations have evidence that the paper no longer holds (vivex check)")
    return found, notes


def _rejected(review: Review, study: str, labels: frozenset[str]) -> tuple[Annotation, ...]:
    """Return what anybody turned down of what was proposed under the settled labels, each value once."""
    said = [a for _, statement in sorted(statements(review, study).items()) for a in statement.decisions]
    found = {(a.label, str(a.value)): a for a in said if a.decision == "rejected" and a.label in labels}
    return tuple(a for _, a in sorted(found.items()) if a.value != NOT_REPORTED)


def _with_lessons(
    document: Document,
    settled: Sequence[Annotation],
    answered: frozenset[str],
    fed: Mapping[str, Sequence[str]],
    recognise: Recognise,
) -> Study:
    """Return the study with its settled mentions, and those that its settled form shows where no label is answered."""
    labels = frozenset(label for label in answered if kind(label) == "entity")
    open_to = {field: [label for label in by if label not in labels] for field, by in fed.items()}
    filled = [a for a in settled if open_to.get(a.label)]
    taught, shown = lessons(document, filled, recognise(document), open_to) if filled else ((), ())
    marked = [a for a in settled if kind(a.label) == "entity"]
    return Study(document, (*marked, *shown), labels, taught)


def pairs(studies: Sequence[Study]) -> list[tuple[Document, list[Annotation]]]:
    """Return the studies as the adaptation of a model takes them: what stands, and what was rejected."""
    return [(s.document, [*s.annotations, *s.rejected]) for s in studies]
