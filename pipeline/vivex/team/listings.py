"""Unite two listings of a folder under DVC: what either side added or changed is in it, and nothing vanishes unasked.

A file goes only where a record of the team says why: its study was renamed or taken out of the review, or the same
paper lies there under another name.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from vivex.errors import MalformedFile
from vivex.jsonlines import parse_line
from vivex.people.excluded import FILE as EXCLUDED
from vivex.people.former_names import names_now
from vivex.people.rename import FILE as RENAMED
from vivex.people.store import ASIDE, ASSIGNMENTS, Session
from vivex.team.cache import Cache, Listing
from vivex.team.reconcile import TwoAnswers, renamed, statement_or_none, statement_text, united

ANNOTATIONS = "annotations"
PAPERS = "pdfs"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Say why a file may be absent: the studies that have a new name, and those taken out of the review."""

    new_names: Mapping[str, str] = field(default_factory=dict)
    out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Union:
    """Hold the files of both sides, what is to be asked, and the files of which two versions are kept."""

    listing: Listing
    questions: tuple[TwoAnswers, ...] = ()
    aside: tuple[str, ...] = ()


def reasons(cache: Cache, *annotations: Listing) -> Reasons:
    """Return what listings of annotations/ tell about new names and studies taken out."""
    new_names = names_now(_events(cache, annotations, RENAMED))
    out: set[str] = set()
    for event in _events(cache, annotations, EXCLUDED):
        study = event.get("study")
        if isinstance(study, str):
            (out.discard if event.get("again") is True else out.add)(study)
    return Reasons(new_names, frozenset(out))


def united_listing(folder: str, cache: Cache, base: Listing, ours: Listing, theirs: Listing, why: Reasons) -> Union:
    """Return the listing of `folder` with what both sides have. New contents are put into the cache."""
    b, o, t = (under_new_names(folder, cache, side, why) for side in (base, ours, theirs))
    whole: dict[str, str] = {}
    questions: list[TwoAnswers] = []
    aside: list[str] = []
    for path in sorted({*o, *t}):
        was, our, their = b.get(path), o.get(path), t.get(path)
        if our is None or their is None:
            one = our or their
            assert one is not None
            gone = was is not None and one == was and _explained(folder, path, was, why, o if our is None else t, b)
            if not gone:
                whole[path] = one
            continue
        anew = was is not None and any(_begun_anew(folder, path, cache, was, side) for side in {our, their} - {was})
        if our == their or (their == was and not anew):
            whole[path] = our
        elif our == was and not anew:
            whole[path] = their
        else:
            chosen, asked, other = _both(folder, path, cache, None if anew else was, our, their)
            whole.update({path: chosen, **other})
            questions += asked
            aside += other
    return Union(whole, tuple(questions), tuple(aside))


def _both(
    folder: str, path: str, cache: Cache, was: str | None, our: str, their: str
) -> tuple[str, list[TwoAnswers], dict[str, str]]:
    """Return what stands of a file that both sides changed, what to ask, and the version that is kept beside it."""
    if folder == ANNOTATIONS:
        base = cache.read(was) if was is not None and cache.holds(was) else None
        found = united(path, base, cache.read(our), cache.read(their))
        if found is not None:
            return cache.put(found.data), list(found.questions), {}
    first, second = sorted((our, their))  # the same on every machine
    return first, [], {beside(path, second): second}


def _begun_anew(folder: str, path: str, cache: Cache, was: str, now: str) -> bool:
    """Tell whether a statement lacks sessions of its earlier version: it was begun again where that one was absent.

    Statements only grow; one that lacks sessions took nothing back, it never knew of them.
    """
    if folder != ANNOTATIONS or path.count("/") != 1 or path.startswith((f"{ASSIGNMENTS}/", f"{ASIDE}/")):
        return False
    before, after = (statement_or_none(path, cache.read(md5)) if cache.holds(md5) else None for md5 in (was, now))
    if before is None or after is None:
        return False
    return not {_held(one) for one in before.sessions} <= {_held(one) for one in after.sessions}


def _held(session: Session) -> tuple[str, ...]:
    return session.file, session.sha256, session.when, session.by, session.act


def beside(path: str, md5: str) -> str:
    """Return where, in the same folder under DVC, another version of a file is kept."""
    name = PurePosixPath(path)
    return str(PurePosixPath(ASIDE) / name.with_name(f"{name.stem}.{md5[:8]}{name.suffix}"))


def _explained(folder: str, path: str, oid: str, why: Reasons, side: Listing, base: Listing) -> bool:
    """Tell whether a file that one side no longer has went for a reason."""
    if path.startswith(f"{ASIDE}/"):
        return True  # somebody has looked at the two versions
    if folder != PAPERS:
        return False
    study = PurePosixPath(path).stem
    if study in why.out and 2 * len(side) >= len(base):  # a folder that lost most of its papers is an accident
        return True
    return any(PurePosixPath(other).stem == study or md5 == oid for other, md5 in side.items())


def under_new_names(folder: str, cache: Cache, side: Listing, why: Reasons) -> dict[str, str]:
    """Return a side's files under the names that their studies have now."""
    found: dict[str, str] = {}
    taken = {PurePosixPath(path).parts[0] if folder == ANNOTATIONS else PurePosixPath(path).stem for path in side}
    fresh = {old: new for old, new in why.new_names.items() if new not in taken}  # else the old name is another study's
    for path, oid in sorted(side.items()):
        name, content = path, oid
        parts = PurePosixPath(path).parts
        if folder == PAPERS and len(parts) == 1:
            stem = PurePosixPath(path).stem
            name = fresh.get(stem, stem) + PurePosixPath(path).suffix
        elif folder == ANNOTATIONS and len(parts) == 2 and parts[0] in fresh:
            study = fresh[parts[0]]
            name, content = f"{study}/{parts[1]}", _renamed(cache, path, study, oid)
        elif folder == ANNOTATIONS and len(parts) == 2 and parts[0] == ASSIGNMENTS:
            content = _handed_under_new_names(cache, oid, fresh)
        found[name] = content
    return found


def _renamed(cache: Cache, path: str, study: str, oid: str) -> str:
    """Return a statement under its study's new name; as it is where it can't be read."""
    statement = statement_or_none(path, cache.read(oid)) if cache.holds(oid) else None
    return oid if statement is None else cache.put(statement_text(renamed(statement, study)))


def _handed_under_new_names(cache: Cache, oid: str, new_names: Mapping[str, str]) -> str:
    """Return a reviewer's list of studies with the names that they have now."""
    if not new_names or not cache.holds(oid):
        return oid
    lines = set()
    for line in cache.read(oid).decode("utf-8", "replace").splitlines():
        try:
            data = parse_line(line, where=ASSIGNMENTS)
        except MalformedFile:  # `vivex check` names it
            return oid
        study = data.get("study")
        if isinstance(study, str):
            data["study"] = new_names.get(study, study)
        lines.add(json.dumps(data, ensure_ascii=False) + "\n")
    return cache.put("".join(sorted(lines)).encode())


def _events(cache: Cache, sides: tuple[Listing, ...], name: str) -> list[dict[str, object]]:
    """Return the events of all sides' file of that name, in the order of their time."""
    lines = {
        line
        for oid in {side[name] for side in sides if name in side}
        if cache.holds(oid)
        for line in cache.read(oid).decode("utf-8", "replace").splitlines()
        if line.strip()
    }
    events = []
    for line in sorted(lines):
        with contextlib.suppress(MalformedFile):  # `vivex check` names it
            events.append(parse_line(line, where=name))
    return sorted(events, key=lambda event: str(event.get("when", "")))
