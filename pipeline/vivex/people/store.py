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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation, former_id, from_json, known_label, to_json
from vivex.codebook import NOT_REPORTED
from vivex.errors import MalformedFile, ReviewError, UnknownName
from vivex.files import write_text
from vivex.jsonlines import BACK, read_lines
from vivex.people.sessions import Change, read_seen, read_session, seen_data, session_line, typed
from vivex.people.sessions import Seen as Seen
from vivex.people.sessions import Session as Session
from vivex.questions import UnreadableAnswer, question
from vivex.review import Review

SCHEMA = 1
_DECISION = {*to_json(Annotation("", "", "")), "note"}  # the keys of a decision's line
ADJUDICATED = "adjudicated"
ASSIGNMENTS = "assignments"  # a folder of annotations/ that is no study
ASIDE = "two-versions"  # one in which `vivex sync` keeps a file's other version
_LOCK_SECONDS = 60


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
    foreign: tuple[tuple[str, Annotation], ...] = ()  # lines that are no decisions of this person, by line number

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


def statement_of(review: Review, study: str, reviewer: str) -> Statement:
    """Return a reviewer's statement about a study; an empty one where they have stated nothing."""
    path = statement_path(review, study, reviewer)
    return read_statement(path) if path.exists() else Statement(study, reviewer)


def read_statement(path: Path) -> Statement:
    """Read a statement; raise MalformedFile with the line, what was expected and the remedy.

    The first line must name the study and the reviewer that the path names. A line of another source (a machine's, or
    another reviewer's) is no decision of this person: it is told in `foreign` and counts nowhere, and neither does its
    item.
    """
    return statement_in(read_lines(path), path)


def statement_in(lines: Iterable[tuple[str, dict[str, Any]]], path: Path) -> Statement:
    """Return the statement of the lines of a file at `path`, as `read_statement` does."""
    heads: list[tuple[str, dict[str, Any]]] = []
    sessions: list[Session] = []
    superseded: list[Superseded] = []
    decisions: list[Annotation] = []
    said: dict[str, list[Annotation]] = {}  # by id
    foreign: list[tuple[str, Annotation]] = []
    for where, data in lines:
        sort = data.get("record", "decision")
        if not heads and sort != "statement":
            break
        if sort == "statement":
            heads.append((where, data))
        elif sort == "session":
            sessions.append(read_session(data, where))
        elif sort == "superseded":
            number = typed(data, "session", int, where)
            superseded.append(Superseded(number, _decision(typed(data, "annotation", dict, where), where)))
        elif sort != "decision":
            raise MalformedFile(f"{where}: unknown record {sort!r}; known: statement, session, superseded")
        elif not _is_by(path.stem, decision := _decision(data, where)):
            foreign.append((where.rpartition(":")[2], decision))
        elif decision not in said.setdefault(decision.id, []):  # a line that says again what another says adds nothing
            said[decision.id].append(decision)
            decisions.append(decision)
    if not heads:
        raise MalformedFile(
            f'{path}:1: the first line must be the record {{"record": "statement", "schema": {SCHEMA}, "study": ..., '
            '"reviewer": ..., "reviewed": {...}}; write these files with `vivex import`'
        )
    if len(heads) > 1:
        raise MalformedFile(f"{heads[1][0]}: a second statement begins here; keep one of the two, or {BACK}")
    where, head = heads[0]
    if head.get("schema") != SCHEMA:
        raise MalformedFile(f"{where}: schema {head.get('schema')!r} is not {SCHEMA}; update vivex")
    strange = sorted({a.label for _, a in foreign})
    statement = Statement(
        study=typed(head, "study", str, where),
        reviewer=typed(head, "reviewer", str, where),
        decisions=tuple(decisions),
        reviewed={k: v for k, v in _reviewed(typed(head, "reviewed", dict, where), where).items() if k not in strange},
        sessions=tuple(sessions),
        superseded=tuple(superseded),
        foreign=tuple(foreign),
    )
    if statement.reviewer != path.stem:
        raise MalformedFile(
            f"{where}: it is by {statement.reviewer!r} and lies at {path.name}; name the file after its reviewer, or "
            f"{BACK}"
        )
    if statement.study != path.parent.name:
        old, new = statement.study, path.parent.name
        raise MalformedFile(
            f"{where}: it speaks of study {old!r} and lies in the folder {new!r}; if the study was renamed, run "
            f"`vivex rename {old} {new}`, else move it into that study's folder"
        )
    return statement


def dump_statement(statement: Statement) -> str:
    """Return the lines of a statement; the same statement gives the same bytes."""
    head = {
        "record": "statement",
        "schema": SCHEMA,
        "study": statement.study,
        "reviewer": statement.reviewer,
        "reviewed": {label: seen_data(seen) for label, seen in sorted(statement.reviewed.items())},
    }
    lines = [head, *(to_json(a) for a in statement.decisions)]
    lines += [session_line(number, session) for number, session in enumerate(statement.sessions, 1)]
    lines += [
        {"record": "superseded", "session": s.session, "annotation": to_json(s.annotation)}
        for s in statement.superseded
    ]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def write_statement(review: Review, statement: Statement) -> Path:
    """Write a statement to its place, whole or not at all; raise ReviewError where its file holds foreign lines."""
    refuse_foreign(review, statement)
    path = statement_path(review, statement.study, statement.reviewer)
    write_text(path, dump_statement(statement))
    return path


def refuse_foreign(review: Review, statement: Statement) -> None:
    """Raise ReviewError where the statement's file holds lines that are no decisions of its person."""
    for line, a in statement.foreign:
        path = statement_path(review, statement.study, statement.reviewer)
        remedy = "take the line out, then do this again"
        raise ReviewError(f"{path}:{line}: {a.source!r} is not {statement.reviewer}; {remedy}")


def update(
    statement: Statement,
    decisions: Sequence[Annotation],
    session: Session,
    *,
    partly: Collection[str] = (),
    unread: Collection[str] = (),
    cleared: Collection[str] = (),
) -> Statement:
    """Return the statement with the decisions taken in; the same statement where they change nothing.

    What is decided about a label takes the place of all that was decided about it before; labels that the decisions
    don't touch stay as they are. A label decided `partly` (proposals were left alone) is kept, but not as reviewed: it
    is no answer yet. Where a row of a label is `unread`, what was decided before stands beside what was read, and the
    label counts as reviewed only where it did before. Of the labels `cleared` nothing is decided any more.
    """
    old: dict[str, list[Annotation]] = {}
    for decision in statement.decisions:
        old.setdefault(decision.label, []).append(decision)
    new: dict[str, list[Annotation]] = {label: [] for label in sorted(set(cleared) & set(old))}
    for decision in decisions:
        if not known_label(decision.label):
            raise UnknownName(f"{decision.label!r} is no label of vivex")
        same = [a for a in old.get(decision.label, ()) if _told(a) == _told(decision)]
        standing = same[0] if same else decision  # said again of the same proposal by a new model: nothing has changed
        if standing not in new.setdefault(decision.label, []):
            new[decision.label].append(standing)
    for label in sorted(set(unread) & set(new)):
        new[label] += [a for a in old.get(label, ()) if not _answered(a, new[label])]
    open_ = set(partly) | set(cleared) | (set(unread) - set(statement.reviewed))
    changed = {label for label in new if set(map(_told, new[label])) != set(map(_told, old.get(label, [])))}
    finished = set(new) - changed - open_ - set(statement.reviewed)  # nothing new is said, but nothing is open any more
    if not changed | finished:
        return statement
    number = len(statement.sessions) + 1
    changes = {
        label: Change(
            tuple(told_hash(a) for a in new[label] if label in changed and a not in old.get(label, [])),
            statement.reviewed.get(label),
        )
        for label in sorted(changed | finished)
    }
    gone = [a for label in sorted(changed) for a in old.get(label, []) if a not in new[label]]
    came = [a for label in sorted(changed) for a in new[label] if a not in old.get(label, [])]
    together = {**old, **{label: new[label] for label in changed}}
    before = next((s.prefilled_by for s in statement.sessions if not s.blind), None)
    # who has once seen a study's proposals is not blind to them afterwards
    seen = Seen(session.blind, session.prefilled_by) if before is None else Seen(False, session.prefilled_by or before)
    return replace(
        statement,
        decisions=tuple(a for label in sorted(together) for a in together[label]),
        reviewed={
            **{label: how for label, how in statement.reviewed.items() if label not in changed},
            **dict.fromkeys(sorted((changed | finished) - open_), seen),
        },
        sessions=(*statement.sessions, replace(session, added=len(came), replaced=len(gone), changes=changes)),
        superseded=(*statement.superseded, *(Superseded(number, a) for a in gone)),
    )


def with_present_ids(statement: Statement, proposed: Sequence[Annotation]) -> Statement:
    """Return the statement with the ids that vivex 0.1 gave the machine's proposals changed into those of now."""
    now = {former_id(a): a.id for a in proposed}
    if not any(a.revises in now for a in statement.decisions):
        return statement
    moved = (replace(a, revises=now.get(a.revises, a.revises)) for a in statement.decisions)
    return replace(statement, decisions=tuple(moved))


def _told(a: Annotation) -> tuple[object, ...]:
    """Return what a decision says, without what the machine knew about its proposal."""
    return a.id, a.decision, a.source, a.note, a.evidence


def told_hash(a: Annotation) -> str:
    """Return a short hash of what a decision says, whatever its study is called and wherever its words stand now."""
    said = [a.label, a.value, a.decision, a.group, a.note, [e.quote for e in a.evidence]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def _answered(a: Annotation, new: Sequence[Annotation]) -> bool:
    """Tell whether a decision from before has another one in its place: on the same proposal, or on the one item."""
    about = {a.id, a.revises}
    return any(about & {n.id, n.revises} - {""} or (question(a.label).kind.single and n.group == a.group) for n in new)


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


def _is_by(reviewer: str, decision: Annotation) -> bool:
    """Tell whether the decision is of the person whose statement it stands in."""
    if reviewer == ADJUDICATED:
        return decision.source.startswith("adjudicator:")
    return decision.source == f"reviewer:{reviewer}"


def _decision(data: Mapping[str, Any], where: str) -> Annotation:
    strange = sorted(set(data) - _DECISION)
    if strange:
        raise MalformedFile(f"{where}: unknown key {strange[0]!r}; keep notes under 'note'")
    try:
        decision = from_json(data, where=where)
    except MalformedFile as error:
        if "; " in str(error):
            raise
        raise MalformedFile(f"{error}; {BACK}") from error
    if decision.value is None and decision.decision != "rejected":
        raise MalformedFile(f'{where}: {decision.label}: no value; give a value, or "{NOT_REPORTED}"')
    asked = question(decision.label)
    if not asked.kind.single or decision.decision == "rejected" or asked.legal(decision.value):
        return decision
    with contextlib.suppress(UnreadableAnswer):
        if isinstance(decision.value, str):  # vivex 0.1 kept "low" as printed, where a proposal had changed
            return replace(decision, value=asked.parse(decision.value))
    raise MalformedFile(f"{where}: {decision.label}: value {decision.value!r} is none; give {asked.kind.form}")


def _reviewed(data: Mapping[str, Any], where: str) -> dict[str, Seen]:
    found = {}
    for label, how in data.items():
        at = f"{where}: reviewed {label!r}"
        if not known_label(label):
            raise MalformedFile(f"{at}: no label of vivex; take it out, or {BACK}")
        found[label] = read_seen(how, at)
    return found
