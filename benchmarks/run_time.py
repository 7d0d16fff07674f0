"""Time and memory of `vivex run`, whole processes, beside `pymupdf4llm.to_markdown` of the same papers in the same run.

python benchmarks/run_time.py [--runs 3] [--shares [PAPERS]]

Ratio: wall time of `vivex run` (default model, reports included) over that of pymupdf4llm alone, in turn A B A B.
Memory: the largest sum of resident memory over vivex's processes, for the 11 papers once and five times over.
--shares: only this: the processor time of each stage's work, of all papers or the first few, one after the other in one
process (reports and pictures are not in it).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

SHARED = Path(os.environ.get("VIVEX_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PEER = "import sys, pymupdf4llm\nfor path in sys.argv[1:]:\n    pymupdf4llm.to_markdown(path)\n"


def timed(command: list[str]) -> tuple[float, float]:
    """Return wall seconds and peak resident MB (summed over the process tree) of a command that must succeed."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        total = 0
        try:
            for member in [watched, *watched.children(recursive=True)]:
                total += member.memory_info().rss
        except psutil.Error:
            pass
        peak = max(peak, total / 2**20)
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"{command[:4]} exited with {process.returncode}")
    return time.perf_counter() - begin, peak


def shares(papers: list[Path]) -> None:
    """Print processor seconds of each stage, without what is loaded once."""
    from vivex.assess import make_syrcle
    from vivex.codebook import template
    from vivex.document import Document
    from vivex.extract.propose import propose
    from vivex.models import shipped
    from vivex.parse.pdf import parse_pdf
    from vivex.recognize import make_entities

    book = template("invivo")
    recognise = make_entities(params={}, models=shipped(), codebook=book)
    judge = make_syrcle(params={}, models=shipped(), codebook=book)
    warm = Document("warm", "Ten rats were given 5 mg/kg of saline.")
    propose(warm, judge(warm, known=recognise(warm)), book)
    spent = dict.fromkeys(("parse", "recognize", "assess", "prefill"), 0.0)
    for paper in papers:
        marks = [time.process_time()]
        document = parse_pdf(paper.read_bytes(), study=paper.stem, params={})
        marks.append(time.process_time())
        mentions = recognise(document)
        marks.append(time.process_time())
        judge(document, known=mentions)
        marks.append(time.process_time())
        propose(document, mentions, book)
        marks.append(time.process_time())
        for stage, begin, end in zip(spent, marks, marks[1:], strict=False):
            spent[stage] += end - begin
    total = sum(spent.values())
    told = ", ".join(f"{stage} {seconds:.1f} s ({seconds / total:.0%})" for stage, seconds in spent.items())
    print(f"{len(papers)} papers: {told}; together {total:.1f} s")


def main() -> None:
    """Print the ratio and the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--shares", type=int, nargs="?", const=1000, metavar="PAPERS")
    options = parser.parse_args()
    papers = sorted((SHARED / "pdfs" / "in-vivo").glob("*.pdf"))
    if not papers:
        raise SystemExit(f"no papers under {SHARED}; set VIVEX_SHARED")
    if options.shares is not None:
        shares(papers[: options.shares])
        return
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "many"
        many.mkdir()
        for copy in range(5):
            for paper in papers:
                shutil.copy(paper, many / f"{paper.stem}-{copy}.pdf")
        vivex = [sys.executable, "-m", "vivex.cli", "run"]
        rows = []
        for turn in range(options.runs):
            ours = timed([*vivex, *map(str, papers), "--out", f"{folder}/out{turn}"])
            theirs = timed([sys.executable, "-c", PEER, *map(str, papers)])
            rows.append((ours, theirs))
            print(
                f"run {turn + 1}: vivex {ours[0]:.1f} s, pymupdf4llm {theirs[0]:.1f} s, ratio {ours[0] / theirs[0]:.2f}"
            )
        ratio = statistics.median(a[0] / b[0] for a, b in rows)
        print(f"median ratio {ratio:.2f} over {len(papers)} papers; peak memory {max(a[1] for a, _ in rows):.0f} MB")
        wall, peak = timed([*vivex, str(many), "--out", f"{folder}/outmany"])
        print(f"{len(papers) * 5} papers: {wall:.1f} s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
