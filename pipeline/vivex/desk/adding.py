"""Papers that are dropped onto the desk: into pdfs/, unless the review has them already; and studies taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from vivex.desk.desk_review import DeskReview
from vivex.desk.study_page import Data
from vivex.document import sha256
from vivex.errors import ReviewError
from vivex.files import well_formed, write_bytes
from vivex.people.exclude import exclude
from vivex.people.store import reviewer_name
from vivex.people.who import now
from vivex.review import LONGEST

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


def add_paper(desk: DeskReview, name: str, data: bytes) -> Data:
    """Put a paper into pdfs/ and return what came of it; a file that is there already is told, never written over.

    Raise ReviewError for a file that vivex doesn't read, or whose name can't be a study's.
    """
    from vivex.parse import suffixes

    desk.may_write()
    name = PurePosixPath(name.replace("\\", "/")).name.strip()
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
    if suffix not in suffixes():
        raise ReviewError(f"{name[:80]!r}: only {', '.join(sorted(suffixes()))} files are read")
    long = len(stem.encode("utf-8", "surrogatepass")) > LONGEST
    if not stem or stem.startswith(".") or _FORBIDDEN.search(name) or well_formed(name) != name or long:
        raise ReviewError(f"{name[:80]!r} can't name a study; rename the file with letters, digits and -")
    if not data.strip():
        raise ReviewError(f"{name}: the file is empty; download it again")
    with desk.turn:
        there = sorted(p for p in desk.review.pdfs.iterdir() if p.is_file()) if desk.review.pdfs.is_dir() else []
        wanted = sha256(data)
        for path in there:
            if path.stat().st_size == len(data) and sha256(path.read_bytes()) == wanted:
                return {"added": False, "name": name, "why": f"the same file is there already: {path.name}"}
        for path in there:
            if path.stem.casefold() == stem.casefold():
                return {"added": False, "name": name, "why": f"another paper has this name: {path.name}; rename yours"}
        write_bytes(desk.review.pdfs / name, data)
    return {"added": True, "name": name, "why": ""}


def hand_out(desk: DeskReview, names: Sequence[str], *, per_study: int, blind: float) -> list[str]:
    """Hand studies to reviewers, some of them blind, and return what was said of it."""
    desk.may_write()
    if desk.assign is None:
        raise ReviewError("studies are handed out by `vivex assign NAME NAME`")
    wanted = [reviewer_name(name) for name in names]
    if not wanted:
        raise ReviewError("to whom? give the reviewers' short names, such as: mk th")
    if not 1 <= per_study <= len(wanted):
        raise ReviewError(
            f"{per_study} reviewers for each study, but {len(wanted)} named; name more, or lower the number"
        )
    if not 0 <= blind <= 1:
        raise ReviewError("the blind share is a number from 0 to 1")
    return desk.assign(wanted, per_study, blind)


def take_out(desk: DeskReview, study: str, *, reason: str, again: bool = False) -> None:
    """Take a study out of the review with its reason, or into it `again`."""
    desk.may_write()
    with desk.turn:
        exclude(desk.review, study, reason=reason, by=desk.reviewer, when=now(), again=again)
