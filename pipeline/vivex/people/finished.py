"""Take a review that was done in another program into annotations/, as its reviewers' decisions.

They were made without vivex's proposals before the eyes, so they count as blind: agreement of reviewers with each
other and with the model can be measured at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vivex.annotation import Annotation
from vivex.codebook import Codebook
from vivex.decisions import find_evidence
from vivex.document import Document
from vivex.errors import MalformedFile
from vivex.exchange import correspondence
from vivex.exchange.correspondence import Correspondence, Told
from vivex.exchange.formats import Brought
from vivex.people.importing import take_in
from vivex.people.library import references
from vivex.people.machine import Documents, Proposals
from vivex.people.store import ADJUDICATED, Session, file_sha256, reviewer_name
from vivex.questions import Question
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Taken:
    """Count what a finished review brought, by reviewer and in all; name what could not be taken."""

    decisions: Mapping[str, int]
    studies: tuple[str, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def mapping_path(review: Review, path: Path) -> Path:
    """Return where the mapping of a file is kept, if nobody says otherwise."""
    return review.root / f"{path.stem}.mapping.yaml"


def mapping_of(
    review: Review, codebook: Codebook, path: Path, brought: Brought, where: Path, *, reviewer: str = ""
) -> Correspondence | None:
    """Return the mapping of a file; None where there was none: then a first one was written, to be looked over."""
    asked = codebook.questions
    proposed = correspondence.propose(brought, asked, references(review), reviewer)
    if not where.exists():
        correspondence.write(where, proposed, path.name)
        return None
    return correspondence.completed(correspondence.read(where, asked), proposed)


def take(
    review: Review, codebook: Codebook, path: Path, brought: Brought, of: Correspondence, *, reviewer: str, when: str
) -> Taken:
    """Take the answers in; raise MalformedFile where the file does not say whose they are and nobody else does.

    Reconciled answers are the adjudicator's. What can't be read as an answer is named, and its item stays as it was.
    """
    told = correspondence.told(brought.answers, of, codebook.questions, reviewer=reviewer)
    documents = Documents(review)
    by_reviewer: dict[str, list[Annotation]] = {}
    unread: dict[str, set[tuple[str, str]]] = {}
    problems = []
    for one in told:
        if not one.reviewer:
            who = f"{one.answer.reviewer!r} has no name in the mapping" if one.answer.reviewer else "no name is in it"
            raise MalformedFile(f"{path}: whose answers are these? {who}; give --reviewer NAME, or name them there")
        name = reviewer_name(one.reviewer)
        key = ADJUDICATED if one.answer.reconciled else name
        if one.problem:
            unread.setdefault(key, set()).add((one.study, one.label))
            problems.append(f"{one.study}, {one.answer.question!r} ({name}): {one.problem}")
        else:
            source = f"adjudicator:{name}" if one.answer.reconciled else f"reviewer:{name}"
            by_reviewer.setdefault(key, []).append(_decision(one, source, documents.get(one.study)))
    doubled = _contradictions(by_reviewer, codebook.questions)
    session = Session(path.name, file_sha256(path), blind=True, when=when)
    changed: set[str] = set()
    for name, made in sorted(by_reviewer.items()):
        lost = unread.get(name, set()) | doubled.get(name, set())
        kept = [a for a in made if (a.study, a.label) not in doubled.get(name, set())]
        by_reviewer[name] = kept
        studies, _ = take_in(review, name, kept, session, unread=lost, machine=Proposals(review))
        changed |= set(studies)
    for name, items in sorted(doubled.items()):
        problems += [
            f"{study}, {label} ({name}): two answers to a question that takes one" for study, label in sorted(items)
        ]
    counts = {name: len(made) for name, made in sorted(by_reviewer.items())}
    return Taken(counts, tuple(sorted(changed)), tuple(problems), tuple(_passed_over(brought, of)))


def _decision(one: Told, source: str, document: Document | None) -> Annotation:
    """Return an answer as a decision, its quotes placed in the paper where the paper holds them."""
    found, missing = [], []
    for quote in one.answer.quotes:
        placed, lost = find_evidence(quote, "", document)
        found += placed
        missing += lost
    notes = [one.answer.comment, *(f"evidence as typed: {quote}" for quote in missing)]
    return Annotation(
        one.study,
        one.label,
        one.value,  # type: ignore[arg-type]
        tuple(dict.fromkeys(found)),
        source,
        group=one.answer.group,
        decision="added",
        note="\n".join(note for note in notes if note),
    )


def _contradictions(
    by_reviewer: Mapping[str, Sequence[Annotation]], asked: Mapping[str, Question]
) -> dict[str, set[tuple[str, str]]]:
    """Return the items by reviewer for which a question that takes one answer has two that differ."""
    found: dict[str, set[tuple[str, str]]] = {}
    for name, made in by_reviewer.items():
        said: dict[tuple[str, str, str], set[object]] = {}
        for a in made:
            if not asked[a.label].several:
                said.setdefault((a.study, a.label, a.group), set()).add(asked[a.label].key(a.value))
        items = {(study, label) for (study, label, _), keys in said.items() if len(keys) > 1}
        if items:
            found[name] = items
    return found


def _passed_over(brought: Brought, of: Correspondence) -> list[str]:
    """Return a line for the questions, and one for the studies, that have no counterpart here."""
    notes = list(brought.notes)
    for what, theirs, ours in (
        ("question", (a.question for a in brought.answers), of.questions),
        ("study", (a.study for a in brought.answers), of.studies),
    ):
        lost = [name for name in dict.fromkeys(theirs) if not ours.get(name)]
        if lost:
            some = "; ".join(lost[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
            plural = "studies" if what == "study" else "questions"
            notes.append(f"passed over, for the mapping names nothing here: {len(lost)} {plural} ({some})")
    return notes
