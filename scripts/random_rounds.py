"""Let three people work on one review in random order, offline, cut short and by hand, and look for what is missing.

    python scripts/random_rounds.py --rounds 100 --seed 1 [--kills 0.2] [--keep FOLDER]

Each round: mk (on two computers), th and an adjudicator xy decide, add, update, rename and exclude papers, lose folders
and undo, use git by hand, and sync, with and without connection; some syncs are cut short (by an exception at a random
step, or by kill -9). Then everybody syncs. Every decision that was ever made must stand in the statements, be it as
history, every copy must be the same, and every paper must be there. Prints a line a round and what is missing.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation
from vivex.errors import VivexError
from vivex.people.exclude import exclude
from vivex.people.importing import take_in
from vivex.people.rename import rename
from vivex.people.store import ADJUDICATED, ASIDE, Session, statements, studies
from vivex.people.undo import undo
from vivex.review import Review, absent
from vivex.team import bring, cache, git, share
from vivex.team.sync import sync
from vivex.verbs.init import lay_out

LABELS = ("form.strain", "form.disease_model", "form.induction", "form.outcomes")
COPIES = ("mk", "laptop", "th", "xy")  # mk works on two computers
STEPS = 24


class CutShort(BaseException):
    """Stand for a process that ends at this step."""


@dataclass
class Round:
    """Hold a team, what its people did, and every decision they made."""

    folder: Path
    dice: random.Random
    kills: float
    made: set[str] = field(default_factory=set)  # each decision has a value of its own
    papers: set[str] = field(default_factory=set)  # each paper has a first line of its own
    offline: set[str] = field(default_factory=set)
    log: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def copy(self, name: str) -> Review:
        """Return a person's copy."""
        return Review(self.folder / name)


def begin(folder: Path) -> None:
    """Make a shared review of four papers, and a copy of it for each computer."""
    root = folder / COPIES[0]
    git.git(folder, "init", "-q", "--initial-branch", "main", root.name)
    git.git(root, "add", *lay_out(root, form="invivo"))
    for number in range(4):
        (root / "pdfs" / f"paper-{number}.txt").write_text(f"Paper {number}\n\nRats.\n", encoding="utf-8")
    share.share(root, str(folder / "share"))
    sync(Review(root))
    for name in COPIES[1:]:
        share.join(folder / name, str(folder / "share"))
        sync(Review(folder / name))


def play(one: Round) -> list[str]:
    """Let people work, then all sync; return what is missing."""
    one.papers = {f"Paper {number}" for number in range(4)}
    names = list(ACTIONS)
    weights = [ACTIONS[name][1] for name in names]
    for _ in range(STEPS):
        name = one.dice.choices(names, weights)[0]
        who = one.dice.choice(COPIES)
        one.log.append(f"{who} {name}")
        try:
            ACTIONS[name][0](one, who)
            one.done[name] += 1
        except VivexError as error:  # a plain refusal: it changes nothing
            one.log.append(f"    refused: {error}")
            one.done["refused"] += 1
        except CutShort:
            one.log.append("    cut short")
            one.done["cut short"] += 1
    for who in COPIES:
        online(one, who)
    for who in (*COPIES, *COPIES):
        sync(one.copy(who))
    return missing(one)


def missing(one: Round) -> list[str]:
    """Return what of decisions and papers isn't in every copy, and which copies differ."""
    found = []
    states = {}
    for who in COPIES:
        review = one.copy(who)
        states[who] = {**cache.listing_of(review.pdfs), **cache.listing_of(review.annotations)}
        values = set()
        for study in studies(review):
            for statement in statements(review, study).values():
                history = (s.annotation for s in statement.superseded)
                values |= {str(a.value) for a in (*statement.decisions, *history)}
        aside = review.annotations / ASIDE
        text = "".join(p.read_text(encoding="utf-8") for p in aside.rglob("*.jsonl")) if aside.is_dir() else ""
        found += [f"{who}: decision {value}" for value in sorted(one.made - values) if f'"{value}"' not in text]
        papers = {p.read_text(encoding="utf-8").split("\n")[0] for p in review.pdfs.rglob("*.txt")}
        found += [f"{who}: {paper}" for paper in sorted(one.papers - papers)]
        if absent(review):
            found.append(f"{who}: absent {absent(review)}")
    found += [f"{who} differs from {COPIES[0]}" for who in COPIES[1:] if states[who] != states[COPIES[0]]]
    return found


def decide(one: Round, who: str) -> None:
    """Answer one or two questions of a study, by a new value each."""
    review = one.copy(who)
    reviewer = {"laptop": "mk", "xy": ADJUDICATED}.get(who, who)
    source = "adjudicator:xy" if who == "xy" else f"reviewer:{reviewer}"
    study = one.dice.choice(sorted(p.stem for p in review.pdfs.glob("*.txt")) or ["paper-0"])
    made = []
    for label in one.dice.sample(LABELS, one.dice.randint(1, 2)):
        value = f"v{one.dice.getrandbits(48)}"
        made.append(Annotation(study, label, value, (), source, None, decision="added"))
    file = f"{one.dice.getrandbits(32)}.xlsx"
    take_in(review, reviewer, made, Session(file, file, True, when=f"{len(one.log):04}"))
    one.made |= {str(a.value) for a in made}


def add(one: Round, who: str) -> None:
    """Put a new paper into the folder."""
    name = f"Paper {one.dice.getrandbits(32)}"
    one.copy(who).pdfs.mkdir(exist_ok=True)  # it may have been lost
    (one.copy(who).pdfs / f"{name.lower().replace(' ', '-')}.txt").write_text(f"{name}\n", encoding="utf-8")
    one.papers.add(name)


def update(one: Round, who: str) -> None:
    """Replace a paper by a later version."""
    papers = sorted(one.copy(who).pdfs.glob("*.txt"))
    if papers:
        paper = one.dice.choice(papers)
        first = paper.read_text(encoding="utf-8").split("\n")[0]
        paper.write_text(f"{first}\n\nVersion {one.dice.getrandbits(32)}\n", encoding="utf-8")


def new_name(one: Round, who: str) -> None:
    """Rename a study."""
    review = one.copy(who)
    old = one.dice.choice(sorted(p.stem for p in review.pdfs.glob("*.txt")) or ["paper-0"])
    rename(review, old, f"renamed-{one.dice.getrandbits(24)}", by="mk", when=f"{len(one.log):04}")


def leave_out(one: Round, who: str) -> None:
    """Exclude a study."""
    review = one.copy(who)
    study = one.dice.choice(studies(review) or ["none"])
    exclude(review, study, reason="a reason", by="mk", when=f"{len(one.log):04}")


def take_back(one: Round, who: str) -> None:
    """Undo the last import."""
    undo(one.copy(who), {"laptop": "mk", "xy": ADJUDICATED}.get(who, who), when=f"{len(one.log):04}")


def lose(one: Round, who: str) -> None:
    """Delete a folder that was saved before: an accident, or a disk."""
    review = one.copy(who)
    sync(review)
    shutil.rmtree(one.dice.choice((review.pdfs, review.annotations)), ignore_errors=True)


def by_hand(one: Round, who: str) -> None:
    """Use git by hand, as the old page said: add, commit, pull; what fails is left as it is."""
    root = one.copy(who).root
    for words in (("add", "-A"), ("commit", "-qm", "by hand"), ("pull", "-q", "--no-rebase", "--no-edit")):
        subprocess.run(("git", *words), cwd=root, capture_output=True, check=False)


def go_offline(one: Round, who: str) -> None:
    """Cut the connection."""
    one.offline.add(who)
    git.git(one.copy(who).root, "remote", "set-url", share.ORIGIN, str(one.folder / "nowhere"))


def online(one: Round, who: str) -> None:
    """Connect again."""
    one.offline.discard(who)
    git.git(one.copy(who).root, "remote", "set-url", share.ORIGIN, str(one.folder / "share" / "review.git"))


def get_and_send(one: Round, who: str) -> None:
    """Sync."""
    sync(one.copy(who))


def cut_short(one: Round, who: str) -> None:
    """Begin a sync that ends at a random step, by an exception or by kill -9."""
    if one.dice.random() < one.kills:
        words = [sys.executable, "-m", "vivex.cli", "sync", "--root", str(one.copy(who).root)]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(one.dice.uniform(0.2, 5))
        process.kill()
        process.wait()
        return
    with ending_after(one.dice.randint(1, 60)):
        sync(one.copy(who))


@contextmanager
def ending_after(steps: int) -> Iterator[None]:
    """End the process at that call of git, or that file written."""
    from vivex.team import save

    left = [steps]
    real_run, real_write = git.run, bring.write_bytes

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise CutShort
            return real(*words, **named)

        return call

    places = [(git, "run"), (bring, "write_bytes"), (cache, "write_bytes"), (save, "write_bytes")]
    places += [(save, "write_text"), (bring, "write_text")]
    before = [getattr(module, name) for module, name in places]
    for (module, name), real in zip(places, before):
        setattr(module, name, counted(real))
    try:
        yield
    finally:
        for (module, name), real in zip(places, before):
            setattr(module, name, real)
        assert (git.run, bring.write_bytes) == (real_run, real_write)


ACTIONS: dict[str, tuple[Callable[[Round, str], None], int]] = {
    "decides": (decide, 10),
    "syncs": (get_and_send, 6),
    "is cut short": (cut_short, 4),
    "adds a paper": (add, 1),
    "updates a paper": (update, 1),
    "renames a study": (new_name, 1),
    "excludes a study": (leave_out, 1),
    "undoes": (take_back, 2),
    "loses a folder": (lose, 1),
    "uses git by hand": (by_hand, 1),
    "goes offline": (go_offline, 1),
    "is online": (online, 2),
}


def rounds(count: int, *, seed: int, kills: float, keep: Path | None = None) -> tuple[int, Counter[str]]:
    """Play rounds; print a line for each and return how many lost something, and what was done how often."""
    bad, done = 0, Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        start = Path(name) / "start"
        start.mkdir()
        begin(start)
        for number in range(seed, seed + count):
            folder = Path(name) / f"{number}"
            shutil.copytree(start, folder, symlinks=True)
            moved(start, folder)
            one = Round(folder, random.Random(number), kills)
            began = time.monotonic()
            try:
                lost = play(one)
            except Exception as error:
                lost = [f"{type(error).__name__}: {error}"]
            done.update(one.done)
            print(json.dumps({"round": number, "decisions": len(one.made), "s": round(time.monotonic() - began)}), lost)
            if lost:
                bad += 1
                print("\n".join(one.log))
                if keep:
                    shutil.copytree(folder, keep / f"{number}", dirs_exist_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
    return bad, done


def moved(start: Path, folder: Path) -> None:
    """Let the copies of a copied team point to its own shared folder."""
    for name in COPIES:
        share.share(folder / name, str(folder / "share"))


def main() -> int:
    """Play as the command line says; return 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=float, default=0.2, help="share of the cut-short syncs that end by kill -9")
    parser.add_argument("--keep", type=Path, help="folder for the copies of rounds that lost something")
    options = parser.parse_args()
    bad, done = rounds(options.rounds, seed=options.seed, kills=options.kills, keep=options.keep)
    print(json.dumps({"rounds": options.rounds, "lost something": bad, **dict(sorted(done.items()))}))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
