"""Who works on this machine, and when; whose work it is, and which names the review knows."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from vivex.errors import UnknownName
from vivex.files import keep_from_git, write_text
from vivex.people.assign import assigned
from vivex.people.store import ADJUDICATED, reviewer_name, studies
from vivex.review import Review

PLACE = ".vivex"  # in the review's folder, of what belongs to this machine and is never shared
_FILE = "me"  # in that place


def who(root: Path, given: str | None, *, option: str) -> str:
    """Return the reviewer's name: the one given, else the one remembered; raise UnknownName where there is none."""
    name = given or remembered(root)
    if not name:
        raise UnknownName(f"who are you? give {option} NAME, such as your initials")
    return reviewer_name(name)


def me(review: Review, given: str | None) -> str:
    """Return the reviewer whom a verb works for: as `who`, but one whom the review knows."""
    name = given or remembered(review.root)
    if not name:
        there = reviewers(review)
        raise UnknownName(
            f"whose work is it? give --reviewer NAME once; known: {', '.join(there)}"
            if there
            else "nothing is handed out yet; run `vivex assign REVIEWER REVIEWER` first"
        )
    return known_reviewer(review, name)


def remembered(root: Path) -> str:
    """Return the reviewer of this machine; "" where nobody said."""
    path = root / PLACE / _FILE
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def remember(review: Review, name: str) -> None:
    """Keep on this machine who works on it."""
    folder = review.root / PLACE
    keep_from_git(folder)
    if remembered(review.root) != name:
        write_text(folder / _FILE, name + "\n")


def remember_first(review: Review, name: str) -> None:
    """Keep on this machine who works on it, where nobody is kept yet."""
    if not remembered(review.root):
        remember(review, name)


def reviewers(review: Review) -> list[str]:
    """Return the reviewers whom the review knows: those with assignments, and those who decided something."""
    files = (path for study in studies(review) for path in (review.annotations / study).glob("*.jsonl"))
    made = {path.stem for path in files if not path.name.startswith(".")}
    return sorted(({a.reviewer for a in assigned(review)} | made) - {ADJUDICATED})


def known_reviewer(review: Review, name: str, *, new: bool = False) -> str:
    """Return the reviewer's name in lower case; raise UnknownName with the known ones where nobody is called so.

    A review that knows nobody yet takes any name, and so does one to whom the reviewer is `new`.
    """
    lowered = reviewer_name(name)
    there = reviewers(review)
    if there and lowered not in there and not new:
        raise UnknownName(
            f"{lowered!r} is no reviewer of this review; known: {', '.join(there)}. `vivex assign {lowered}` hands "
            "studies out, --new-reviewer takes the name as it is"
        )
    return lowered


def now() -> str:
    """Return the time, UTC, as records of people give it; SOURCE_DATE_EPOCH stands for the clock where it is set."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    time = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdigit() else datetime.now(UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
