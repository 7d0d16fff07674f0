"""Parse damaged copies of real papers: `python benchmarks/fuzz.py PDF... [--copies 6] [--seconds 60]`.

Each copy is cut short, has bytes flipped, a stretch zeroed, doubled or swapped with another file's (fixed seeds). Every
copy must end as a Document or with a named reason; anything else is printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

from vivex.errors import UnreadablePaper
from vivex.pool import Pool


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


def parse_damaged(item: tuple[str, str, int]) -> tuple[int, int]:
    """Return (characters, pages) of a damaged copy."""
    from vivex.parse import parse_bytes

    path, other, seed = item
    document = parse_bytes(damaged(Path(path).read_bytes(), Path(other).read_bytes(), seed), name="damaged.pdf")
    return len(document.text), len(document.pages)


def main() -> int:
    """Print how the copies ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", nargs="+", type=Path)
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    paths = [str(p) for p in options.pdfs]
    items = [
        (path, paths[(i + 1) % len(paths)], 6 * i + copy)
        for i, path in enumerate(paths)
        for copy in range(options.copies)
    ]
    ends: Counter[str] = Counter()
    odd = 0
    began = time.monotonic()
    with Pool(jobs=options.jobs, seconds=options.seconds) as pool:
        for outcome in pool.map(parse_damaged, items):
            if outcome.error is None:
                ends["read"] += 1
            elif isinstance(outcome.error, UnreadablePaper):
                ends[outcome.error.reason] += 1
                if outcome.error.reason in ("timed out", "crashed", "out of memory"):
                    print(outcome.item, outcome.error)
            else:
                odd += 1
                print(outcome.item, outcome.error)
    print(f"{len(items)} damaged files in {time.monotonic() - began:.0f} s: {dict(ends.most_common())}; {odd} defects")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main())
