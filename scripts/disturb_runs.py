"""Disturb `vivex run`, then run it again: `python scripts/disturb_runs.py --kills 12 --full 6 --memory 4 --seed 0`.

Kills end the run, or a child of it, at a random moment; full disks are a limit to the size of files at a random size
(RLIMIT_FSIZE), or a small tmpfs with `--tmpfs FOLDER`; low memory is a limit to the address space. The second run must
give what an undisturbed one gives, byte for byte, and a disturbed one must say so in one line for each paper or once,
never by a traceback. Exit status 1 where any differs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

TEXT = """Dexamethasone in rats, part {i}

## Methods
{n} male Wistar rats received 5 mg/kg dexamethasone by oral gavage once daily for 4 weeks. Rats were randomly allocated
to two groups (n = {half} per group) with a random number table. Assessors were blinded to the groups.

## Results
The score was lower in the treated group than in the control group (p < 0.05).
"""
Disturbance = Callable[["subprocess.Popen[str]"], None]


def papers(folder: Path, count: int = 4) -> Path:
    """Write made-up papers into the folder."""
    folder.mkdir(parents=True)
    for i in range(1, count + 1):
        (folder / f"study-{i}.txt").write_text(TEXT.format(i=i, n=10 * i, half=5 * i), encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def run(source: Path, out: Path, *, disturb: Disturbance | None = None, limits: dict[int, int] | None = None) -> str:
    """Run the line once; return exit status and what it said."""

    def bound() -> None:
        for what, value in (limits or {}).items():
            resource.setrlimit(what, (value, value))

    command = [sys.executable, "-m", "vivex.cli", "run", str(source), "--out", str(out), "--jobs", "2", "--no-report"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=bound,  # no threads here
        start_new_session=True,
    ) as process:
        if disturb is not None:
            disturb(process)
        said, _ = process.communicate()
    return f"exit {process.returncode}\n{said}"


def kill(after: float, *, child: bool) -> Disturbance:
    """Return what kills a run, or one of its children, after some seconds."""

    def now(process: subprocess.Popen[str]) -> None:
        time.sleep(after)
        try:
            children = psutil.Process(process.pid).children(recursive=True)
        except psutil.Error:
            return
        if not child:
            process.send_signal(signal.SIGKILL)
        elif children:
            children[-1].kill()

    return now


def full(folder: Path, source: Path, size: int) -> tuple[str, Path]:
    """Run on a tmpfs of `size` kB, then make room; return what was said and the folder of the results."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(folder)], check=True)
    said = run(source, folder / "out")
    subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
    return said, folder / "out"


def main() -> int:
    """Disturb and compare; return 1 where a second run differs from an undisturbed one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, count in (("kills", 12), ("full", 6), ("memory", 4), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--tmpfs", type=Path, help="an empty folder to mount small tmpfs on (needs root)")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    work = Path(tempfile.mkdtemp(prefix="disturbed-"))
    source = papers(work / "papers")
    begin = time.monotonic()
    first = run(source, work / "whole")
    lasts = time.monotonic() - begin
    assert first.startswith("exit 0"), first
    wanted = contents(work / "whole")
    bad = 0
    kinds = ["kill"] * options.kills + ["full"] * options.full + ["memory"] * options.memory
    for number, kind in enumerate(kinds):
        out = work / f"{kind}-{number}"
        if kind == "kill":
            child = number % 3 == 2
            after = chance.uniform(0.3, lasts)
            how = f"{'a child' if child else 'the run'} killed after {after:.2f} s"
            said = run(source, out, disturb=kill(after, child=child))
        elif kind == "full" and options.tmpfs is not None:
            size = chance.choice([8, 16, 24, 32, 48, 64])
            how = f"a disk of {size} kB"
            said, out = full(options.tmpfs, source, size)
        elif kind == "full":
            size = chance.choice([0, 500, 1000, 2000, 4000, 8000])
            how = f"files of at most {size} bytes"
            said = run(source, out, limits={resource.RLIMIT_FSIZE: size})
        else:
            megabytes = chance.choice([150, 250, 400, 700, 1200])
            how = f"{megabytes} MB of address space"
            said = run(source, out, limits={resource.RLIMIT_AS: megabytes * 2**20})
        again = run(source, out)
        same = again.startswith("exit 0") and contents(out) == wanted
        quiet = "Traceback" not in said
        bad += not (same and quiet)
        status = said.splitlines()[0]
        print(f"{'good' if same and quiet else 'BAD '} {kind}: {how}: {status}; again: {again.splitlines()[0]}")
        if not same or not quiet:
            print(said, again, sep="\n---\n")
        if options.tmpfs is not None and os.path.ismount(options.tmpfs):
            subprocess.run(["umount", str(options.tmpfs)], check=True)
    shutil.rmtree(work)
    print(f"{len(kinds) - bad} of {len(kinds)} good")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
