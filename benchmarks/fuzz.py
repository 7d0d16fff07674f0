"""Parse damaged copies of real papers: `python benchmarks/fuzz.py PDF... [--copies 6] [--seconds 60] [--seed 0]`.

Each copy is cut short, has bytes flipped, a stretch zeroed, doubled or swapped with another file's (fixed seeds). Every
copy must end as a Document or with a named reason; anything else is printed with its seed, and the exit status is 1.
A line a minute on stderr tells how far it is; Ctrl-C ends it with the summary of what was done by then.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
from by_hand import stopped_by_hand
from vivex.errors import UnreadablePaper
from vivex.pool import Outcome, Pool

TELLS = 60.0  # seconds between two lines of progress
ENDED = ("timed out", "crashed", "out of memory")  # reasons which the pool gives: the parser itself found none
Item = tuple[str, str, int]  # paper, the file whose bytes are mixed in, seed


def damaged(data: bytes, other: bytes, seed: int) -> bytes:
    """Return a damaged copy of a file's bytes."""
    chance = random.Random(seed)
    kind = seed % 6
    at = chance.randrange(len(data))
    if kind == 0:
        return data[:at]
    if kind == 1:
        flipped = bytearray(data)
        for _ in range(chance.choice((1, 20, 400))):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(flipped)
    size = chance.choice((16, 512, 20_000))
    if kind == 2:
        return data[:at] + bytes(size) + data[at + size :]
    if kind == 3:
        return data[:at] + data[at : at + size] * 2 + data[at + size :]
    if kind == 4:
        return data[:at] + other[at : at + size] + data[at + size :]
    return data[at:] + data[:at]


def parse_damaged(item: Item) -> tuple[int, int]:
    """Return (characters, pages) of a damaged copy."""
    from vivex.parse import parse_bytes

    path, other, seed = item
    document = parse_bytes(damaged(Path(path).read_bytes(), Path(other).read_bytes(), seed), name="damaged.pdf")
    return len(document.text), len(document.pages)


@dataclass(slots=True)
class Tally:
    """Count how the copies ended."""

    ends: Counter[str] = field(default_factory=Counter)
    defects: int = 0
    slowest: float = 0.0

    def add(self, outcome: Outcome) -> None:
        """Count a copy; print what ended it where that is no reason of the parser's."""
        self.slowest = max(self.slowest, outcome.seconds)
        if outcome.error is None:
            self.ends["read"] += 1
            return
        end = outcome.error.reason if isinstance(outcome.error, UnreadablePaper) else "defect"
        self.ends[end] += 1
        self.defects += end == "defect"
        if end in ("defect", *ENDED):
            print(outcome.item, outcome.error, flush=True)

    def __str__(self) -> str:
        """Say how many copies there were and how they ended."""
        ends = dict(self.ends.most_common())
        return f"{self.ends.total()} damaged files: {ends}; {self.defects} defects; slowest {self.slowest:.1f} s"


def parse_copies(items: list[Item], *, jobs: int, seconds: float) -> Tally:
    """Parse the copies in child processes, telling now and then how far it is."""
    tally, stopped, told = Tally(), stopped_by_hand(), time.monotonic()
    with Pool(jobs=jobs, seconds=seconds) as pool:
        for outcome in pool.map(parse_damaged, items):
            tally.add(outcome)
            if stopped:
                break
            if time.monotonic() - told > TELLS:
                told = time.monotonic()
                at = ", ".join(f"{Path(path).name} seed {seed}" for path, _, seed in pool.running)
                print(f"of {len(items)}: {tally}; now at {at}", file=sys.stderr, flush=True)
    times = os.times()
    used = times.user + times.system + times.children_user + times.children_system
    print(f"{tally}; {used:.0f} s of processor time{', stopped by hand' * bool(stopped)}")
    return tally


def main() -> int:
    """Print how the copies ended; return 1 where one of them did without a reason."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pdfs", nargs="+", type=Path)
    parser.add_argument("--copies", type=int, default=6, help="of each file")
    parser.add_argument("--seconds", type=float, default=60, help="for one copy")
    parser.add_argument("--seed", type=int, default=0, help="of the first copy")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    paths = [str(p) for p in options.pdfs]
    items = [
        (path, paths[(i + 1) % len(paths)], options.seed + options.copies * i + copy)
        for i, path in enumerate(paths)
        for copy in range(options.copies)
    ]
    return 1 if parse_copies(items, jobs=options.jobs, seconds=options.seconds).defects else 0


if __name__ == "__main__":
    sys.exit(main())
