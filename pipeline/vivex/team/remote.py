"""The place where a team's papers, decisions and results lie (DVC's remote): objects fetched from it and sent to it."""

from __future__ import annotations

import configparser
import contextlib
import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from vivex.errors import ReviewError
from vivex.files import write_text
from vivex.team.cache import absent, cache_of, is_listing


class OutOfReach(ReviewError):
    """Say that the place of the data can't be reached now."""


def has_remote(root: Path) -> bool:
    """Tell whether the review names a place for its data."""
    return place_of(root) != ""


def place_of(root: Path) -> str:
    """Return where the review's data lie, as its configuration says; "" where it names no place."""
    setting = configparser.RawConfigParser(strict=False)
    for name in ("config", "config.local"):
        with contextlib.suppress(FileNotFoundError):
            setting.read_string((root / ".dvc" / name).read_text(encoding="utf-8"))
    name = setting.get("core", "remote", fallback="")
    return setting.get(f"'remote \"{name}\"'", "url", fallback="") if name else ""


def fetch(root: Path, oids: Iterable[str]) -> list[str]:
    """Get the objects that aren't here, of listings all that they list; return those that the place doesn't hold.

    Raise OutOfReach where the place can't be reached.
    """
    cache, wanted = cache_of(root), set(oids)
    lacking = absent(cache, wanted)
    if not lacking or not has_remote(root):
        return lacking
    with _opened(root) as repo:
        for _ in range(2):  # first the listings, then what they list
            repo.cloud.pull(_hashes(lacking))
            before, lacking = lacking, absent(cache, wanted)
            if not lacking or lacking == before:
                break
    return lacking


def send(root: Path, oids: Iterable[str]) -> list[str]:
    """Send objects, of listings all that they list and the listing last; return those that could not be sent.

    What isn't here can't be sent and is passed over. Raise OutOfReach where the place can't be reached.
    """
    cache = cache_of(root)
    named = {oid for oid in oids if cache.holds(oid)}
    note = {"place": place_of(root), "sent": sorted(named)}
    before = _noted(root)
    if before.get("place") == note["place"]:
        named -= set(before.get("sent", ()))
    here = sorted(named | {md5 for oid in named if is_listing(oid) for md5 in cache.listing(oid).values()})
    if not here:
        return []
    with _opened(root) as repo:
        result = repo.cloud.push(_hashes(here))
    failed = sorted(str(one.value) for one in result.failed)
    if not failed:
        write_text(_note(root), json.dumps(note) + "\n")
    return failed


def forget_sent(root: Path) -> None:
    """Send all anew the next time: the place is another one."""
    _note(root).unlink(missing_ok=True)


def _note(root: Path) -> Path:
    return root / ".dvc" / "tmp" / "vivex-sent.json"


def _noted(root: Path) -> dict[str, Any]:
    """Return what was sent last, and where to."""
    try:
        return dict(json.loads(_note(root).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return {}


def _hashes(oids: Iterable[str]) -> list[Any]:
    from dvc_data.hashfile.hash_info import HashInfo

    return [HashInfo("md5", oid) for oid in oids]


@contextlib.contextmanager
def _opened(root: Path) -> Iterator[Any]:
    """Open the review for DVC; tell what fails on the way to its remote as OutOfReach."""
    from dvc.exceptions import DvcException
    from dvc.repo import Repo

    logging.getLogger("dvc").setLevel(logging.CRITICAL)  # what is missing is told by the caller, in its own words
    logging.getLogger("dvc_data").setLevel(logging.CRITICAL)
    place = place_of(root)
    with Repo(str(root)) as repo:
        try:
            remote = repo.cloud.get_remote()
            if remote.fs.protocol == "local" and not Path(remote.path).parent.is_dir():
                raise OutOfReach(
                    f"{Path(remote.path).parent} isn't there; connect the drive and run `vivex sync` again"
                )
            yield repo
        except OutOfReach:
            raise
        except (DvcException, OSError, ImportError, RuntimeError) as error:
            lines = str(error).strip().splitlines() or [type(error).__name__]
            raise OutOfReach(f"{place}: {lines[0]}; connect to it and run `vivex sync` again") from error
