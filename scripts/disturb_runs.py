"""Disturb verbs, then call them again: `python scripts/disturb_runs.py --kills 12 --full 6 --memory 4 --seed 0`.

Kills end the verb, or a child process of it, at a random moment; full disks are a limit to the size of files at a
random size (RLIMIT_FSIZE), or a small tmpfs with `--tmpfs FOLDER` (needs root); low memory is a limit to the address
space. The second call must leave what an undisturbed one leaves, byte for byte. What was disturbed must say so: exit
status 0 only where all is written, never a traceback. Exit status 1 where any differs. `--only VERB...` names verbs
(disturbed_verbs.py). A verb is called in a fork of a process that has loaded all, so that kills meet its work.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from disturbed_verbs import VERBS, Verb, contents, copy_of, reviews
from vivex.cli import main as vivex

Disturbance = Callable[[int], None]  # takes the process's id
Limits = Mapping[int, int]
_SAID = 2**20  # bytes that a call may print
_SLOW = 3600  # seconds after which a call hangs


@dataclass(frozen=True, slots=True)
class Said:
    """Hold how a call ended (negative: the signal) and what it printed."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Whole:
    """Hold what an undisturbed call leaves, and how long it takes."""

    files: dict[str, str]
    seconds: float
    most: int  # bytes of the largest file it writes
    written: int  # bytes it writes


@dataclass(frozen=True, slots=True)
class Case:
    """Hold how a call was disturbed, what it said and left, and what the second call said and left."""

    how: str
    first: Said
    left: dict[str, str]
    again: Said
    files: dict[str, str]

    def faults(self, wanted: Mapping[str, str]) -> list[str]:
        """Return what is wrong with it, against the files of an undisturbed call."""
        differing = [n for n in sorted({*self.files, *wanted}) if self.files.get(n) != wanted.get(n)]
        return [
            *(["it said that all was done"] if self.first.status == 0 and self.left != wanted else []),
            *(["a traceback"] if "Traceback" in self.first.text + self.again.text else []),
            *([f"the second call ended with {self.again.status}"] if self.again.status else []),
            *(f"{name} differs" for name in differing[:3]),
        ]


def call(
    words: Sequence[str], folder: Path, *, disturb: Disturbance | None = None, limits: Limits | None = None
) -> Said:
    """Call a verb in a folder, in a process of its own; return how it ended and what it said."""
    sys.stdout.flush()
    here, there = os.pipe()  # no file: a limit to the size of files would silence it
    fcntl.fcntl(there, fcntl.F_SETPIPE_SZ, _SAID)
    process = os.fork()
    if not process:
        _serve(words, folder, there, limits or {})
    os.close(there)
    if disturb is not None:
        disturb(process)
    status = _ended(process)
    os.set_blocking(here, False)
    with os.fdopen(here, "rb") as said:
        return Said(status, (said.read() or b"").decode("utf-8", "replace"))


def _serve(words: Sequence[str], folder: Path, log: int, limits: Limits) -> None:
    """Call the verb in this process, and end it."""
    status = 70
    try:
        os.setsid()
        os.chdir(folder)
        os.dup2(log, 1)
        os.dup2(log, 2)
        sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))
        for what, value in limits.items():
            resource.setrlimit(what, (value, value))
        status = vivex(words)
    except SystemExit as end:
        status = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, MemoryError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _ended(process: int) -> int:
    """Wait for a process; one that hangs is ended, with status -14 as by an alarm."""
    until = time.monotonic() + _SLOW
    while time.monotonic() < until:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return -signal.SIGALRM


def called_anew(words: Sequence[str], folder: Path, *, limits: Limits) -> Said:
    """Call a verb in a fresh process, which has its modules yet to load."""

    def bound() -> None:
        for what, value in limits.items():
            resource.setrlimit(what, (value, value))

    command = [sys.executable, "-m", "vivex.cli", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=bound, check=False)
    return Said(done.returncode, done.stdout + done.stderr)


def kill(after: float, *, child: bool) -> Disturbance:
    """Return what kills a process, or one of its children, after some seconds."""

    def now(process: int) -> None:
        time.sleep(after)
        with contextlib.suppress(psutil.Error, OSError):
            if not child:
                os.kill(process, signal.SIGKILL)
            elif children := psutil.Process(process).children(recursive=True):
                children[-1].kill()

    return now


def whole(verb: Verb, source: Path, folder: Path) -> Whole:
    """Call a verb undisturbed; return what it leaves. Raise RuntimeError where it fails."""
    place = copy_of(source, verb, folder / f"{verb.name}-whole")
    before = contents(place)
    began = time.monotonic()
    said = call(verb.words, place)
    seconds = time.monotonic() - began
    if said.status:
        raise RuntimeError(f"{verb.name}: exit {said.status}\n{said.text}")
    after = contents(place)
    sizes = [(place / name).stat().st_size for name in after if after[name] != before.get(name)]
    shutil.rmtree(place)
    return Whole(after, seconds, max(sizes), sum(sizes))


def disturbed(kind: str, verb: Verb, known: Whole, place: Path, chance: random.Random) -> tuple[str, Said]:
    """Disturb one call; return how, and what it said."""
    if kind == "kill":
        child = verb.calls and chance.random() < 0.4
        after = chance.uniform(0, known.seconds)
        how = f"{'a child' if child else 'it'} was killed after {after:.2f} s"
        return how, call(verb.words, place, disturb=kill(after, child=child))
    if kind == "full":
        size = chance.choice([0, chance.randrange(known.most), chance.randrange(min(known.most, 2000))])
        return f"files of at most {size} bytes", call(verb.words, place, limits={resource.RLIMIT_FSIZE: size})
    if chance.random() < 0.5:
        megabytes = chance.randrange(30, 500)
        how = f"{megabytes} MB of address space"
        return how, called_anew(verb.words, place, limits={resource.RLIMIT_AS: megabytes * 2**20})
    used = psutil.Process().memory_info().vms
    more = chance.choice([0, chance.randrange(4), chance.randrange(200)])
    return f"{more} MB more than it begins with", call(
        verb.words, place, limits={resource.RLIMIT_AS: used + more * 2**20}
    )


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Callable[[], object]]:
    """Mount a small disk; yield the function that makes it large."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], check=True)
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=256m", str(folder)], check=True)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def on_a_small_disk(verb: Verb, source: Path, known: Whole, disk: Path, chance: random.Random) -> Case:
    """Call a verb on a disk that is full before it ends, make room, and call it again."""
    room = sum(_blocks(p) for p in copy_of(source, verb, disk.parent / "measured").rglob("*"))
    shutil.rmtree(disk.parent / "measured")
    more = chance.randrange(4, known.written // 1024 + 8)
    with small_disk(disk, room + more) as enlarge:
        place = copy_of(source, verb, disk / "review")
        first = call(verb.words, place)
        left = contents(place)
        enlarge()
        again = call(verb.words, place) if first.status or not verb.once else first
        return Case(f"a disk with {more} kB to spare", first, left, again, contents(place))


def _blocks(path: Path) -> int:
    """Return the kB that a file takes on a tmpfs."""
    return 4 * -(-path.stat().st_size // 4096) if path.is_file() else 4


def loaded(only: Sequence[str]) -> None:
    """Load what the verbs load, so that a fork has it; libraries that start threads are left to it."""
    import numpy
    import openpyxl

    import vivex.agreement.measure
    import vivex.learn.train
    import vivex.people.importing
    import vivex.stages  # noqa: F401

    if {"report", "agree", "prefill", "final"} & set(only):
        import matplotlib.figure  # noqa: F401
    del numpy, openpyxl


def main() -> int:
    """Disturb and compare; return 1 where a second call leaves anything else than an undisturbed one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, count in (("kills", 12), ("full", 6), ("memory", 4), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--only", nargs="+", choices=tuple(VERBS), default=list(VERBS))
    parser.add_argument("--tmpfs", type=Path, help="an empty folder to mount small disks on (needs root)")
    options = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = "1700000000"  # the time that decisions carry is no difference
    chance = random.Random(options.seed)
    work = Path(tempfile.mkdtemp(prefix="disturbed-"))
    source = reviews(work / "reviews", options.only)
    loaded(options.only)
    chosen = [VERBS[name] for name in options.only]
    known = {verb.name: whole(verb, source, work) for verb in chosen}
    bad = 0
    kinds = ["kill"] * options.kills + ["full"] * options.full + ["memory"] * options.memory
    chance.shuffle(kinds)
    for number, kind in enumerate(kinds):
        verb = chance.choices(chosen, [v.weight for v in chosen])[0]
        wanted, place = known[verb.name], work / f"{kind}-{number}"
        if kind == "full" and options.tmpfs is not None and chance.random() < 0.5:
            case = on_a_small_disk(verb, source, wanted, options.tmpfs, chance)
        else:
            how, first = disturbed(kind, verb, wanted, copy_of(source, verb, place), chance)
            left = contents(place)
            again = call(verb.words, place) if first.status or not verb.once else first
            case = Case(how, first, left, again, contents(place))
            shutil.rmtree(place)
        faults = case.faults(wanted.files)
        bad += bool(faults)
        print(
            f"{'BAD ' if faults else 'good'} {verb.name}: {case.how}: exit {case.first.status}",
            *faults,
            sep="; ",
            flush=True,
        )
        if faults:
            print(case.first.text, case.again.text, sep="\n---\n", flush=True)
    shutil.rmtree(work)
    print(f"{len(kinds) - bad} of {len(kinds)} good")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
