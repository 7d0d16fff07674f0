"""The merge of `.dvc` files, dvc.lock and figures for who runs `git merge` by hand: `vivex sync`, called by git.

    python -m vivex.team.driver ANCESTOR OURS THEIRS PATH

git reads the result from OURS; a status other than 0 says that the merge has a conflict.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from vivex.errors import VivexError
from vivex.files import write_bytes
from vivex.team.cache import cache_of
from vivex.team.git import git
from vivex.team.listings import ANNOTATIONS, Reasons, reasons, united_listing
from vivex.team.pointers import LOCK, lock_text, pointer_text, read_lock, read_pointer, united_lock
from vivex.team.remote import OutOfReach, fetch

DERIVED = "outputs/"
NAME = "dvc"  # as reviews' .gitattributes call it


def configure(root: Path) -> None:
    """Let git merge this copy's pointers and locks by vivex."""
    command = f"{shlex.quote(Path(sys.executable).as_posix())} -m vivex.team.driver %O %A %B %P"
    git(root, "config", f"merge.{NAME}.name", "vivex: both sides' files")
    git(root, "config", f"merge.{NAME}.driver", command)


def merge(root: Path, path: str, ancestor: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, list[str]]:
    """Return the pointer or lock of both sides, and what to tell; of derived figures one side's stand until a run."""
    if path.endswith(LOCK):
        stages, again = united_lock(*(read_lock(data) for data in (ancestor, ours, theirs)))
        return lock_text(stages).encode(), [f"{name}: run on both sides; `dvc repro` runs it again" for name in again]
    if path.startswith(DERIVED):
        return ours, [f"{path}: one side's figures; `dvc repro` makes those of both"]
    pointers = [read_pointer(data, where=path) if data.strip() else None for data in (ancestor, ours, theirs)]
    mine, other = pointers[1:]
    if mine is None or other is None or mine.path != other.path:
        raise VivexError(f"{path}: these two can't be merged; run `git merge --abort`, then `vivex sync`")
    cache = cache_of(root)
    lacking = fetch(root, [p.oid for p in (mine, other)])
    if lacking:
        raise OutOfReach(
            f"{path}: {len(lacking)} files of one side are not here, and not where the data lie; "
            "run `git merge --abort`, let whoever made them run `vivex sync`, then run `vivex sync` here"
        )
    base, our, their = (
        cache.listing(p.oid) if p is not None and cache.knows(p.oid) else {} for p in pointers
    )  # fmt: skip
    folder = Path(mine.path).name
    why = reasons(cache, our, their) if folder == ANNOTATIONS else Reasons()
    union = united_listing(folder, cache, base, our, their, why)
    text = pointer_text(mine.path, cache.put_listing(union.listing), cache)
    kept = [f"two versions are kept: {name}" for name in union.aside]
    return text.encode(), [*map(str, union.questions), *kept]


def main(argv: Sequence[str]) -> int:
    """Merge as git asks; print what people should know."""
    ancestor, ours, theirs, path = argv
    try:
        data = [Path(name).read_bytes() for name in (ancestor, ours, theirs)]
        merged, told = merge(Path.cwd(), path, *data)
    except VivexError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    write_bytes(Path(ours), merged)
    sys.stderr.write("".join(f"{line}\n" for line in told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
