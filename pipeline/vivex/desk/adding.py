"""Papers and libraries that are dropped onto the desk: taken in, unless the review has them; and studies taken out."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vivex.desk.aside import Aside, Dropped, front_matter
from vivex.desk.desk_review import DeskReview
from vivex.desk.study_page import Data
from vivex.errors import ReviewError, TransientFault, UnreadablePaper, VivexError
from vivex.files import well_formed, write_bytes
from vivex.people.bringing import bring
from vivex.people.exclude import exclude
from vivex.people.library import beside_id, identities, twin_of
from vivex.people.store import reviewer_name
from vivex.people.who import now
from vivex.references import Reference, of_front_matter
from vivex.review import LONGEST, gather

if TYPE_CHECKING:
    from vivex.exchange.formats import Format

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


def add_file(desk: DeskReview, aside: Aside, name: str, data: bytes, *, anyway: bool = False) -> Data:
    """Take in what was dropped: a library's records, or a paper; return what came of it.

    A paper that is there already is told, never written over. What has the DOI or the title of another, or can't be
    read, is asked about (`ask`) and added only `anyway`. Raise ReviewError for a file that vivex doesn't read, or whose
    name can't be a study's.
    """
    from vivex.parse import suffixes

    desk.may_write()
    name = PurePosixPath(name.replace("\\", "/")).name.strip()
    suffix = PurePosixPath(name).suffix.lower()
    if not data.strip():
        raise ReviewError(f"{name[:80]}: the file is empty; download it again")
    papers, libraries = suffixes(), _libraries()
    if _is_library(suffix, data, libraries, papers=papers):
        return _add_library(desk, name, data)
    if suffix not in papers:
        known = ", ".join(sorted({*papers, *(end for of in libraries for end in of.suffixes)}))
        raise ReviewError(f"{name[:80]!r}: only {known} files are read")
    return _add_paper(desk, aside, name, data, anyway=anyway)


def _add_paper(desk: DeskReview, aside: Aside, name: str, data: bytes, *, anyway: bool) -> Data:
    stem = PurePosixPath(name).stem
    long = len(stem.encode("utf-8", "surrogatepass")) > LONGEST
    if not stem or stem.startswith(".") or _FORBIDDEN.search(name) or well_formed(name) != name or long:
        raise ReviewError(f"{name[:80]!r} can't name a study; rename the file with letters, digits and -")
    if why := _there(desk, name, data):
        return {"added": False, "name": name, "why": why}
    told, reference = _looked_at(desk, aside, name, data)
    if told and not anyway:
        return {"added": False, "ask": True, "name": name, "why": told}
    with desk.turn:
        if why := _there(desk, name, data):  # another window was quicker
            return {"added": False, "name": name, "why": why}
        write_bytes(desk.review.pdfs / name, data)
        desk.dropped[stem] = reference
    return {"added": True, "name": name, "why": told}


def _there(desk: DeskReview, name: str, data: bytes) -> str:
    """Say which paper of the review the file is, or has the name of; "" where it is new."""
    there, _ = gather([desk.review.pdfs]) if desk.review.pdfs.is_dir() else ({}, [])
    stem = PurePosixPath(name).stem.casefold()
    for study, path in there.items():
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            called = desk.called.get(study, study)
            also = "" if called == study else f" ({called})"
            return f"the same file is there already: {path.name}{also}"
    for path in there.values():
        if path.stem.casefold() == stem:
            return f"another paper has this name: {path.name}; rename yours"
    return ""


def _looked_at(desk: DeskReview, aside: Aside, name: str, data: bytes) -> tuple[str, Reference]:
    """Return what speaks against a paper ("" nothing), and what its front matter tells."""
    try:
        reference = of_front_matter(aside.run(front_matter, Dropped(name, data)))
    except UnreadablePaper as error:
        return f"it can't be read: {error.reason}; {error.remedy}", Reference()
    except TransientFault as error:  # no fault of the paper's; `dvc repro` reads it
        return f"it could not be looked at ({error})", Reference()
    twin = twin_of(reference, identities({**desk.references, **desk.dropped}))
    if twin is None:
        return "", reference
    kind, study = twin
    return f"it has the {kind} of {beside_id(study, desk.called)}", reference


def _libraries() -> list[Format]:
    """Return the formats in which references are read."""
    from vivex.exchange.formats import REFERENCES, all_formats

    return [of for of in all_formats().values() if of.holds == REFERENCES and of.read is not None]


def _is_library(suffix: str, data: bytes, libraries: Iterable[Format], *, papers: Container[str]) -> bool:
    """Tell whether a file holds references; of a suffix that papers have too, by its first characters."""
    from vivex.exchange.formats import HEAD

    head = data[:HEAD].decode("utf-8-sig", "replace")
    return any(suffix in of.suffixes and (suffix not in papers or of.known_by(head)) for of in libraries)


def _add_library(desk: DeskReview, name: str, data: bytes) -> Data:
    """Keep what a library's records tell of the review's papers.

    Papers that it names are not taken from this machine's disk: they are dropped beside it, and found by their names.
    """
    from vivex.exchange.formats import REFERENCES, format_of

    with tempfile.TemporaryDirectory(prefix="vivex-") as folder:
        path = Path(folder) / f"library{PurePosixPath(name).suffix.lower()}"
        path.write_bytes(data)
        try:
            _, of = format_of(path)
            if of.holds != REFERENCES or of.read is None:
                raise ReviewError(f"it holds {of.holds}, no references; `vivex import {name}` takes it in")
            brought = of.read(path)
        except VivexError as error:
            raise ReviewError(str(error).replace(str(path), name)) from error
        records = [replace(r, files=tuple(_file_name(file) for file in r.files)) for r in brought.references]
        with desk.turn:
            done = bring(desk.review, records, Path(folder) / "none", when=now())
    notes = [note.replace(str(path), name) for note in (*brought.notes, *done.notes)]
    return {
        "added": True,
        "name": name,
        "records": done.records,
        "matched": len(done.called),
        "new": len(done.new),
        "why": "",
        "notes": notes,
    }


def _file_name(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name


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
    return desk.assign(["--per-study", str(per_study), "--blind", str(blind), *wanted])


def take_out(desk: DeskReview, study: str, *, reason: str, again: bool = False) -> None:
    """Take a study out of the review with its reason, or into it `again`."""
    desk.may_write()
    with desk.turn:
        exclude(desk.review, study, reason=reason, by=desk.reviewer, when=now(), again=again)
