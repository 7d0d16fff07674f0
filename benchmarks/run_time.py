"""Time and memory of `vivex run`, whole processes, beside `pymupdf4llm.to_markdown` of the same papers in the same run.

python benchmarks/run_time.py [--runs 3] [--shares [PAPERS]] [--beside FOLDER]

Ratio: wall time of `vivex run` (default model, reports included) over that of pymupdf4llm alone, in turn A B A B; the
processor time of both, all processes together, is what counts on a machine that does other things too.
Memory: the largest sum of resident memory over vivex's processes, for the 11 papers once and five times over.
--beside: another clone of vivex, measured in turn too. --shares: only this: the processor time of starting, loading,
each stage's work and each file of the review, one after the other in one process.
Modules are compiled before, as `pip install` does it.
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import psutil

SHARED = Path(os.environ.get("VIVEX_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PEER = "import sys, pymupdf4llm\nfor path in sys.argv[1:]:\n    pymupdf4llm.to_markdown(path)\n"


ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
HERE = Path(__file__).resolve().parents[1]


def timed(command: list[str], clone: Path | None = None) -> tuple[float, float, float]:
    """Return wall seconds, processor seconds and peak resident MB (of the process tree) of a command that succeeds."""
    environment = ENVIRONMENT | ({"PYTHONPATH": str(clone / "pipeline")} if clone else {})
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
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
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


class Watched:
    """Work on papers here, one after the other; note the processor seconds of getting ready and of the work."""

    seconds, memory_mb = 300.0, 4000
    running: list[Any] = []  # noqa: RUF012

    def __init__(self) -> None:
        self.ready = self.worked = 0.0

    def map(
        self, function: Callable[[Any], Any], items: Iterable[Any], *, prepare: Callable[[], object] | None = None
    ) -> Iterator[Any]:
        """Yield the outcome of each item."""
        from vivex.compiled import kept
        from vivex.pool import Outcome

        begin = time.process_time()
        if prepare is not None:
            with kept():
                prepare()
        self.ready += time.process_time() - begin
        for item in items:
            begin = time.process_time()
            value = function(item)
            self.worked += time.process_time() - begin
            yield Outcome(item, value)


def shares(papers: list[Path]) -> None:
    """Print processor seconds of each part of a run."""
    begin = time.process_time()
    from vivex.codebook import template_path
    from vivex.forms import review_files
    from vivex.models import shipped
    from vivex.review import gather, read_params
    from vivex.stages import STAGES, Papers, run_stage
    from vivex.work import Setting

    spent = {"start": time.process_time() - begin}
    sources, refused = gather(papers)
    by_itself = review_files.written

    def watched(part: str, *given: Any) -> Any:
        begin = time.process_time()
        found = by_itself(part, *given)
        spent[part] = time.process_time() - begin
        return found

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        setting = Setting(out, read_params(None), shipped(), template_path("invivo"))
        loading = runner = 0.0
        for stage in STAGES:
            engine, begin = Watched(), time.process_time()
            run_stage(stage, sources, setting, engine, left_out=refused if stage == "parse" else ())
            runner += time.process_time() - begin - engine.ready - engine.worked
            loading += engine.ready
            spent[stage] = engine.worked
        spent |= {"loading, of one child": loading, "keys, index": runner}
        setattr(review_files, "written", watched)  # noqa: B010
        review_files.write_review(Papers(out, sources), [], setting.codebook_read, out / "review")
    total = sum(spent.values())
    for part, seconds in spent.items():
        print(f"{part}: {seconds:.1f} s ({seconds / total:.0%})")
    print(f"{len(papers)} papers together: {total:.1f} s")


def main() -> None:
    """Print the ratio and the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--shares", type=int, nargs="?", const=1000, metavar="PAPERS")
    parser.add_argument("--beside", type=Path, metavar="FOLDER")
    parser.add_argument("--once", action="store_true", help="without the papers five times over")
    options = parser.parse_args()
    papers = sorted((SHARED / "pdfs" / "in-vivo").glob("*.pdf"))
    if not papers:
        raise SystemExit(f"no papers under {SHARED}; set VIVEX_SHARED")
    if options.shares is not None:
        shares(papers[: options.shares])
        return
    clones = [HERE, *([options.beside.resolve()] if options.beside else [])]
    for clone in clones:
        compileall.compile_dir(clone / "pipeline", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "many"
        many.mkdir()
        for copy in range(5):
            for paper in papers:  # none the same, byte for byte: vivex leaves out a paper that it has already
                (many / f"{paper.stem}-{copy}.pdf").write_bytes(paper.read_bytes() + f"\n% {copy}\n".encode())
        vivex = [sys.executable, "-m", "vivex.cli", "run"]
        timed([*vivex, str(papers[0]), "--out", f"{folder}/first"], HERE)  # expressions are compiled once
        rows = []
        for turn in range(options.runs):
            found = [timed([*vivex, *map(str, papers), "--out", f"{folder}/{turn}-{c.name}"], c) for c in clones]
            theirs = timed([sys.executable, "-c", PEER, *map(str, papers)])
            rows.append((found[0], theirs))
            for clone, (wall, processor, _) in zip(clones, found, strict=True):
                print(
                    f"run {turn + 1}, {clone.name}: vivex {wall:.1f} s ({processor:.1f} of processor), pymupdf4llm "
                    f"{theirs[0]:.1f} s ({theirs[1]:.1f}), ratio {wall / theirs[0]:.2f} ({processor / theirs[1]:.2f})",
                    flush=True,
                )
        ratio = statistics.median(a[0] / b[0] for a, b in rows)
        print(f"median ratio {ratio:.2f} over {len(papers)} papers; peak memory {max(a[2] for a, _ in rows):.0f} MB")
        if not options.once:
            wall, _, peak = timed([*vivex, str(many), "--out", f"{folder}/outmany"], HERE)
            print(f"{len(papers) * 5} papers: {wall:.1f} s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
