"""DVC's cache, read and written without DVC: a file lies under its MD5, a folder's listing under that of its names.

A listing is path -> MD5. It is written as DVC writes it, so that both agree on its name.
"""

from __future__ import annotations

import configparser
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.files import write_bytes

Listing = Mapping[str, str]
# what file systems, editors and killed processes leave in a folder; the .dvcignore of a new review names the same
PASSING = (".DS_Store", "Thumbs.db", "desktop.ini", ".dvcignore")
_FOLDER = ".dir"
EMPTY = "d751713988987e9331980363e24189ce.dir"  # the listing of an empty folder


@dataclass(frozen=True, slots=True)
class Cache:
    """Name the folder where a review's objects lie."""

    folder: Path

    def path(self, oid: str) -> Path:
        """Return where an object lies, or would."""
        return self.folder / oid[:2] / oid[2:]

    def knows(self, oid: str) -> bool:
        """Tell whether an object itself is here."""
        return oid == EMPTY or self.path(oid).exists()

    def holds(self, oid: str) -> bool:
        """Tell whether an object is here; of a listing, whether it is and all that it lists."""
        if not self.knows(oid):
            return False
        return not is_listing(oid) or all(self.path(md5).exists() for md5 in self.listing(oid).values())

    def read(self, oid: str) -> bytes:
        """Return an object's bytes."""
        return self.path(oid).read_bytes()

    def listing(self, oid: str) -> dict[str, str]:
        """Return what a listing holds; raise MalformedFile where it is damaged."""
        if oid == EMPTY:
            return {}
        path = self.path(oid)
        try:
            return {str(entry["relpath"]): str(entry["md5"]) for entry in json.loads(path.read_bytes())}
        except (ValueError, KeyError, TypeError) as error:
            raise MalformedFile(f"{path}: a damaged listing; delete this file and run `vivex sync`") from error

    def put(self, data: bytes) -> str:
        """Keep bytes; return their MD5."""
        return self._put(data, hashlib.md5(data, usedforsecurity=False).hexdigest())

    def put_folder(self, folder: Path) -> dict[str, str]:
        """Keep the files of a folder; return its listing."""
        return {path.relative_to(folder).as_posix(): self.put(path.read_bytes()) for path in files_in(folder)}

    def put_listing(self, listing: Listing) -> str:
        """Keep a listing; return its name."""
        entries = [{"md5": md5, "relpath": path} for path, md5 in sorted(listing.items())]
        data = json.dumps(entries, sort_keys=True).encode()
        return self._put(data, hashlib.md5(data, usedforsecurity=False).hexdigest() + _FOLDER)

    def size(self, listing: Listing) -> int:
        """Return the bytes of all that is listed; what isn't here counts nothing."""
        paths = (self.path(md5) for md5 in listing.values())
        return sum(path.stat().st_size for path in paths if path.exists())

    def _put(self, data: bytes, oid: str) -> str:
        path = self.path(oid)
        if not path.exists():
            write_bytes(path, data)
            path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        return oid


def is_listing(oid: str) -> bool:
    """Tell whether an object is a folder's listing."""
    return oid.endswith(_FOLDER)


def cache_of(root: Path) -> Cache:
    """Return the review's cache, where DVC's configuration puts it."""
    places = [
        Path(os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")[0]) / "dvc" / "config",
        Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config")) / "dvc" / "config",
        root / ".dvc" / "config",
        root / ".dvc" / "config.local",
    ]
    folder = root / ".dvc" / "cache"
    for place in places:
        setting = configparser.RawConfigParser(strict=False)
        if place.is_file():
            setting.read_string(place.read_text(encoding="utf-8"))
            folder = place.parent / setting.get("cache", "dir", fallback=str(folder.absolute()))
    return Cache(folder / "files" / "md5")


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder that belong to the review: not those that programs leave."""
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.rglob("*") if p.is_file() and not _passing(p.name))


def listing_of(folder: Path) -> dict[str, str]:
    """Return the listing of a folder as it is."""
    return {p.relative_to(folder).as_posix(): md5_of(p) for p in files_in(folder)}


def md5_of(path: Path) -> str:
    """Return a file's MD5."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def absent(cache: Cache, oids: Iterable[str]) -> list[str]:
    """Return the objects that are not here, with those that the listings here name."""
    lacking = []
    for oid in sorted(set(oids)):
        if not cache.knows(oid):
            lacking.append(oid)
        elif is_listing(oid):
            lacking += [md5 for md5 in sorted(set(cache.listing(oid).values())) if not cache.knows(md5)]
    return lacking


def _passing(name: str) -> bool:
    """Tell whether a file is one that a program left: an editor's lock, a half-written file, a file system's own."""
    return name in PASSING or name.startswith(("~$", ".~lock.", "._")) or (name[0] == "." and name.endswith(".part"))
