"""annotations/excluded.jsonl: the studies that the team has taken out of its review, with the reason.

A line is an event: {"study", "reason", "by", "when"} takes a study out, and with "again": true takes it in again. The
last event of a study counts, by `when` (UTC, as 2026-01-31T09:30:00Z). Lines are only ever added, so that two people's
files merge as the union of their lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.index import read_index
from vivex.jsonlines import read_lines
from vivex.people.machine import parsed
from vivex.people.store import studies
from vivex.review import Review

FILE = "excluded.jsonl"


@dataclass(frozen=True, slots=True, order=True)
class Exclusion:
    """Say that a study was taken out of the review (or, `again`, into it): when, by whom, why."""

    when: str
    study: str
    reason: str
    by: str
    again: bool = False


def events(path: Path) -> list[Exclusion]:
    """Return the events of a file in the order of time, none where there is no file."""
    found = []
    for where, data in read_lines(path) if path.exists() else ():
        texts = {key: data.get(key, "") for key in ("when", "study", "reason", "by")}
        again = data.get("again", False)
        if not (all(isinstance(text, str) for text in texts.values()) and texts["study"] and isinstance(again, bool)):
            expected = '{"study": "...", "reason": "...", "by": "...", "when": "..."}'
            raise MalformedFile(f"{where}: expected {expected}; correct the line")
        found.append(Exclusion(**texts, again=again))
    return sorted(found, key=lambda event: (event.when, event.again, event))  # out and in within a second is in


def excluded(review: Review) -> dict[str, Exclusion]:
    """Return study -> why it is out of the review, by study."""
    last = {event.study: event for event in events(review.annotations / FILE)}
    return {study: event for study, event in sorted(last.items()) if not event.again}


def present(review: Review) -> set[str]:
    """Return the studies of which the review has a paper, also one that could not be read."""
    return set(read_index(review.outputs / "documents")) | set(parsed(review))


def counted(review: Review) -> list[str]:
    """Return the studies about which somebody stated something and that count: not excluded, their paper not gone.

    A review whose papers were never read counts all.
    """
    out, there = set(excluded(review)), present(review)
    return [study for study in studies(review) if study not in out and (study in there or not there)]


def gone(review: Review) -> list[str]:
    """Return the studies about which somebody stated something and whose paper is no longer in the review."""
    out, there = set(excluded(review)), present(review)
    return [study for study in studies(review) if there and study not in there | out]
