"""Bring two versions of one person's file together so that nothing that either of them decided is lost.

A statement is united label by label: what only one side changed is taken, and what both changed differently stands with
both answers and counts as no answer until its person decides again. Lists (assignments, exclusions, new names) are
united by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation, to_json
from vivex.errors import VivexError
from vivex.jsonlines import lines_of, parse_line
from vivex.people.rename import under_name
from vivex.people.store import (
    ADJUDICATED,
    ASSIGNMENTS,
    Seen,
    Session,
    Statement,
    Superseded,
    dump_statement,
    statement_in,
)
from vivex.questions import shown


@dataclass(frozen=True, slots=True)
class TwoAnswers:
    """Ask a person which of their two answers holds."""

    study: str
    reviewer: str
    label: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        who = "the adjudicator" if self.reviewer == ADJUDICATED else self.reviewer
        said = " and ".join(f"“{one}”" for one in self.answers)
        return (
            f"{self.study}, {self.label}: {who} answered {said} in two places; which holds? Until then neither counts"
        )


@dataclass(frozen=True, slots=True)
class United:
    """Hold the bytes of two versions in one, and what is to be asked."""

    data: bytes
    questions: tuple[TwoAnswers, ...] = ()


def united(path: str, base: bytes | None, ours: bytes, theirs: bytes) -> United | None:
    """Return two versions of a file of annotations/ in one; None where they can't be brought together.

    `path` is relative to annotations/; `base` is the version that both come from, None where there is none.
    """
    parts = path.split("/")
    if len(parts) == 1 and path.endswith(".jsonl"):
        return _lines(ours, theirs)
    if len(parts) != 2 or not path.endswith(".jsonl"):
        return None
    try:
        if parts[0] == ASSIGNMENTS:
            return _handed(base or b"", ours, theirs)
        before = _statement(path, base) if base is not None else None
        return united_statements(_statement(path, ours), _statement(path, theirs), before)
    except VivexError:  # a damaged version: both are kept as they are
        return None


def statement_or_none(path: str, data: bytes) -> Statement | None:
    """Return the statement that bytes of `path` hold; None where they hold none."""
    try:
        return _statement(path, data)
    except VivexError:
        return None


def statement_text(statement: Statement) -> bytes:
    """Return a statement's bytes."""
    return dump_statement(statement).encode()


def united_statements(ours: Statement, theirs: Statement, base: Statement | None = None) -> United:
    """Return two versions of one statement in one; the same whichever is called ours."""
    b = base or Statement(ours.study, ours.reviewer)
    decisions: list[Annotation] = []
    reviewed: dict[str, Seen] = {}
    questions: list[TwoAnswers] = []
    for label in sorted({a.label for s in (ours, theirs) for a in s.decisions} | {*ours.reviewed, *theirs.reviewed}):
        standing, seen = _label(label, b, ours, theirs)
        decisions += standing
        if seen is not None:
            reviewed[label] = seen
        elif label in ours.reviewed and label in theirs.reviewed:
            answers = tuple(dict.fromkeys(_answer(a) for a in standing))
            questions.append(TwoAnswers(ours.study, ours.reviewer, label, answers))
    sessions, numbers = _sessions(b, ours, theirs)
    gone = {
        (new[one.session - 1] if 0 < one.session <= len(new) else one.session, _text(one.annotation)): one.annotation
        for side, new in zip((ours, theirs), numbers)
        for one in side.superseded
    }
    known = {_text(a) for a in decisions} | {text for _, text in gone}
    for a in (*ours.decisions, *theirs.decisions):  # whatever happened: what was decided stays in the file
        if _text(a) not in known:
            gone[len(sessions), _text(a)] = a
    superseded = tuple(Superseded(number, a) for (number, _), a in sorted(gone.items(), key=lambda item: item[0]))
    whole = Statement(ours.study, ours.reviewer, tuple(decisions), reviewed, sessions, superseded)
    return United(dump_statement(whole).encode(), tuple(questions))


def _label(label: str, base: Statement, ours: Statement, theirs: Statement) -> tuple[list[Annotation], Seen | None]:
    """Return what stands of a label after both sides, and how it was reviewed; None where it is no answer."""
    b, o, t = ([a for a in s.decisions if a.label == label] for s in (base, ours, theirs))
    was, our, their = (s.reviewed.get(label) for s in (base, ours, theirs))
    texts = [set(map(_text, one)) for one in (b, o, t)]
    if texts[1] == texts[2]:
        return o, _how(our, their)
    if (texts[1], our) == (texts[0], was):
        return t, their
    if (texts[2], their) == (texts[0], was):
        return o, our
    if texts[1] <= texts[2] and (their is not None or our is None):  # one side went further on the same way
        return t, their
    if texts[2] <= texts[1] and (our is not None or their is None):
        return o, our
    together = {_text(a): a for a in (*o, *t)}
    return [a for _, a in sorted(together.items())], None


def _how(our: Seen | None, their: Seen | None) -> Seen | None:
    """Return how a label was reviewed where both sides answer it alike: who has seen a proposal isn't blind."""
    both = sorted((s for s in (our, their) if s is not None), key=lambda s: (s.blind, s.prefilled_by))
    return both[0] if both else None


def _sessions(base: Statement, ours: Statement, theirs: Statement) -> tuple[tuple[Session, ...], list[list[int]]]:
    """Return the sessions of both sides, and for each side the new number of each of its sessions."""
    count = 0
    while all(count < len(s.sessions) for s in (base, ours, theirs)) and len(
        {repr(s.sessions[count]) for s in (base, ours, theirs)}
    ) == 1:  # fmt: skip
        count += 1
    later = [list(s.sessions[count:]) for s in (ours, theirs)]
    together = list(ours.sessions[:count])
    numbers: list[list[int]] = [[], []]
    for of in sorted((0, 1), key=lambda of: repr(later[of])):
        numbers[of] = [*range(1, count + 1)]
        for session in later[of]:
            moved = replace(session, undoes=numbers[of][session.undoes - 1]) if session.undoes else session
            if moved not in together[count:]:
                together.append(moved)
            numbers[of].append(together.index(moved, count) + 1)
    return tuple(together), numbers


def _statement(path: str, data: bytes) -> Statement:
    """Read a statement's bytes as if they lay at `path` of annotations/."""
    statement = statement_in(lines_of(data, Path(path)), Path(path))
    if statement.foreign:  # such lines are refused wherever a statement is written
        raise VivexError(f"{path}: it holds lines of others")
    return statement


def _lines(ours: bytes, theirs: bytes) -> United:
    """Unite two lists of events, in the order of their time."""
    together = sorted({line for data in (ours, theirs) for line in data.splitlines() if line.strip()}, key=_when)
    return United(b"".join(line + b"\n" for line in together))


def _when(line: bytes) -> tuple[str, bytes]:
    try:
        return str(parse_line(line.decode("utf-8"), where="").get("when", "")), line
    except (VivexError, UnicodeDecodeError):
        return "", line


def _handed(base: bytes, ours: bytes, theirs: bytes) -> United:
    """Unite two lists of what was handed to a reviewer; a study that either side hands out pre-filled is no blind one.

    A study that one side took back, and the other left as it was, is taken back. Questions that were handed out since
    on either side are handed out.
    """
    b, o, t = ({str(d.get("study")): d for d in _objects(data)} for data in (base, ours, theirs))
    lines = []
    for study in sorted({*o, *t}):
        if study in o and study in t:
            chosen = _both_handed(b.get(study), o[study], t[study])
        else:
            chosen = o.get(study) or t[study]
            if b.get(study) == chosen:
                continue
        lines.append(json.dumps(chosen, ensure_ascii=False) + "\n")
    return United("".join(lines).encode())


def _both_handed(base: dict[str, Any] | None, ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Return two versions of one assignment in one."""
    if theirs == base:
        return ours
    if ours == base:
        return theirs
    chosen = min(ours, theirs, key=lambda d: (bool(d.get("blind")), json.dumps(d, sort_keys=True)))
    fields = sorted({str(name) for side in (ours, theirs) for name in side.get("fields", ())})
    return chosen | ({"fields": fields} if fields else {})


def _objects(data: bytes) -> Iterable[dict[str, Any]]:
    return (parse_line(line, where="assignments") for line in data.decode("utf-8").splitlines() if line.strip())


def _text(a: Annotation) -> str:
    return json.dumps(to_json(a), ensure_ascii=False, sort_keys=True)


def _answer(a: Annotation) -> str:
    return "none of it" if a.decision == "rejected" else shown(a.value)


def renamed(statement: Statement, study: str) -> Statement:
    """Return the statement under its study's new name."""
    moved = tuple(under_name(a, study) for a in statement.decisions)
    gone = tuple(replace(one, annotation=under_name(one.annotation, study)) for one in statement.superseded)
    return replace(statement, study=study, decisions=moved, superseded=gone)
