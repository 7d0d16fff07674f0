"""The review as the desk has it: whose desk it is, its studies by id, what is known of each, what is hidden."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation
from vivex.codebook import Codebook, read_codebook
from vivex.document import Document
from vivex.errors import ReviewError, UnknownName
from vivex.people import machine
from vivex.people.assign import Assignment, assigned
from vivex.people.blind import shown_to, withheld
from vivex.people.library import FILE as REFERENCES
from vivex.people.library import references
from vivex.people.store import ASSIGNMENTS, Statement, statement_of, with_present_ids
from vivex.questions import Question
from vivex.references import Reference, study_labels
from vivex.review import Review

_KEPT = 8  # studies whose files stay read


@dataclass(frozen=True, slots=True)
class StudyFiles:
    """Hold what the stages wrote of a study: its document, the proposals and further candidates by label."""

    document: Document
    proposals: Mapping[str, Sequence[Annotation]]
    candidates: Mapping[str, Sequence[Annotation]]
    prefilled_by: str  # what a form was pre-filled by

    @property
    def everything(self) -> list[Annotation]:
        """Return all that is proposed."""
        return [a for found in self.proposals.values() for a in found]


@dataclass
class DeskReview:
    """Give the review to one reviewer, or to a meeting, which only reads: nobody's answers, or those of a reviewer."""

    review: Review
    reviewer: str = ""
    reading: bool = False
    send: Callable[[], list[str]] | None = None  # brings this copy and the team's together; says what it did
    commit: Callable[[], list[str]] | None = None  # commits what is here, as closing a study does; says what it did
    assign: Callable[[Sequence[str]], list[str]] | None = None  # hands out as `vivex assign` does with these words
    turn: threading.Lock = field(default_factory=threading.Lock)  # one write at a time
    _read: OrderedDict[tuple[str, tuple[int, ...]], StudyFiles] = field(default_factory=OrderedDict)
    awaiting: dict[str, tuple[tuple[int, ...], object]] = field(default_factory=dict)  # see vivex.desk.differences
    dropped: dict[str, Reference] = field(default_factory=dict)  # papers added here, which no stage has read yet
    noticed: dict[str, tuple[tuple[int, ...], dict[str, Any]]] = field(default_factory=dict)  # see vivex.desk.noticing
    _codebook: tuple[tuple[int, ...], Codebook] | None = None
    _hidden: dict[str, tuple[tuple[int, ...], bool]] = field(default_factory=dict)
    _known: tuple[tuple[object, ...], Mapping[str, Reference], Mapping[str, str]] | None = None

    @property
    def read_only(self) -> bool:
        """Tell whether nothing may be decided here."""
        return self.reading or not self.reviewer

    @property
    def codebook(self) -> Codebook:
        """Return the codebook as it stands."""
        stamp = _stamp(self.review.codebook)
        if self._codebook is None or self._codebook[0] != stamp:
            self._codebook = (stamp, read_codebook(self.review.codebook))
        return self._codebook[1]

    @property
    def questions(self) -> Mapping[str, Question]:
        """Return what is asked of each paper, by label."""
        return self.codebook.questions

    @property
    def called(self) -> Mapping[str, str]:
        """Return what each study is called, "Folarin 2016"."""
        return self._publications()[1]

    @property
    def references(self) -> Mapping[str, Reference]:
        """Return what is known of each study's publication."""
        return self._publications()[0]

    def _publications(self) -> tuple[Mapping[str, Reference], Mapping[str, str]]:
        """Return the references and what they call the studies, read anew where a paper or the library was."""
        documents = self.review.outputs / "documents"
        stamp = (
            _stamp(self.review.annotations / REFERENCES),
            *((study, _stamp(documents / f"{study}.json")) for study in machine.parsed(self.review)),
        )
        if self._known is None or self._known[0] != stamp:
            known = references(self.review)
            self._known = (stamp, known, study_labels(known))
        return self._known[1:]

    def studies(self) -> dict[str, str]:
        """Return id -> study of all papers that were read."""
        return {id_of(study): study for study in machine.parsed(self.review)}

    def study(self, name: str) -> str:
        """Return the study of an id; raise UnknownName where there is none."""
        found = self.studies().get(name)
        if found is None:
            raise UnknownName("no such study in this review; go back to the board")
        return found

    def handed(self) -> dict[str, Assignment]:
        """Return study -> how it was handed to the desk's reviewer."""
        return {a.study: a for a in assigned(self.review) if a.reviewer == self.reviewer}

    def files(self, study: str) -> StudyFiles:
        """Return what the stages wrote of a study, read anew where it was written anew."""
        key = (study, self.made(study))
        found = self._read.get(key)
        if found is None:
            found = _read_files(self.review, study)
            self._read[key] = found
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return found

    def judging_blind(self, study: str) -> tuple[str, ...]:
        """Return who judges a study blind and has not finished it."""
        return withheld(self.review, self.codebook, only=study).get(study, ())

    def hides(self, study: str) -> bool:
        """Tell whether the proposals of a study are shown to nobody at this desk yet; see `hidden`."""
        stamp = self.stamp(study)
        if self._hidden.get(study, (None,))[0] != stamp:
            self._hidden[study] = (stamp, study in self._found_hidden(only=study))
        return self._hidden[study][1]

    def hidden(self) -> set[str]:
        """Return the studies whose proposals are shown to nobody at this desk yet.

        The desk's reviewer judges it blind and has not closed it; or it is another's to judge blind, and the desk's
        reviewer has no part in it. Statements are read anew only where something was decided or handed out since.
        """
        stamps = {study: self.stamp(study) for study in {a.study for a in assigned(self.review) if a.blind}}
        if any(self._hidden.get(study, (None,))[0] != stamp for study, stamp in stamps.items()):
            found = self._found_hidden()
            self._hidden |= {study: (stamp, study in found) for study, stamp in stamps.items()}
        return {study for study in stamps if self._hidden[study][1]}

    def _found_hidden(self, *, only: str = "") -> set[str]:
        """Return the studies that are hidden, from the statements; `only` looks at one study."""
        names = withheld(self.review, self.codebook, only=only)
        mine = {} if self.read_only else {s: a for s, a in self.handed().items() if only in ("", s)}
        blind = {s for s, a in mine.items() if a.blind}
        open_ = {s for s in blind if self.reviewer in names.get(s, ()) or not shown_to(self.review, self.reviewer, s)}
        return (set(names) - set(mine)) | open_

    def statement(self, study: str) -> Statement:
        """Return what the desk's reviewer states about a study; in a meeting nothing while others judge it blind."""
        if not self.shows(study):
            return Statement(study, "")
        stated = statement_of(self.review, study, self.reviewer)
        return with_present_ids(stated, self.files(study).everything)

    def made(self, study: str) -> tuple[int, ...]:
        """Return what changes with everything that the stages wrote of a study."""
        names = ("documents", "json"), ("judgements", "jsonl"), ("forms", "json")
        return tuple(n for folder, end in names for n in _stamp(self.review.outputs / folder / f"{study}.{end}"))

    def shows(self, study: str) -> bool:
        """Tell whether the answers of the desk's reviewer may be seen here."""
        return bool(self.reviewer) and not (self.read_only and self.judging_blind(study))

    def stamp(self, study: str) -> tuple[int, ...]:
        """Return what changes with every decision about a study, and with what was handed out or asked."""
        annotations = self.review.annotations
        folders = (annotations / study, annotations / ASSIGNMENTS)
        paths = [p for folder in folders if folder.is_dir() for p in sorted(folder.glob("*.jsonl"))]
        paths += [self.review.codebook, *sorted(annotations.glob("*.jsonl"))]
        return tuple(n for path in paths for n in _stamp(path))

    def may_write(self) -> None:
        """Raise ReviewError where the desk is only read."""
        if self.read_only:
            raise ReviewError("this desk only reads (--read-only); start `vivex desk` without it to decide")


def _read_files(review: Review, study: str) -> StudyFiles:
    judgements = machine.judgement_proposals(review, study)
    form = machine.form_proposals(review, study)
    by_label: dict[str, list[Annotation]] = {}
    for a in (*form, *judgements):
        by_label.setdefault(a.label, []).append(a)
    return StudyFiles(
        machine.document(review, study),
        by_label,
        machine.candidates(review, study),
        machine.models_named([*judgements, *form]),
    )


def id_of(name: str) -> str:
    """Return the id by which the browser names a study or file; it holds nothing of a path."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _stamp(path: Path) -> tuple[int, int]:
    """Return when a file was written and its size; zeros where it is not here."""
    try:
        told = path.stat()
    except FileNotFoundError:
        return 0, 0
    return told.st_mtime_ns, told.st_size
