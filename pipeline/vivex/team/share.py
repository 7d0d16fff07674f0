"""Where a team shares its review: a plain folder that all can open, or a hosting service and a place for the data."""

from __future__ import annotations

import configparser
from pathlib import Path

from vivex.errors import ReviewError
from vivex.team.git import asked, commit_of, git
from vivex.team.remote import forget_sent, has_remote

ORIGIN = "origin"
_REVIEW, _DATA = "review.git", "data"  # what a shared folder holds


def share(root: Path, place: str) -> None:
    """Name the team's place: a folder (made where it is none), or the address of a git hosting service."""
    known = asked(root, "remote", "get-url", ORIGIN)
    address = place
    if not is_address(place):
        folder = Path(place).expanduser().resolve()
        address = str(folder / _REVIEW)
        if not folder.parent.is_dir():
            raise ReviewError(f"{folder.parent} isn't there; connect the drive, or name another folder")
        if not (folder / _REVIEW).exists():
            folder.mkdir(exist_ok=True)
            git(folder, "init", "-q", "--bare", "--shared=group", "--initial-branch", "main", _REVIEW)
        data(root, str(folder / _DATA))
    if known and known != address:
        git(root, "remote", "set-url", ORIGIN, address)
    elif not known:
        git(root, "remote", "add", ORIGIN, address)


def data(root: Path, place: str) -> None:
    """Name where papers and decisions lie; on this machine only, as a drive has another path on the next one."""
    url = place
    if "://" not in place:
        folder = Path(place).expanduser().resolve()
        if not folder.parent.is_dir():
            raise ReviewError(f"{folder.parent} isn't there; connect the drive, or name another folder")
        folder.mkdir(exist_ok=True)
        url = str(folder)
    _configure(root, url)


def adopt_data(root: Path) -> None:
    """Take the data from beside the team's shared folder where no place is named for them."""
    if has_remote(root):
        return
    address = asked(root, "remote", "get-url", ORIGIN)
    beside = Path(address).parent / _DATA
    if not is_address(address) and Path(address).name == _REVIEW and beside.is_dir():
        _configure(root, str(beside))


def join(root: Path, place: str) -> None:
    """Get a copy of the team's review into the new folder `root`."""
    address = place if is_address(place) else str(Path(place).expanduser().resolve())
    if not is_address(place) and (Path(address) / _REVIEW).is_dir():
        address = str(Path(address) / _REVIEW)
    if root.exists() and any(root.iterdir()):
        raise ReviewError(f"{root} is not empty; name a new folder for the team's review")
    root.mkdir(parents=True, exist_ok=True)
    git(root, "clone", "-q", address, ".")
    settle_branch(root)


def settle_branch(root: Path) -> bool:
    """Stand on the team's branch where a clone stands on none; tell whether there is one."""
    from vivex.team.sync import team_branch

    if commit_of(root, "HEAD"):
        return True
    branch = team_branch(root)
    if not commit_of(root, f"refs/remotes/{ORIGIN}/{branch}"):
        return False
    git(root, "checkout", "-q", "-B", branch, f"{ORIGIN}/{branch}")
    return True


def is_address(place: str) -> bool:
    """Tell an address of a service from a folder: https://…, ssh://…, git@host:path."""
    head = place.split("/")[0]
    return "://" in place or ("@" in head and ":" in head)


def _configure(root: Path, url: str) -> None:
    """Name DVC's remote in the configuration of this copy, which git doesn't carry."""
    path = root / ".dvc" / "config.local"
    setting = configparser.RawConfigParser(strict=False)
    if path.exists():
        setting.read_string(path.read_text(encoding="utf-8"))
    for section, key, value in (("core", "remote", "share"), ("'remote \"share\"'", "url", url)):
        if not setting.has_section(section):
            setting.add_section(section)
        setting.set(section, key, value)
    forget_sent(root)
    with path.open("w", encoding="utf-8") as stream:
        setting.write(stream)
