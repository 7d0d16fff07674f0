"""Find what a merge made by hand lost: files of annotations/ that one of its sides held and nothing holds now."""

from __future__ import annotations

import contextlib
from pathlib import Path

from vivex.people.store import ASIDE
from vivex.team.bring import folder_oid
from vivex.team.cache import Listing, cache_of
from vivex.team.git import asked, files
from vivex.team.listings import ANNOTATIONS, Reasons, reasons, under_new_names
from vivex.team.remote import OutOfReach, fetch

MADE_BY_SYNC = "Brought together by vivex sync"


def lost(root: Path, here: Listing) -> dict[str, str]:
    """Return path -> MD5 of the files that a side of a merge held, its other side never took out, and are not here.

    Objects that aren't here are fetched, for a merge loses what git had no object of; a study that was renamed since is
    looked for under its new name.
    """
    cache = cache_of(root)
    found: dict[str, str] = {}
    by_hand = ("--invert-grep", f"--grep=^{MADE_BY_SYNC}")  # those of `vivex sync` are unions
    merges = [line.split() for line in asked(root, "log", "--merges", "--format=%H %P", *by_hand, "HEAD").splitlines()]
    oids = {folder_oid(root, files(root, commit), ANNOTATIONS) for commits in merges for commit in commits}
    with contextlib.suppress(OutOfReach):
        fetch(root, oids - {""})
    for merge, *parents in merges:
        sides = [_listing(root, commit) for commit in (merge, *parents)]
        if sides[0] is None:
            continue
        base = _listing(root, asked(root, "merge-base", *parents)) or {}
        for side in sides[1:]:
            for path, md5 in (side or {}).items():
                looked_at = path.startswith(f"{ASIDE}/")  # of two versions somebody kept one
                if path not in sides[0] and not looked_at and cache.path(md5).exists() and base.get(path) != md5:
                    found.setdefault(path, md5)
    if not found:
        return {}
    why = reasons(cache, here)
    moved = under_new_names(ANNOTATIONS, cache, found, Reasons(why.new_names))
    return {path: md5 for path, md5 in sorted(moved.items()) if path not in here}


def _listing(root: Path, commit: str) -> dict[str, str] | None:
    """Return a commit's listing of annotations/; None where its object isn't here."""
    oid = folder_oid(root, files(root, commit), ANNOTATIONS) if commit else ""
    cache = cache_of(root)
    return cache.listing(oid) if oid and cache.knows(oid) else None
