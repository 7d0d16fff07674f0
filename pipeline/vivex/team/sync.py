"""Bring one person's copy of a review and the team's together: save, get, unite, send, and only then change files here.

Killed at any moment and run again, it ends as if it had never been killed: what is here is committed first, the united
commit is made beside the files, data go before the commit that names them, and the files follow by a journal.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vivex.errors import ReviewError
from vivex.files import write_bytes
from vivex.review import Review
from vivex.team.bring import FOLDERS, YOURS, bring, bring_results, finish, listing_in, objects_in, results_in
from vivex.team.driver import configure
from vivex.team.git import GitRefused, asked, commit_of, content, files, git, identity
from vivex.team.reconcile import TwoAnswers
from vivex.team.remote import OutOfReach, fetch, has_remote, send
from vivex.team.save import Saved, save, told
from vivex.team.share import ORIGIN, adopt_data, is_address
from vivex.team.together import together

_TRIES = 6  # when others send at the same time
_WAIT = 0.5
HANDED_IN = "sync-"  # the branch of who may not write to the team's own


@dataclass(frozen=True, slots=True)
class Synced:
    """Tell what a sync did: what was saved, what came, whether it was sent and if not why, and what is to be asked."""

    saved: Saved
    received: str = ""
    sent: bool = False
    why: str = ""  # alone, offline, protected: why all is not where the others get it
    said: str = ""  # what the place said
    questions: tuple[TwoAnswers, ...] = ()
    aside: tuple[str, ...] = ()
    yours: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    results_missing: bool = False


@dataclass(slots=True)
class _Told:
    """Gather what several unions tell."""

    questions: dict[TwoAnswers, None]
    aside: dict[str, None]
    yours: dict[str, None]
    again: dict[str, None]


def sync(review: Review, *, sending: bool = True) -> Synced:
    """Save, get, unite, and send (unless only getting); raise ReviewError where nothing can be done, saying why."""
    root = review.root
    _is_top(root)
    with _alone(root):
        finish(review)
        configure(root)
        shared = ORIGIN in asked(root, "remote").split()
        if shared:
            adopt_data(root)
        saved = save(review)
        if not shared:
            return Synced(saved, why="alone", questions=saved.questions, aside=saved.aside)
        if not has_remote(root):
            raise ReviewError(
                f"{root}: the team's place for papers and decisions isn't named yet; name a folder that all can open: "
                "vivex sync --data FOLDER. What you have is saved here"
            )
        try:
            return _exchange(review, saved, sending=sending)
        except OutOfReach as error:
            return Synced(saved, why="offline", said=str(error), questions=saved.questions, aside=saved.aside)
        except GitRefused as error:
            if error.meaning not in ("offline", "absent"):
                raise ReviewError(_remedy(error)) from error
            address = asked(root, "remote", "get-url", ORIGIN)
            away = not is_address(address) and not Path(address).exists()
            said = f"{Path(address).parent} isn't there; connect the drive" if away else str(error)
            return Synced(saved, why="offline", said=said, questions=saved.questions, aside=saved.aside)


def save_here(review: Review) -> Saved:
    """Commit what is here, and neither get nor send; raise ReviewError where it can't be done, saying why."""
    _is_top(review.root)
    with _alone(review.root):
        finish(review)
        configure(review.root)
        return save(review)


def _exchange(review: Review, saved: Saved, *, sending: bool) -> Synced:
    """Get, unite and send until nobody else was faster."""
    root = review.root
    said = _Told(dict.fromkeys(saved.questions), dict.fromkeys(saved.aside), {}, {})
    for turn in range(_TRIES):
        git(root, "fetch", "-q", "--prune", ORIGIN, f"+refs/heads/*:refs/remotes/{ORIGIN}/*")
        branch = team_branch(root)
        theirs = commit_of(root, f"refs/remotes/{ORIGIN}/{branch}")
        whole = _united(root, saved, [theirs, *_handed_in(root)], said)
        tree = files(root, whole)
        results = results_in(root, tree)
        why = ""
        if sending:
            failed = send(root, {*objects_in(root, tree), *results.values()})
            if failed:
                raise OutOfReach(f"{len(failed)} files could not be sent")
        if sending and whole != theirs:
            try:
                git(root, "push", "-q", ORIGIN, f"{whole}:refs/heads/{branch}")
            except GitRefused as error:
                if error.meaning == "race" and turn + 1 < _TRIES:
                    time.sleep(_WAIT * turn)
                    continue
                if error.meaning != "protected":
                    raise
                name = identity(root).get("GIT_AUTHOR_NAME") or asked(root, "config", "user.name") or "reviewer"
                mine = HANDED_IN + "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
                git(root, "push", "-q", "--force-with-lease", ORIGIN, f"{whole}:refs/heads/{mine}")
                why, branch = "protected", mine
        had = results_in(root, files(root, saved.commit))
        wanted = [oid for path, oid in results.items() if had.get(path) != oid or not (root / path).exists()]
        lacking = fetch(root, wanted)
        if whole != saved.commit:
            said.yours.update(dict.fromkeys(bring(review, saved.commit, whole)))
        else:
            bring_results(root, saved.commit)
        for path in said.yours:
            _put_aside(root, path, saved.commit)
        received = told(_listings(root, saved.commit), _listings(root, whole)) if whole != saved.commit else ""
        return Synced(
            saved,
            received,
            sent=sending and whole != theirs,
            why=why,
            said=branch if why else "",
            questions=tuple(said.questions),
            aside=tuple(said.aside),
            yours=tuple(said.yours),
            again=tuple(said.again),
            results_missing=bool(lacking),
        )
    raise ReviewError("others send at the same moment, again and again; run `vivex sync` in a minute")


def _united(root: Path, saved: Saved, theirs: list[str], said: _Told) -> str:
    """Return the commit that holds what is here and what the team has."""
    whole = saved.commit
    for other in theirs:
        if not other:
            continue
        found = together(root, whole, other, message=saved.message)
        whole = found.commit
        said.questions.update(dict.fromkeys(found.questions))
        said.aside.update(dict.fromkeys(found.aside))
        said.yours.update(dict.fromkeys(found.yours))
        said.again.update(dict.fromkeys(found.again))
    return whole


def team_branch(root: Path) -> str:
    """Return the branch that the team shares: the one its place names first, else main, else the only one."""
    names = asked(root, "for-each-ref", "--format=%(refname:strip=3)", f"refs/remotes/{ORIGIN}").split()
    branches = [name for name in names if name != "HEAD" and not name.startswith(HANDED_IN)]
    first = asked(root, "symbolic-ref", "--short", f"refs/remotes/{ORIGIN}/HEAD").partition("/")[2]
    here = asked(root, "symbolic-ref", "--short", "HEAD")
    wanted = [first, "main", "master", *(branches if len(branches) == 1 else ()), here]
    return next((name for name in wanted if name in branches), here or "main")


def _handed_in(root: Path) -> list[str]:
    """Return what those handed in who may not write to the team's branch."""
    names = asked(root, "for-each-ref", "--format=%(objectname)", f"refs/remotes/{ORIGIN}/{HANDED_IN}*")
    return names.split()


def _listings(root: Path, commit: str) -> Mapping[str, Mapping[str, str]]:
    tree = files(root, commit)
    return {folder: listing_in(root, tree, folder) for folder in FOLDERS}


def _put_aside(root: Path, path: str, commit: str) -> None:
    """Write your version of a file beside the team's."""
    place, blob = root / (path + YOURS), files(root, commit).get(path)
    if blob and not place.exists():
        write_bytes(place, content(root, blob))


def _is_top(root: Path) -> None:
    """Raise ReviewError where the review's folder isn't git's own."""
    top = asked(root, "rev-parse", "--show-toplevel")
    if not top:
        raise ReviewError(f"{root}: not under version control yet; run `vivex init {root}` first")
    if Path(top).resolve() != root.resolve():
        raise ReviewError(f"{root}: the review lies inside {top}; sync works where the review is the whole of it")


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold off a second sync of the same copy."""
    from filelock import FileLock, Timeout

    place = root / ".dvc" / "tmp"
    place.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place / ".vivex-sync.lock", timeout=0):
            yield
    except Timeout as error:
        raise ReviewError(f"{root}: another `vivex sync` is at work here; wait until it ends") from error


def _remedy(error: GitRefused) -> str:
    """Return what to do about what git said."""
    saved = "What you have is saved here"
    if error.meaning == "owner":
        command = next((line.strip() for line in error.said.splitlines() if "git config --global" in line), "")
        return f"git doubts the owner of the shared folder; trust it once with: {command}. {saved}"
    if error.meaning == "refused":
        return f"you may not write to the team's place ({error}); ask its owner to let you in. {saved}"
    if error.meaning == "race":
        return f"others send at the same moment, again and again; run `vivex sync` in a minute. {saved}"
    return f"{error}. {saved}"
