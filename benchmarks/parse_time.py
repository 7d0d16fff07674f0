"""Compare how long two versions of vivex read: `python benchmarks/parse_time.py FOLDER --other PIPELINE`.

FOLDER holds PDFs; PIPELINE is the folder `pipeline` of the other version (a clone of an older tag). A reader of each
version, and one that only takes MuPDF's text, stay open and are asked for each paper in turn, so that what else the
machine does meets all alike. Given is processor time in seconds, the least of the rounds for each paper, summed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROUNDS = 8
_PARSED = """
from vivex.parse import parse_bytes
def read(data): parse_bytes(data, name="paper.pdf")
"""
_RAW = """
import pymupdf
def read(data):
    with pymupdf.open(stream=data) as pdf:
        for page in pdf: page.get_text()
"""
_LOOP = """
import sys, time
from pathlib import Path
for name in sys.stdin:
    data = Path(name.strip()).read_bytes()
    began = time.process_time()
    read(data)
    print("took", time.process_time() - began, flush=True)
"""


class Reader:
    """A process that reads the papers that it is asked for."""

    def __init__(self, program: str, pipeline: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(pipeline), "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", program + _LOOP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )

    def seconds(self, paper: Path) -> float:
        """Return the processor time that a paper takes."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("the reader has no pipes")
        print(paper.resolve(), file=self.process.stdin, flush=True)
        for line in self.process.stdout:
            if line.startswith("took "):
                return float(line.split()[1])
        raise RuntimeError(f"a reader ended at {paper.name}")


def main() -> None:
    """Print each version's time over all papers, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--other", type=Path, help="the folder `pipeline` of another version")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    here = Path(__file__).resolve().parent.parent / "pipeline"
    readers = {"raw text": Reader(_RAW, here), "this version": Reader(_PARSED, here)}
    if options.other:
        readers["other version"] = Reader(_PARSED, options.other)
    papers = sorted(options.folder.glob("*.pdf"))
    least = {name: dict.fromkeys(papers, float("inf")) for name in readers}
    names = list(readers)
    for round_ in range(options.rounds):
        for number, paper in enumerate(papers):
            first = (round_ + number) % len(names)  # each is asked first as often as the others
            for name in names[first:] + names[:first]:
                least[name][paper] = min(least[name][paper], readers[name].seconds(paper))
    sums = {name: sum(times.values()) for name, times in least.items()}
    base = sums.get("other version", sums["this version"])
    for name, total in sums.items():
        print(f"{name:14s} {total:6.2f} s  {total / sums['raw text']:5.2f} x raw text  {total / base - 1:+7.1%}")


if __name__ == "__main__":
    main()
