"""Whose work it is: the reviewer who works on this machine, and which names the review knows."""

from __future__ import annotations

from collections.abc import Iterable

from vivex.errors import UnknownName
from vivex.files import write_text
from vivex.people.assign import assigned
from vivex.people.store import ADJUDICATED, reviewer_name, studies
from vivex.people.who import remembered
from vivex.review import Review

PLACE = ".vivex"  # in the review's folder, of what belongs to this machine and is never shared


def remember(review: Review, name: str) -> None:
    """Keep on this machine who works on it; what is kept there is ignored by git."""
    folder = review.root / PLACE
    if not (folder / ".gitignore").exists():
        write_text(folder / ".gitignore", "*\n")
    if remembered(review.root) != name:
        write_text(folder / "me", name + "\n")


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
            f"{lowered!r} is no reviewer of this review; known: {listed(there)}. `vivex assign {lowered}` hands "
            f"studies "
            f"out, --new-reviewer takes the name as it is"
        )
    return lowered


def me(review: Review, given: str | None) -> str:
    """Return the reviewer whom a verb works for: the one given, else the one remembered on this machine."""
    name = given or remembered(review.root)
    if not name:
        there = reviewers(review)
        raise UnknownName(
            f"whose work is it? give --reviewer NAME once; known: {listed(there)}"
            if there
            else "nothing is handed out yet; run `vivex assign REVIEWER REVIEWER` first"
        )
    return known_reviewer(review, name)


def listed(names: Iterable[str]) -> str:
    """Return names in one line."""
    return ", ".join(names)
