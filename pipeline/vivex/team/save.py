"""Save what a person has here: papers, decisions, settings and results, as a commit of their own copy.

What is absent here, and nobody took out for a reason, comes back before: an empty folder is no decision.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vivex.errors import ReviewError
from vivex.files import write_bytes, write_text
from vivex.people.store import ASSIGNMENTS, locked
from vivex.review import Review
from vivex.team.bring import FOLDERS, folder_oid, in_step_with, remember
from vivex.team.cache import Cache, Listing, cache_of
from vivex.team.git import asked, commit_of, files, git, git_folder, identity
from vivex.team.listings import ANNOTATIONS, PAPERS, beside, reasons, united_listing
from vivex.team.lost import lost
from vivex.team.pointers import pointer_text
from vivex.team.reconcile import TwoAnswers, statement_or_none
from vivex.team.remote import OutOfReach, fetch

# what of a review is shared beside its folders; git's own rules say what of outputs/ and models/ belongs to it
SHARED = (
    "codebook.yaml",
    "params.yaml",
    "dvc.yaml",
    "dvc.lock",
    "README.md",
    ".gitignore",
    ".gitattributes",
    ".dvcignore",
    ".dvc/config",
    ".dvc/.gitignore",
    "outputs",
    "models",
)
_LOCK_SECONDS = 10
_HISTORY = "60"  # commits that are searched for an older version of a paper


@dataclass(frozen=True, slots=True)
class Saved:
    """Say which commit holds all that is here, what came back, and what is to be asked."""

    commit: str
    changed: bool = False
    restored: tuple[str, ...] = ()
    questions: tuple[TwoAnswers, ...] = ()
    aside: tuple[str, ...] = ()
    message: str = ""


def save(review: Review) -> Saved:
    """Commit what is here; raise ReviewError where what is absent can't be fetched, or git is at work."""
    root, head = review.root, commit_of(review.root, "HEAD")
    _free(root)
    tree = files(root, head)
    heads = {folder: folder_oid(root, tree, folder) for folder in FOLDERS}
    _have(root, heads.values())
    cache = cache_of(root)
    with locked(review):
        here = {folder: cache.put_folder(root / folder) for folder in FOLDERS}
        listed = {folder: cache.listing(oid) if oid else {} for folder, oid in heads.items()}
        for path, md5 in lost(root, here[ANNOTATIONS]).items():
            listed[ANNOTATIONS].setdefault(path, md5)
        damaged = _damaged(cache, here[ANNOTATIONS], listed[ANNOTATIONS])
        sound = {path: listed[ANNOTATIONS][path] for path in damaged}
        why = reasons(cache, here[ANNOTATIONS], listed[ANNOTATIONS])
        restored: list[str] = []
        questions: list[TwoAnswers] = []
        aside = [f"{ANNOTATIONS}/{name}" for name in damaged.values()]
        for folder in FOLDERS:
            base = _base(root, folder, here[folder], listed[folder], cache)
            mine = here[folder]
            if folder == ANNOTATIONS:
                mine = {**mine, **sound, **{name: mine[path] for path, name in damaged.items()}}
            whole = united_listing(folder, cache, base, mine, listed[folder], why)
            _write(review, folder, here[folder], whole.listing, cache)
            restored += [f"{folder}/{path}" for path in sorted(set(whole.listing) - set(mine))]
            questions += whole.questions
            aside += [f"{folder}/{path}" for path in whole.aside]
            here[folder] = dict(whole.listing)
            _point(review, folder, here[folder], cache)
    message = told(listed, here)
    _stage(root)
    changed = not head or asked(root, "diff", "--cached", "--name-only") != ""
    if changed:
        git(root, "commit", "-q", "-F", "-", data=message.encode(), env=identity(root))
    return Saved(
        commit_of(root, "HEAD"), changed, tuple(restored), tuple(questions), tuple(aside), message if changed else ""
    )


def _damaged(cache: Cache, here: Listing, head: Listing) -> dict[str, str]:
    """Return path -> place aside of statements that can't be read here, of which the last commit holds a good one."""
    found = {}
    for path, md5 in here.items():
        was = head.get(path, md5)
        if was == md5 or path.count("/") != 1 or path.startswith(f"{ASSIGNMENTS}/") or not cache.holds(was):
            continue
        if statement_or_none(path, cache.read(md5)) is None and statement_or_none(path, cache.read(was)) is not None:
            found[path] = beside(path, md5)
    return found


def told(before: Mapping[str, Listing], after: Mapping[str, Listing]) -> str:
    """Return what changed between two states of the folders: who decided on how many studies, how many papers."""
    changed = {
        folder: [p for p in sorted({*before[folder], *after[folder]}) if before[folder].get(p) != after[folder].get(p)]
        for folder in FOLDERS
    }
    people: Counter[str] = Counter()
    handed = False
    for path in changed[ANNOTATIONS]:
        study, _, name = path.rpartition("/")
        handed = handed or study == ASSIGNMENTS
        if study and study != ASSIGNMENTS:
            people[name.removesuffix(".jsonl")] += 1
    said = [f"{who}: {count} {'study' if count == 1 else 'studies'}" for who, count in sorted(people.items())]
    if handed:
        said.append("studies handed out")
    if changed[PAPERS]:
        count = len(changed[PAPERS])
        said.append(f"{count} paper{'s' * (count != 1)}")
    return ", ".join(said) or "settings and results"


def _free(root: Path) -> None:
    """Wait until git is free; end a merge that somebody began by hand, which `vivex sync` makes anew."""
    lock = git_folder(root) / "index.lock"
    until = time.monotonic() + _LOCK_SECONDS
    while lock.exists() and time.monotonic() < until:
        time.sleep(0.2)
    if lock.exists():
        raise ReviewError(f"git is at work in this folder; wait until it ends (if it doesn't: delete {lock})")
    if (lock.parent / "MERGE_HEAD").exists():
        git(root, "merge", "--abort")
    if (lock.parent / "rebase-merge").exists() or (lock.parent / "rebase-apply").exists():
        raise ReviewError(
            f"{root}: a `git rebase` is unfinished here; end it (git rebase --abort), then run this again"
        )


def _have(root: Path, oids: Iterable[str]) -> None:
    """Get what the last commit points to where it isn't here."""
    wanted = [oid for oid in oids if oid]
    lacking = fetch(root, wanted)
    if lacking:
        raise OutOfReach(
            f"{len(lacking)} files of this review are not here, and not where its data lie; ask whoever sent them to "
            "run `vivex sync`, then run it here again"
        )


def _base(root: Path, folder: str, here: Listing, head: Listing, cache: Cache) -> Listing:
    """Return the listing that the folder was last in step with, guessed where only DVC was used so far."""
    known = in_step_with(root, folder)
    if known and cache.knows(known):
        return cache.listing(known)
    differing = {path for path, md5 in here.items() if head.get(path, md5) != md5}
    base = dict(head)
    if differing:
        for commit in asked(root, "rev-list", f"--max-count={_HISTORY}", "HEAD", "--", f"{folder}.dvc").split():
            oid = folder_oid(root, files(root, commit), folder)
            if oid and cache.knows(oid):
                older = cache.listing(oid)
                base.update({path: here[path] for path in differing if older.get(path) == here[path]})
    return base


def _write(review: Review, folder: str, here: Listing, whole: Listing, cache: Cache) -> None:
    """Bring a folder from its listing to another one."""
    for path in sorted({*here, *whole}):
        target = review.root / folder / path
        if path not in whole:
            target.unlink(missing_ok=True)
        elif whole[path] != here.get(path):
            write_bytes(target, cache.read(whole[path]))


def _point(review: Review, folder: str, listing: Listing, cache: Cache) -> None:
    """Write the folder's pointer where it points elsewhere."""
    oid = cache.put_listing(listing)
    path = review.root / f"{folder}.dvc"
    if not path.exists() or f"md5: {oid}\n" not in path.read_text(encoding="utf-8"):
        write_text(path, pointer_text(folder, oid, cache))
    remember(review.root, folder, oid)


def _stage(root: Path) -> None:
    """Put what is shared into git's index: what it knows already, and the review's own files."""
    git(root, "add", "--update", ".")
    names = [name for name in (*SHARED, *(f"{folder}.dvc" for folder in FOLDERS)) if (root / name).exists()]
    new = asked(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *names)
    paths = [path for path in new.split("\0") if path]
    if paths:
        git(root, "add", "--", *paths)
