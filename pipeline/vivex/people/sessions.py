"""The sessions of a statement: each import, settlement or undoing that changed something, and what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from vivex.errors import MalformedFile
from vivex.jsonlines import BACK

T = TypeVar("T")

_TYPES: dict[type, str] = {str: "a text", int: "a whole number", bool: "true or false", dict: "an object"}


@dataclass(frozen=True, slots=True)
class Seen:
    """Say how a label was reviewed: without sight of a proposal, or with those of the named models before the eyes."""

    blind: bool
    prefilled_by: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Say which decisions on a label a session brought (their hashes), and how it was reviewed before (None: not)."""

    came: tuple[str, ...] = ()
    before: Seen | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Describe one import that changed something; `seconds` is the time spent, where it is known.

    `changes` says what it changed, by label, so that it can be taken back; `undoes` is the number of the session that
    this one takes back (0: none).
    """

    file: str
    sha256: str
    blind: bool
    prefilled_by: str = ""
    added: int = 0
    replaced: int = 0
    seconds: float | None = None
    when: str = ""  # UTC, as 2026-01-31T09:30:00Z; where it is known
    act: str = ""  # the id that the sessions of one import, or of one ruling, share in all studies
    changes: Mapping[str, Change] = field(default_factory=dict)
    undoes: int = 0
    policy: str = ""  # the SYRCLE conventions it was decided under (Codebook.policy_id), where they are known
    codebook: str = ""  # what was asked (Codebook.id; vivex.people.asked keeps it), where it is known
    by: str = ""  # who did it, where the statement doesn't say: of an adjudicator's, and where somebody takes back


def standing(sessions: Sequence[Session]) -> Iterator[int]:
    """Yield the numbers, from 1, of the sessions that no standing session takes back, the last one first."""
    gone = set()
    for number in range(len(sessions), 0, -1):
        if number not in gone:
            gone.add(sessions[number - 1].undoes)
            yield number


def decided_under(sessions: Sequence[Session]) -> dict[str, Session]:
    """Return the session by which each label stands as it does: what was taken back counts for none."""
    stand = (sessions[number - 1] for number in reversed(list(standing(sessions))))
    return {label: session for session in stand if not session.undoes for label in session.changes}


def session_line(number: int, session: Session) -> dict[str, Any]:
    """Return a session as its line in a statement; what says nothing is left out."""
    line: dict[str, Any] = {
        "record": "session",
        "number": number,
        "file": session.file,
        "sha256": session.sha256,
        "blind": session.blind,
        "prefilled_by": session.prefilled_by,
        "added": session.added,
        "replaced": session.replaced,
        "seconds": session.seconds,
    }
    if session.when:
        line["when"] = session.when
    if session.act:
        line["act"] = session.act
    if session.policy:
        line["policy"] = session.policy
    if session.codebook:
        line["codebook"] = session.codebook
    if session.by:
        line["by"] = session.by
    if session.undoes:
        line["undoes"] = session.undoes
    if session.changes:
        line["changes"] = {
            label: {"came": list(change.came), "before": None if change.before is None else seen_data(change.before)}
            for label, change in sorted(session.changes.items())
        }
    return line


def read_session(data: Mapping[str, Any], where: str) -> Session:
    """Return the session of a line; raise MalformedFile with the key and what was expected."""
    seconds = data.get("seconds")
    if seconds is not None and (isinstance(seconds, bool) or not isinstance(seconds, int | float)):
        raise MalformedFile(f"{where}: seconds {seconds!r} is no number; {BACK}")
    return Session(
        file=typed(data, "file", str, where),
        sha256=typed(data, "sha256", str, where),
        blind=typed(data, "blind", bool, where),
        prefilled_by=typed(data, "prefilled_by", str, where),
        added=typed(data, "added", int, where),
        replaced=typed(data, "replaced", int, where),
        seconds=seconds,
        when=typed({"when": "", **data}, "when", str, where),
        act=typed({"act": "", **data}, "act", str, where),
        changes=_changes(typed({"changes": {}, **data}, "changes", dict, where), where),
        policy=typed({"policy": "", **data}, "policy", str, where),
        codebook=typed({"codebook": "", **data}, "codebook", str, where),
        by=typed({"by": "", **data}, "by", str, where),
        undoes=typed({"undoes": 0, **data}, "undoes", int, where),
    )


def _changes(data: Mapping[str, Any], where: str) -> dict[str, Change]:
    found = {}
    for label, change in data.items():
        at = f"{where}: changes {label!r}"
        came = change.get("came") if isinstance(change, dict) else None
        before = change.get("before") if isinstance(change, dict) else None
        if not (isinstance(came, list) and all(isinstance(one, str) for one in came)):
            raise MalformedFile(f'{at}: expected {{"came": [...], "before": ...}}; {BACK}')
        found[label] = Change(tuple(came), None if before is None else read_seen(before, at))
    return found


def read_seen(data: Any, where: str) -> Seen:
    """Return how a label was reviewed; raise MalformedFile where the data don't say it."""
    if not isinstance(data, dict):
        raise MalformedFile(f'{where}: expected {{"blind": true|false, "prefilled_by": "..."}}; {BACK}')
    return Seen(typed(data, "blind", bool, where), typed(data, "prefilled_by", str, where))


def seen_data(seen: Seen) -> dict[str, Any]:
    """Return how a label was reviewed, as statements hold it."""
    return {"blind": seen.blind, "prefilled_by": seen.prefilled_by}


def typed(data: Mapping[str, Any], key: str, kind: type[T], where: str) -> T:
    """Return the value of a key; raise MalformedFile where it is missing or of another type."""
    value = data.get(key)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        found = "is missing" if key not in data else f"is a {type(value).__name__}"
        raise MalformedFile(f"{where}: {key!r} {found}, expected {_TYPES[kind]}; {BACK}")
    return value
