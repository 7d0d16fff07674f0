"""annotations/: one file for each study and reviewer, holding all that the person states about the study.

    annotations/<study>/<reviewer>.jsonl      a reviewer's statement
    annotations/<study>/adjudicated.jsonl     what an adjudicator settled, in the same format
    annotations/assignments/<reviewer>.jsonl  what was handed to whom (vivex.people.assign)

A statement's lines are, in this order: the record of what was reviewed and how; one annotation a line, each with its
decision (readable by `vivex.annotation.read_annotations`); a record for each session (each import that changed
something); and a record for each decision that a later one took the place of. Two reviewers never share a file, so
their branches merge without conflict. A file is written whole or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation, from_json, known_label, to_json
from vivex.errors import MalformedFile, ReviewError, UnknownName
from vivex.files import write_text
from vivex.review import Review

SCHEMA = 1
ADJUDICATED = "adjudicated"
ASSIGNMENTS = "assignments"  # a folder of annotations/ that is no study
_LOCK_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """Say how a label was reviewed: without sight of a proposal, or with those of the named models before the eyes."""

    blind: bool
    prefilled_by: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """Describe one import that changed something; `seconds` is the time spent, where it is known."""

    file: str
    sha256: str
    blind: bool
    prefilled_by: str = ""
    added: int = 0
    replaced: int = 0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Superseded:
    """Keep a decision that the numbered session (from 1) took the place of."""

    session: int
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold all that one person states about a study."""

    study: str
    reviewer: str
    decisions: tuple[Annotation, ...] = ()
    reviewed: Mapping[str, Seen] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    superseded: tuple[Superseded, ...] = ()

    def of(self, label: str) -> tuple[Annotation, ...]:
        """Return the standing decisions on a label, the rejected ones left out."""
        return tuple(a for a in self.decisions if a.label == label and a.decision != "rejected")


def in_part(statement: Statement) -> list[str]:
    """Return the labels on which something is decided, but not everything that was proposed."""
    return sorted({a.label for a in statement.decisions} - set(statement.reviewed))


def reviewer_name(name: str) -> str:
    """Return the reviewer's name in lower case; raise UnknownName where it can't name a file."""
    lowered = name.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", lowered):
        raise UnknownName(f"{name!r} can't be a reviewer's name; use letters, digits, - and _, such as initials")
    if lowered in (ADJUDICATED, ASSIGNMENTS):
        raise UnknownName(f"{name!r} is kept for vivex's own files; choose another reviewer's name")
    return lowered


def statement_path(review: Review, study: str, reviewer: str) -> Path:
    """Return where a reviewer's statement about a study lies."""
    if not study or study in (".", "..") or "/" in study or "\\" in study or study == ASSIGNMENTS:
        raise UnknownName(f"{study!r} can't be a study's id; use the paper's file name without its ending")
    return review.annotations / study / f"{reviewer}.jsonl"


def studies(review: Review) -> list[str]:
    """Return the studies about which somebody stated something."""
    if not review.annotations.is_dir():
        return []
    folders = (f for f in review.annotations.iterdir() if f.is_dir() and f.name != ASSIGNMENTS)
    return sorted(f.name for f in folders if any(f.glob("*.jsonl")))


def statements(review: Review, study: str) -> dict[str, Statement]:
    """Return reviewer -> statement about a study; the adjudicator's is under "adjudicated"."""
    folder = review.annotations / study
    paths = sorted(p for p in folder.glob("*.jsonl") if not p.name.startswith(".")) if folder.is_dir() else []
    return {path.stem: read_statement(path) for path in paths}


def read_statement(path: Path) -> Statement:
    """Read a statement; raise MalformedFile with the line and what was expected."""
    records: list[tuple[str, dict[str, Any]]] = []
    decisions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            data = json.loads(line)
        except ValueError as error:
            raise MalformedFile(f"{where}: not JSON ({error}); get the file back with `dvc checkout`") from error
        if isinstance(data, dict) and "record" in data:
            records.append((where, data))
        else:
            decisions.append(from_json(data, where=where))
    if not records or records[0][1].get("record") != "statement":
        raise MalformedFile(
            f'{path}:1: the first line must be the record {{"record": "statement", "schema": {SCHEMA}, "study": ..., '
            '"reviewer": ..., "reviewed": {...}}; write these files with `vivex import`'
        )
    where, head = records[0]
    if head.get("schema") != SCHEMA:
        raise MalformedFile(f"{where}: schema {head.get('schema')!r} is not {SCHEMA}; update vivex")
    try:
        statement = Statement(
            study=head["study"],
            reviewer=head["reviewer"],
            decisions=tuple(decisions),
            reviewed={label: Seen(bool(h["blind"]), h["prefilled_by"]) for label, h in head["reviewed"].items()},
            sessions=tuple(_session(d) for _, d in records if d["record"] == "session"),
            superseded=tuple(
                Superseded(int(d["session"]), from_json(d["annotation"], where=w))
                for w, d in records
                if d["record"] == "superseded"
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MalformedFile(f"{path}: a record is malformed ({type(error).__name__}: {error})") from error
    unknown = [d["record"] for _, d in records if d["record"] not in ("statement", "session", "superseded")]
    if unknown:
        raise MalformedFile(f"{path}: unknown record {unknown[0]!r}; known: statement, session, superseded")
    return statement


def dump_statement(statement: Statement) -> str:
    """Return the lines of a statement; the same statement gives the same bytes."""
    head = {
        "record": "statement",
        "schema": SCHEMA,
        "study": statement.study,
        "reviewer": statement.reviewer,
        "reviewed": {
            label: {"blind": seen.blind, "prefilled_by": seen.prefilled_by}
            for label, seen in sorted(statement.reviewed.items())
        },
    }
    lines = [head, *(to_json(a) for a in statement.decisions)]
    lines += [
        {
            "record": "session",
            "number": number,
            "file": s.file,
            "sha256": s.sha256,
            "blind": s.blind,
            "prefilled_by": s.prefilled_by,
            "added": s.added,
            "replaced": s.replaced,
            "seconds": s.seconds,
        }
        for number, s in enumerate(statement.sessions, 1)
    ]
    lines += [
        {"record": "superseded", "session": s.session, "annotation": to_json(s.annotation)}
        for s in statement.superseded
    ]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def write_statement(review: Review, statement: Statement) -> Path:
    """Write a statement to its place, whole or not at all."""
    path = statement_path(review, statement.study, statement.reviewer)
    write_text(path, dump_statement(statement))
    return path


def update(
    statement: Statement,
    decisions: Sequence[Annotation],
    session: Session,
    *,
    partly: Collection[str] = (),
    unread: Collection[str] = (),
) -> Statement:
    """Return the statement with the decisions taken in; the same statement where they change nothing.

    What is decided about a label takes the place of all that was decided about it before; labels that the decisions
    don't touch stay as they are. A label decided `partly` (proposals were left alone) is kept, but not as reviewed: it
    is no answer yet. Where a row of a label is `unread`, what was decided before stands beside what was read.
    """
    new: dict[str, list[Annotation]] = {}
    for decision in decisions:
        if not known_label(decision.label):
            raise UnknownName(f"{decision.label!r} is no label of vivex")
        if decision not in new.setdefault(decision.label, []):
            new[decision.label].append(decision)
    old: dict[str, list[Annotation]] = {}
    for decision in statement.decisions:
        old.setdefault(decision.label, []).append(decision)
    for label in sorted(label for label in set(unread) & set(new) if label.startswith("form.")):  # takes several values
        revised = {a.revises for a in new[label] if a.revises}
        new[label] += [a for a in old.get(label, []) if a not in new[label] and a.revises not in revised]
    changed = {label for label in new if {a.id for a in new[label]} != {a.id for a in old.get(label, [])}}
    if not changed:
        return statement
    number = len(statement.sessions) + 1
    gone = [a for a in statement.decisions if a.label in changed and a.id not in {n.id for n in new[a.label]}]
    came = [a for label in sorted(changed) for a in new[label] if a.id not in {o.id for o in old.get(label, [])}]
    together = {**old, **{label: new[label] for label in changed}}
    before = next((s.prefilled_by for s in statement.sessions if not s.blind), None)
    # who has once seen a study's proposals is not blind to them afterwards
    seen = Seen(session.blind, session.prefilled_by) if before is None else Seen(False, session.prefilled_by or before)
    return replace(
        statement,
        decisions=tuple(a for label in sorted(together) for a in together[label]),
        reviewed={
            **{label: how for label, how in statement.reviewed.items() if label not in changed},
            **dict.fromkeys(sorted(changed - set(partly)), seen),
        },
        sessions=(*statement.sessions, replace(session, added=len(came), replaced=len(gone))),
        superseded=(*statement.superseded, *(Superseded(number, a) for a in gone)),
    )


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, by which a session names the workbook it came from."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextlib.contextmanager
def locked(review: Review) -> Iterator[None]:
    """Hold the review's annotations against other processes; raise ReviewError where another one won't let go."""
    from filelock import FileLock, Timeout

    folder = review.root / ".dvc"
    place = folder / "tmp" if folder.is_dir() else review.root  # .dvc/tmp is under no version control
    place.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place / ".vivex-annotations.lock", timeout=_LOCK_SECONDS):
            _sweep(review)
            yield
    except Timeout as error:
        raise ReviewError(
            f"{review.annotations} is in use by another vivex; wait until it ends, then run this again"
        ) from error


def _sweep(review: Review) -> None:
    """Remove the unfinished files that a killed process left; the files they were to replace are whole."""
    if review.annotations.is_dir():
        for part in review.annotations.glob("*/.*.part"):
            part.unlink(missing_ok=True)


def _session(data: Mapping[str, Any]) -> Session:
    return Session(
        file=data["file"],
        sha256=data["sha256"],
        blind=bool(data["blind"]),
        prefilled_by=data["prefilled_by"],
        added=int(data["added"]),
        replaced=int(data["replaced"]),
        seconds=data["seconds"],
    )
