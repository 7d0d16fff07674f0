"""Bring a review's files from one commit to a later one, so that a kill at any moment loses nothing.

What is to be done is written down first (the journal). Each file is then written whole, and one that was changed in
the meantime is united with what comes. Done again, from the beginning, it gives the same.
"""

from __future__ import annotations

import functools
import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vivex.errors import MalformedFile, ReviewError
from vivex.files import write_bytes, write_text
from vivex.people.store import locked
from vivex.review import Review
from vivex.team.cache import Cache, Listing, cache_of, files_in, is_listing, md5_of
from vivex.team.git import Blob, asked, commit_of, content, files, git, git_folder
from vivex.team.listings import ANNOTATIONS, PAPERS, Reasons, united_listing
from vivex.team.pointers import LOCK, Lock, is_pointer, read_lock, read_pointer, results

FOLDERS = (PAPERS, ANNOTATIONS)
YOURS = ".yours"  # the ending of your own version of a file, where the team's stands


@dataclass(frozen=True, slots=True)
class Journal:
    """Say which commits the files are on their way between."""

    old: str
    new: str


def listing_in(root: Path, tree: Mapping[str, Blob], folder: str) -> dict[str, str]:
    """Return the listing of a folder in a commit's files, none where they have none; its object must be here."""
    oid = folder_oid(root, tree, folder)
    return cache_of(root).listing(oid) if oid else {}


def folder_oid(root: Path, tree: Mapping[str, Blob], folder: str) -> str:
    """Return the object of a folder's listing in a commit's files; "" where they have none."""
    name = f"{folder}.dvc"
    pointer = read_pointer(content(root, tree[name]), where=name) if name in tree else None
    return pointer.oid if pointer else ""


def results_in(root: Path, tree: Mapping[str, Blob]) -> dict[str, str]:
    """Return path -> object of the results under DVC in a commit's files."""
    return {path: oid for path, oid in results(lock_in(root, tree.get(LOCK))).items() if path not in tree}


@functools.lru_cache(maxsize=8)
def lock_in(root: Path, blob: Blob | None) -> Lock:
    """Return the stages of a commit's dvc.lock, none of None; slow to read, and asked for by every step of a sync."""
    return read_lock(content(root, blob))


def objects_in(root: Path, tree: Mapping[str, Blob]) -> set[str]:
    """Return the objects of papers, decisions and other folders under DVC that a commit's files point to."""
    found = set()
    for path, blob in tree.items():
        if is_pointer(path):
            pointer = read_pointer(content(root, blob), where=path)
            found |= {pointer.oid} if pointer else set()
    return found


def journal_path(root: Path) -> Path:
    """Return where the journal lies: under no version control."""
    return root / ".dvc" / "tmp" / "vivex-sync.json"


def read_journal(root: Path) -> Journal | None:
    """Return what a killed process was about to do; None where nothing is unfinished."""
    try:
        data = json.loads(journal_path(root).read_text(encoding="utf-8"))
        return Journal(str(data["old"]), str(data["new"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def bring(review: Review, old: str, new: str) -> list[str]:
    """Bring files, papers, decisions and results from commit `old` ("" is none) to `new`; return your files set aside.

    The objects of `new` must be in the cache; results that aren't are passed over.
    """
    root = review.root
    journal_path(root).parent.mkdir(parents=True, exist_ok=True)
    write_text(journal_path(root), json.dumps({"old": old, "new": new}) + "\n")
    before, after = files(root, old), files(root, new)
    aside = [path for path in sorted({*before, *after}) if _file(root, path, before.get(path), after.get(path))]
    with locked(review):
        for folder in FOLDERS:
            _folder(review, folder, listing_in(root, before, folder), listing_in(root, after, folder))
            remember(root, folder, folder_oid(root, after, folder))
    _results(root, results_in(root, before), results_in(root, after))
    if commit_of(root, "HEAD") in (old, new, ""):
        git(root, "update-ref", "HEAD", new)
        git(root, "read-tree", new)
        asked(root, "update-index", "-q", "--refresh")  # its status says nothing of importance
    journal_path(root).unlink(missing_ok=True)
    return aside


def finish(review: Review) -> bool:
    """Finish what a killed process had begun; tell whether there was anything."""
    begun = read_journal(review.root)
    if begun is None:
        return False
    if commit_of(review.root, begun.new):
        (git_folder(review.root) / "index.lock").unlink(missing_ok=True)  # of the process that was killed
        bring(review, begun.old, begun.new)
    else:
        journal_path(review.root).unlink(missing_ok=True)
    return True


def _file(root: Path, path: str, was: Blob | None, will: Blob | None) -> bool:
    """Bring one file of git along; tell whether a version of one's own was set aside."""
    if was == will:
        return False
    place = root / path
    here = place.read_bytes() if place.is_file() else None
    old, new = (content(root, blob) if blob else None for blob in (was, will))
    if here == new:
        return False
    if here in (old, None):
        if new is None:
            place.unlink(missing_ok=True)
        else:
            _write(place, new, will)
        return False
    if new is None or is_pointer(path) or path == LOCK:  # pointers are written from the folders themselves
        if new is not None:
            _write(place, new, will)
        return False
    merged, clean = merged_text(here, old or b"", new)
    _write(place, merged if clean else new, will)
    if not clean:
        write_bytes(place.with_name(place.name + YOURS), here or b"")
    return not clean


def merged_text(ours: bytes, base: bytes, theirs: bytes) -> tuple[bytes, bool]:
    """Return two versions of a text in one, and whether they agree; theirs where they don't."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for path, data in zip(paths, (ours, base, theirs)):
            path.write_bytes(data)
        words = ["git", "merge-file", "-p", "-q", *map(str, paths)]
        done = subprocess.run(words, capture_output=True, check=False)
    return (done.stdout, True) if done.returncode == 0 else (theirs, False)


def _write(place: Path, data: bytes, blob: Blob | None) -> None:
    write_bytes(place, data)
    if blob and blob.mode == "100755":
        place.chmod(0o755)


def _folder(review: Review, folder: str, old: Listing, new: Listing) -> None:
    """Bring pdfs/ or annotations/ along; what changed here since `old` is united with what comes."""
    cache, place = cache_of(review.root), review.root / folder
    lost = [path for path, md5 in new.items() if not cache.holds(md5)]
    if lost:
        raise ReviewError(f"{place}: {lost[0]} has not come; run `vivex sync` again")
    place.mkdir(parents=True, exist_ok=True)
    for path in sorted({*old, *new}):
        target = place / path
        here = md5_of(target) if target.is_file() else None
        was, will = old.get(path), new.get(path)
        if here in (will, None) or here == was:
            chosen = will
        else:  # changed since
            cache.put(target.read_bytes())
            both = united_listing(
                folder,
                cache,
                {path: was} if was else {},
                {path: here} if here else {},
                {path: will} if will else {},
                Reasons(),
            )
            for name, md5 in both.listing.items():
                _put(cache, place / name, md5)
            continue
        if chosen is None:
            target.unlink(missing_ok=True)
            _prune(target.parent, place)
        elif chosen != here:
            write_bytes(target, cache.read(chosen))


def _put(cache: Cache, target: Path, md5: str) -> None:
    if not target.is_file() or md5_of(target) != md5:
        write_bytes(target, cache.read(md5))


def _prune(folder: Path, top: Path) -> None:
    """Remove a folder that became empty."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def bring_results(root: Path, commit: str) -> None:
    """Put results that are absent here into place, as a commit's lock names them."""
    named = results_in(root, files(root, commit))
    _results(root, named, named)


def _results(root: Path, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Bring outputs/ along where their lock changed or they are absent; derived files give way."""
    cache = cache_of(root)
    for path, oid in sorted(new.items()):
        place = root / path
        if not cache.holds(oid) or (old.get(path) == oid and place.exists()):
            continue
        if not is_listing(oid):
            _put(cache, place, oid)
            continue
        wanted = cache.listing(oid)
        for name, md5 in sorted(wanted.items()):
            _put(cache, place / name, md5)
        for file in files_in(place):
            if file.relative_to(place).as_posix() not in wanted:
                file.unlink()
                _prune(file.parent, place)


# -- what pdfs/ and annotations/ were last in step with


def remember(root: Path, folder: str, oid: str) -> None:
    """Note that a folder is in step with a listing."""
    known = {**_remembered(root), folder: oid}
    write_text(root / ".dvc" / "tmp" / "vivex-folders.json", json.dumps(known, sort_keys=True) + "\n")


def in_step_with(root: Path, folder: str) -> str:
    """Return the listing that a folder was last in step with; "" where that isn't known."""
    return _remembered(root).get(folder, "")


def _remembered(root: Path) -> dict[str, str]:
    path = root / ".dvc" / "tmp" / "vivex-folders.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(found, dict):
        raise MalformedFile(f"{path}: no object; delete it and run this again")
    return {str(key): str(value) for key, value in found.items()}
