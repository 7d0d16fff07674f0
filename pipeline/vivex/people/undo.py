"""Take back a person's last import or ruling: what stood before stands again, and what was taken back stays on record.

Undoing again takes back what was done before that; redoing takes back the undoing. Works wherever the statements are:
on another machine, after a sync.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from vivex.errors import ReviewError
from vivex.people.sessions import Change, Seen, Session, standing
from vivex.people.store import (
    ADJUDICATED,
    Statement,
    Superseded,
    locked,
    read_statement,
    statement_path,
    studies,
    told_hash,
    write_statement,
)
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Undone:
    """Say what was taken back: the file it came from, its studies, how many decisions went and how many stand again."""

    file: str
    studies: tuple[str, ...]
    gone: int
    again: int


def undo(review: Review, reviewer: str, *, by: str = "", when: str = "", only: str = "") -> Undone:
    """Take back the last that a person (or "adjudicated") brought, in all studies, or in the study `only`.

    `by` names who takes it back, where that is not the reviewer.
    """
    return _take_back(review, reviewer, last, "undone", by=by, when=when, only=only)


def redo(review: Review, reviewer: str, *, by: str = "", when: str = "", only: str = "") -> Undone:
    """Bring back what a person took back last, where they have decided nothing since; as `undo`."""
    return _take_back(review, reviewer, last_undoing, "brought back", by=by, when=when, only=only)


def _take_back(
    review: Review, reviewer: str, chosen: Callable[[Statement], int], done: str, *, by: str, when: str, only: str
) -> Undone:
    """Take back the session that is `chosen` of each statement, and those of the same act."""
    with locked(review):
        paths = [statement_path(review, study, reviewer) for study in studies(review)]
        stated = [read_statement(path) for path in paths if path.exists() and only in ("", path.parent.name)]
        found = [(s, number) for s in stated for number in (chosen(s),) if number]
        if not found:
            who = "the adjudicator" if reviewer == ADJUDICATED else reviewer
            raise ReviewError(
                f"{review.annotations}: nothing of {who}{' on ' + only if only else ''} is left to be {done}"
            )
        newest = max(found, key=lambda pair: (_session(pair).when, pair[0].study))
        same = [pair for pair in found if _one_act(_session(pair), _session(newest)) or pair == newest]
        made = [without(statement, number, when=when, by=by) for statement, number in same]
        for statement in made:
            write_statement(review, statement)
    return Undone(
        _session(newest).file,
        tuple(s.study for s in made),
        sum(s.sessions[-1].replaced for s in made),
        sum(s.sessions[-1].added for s in made),
    )


def last(statement: Statement) -> int:
    """Return the number of the last session that is neither an undoing nor undone, and says what it changed; else 0."""
    live = (n for n in standing(statement.sessions) if not statement.sessions[n - 1].undoes)
    return next((n for n in live if statement.sessions[n - 1].changes), 0)


def last_undoing(statement: Statement) -> int:
    """Return the number of the last undoing that stands, where nothing was decided after it; else 0."""
    for number in standing(statement.sessions):
        session = statement.sessions[number - 1]
        undone = statement.sessions[: session.undoes][-1:] if session.undoes else ()
        if undone and not undone[0].undoes:
            return number
        if not session.undoes and session.changes:
            return 0
    return 0


def without(statement: Statement, number: int, *, when: str = "", by: str = "") -> Statement:
    """Return the statement as it was before a session, with that session and its undoing on record."""
    session = statement.sessions[number - 1]
    stays = list(statement.decisions)
    reviewed = dict(statement.reviewed)
    gone, again = [], []
    changes: dict[str, Change] = {}
    for label, change in sorted(session.changes.items()):
        mine = [a for a in stays if a.label == label]
        then = [one.annotation for one in statement.superseded if one.session == number]
        back = [a for a in then if a.label == label]
        kept = [a for a in mine if told_hash(a) not in change.came]
        changes[label] = Change(tuple(told_hash(a) for a in back if a not in kept), reviewed.get(label))
        gone += [a for a in mine if a not in kept]
        again += [a for a in back if a not in kept]
        stays = [a for a in stays if a.label != label] + kept + [a for a in back if a not in kept]
        _review(reviewed, label, change.before)
    undoing = Session(
        file=session.file,
        sha256=session.sha256,
        blind=session.blind,
        prefilled_by=session.prefilled_by,
        added=len(again),
        replaced=len(gone),
        when=when,
        changes=changes,
        undoes=number,
        policy=session.policy,
        codebook=session.codebook,
        by=by,
    )
    at = len(statement.sessions) + 1
    return replace(
        statement,
        decisions=tuple(sorted(stays, key=lambda a: a.label)),
        reviewed=reviewed,
        sessions=(*statement.sessions, undoing),
        superseded=(*statement.superseded, *(Superseded(at, a) for a in gone)),
    )


def _review(reviewed: dict[str, Seen], label: str, before: Seen | None) -> None:
    if before is None:
        reviewed.pop(label, None)
    else:
        reviewed[label] = before


def _session(pair: tuple[Statement, int]) -> Session:
    statement, number = pair
    return statement.sessions[number - 1]


def _one_act(one: Session, other: Session) -> bool:
    """Tell whether two sessions are of one import, or one ruling."""
    if one.act or other.act:
        return one.act == other.act
    return bool(one.sha256) and (one.file, one.sha256) == (other.file, other.sha256)
