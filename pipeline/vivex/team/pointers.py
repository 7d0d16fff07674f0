"""The small files by which git knows what DVC keeps: `pdfs.dvc`, `annotations.dvc`, and the stages of dvc.lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from vivex.errors import MalformedFile
from vivex.team.cache import Cache
from vivex.yaml_files import read_yaml

LOCK = "dvc.lock"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Say which listing a folder has."""

    path: str
    oid: str


def read_pointer(data: bytes, *, where: str) -> Pointer | None:
    """Return what a `.dvc` file points to; None where it is another kind of one (a single file, an import)."""
    found = read_yaml(data, where=where)
    outs = found.get("outs") if isinstance(found, dict) else None
    if not (isinstance(outs, list) and len(outs) == 1 and isinstance(outs[0], dict)) or "deps" in found:
        return None
    out = outs[0]
    oid, path = out.get("md5"), out.get("path")
    if not (isinstance(oid, str) and oid.endswith(".dir") and isinstance(path, str)):
        return None
    return Pointer(path, oid)


def pointer_text(path: str, oid: str, cache: Cache) -> str:
    """Return the `.dvc` file of a folder whose listing is in the cache, as DVC writes it."""
    listing = cache.listing(oid)
    size, count = cache.size(listing), len(listing)
    return f"outs:\n- md5: {oid}\n  size: {size}\n  nfiles: {count}\n  hash: md5\n  path: {path}\n"


def is_pointer(path: str) -> bool:
    """Tell whether a path of git is that of a pointer file."""
    return path.endswith(".dvc") and not PurePosixPath(path).name.startswith(".")


Lock = dict[str, Any]


def read_lock(data: bytes, *, where: str = LOCK) -> Lock:
    """Return the stages of a dvc.lock, none of an empty one; raise MalformedFile where it is none."""
    found = read_yaml(data, where=where) or {}
    stages = found.get("stages", {}) if isinstance(found, dict) else None
    if not isinstance(stages, dict):
        raise MalformedFile(f"{where}: no lock of stages; delete it and run `dvc repro`")
    return stages


def lock_text(stages: Lock) -> str:
    """Return a dvc.lock."""
    import yaml

    return yaml.safe_dump({"schema": "2.0", "stages": stages}, sort_keys=False, allow_unicode=True)


def united_lock(base: Lock, ours: Lock, theirs: Lock) -> tuple[Lock, list[str]]:
    """Return the stages of both sides, and those that both changed: ours stand until they run again.

    A stage whose inputs are no longer those that the lock names runs again with the next `dvc repro`, so that a mixture
    of two sides' stages is never taken for results.
    """
    together: Lock = {}
    both: list[str] = []
    for name in [*ours, *(name for name in theirs if name not in ours)]:
        b, o, t = base.get(name), ours.get(name), theirs.get(name)
        if o in (t, b) and t is not None:
            together[name] = t
        elif o is not None:
            together[name] = o
            if t not in (o, b, None):
                both.append(name)
    return together, both


def results(stages: Lock) -> dict[str, str]:
    """Return path -> object of the results that the stages' lock names and DVC keeps."""
    outs: Iterable[Mapping[str, Any]] = (out for stage in stages.values() for out in stage.get("outs", ()))
    return {str(out["path"]): str(out["md5"]) for out in outs if isinstance(out.get("md5"), str)}
