"""Take texts that were marked in an annotation program into annotations/, as a reviewer's decisions on entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from vivex.annotation import Annotation, Evidence, evidence, reanchor
from vivex.document import Document
from vivex.exchange.formats import MarkedSpan, MarkedText
from vivex.labels import entity_labels
from vivex.people.finished import Taken
from vivex.people.importing import take_in
from vivex.people.machine import Documents, Proposals, models_named
from vivex.people.store import Session, file_sha256
from vivex.review import Review


def take_marks(
    review: Review, path: Path, texts: Iterable[MarkedText], *, reviewer: str, saw: bool, when: str
) -> Taken:
    """Take the marks in; a label that the file names somewhere is answered for every text of the file.

    Who `saw` the proposals accepts those that stand as marks and rejects the others. Marks whose words the paper's text
    holds elsewhere are moved there; what it doesn't hold is named, and its label stays as it was in that study.
    """
    documents, machine = Documents(review), Proposals(review)
    known = {label.casefold(): label for label in entity_labels()}
    found = list(texts)
    labels = sorted({known[s.label.casefold()] for text in found for s in text.spans if s.label.casefold() in known})
    strange = sorted({s.label for text in found for s in text.spans if s.label.casefold() not in known})
    notes = [f"passed over, for they are no labels of vivex: {', '.join(strange)}"] if strange else []
    made: list[Annotation] = []
    unread: set[tuple[str, str]] = set()
    problems: list[str] = []
    sessions: dict[str, Session] = {}
    sha256 = file_sha256(path)
    for text in found:
        if text.study not in documents:
            problems.append(f"{text.study}: no paper of that name is in the review")
            continue
        document, proposed = documents[text.study], machine[text.study]
        seen = models_named(proposed) if saw else ""
        sessions[text.study] = Session(path.name, sha256, not saw, seen, when=when)
        marks: list[Annotation] = []
        for span in text.spans:
            label = known.get(span.label.casefold())
            place = _place(span, text, document) if label else None
            if label and place is None:
                words = text.text[span.start : span.end]
                problems.append(f"{text.study}: the paper's text doesn't hold {words[:60]!r} ({label})")
                unread.add((text.study, label))
            elif label and place is not None:
                marks.append(_decision(text.study, label, span, place, reviewer))
        made += _against(marks, proposed, labels, reviewer) if saw else marks
    for study in sessions:
        silent = [label for label in labels if not any((a.study, a.label) == (study, label) for a in made)]
        made += [_none(study, label, reviewer) for label in silent if (study, label) not in unread]
    changed, _ = take_in(review, reviewer, made, sessions, unread=unread, machine=machine)
    count = sum(a.decision != "rejected" for a in made)
    return Taken({reviewer: count}, changed, tuple(problems), tuple(notes))


def _place(span: MarkedSpan, text: MarkedText, document: Document) -> Evidence | None:
    """Return the place of a mark in the document of now: where it stands, or where its words stand."""
    words = text.text[span.start : span.end]
    if not words:
        return None
    if document.text[span.start : span.end] == words:
        return evidence(document, span.start, span.end)
    before, after = text.text[max(0, span.start - 32) : span.start], text.text[span.end : span.end + 32]
    return reanchor(Evidence(span.start, span.end, words, before, after), document)


def _decision(study: str, label: str, span: MarkedSpan, place: Evidence, reviewer: str) -> Annotation:
    value: Mapping[str, str] = {"text": place.quote, "normal": span.normal or place.quote}
    return Annotation(study, label, value, (place,), f"reviewer:{reviewer}", group=span.group, decision="added")


def _none(study: str, label: str, reviewer: str) -> Annotation:
    """Return the decision that nothing of a label stands in a study."""
    return Annotation(study, label, {"text": "", "normal": ""}, (), f"reviewer:{reviewer}", decision="rejected")


def _against(
    marks: Sequence[Annotation], proposed: Sequence[Annotation], labels: Sequence[str], reviewer: str
) -> list[Annotation]:
    """Return the marks as decisions on what was proposed: the same span is accepted, what isn't marked is rejected."""
    spans = {(a.label, a.evidence[0].start, a.evidence[0].end): a for a in proposed if a.evidence}
    made = []
    for mark in marks:
        machine = spans.pop((mark.label, mark.evidence[0].start, mark.evidence[0].end), None)
        if machine is None:
            made.append(mark)
        else:
            accepted = {"source": mark.source, "decision": "accepted", "revises": machine.id, "confidence": None}
            made.append(replace(machine, **accepted))  # type: ignore[arg-type]
    source = f"reviewer:{reviewer}"
    made += [
        replace(a, source=source, decision="rejected", revises=a.id, confidence=None)
        for a in spans.values()
        if a.label in labels
    ]
    return made
