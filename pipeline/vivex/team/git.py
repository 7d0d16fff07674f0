"""git, as `vivex sync` uses it: by its plumbing, so that a merge touches no file of the review until it is finished."""

from __future__ import annotations

import functools
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vivex.errors import ReviewError

# what git says -> what it means; the first that is found counts
_MEANINGS: Sequence[tuple[str, str]] = (
    ("dubious ownership", "owner"),
    ("protected branch", "protected"),
    ("gh006", "protected"),
    ("gh013", "protected"),
    ("not allowed to push code to protected", "protected"),
    ("hook declined", "protected"),
    ("refusing to update checked out branch", "protected"),
    ("non-fast-forward", "race"),
    ("fetch first", "race"),
    ("cannot lock ref", "race"),
    ("failed to update ref", "race"),
    ("incorrect old value provided", "race"),
    ("remote contains work", "race"),
    ("authentication failed", "refused"),
    ("could not read username", "refused"),
    ("permission denied", "refused"),
    ("insufficient permission", "refused"),
    ("unable to create temporary", "refused"),
    ("repository not found", "absent"),
    ("does not appear to be a git repository", "absent"),
    ("could not resolve host", "offline"),
    ("could not read from remote repository", "offline"),
    ("connection", "offline"),
    ("unable to access", "offline"),
    ("timed out", "offline"),
)


class GitRefused(ReviewError):
    """Say which git command failed and what it said."""

    def __init__(self, words: Sequence[str], said: str) -> None:
        self.said = said.strip()
        lines = [line.strip() for line in self.said.splitlines() if line.strip() and not line.startswith("hint:")]
        told = next((line for line in lines if line.startswith(("fatal:", "error:"))), (lines or ["nothing"])[-1])
        super().__init__(f"git {words[0]} failed: {told}")

    @property
    def meaning(self) -> str:
        """Return owner, protected, race, refused, absent, offline or "" (anything else)."""
        text = self.said.lower()
        return next((meaning for words, meaning in _MEANINGS if words in text), "")


@dataclass(frozen=True, slots=True)
class Blob:
    """Name a file's content in git, and whether it can be run."""

    mode: str
    sha: str


def git(root: Path, *words: str, data: bytes | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run git in the review's folder and return what it printed; raise GitRefused where it fails."""
    return run(root, *words, data=data, env=env).decode("utf-8", "surrogateescape").strip()


def run(root: Path, *words: str, data: bytes | None = None, env: Mapping[str, str] | None = None) -> bytes:
    """Run git and return the bytes it printed; raise GitRefused where it fails, ReviewError where there is no git."""
    setting = {**os.environ, "LC_ALL": "C", "GIT_EDITOR": "true", "GIT_MERGE_AUTOEDIT": "no", **(env or {})}
    try:
        done = subprocess.run(("git", *words), cwd=root, input=data, env=setting, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise ReviewError("git is not installed; install it from git-scm.com and run this again") from error
    if done.returncode:
        raise GitRefused(words, (done.stderr or done.stdout).decode("utf-8", "replace"))
    return done.stdout


def asked(root: Path, *words: str) -> str:
    """Return what git prints, "" where it fails: for questions whose answer may be "none"."""
    try:
        return git(root, *words)
    except GitRefused:
        return ""


def git_folder(root: Path) -> Path:
    """Return the folder in which git keeps what it knows of the review."""
    return Path(git(root, "rev-parse", "--absolute-git-dir"))


def commit_of(root: Path, name: str) -> str:
    """Return the commit that a name stands for, "" where there is none."""
    return asked(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")


def ancestor(root: Path, old: str, new: str) -> bool:
    """Tell whether all that `old` holds is in `new`'s history."""
    try:
        run(root, "merge-base", "--is-ancestor", old, new)
    except GitRefused:
        return False
    return True


def files(root: Path, commit: str) -> Mapping[str, Blob]:
    """Return path -> content of a commit's files; none for ""."""
    return _files(root, commit if len(commit) == 40 else commit_of(root, commit)) if commit else {}


@functools.lru_cache(maxsize=64)
def _files(root: Path, commit: str) -> Mapping[str, Blob]:
    """Return the files of a commit named in full: they never change."""
    found: dict[str, Blob] = {}
    for entry in run(root, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        if entry:
            head, _, path = entry.partition(b"\t")
            mode, kind, sha = head.decode().split()
            if kind == "blob":
                found[os.fsdecode(path)] = Blob(mode, sha)
    return found


def content(root: Path, blob: Blob | None) -> bytes:
    """Return a file's bytes; none for None."""
    return _blob(root, blob.sha) if blob else b""


@functools.lru_cache(maxsize=64)
def _blob(root: Path, sha: str) -> bytes:
    return run(root, "cat-file", "blob", sha)


def keep(root: Path, data: bytes, *, mode: str = "100644") -> Blob:
    """Put bytes into git's store."""
    return Blob(mode, git(root, "hash-object", "-w", "--stdin", data=data))


def commit_files(root: Path, wanted: Mapping[str, Blob], *, parents: Sequence[str], message: str) -> str:
    """Return a new commit of the files after `parents`; neither index nor files nor branches change."""
    index = git_folder(root) / "vivex-index"
    index.unlink(missing_ok=True)
    index.with_name(f"{index.name}.lock").unlink(missing_ok=True)
    env = {"GIT_INDEX_FILE": str(index)}
    lines = b"".join(f"{b.mode} {b.sha}\t".encode() + os.fsencode(p) + b"\0" for p, b in sorted(wanted.items()))
    git(root, "update-index", "-z", "--index-info", data=lines, env=env)
    tree = git(root, "write-tree", env=env)
    index.unlink(missing_ok=True)
    words = [word for parent in parents for word in ("-p", parent)]
    return git(root, "commit-tree", tree, *words, "-F", "-", data=message.encode(), env=identity(root))


def identity(root: Path) -> dict[str, str]:
    """Return who commits, for people who never told git their name; nothing where they did."""
    if asked(root, "config", "user.email") or os.environ.get("GIT_COMMITTER_EMAIL"):
        return {}
    who = asked(root, "config", "vivex.reviewer") or os.environ.get("USER") or "reviewer"
    return {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", who), ("EMAIL", f"{who}@vivex.invalid"))
    }
