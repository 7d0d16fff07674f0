"""Bring two commits of a review together without touching a file: a new commit that holds what both hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vivex.errors import ReviewError
from vivex.team.bring import FOLDERS, folder_oid, lock_in, merged_text
from vivex.team.cache import Cache, Listing, cache_of
from vivex.team.git import Blob, ancestor, asked, commit_files, content, files, keep
from vivex.team.listings import ANNOTATIONS, reasons, united_listing
from vivex.team.lost import MADE_BY_SYNC
from vivex.team.pointers import LOCK, Lock, lock_text, pointer_text, united_lock
from vivex.team.reconcile import TwoAnswers
from vivex.team.remote import OutOfReach, fetch

_BY_LINE = (".gitignore", ".gitattributes", ".dvcignore", ".dvc/.gitignore")  # lists: both sides' lines


@dataclass(frozen=True, slots=True)
class Together:
    """Name the commit that holds both sides, and tell what became of what both changed."""

    commit: str
    questions: tuple[TwoAnswers, ...] = ()
    aside: tuple[str, ...] = ()  # files of pdfs/ and annotations/ of which both versions are kept
    yours: Mapping[str, Blob] = field(default_factory=dict)  # path -> our version, where the team's stands
    again: tuple[str, ...] = ()  # stages that both sides ran: they run again


def together(root: Path, ours: str, theirs: str, *, message: str = "") -> Together:
    """Return the commit of both sides; one of the two where it holds all already.

    Raise OutOfReach where the papers or decisions of the other side can't be fetched, ReviewError where the two have
    no beginning in common.
    """
    if ours == theirs:
        return Together(ours)
    cache = cache_of(root)
    base_commit = asked(root, "merge-base", ours, theirs)
    if not base_commit:
        raise ReviewError(
            f"{root}: the team's place holds another review, which doesn't begin as this one does; get that one "
            "into a new folder (vivex init FOLDER --from PLACE), and copy your papers into it"
        )
    base, our, their = (files(root, commit) for commit in (base_commit, ours, theirs))
    listings = _listings(root, cache, base, our, their)
    why = reasons(cache, *(side[ANNOTATIONS] for side in listings[1:]))
    whole: dict[str, Blob] = {}
    questions: list[TwoAnswers] = []
    aside: list[str] = []
    yours: dict[str, Blob] = {}
    again: list[str] = []
    pointers = {f"{folder}.dvc": folder for folder in FOLDERS}
    for path in sorted({*our, *their} - set(pointers)):
        was, mine, other = base.get(path), our.get(path), their.get(path)
        if path == LOCK and mine and other:
            stages, both = united_lock(*(lock_in(root, blob) for blob in (was, mine, other)))
            again += both
            whole[path] = _lock(root, mine, other, stages)
        elif mine is None or other is None:
            one = mine or other
            if one is not None and one != was:
                whole[path] = one
        elif mine == other or other == was:
            whole[path] = mine
        elif mine == was or path.startswith("outputs/"):
            whole[path] = other if mine == was else mine
        else:
            whole[path], clean = _text(root, path, was, mine, other)
            if not clean:
                yours[path] = mine
    for name, folder in pointers.items():
        sides = [side[folder] for side in listings]
        union = united_listing(folder, cache, sides[0], sides[1], sides[2], why)
        questions += union.questions
        aside += [f"{folder}/{path}" for path in union.aside]
        blob = _pointer(root, folder, union.listing, (our.get(name), our), (their.get(name), their), cache)
        if blob:
            whole[name] = blob
    told = (tuple(questions), tuple(aside), yours, tuple(again))
    if whole == their and ancestor(root, ours, theirs):
        return Together(theirs, *told)
    if whole == our and ancestor(root, theirs, ours):
        return Together(ours, *told)
    words = f"{MADE_BY_SYNC}\n\n{message}".strip() + "\n"
    return Together(commit_files(root, whole, parents=(ours, theirs), message=words), *told)


def _listings(root: Path, cache: Cache, *trees: Mapping[str, Blob]) -> list[dict[str, Listing]]:
    """Return the folders' listings of base, ours and theirs; their objects are fetched first.

    The base's files are wanted only where both sides changed one; its listing does without them.
    """
    oids = [{folder: folder_oid(root, tree, folder) for folder in FOLDERS} for tree in trees]
    lacking = fetch(root, [oid for side in oids[1:] for oid in side.values() if oid])
    if lacking:
        raise OutOfReach(
            f"{len(lacking)} files that the team's copy names have not come to where its data lie; ask whoever sent "
            "the last changes to run `vivex sync`, then run it again. What you have is saved here"
        )
    before = [oid for oid in oids[0].values() if oid and not cache.holds(oid)]
    if before:
        fetch(root, before)
    return [{f: cache.listing(oid) if oid and cache.knows(oid) else {} for f, oid in side.items()} for side in oids]


def _pointer(
    root: Path,
    folder: str,
    whole: Listing,
    ours: tuple[Blob | None, Mapping[str, Blob]],
    theirs: tuple[Blob | None, Mapping[str, Blob]],
    cache: Cache,
) -> Blob | None:
    """Return the pointer to a listing; that of a side where it is the same, so that nothing changes without need."""
    oid = cache.put_listing(whole)
    for blob, tree in (theirs, ours):
        if blob is not None and folder_oid(root, tree, folder) == oid:
            return blob
    if ours[0] is None and theirs[0] is None:
        return None
    return keep(root, pointer_text(folder, oid, cache).encode())


def _lock(root: Path, mine: Blob, other: Blob, stages: Lock) -> Blob:
    """Return the lock of both sides' stages; that of a side where it is the same."""
    for blob in (other, mine):
        if lock_in(root, blob) == stages:
            return blob
    return keep(root, lock_text(stages).encode())


def _text(root: Path, path: str, was: Blob | None, mine: Blob, other: Blob) -> tuple[Blob, bool]:
    """Return two versions of a text in one, and whether they agree; the team's where they don't."""
    base, ours, theirs = (content(root, blob) for blob in (was, mine, other))
    if path in _BY_LINE:
        lines = list(dict.fromkeys([*theirs.decode().splitlines(), *ours.decode().splitlines()]))
        return keep(root, "".join(f"{line}\n" for line in lines).encode()), True
    merged, clean = merged_text(ours, base, theirs)
    return (keep(root, merged, mode=other.mode), True) if clean else (other, False)
