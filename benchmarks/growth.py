"""How a run grows with the number of papers: time, memory, index, and what a run costs in which nothing changed.

python benchmarks/growth.py [--read 100 1000 3000] [--line 100 300] [--report 100 200] [--out FILE.svg]
python benchmarks/growth.py --lines LOG --out benchmarks/growth.svg      # draw what was printed, print the exponents
python benchmarks/growth.py --throughput 60      # 1 and 2 papers at a time, beside a Dask cluster of 1 and 2 workers

The papers are short texts made here. Growth is measured with a stand-in for recognising and assessing (a package of two
annotators that find nothing, made in a scratch folder), so that what is seen is vivex's own work: reading, keys,
index, forms, files of the review. `--read` stops after the papers are read, `--report` writes workbook, report, tables
and figures too. `--unchanged` measures a run in which nothing changed, over outputs copied from those of twenty papers.
Times are of the processor (user and system, with all child processes), which other programs on the machine change
little. Memory is the largest of one process. Throughput is measured with the shipped models, by the clock.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TEXT = """A made-up trial of {agent} in {animal}, number {number}

Abstract

We asked whether {agent} helps {animal} after {illness}.

Methods

Animals. {count} male {animal}, {age} weeks old and weighing {weight} g, were randomly divided into {groups} groups of \
{each}.
Treatment. The treated animals received {agent} at {dose} mg/kg by {route} once a day for {days} days; the control \
group received saline.
{blind}
Statistics. Data are given as mean and standard deviation.

Results

The {outcome} fell by {share} % in the treated animals (p < 0.05). {dead} animals died before the end.

Discussion

{agent} may be worth a larger trial. The authors declare no competing interests.
"""
WORDS = {
    "agent": ("miR-21-5p agomir", "miR-140 mimic", "miR-155 antagomir", "exosomes of stem cells"),
    "animal": ("Wistar rats", "Sprague-Dawley rats", "C57BL/6 mice", "New Zealand white rabbits"),
    "route": ("tail vein injection", "intraperitoneal injection", "gavage"),
    "illness": ("stroke", "osteoarthritis", "myocardial infarction", "colitis"),
    "outcome": ("infarct volume", "Mankin score", "serum IL-6", "body weight"),
    "blind": ("The observer did not know the groups.", "Cages were placed in the rack at random.", ""),
    "dead": ("Two", "Three", "No"),
}
STAND_IN = '''"""Annotators that find nothing."""
def make(*, params, models=None, codebook=None):
    return lambda document, *, known=(): []
'''
PARAMS = "recognize: {annotators: [finds_no_mention]}\nassess: {annotators: [makes_no_judgement]}\n"


KINDS = {"read": ["--documents-only"], "line": ["--no-report"], "report": []}  # what is run: options


@dataclass(frozen=True, slots=True)
class Cost:
    """Hold what a call cost: seconds of the processor, seconds of the clock, MB of its largest process."""

    processor: float
    clock: float
    memory: float


def write_papers(folder: Path, numbers: range) -> None:
    """Write short papers, each from its own number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        chance = random.Random(number)
        groups, each = chance.choice((2, 3, 4)), chance.randint(5, 12)
        chosen = {name: chance.choice(words) for name, words in WORDS.items()}
        counts = {"count": groups * each, "groups": groups, "each": each, "number": number}
        measured = {"age": (6, 14), "weight": (20, 300), "dose": (1, 50), "days": (3, 28), "share": (5, 60)}
        drawn = {name: chance.randint(*bounds) for name, bounds in measured.items()}
        text = TEXT.format(**chosen, **counts, **drawn)
        (folder / f"paper-{number:05d}.txt").write_text(text, encoding="utf-8")


def write_stand_in(folder: Path) -> None:
    """Write a package of two annotators that find nothing, as pip would install it."""
    info = folder / "vivex_stand_in-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "vivex_stand_in.py").write_text(STAND_IN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: vivex-stand-in\nVersion: 1.0\n", encoding="utf-8")
    lines = [f"{name} = vivex_stand_in:make\n" for name in ("finds_no_mention", "makes_no_judgement")]
    (info / "entry_points.txt").write_text("[vivex.annotators]\n" + "".join(lines), encoding="utf-8")
    (folder / "params.yaml").write_text(PARAMS, encoding="utf-8")


def call(words: Sequence[str], environment: dict[str, str]) -> Cost:
    """Return what a call of vivex costs, children and all; end with its words where it fails."""
    begin = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "vivex.cli", *words], stdout=said, stderr=said, env={**os.environ, **environment}
        )
        _, status, used = os.wait4(process.pid, 0)
        if status:
            said.seek(0)
            raise SystemExit(said.read()[-2000:])
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - begin, used.ru_maxrss / 1024)


def grow(size: int, scratch: Path, kind: str) -> dict[str, float | str]:
    """Return what a first run, one in which nothing changed, and one with a paper more cost."""
    folder = scratch / f"papers-{size}"
    out = scratch / f"out-{size}"
    stand_in = scratch / "stand-in"
    if not stand_in.exists():
        write_stand_in(stand_in)
    path = os.pathsep.join([str(stand_in), os.environ.get("PYTHONPATH", "")])
    words = ["run", str(folder), "--out", str(out), "--jobs", "1", "--params", str(stand_in / "params.yaml")]
    words += KINDS[kind]
    write_papers(folder, range(size))
    first = call(words, {"PYTHONPATH": path})
    again = call(words, {"PYTHONPATH": path})
    write_papers(folder, range(size, size + 1))
    more = call(words, {"PYTHONPATH": path})
    index = sum(file.stat().st_size for file in out.rglob(".index.json"))
    return {
        "papers": size,
        "kind": kind,
        "first_s": round(first.processor, 1),
        "nothing_changed_s": round(again.processor, 1),
        "one_more_s": round(more.processor, 1),
        "memory_mb": round(max(first.memory, again.memory, more.memory)),
        "index_kb": round(index / 1000),
        "first_clock_s": round(first.clock, 1),
        "nothing_changed_clock_s": round(again.clock, 1),
    }


def unchanged(size: int, scratch: Path) -> dict[str, float | str]:
    """Return what a run costs in which nothing changed, over outputs copied from those of twenty papers.

    Each copy has its study's name and its key, as a run would have left them. In the place of workbook, report, tables
    and figures lie files of 1 MB for each volume and kind under the keys of the true ones: they are read, not made.
    """
    from vivex.codebook import template_path
    from vivex.forms import review_files
    from vivex.index import write_index
    from vivex.inputs import of_files
    from vivex.models import shipped
    from vivex.review import read_params
    from vivex.stages import STAGES, Papers, common_key, input_paths
    from vivex.work import Setting

    few, made, folder, out = (scratch / name for name in ("few", "made", f"papers-{size}", f"out-{size}"))
    if not made.exists():
        write_papers(few, range(20))
        call(["run", str(few), "--out", str(made), "--no-report"], {})
    write_papers(folder, range(size))
    setting = Setting(out, read_params(None), shipped(), template_path("invivo"))
    names = [f"paper-{number:05d}" for number in range(size)]
    for stage in STAGES.values():
        (out / stage.folder).mkdir(parents=True, exist_ok=True)
        common, index = common_key(stage, setting), {}
        for number, name in enumerate(names if not stage.formats else ()):
            model = f"paper-{number % 20:05d}"
            text = (made / stage.folder / f"{model}{stage.suffix}").read_text(encoding="utf-8")
            (out / stage.folder / f"{name}{stage.suffix}").write_text(text.replace(model, name), encoding="utf-8")
            paths = input_paths(stage, name, folder / f"{name}.txt", setting)
            index[name] = {"file": f"{name}.txt", "key": of_files(common, paths)}
        write_index(out / stage.folder, index)

    def stand_in(part: str, write: object, papers: object, to: Path, tell: object) -> list[Path]:
        path = to / f"{part}.stand-in"
        path.write_bytes(bytes(1_000_000))
        return [path]

    papers = Papers(out, {name: folder / f"{name}.txt" for name in names})
    before, review_files.written = review_files.written, stand_in  # type: ignore[assignment]
    review_files.write_review(papers, [], setting.codebook_read, out / "review", keys=papers.keys)
    review_files.written = before
    cost = call(["run", str(folder), "--out", str(out), "--jobs", "1"], {})
    if not all(path.stat().st_size == 1_000_000 for path in (out / "review").glob("*.stand-in")):
        raise SystemExit("the run made files anew")
    index_kb = sum(file.stat().st_size for file in out.rglob(".index.json")) / 1000
    told = {"nothing_changed_s": round(cost.processor, 1), "memory_mb": round(cost.memory), "index_kb": round(index_kb)}
    return {"papers": size, "kind": "unchanged", **told, "nothing_changed_clock_s": round(cost.clock, 1)}


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return the slope of costs over sizes on logarithmic scales, by least squares: 1 grows as the papers do."""
    xs, ys = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)


def throughput(count: int, scratch: Path, rounds: int) -> None:
    """Print what papers cost on this machine with 1 and 2 at a time, and on a cluster with 1 and 2 workers, in turn."""
    folder = scratch / "papers"
    write_papers(folder, range(count))
    costs: dict[str, list[Cost]] = {}
    for number in range(rounds):
        for workers in (1, 2):
            for name, on in (
                (f"local, --jobs {workers}", False),
                (f"Dask, {workers} worker{'s' * (workers > 1)}", True),
            ):
                out = scratch / f"{name}-{number}".replace(" ", "")
                costs.setdefault(name, []).append(_worked_off(folder, out, workers, on_a_cluster=on))
    for name, some in costs.items():
        processor = sorted(round(cost.processor, 1) for cost in some)
        clock = sorted(round(cost.clock) for cost in some)
        print(f"{name}: processor {processor} s, {min(processor) / count:.2f} s a paper; clock {clock} s", flush=True)
    outs = sorted(path for path in scratch.iterdir() if path != folder)
    files = [{f.relative_to(out): f.read_bytes() for f in sorted(out.rglob("*")) if f.is_file()} for out in outs]
    print("all outputs are the same" if all(found == files[0] for found in files) else "outputs differ")


def _worked_off(folder: Path, out: Path, workers: int, *, on_a_cluster: bool) -> Cost:
    """Return what a run of the papers costs, the start and end of the cluster's workers included."""
    from distributed import LocalCluster

    before, begin = os.times(), time.monotonic()
    words = ["run", str(folder), "--out", str(out), "--no-report"]
    if on_a_cluster:
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:
            call([*words, "--on", cluster.scheduler_address.replace("tcp", "dask")], {})
    else:
        call([*words, "--jobs", str(workers)], {})
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(used, time.monotonic() - begin, 0.0)


def draw(rows: Sequence[dict[str, float | str]]) -> str:
    """Return the figure as SVG: processor seconds over papers, both logarithmic."""
    from vivex.agreement.plots import svg

    def figure(plt: Any) -> Any:
        drawn, axes = plt.subplots(figsize=(5.6, 3.8), layout="constrained")
        colours = {"read": "#0072b2", "line": "#009e73", "report": "#d55e00", "unchanged": "#000000"}
        names = {"read": "reading", "line": "all stages", "report": "all stages and the review's files"}
        names["unchanged"] = "all stages and the review's files, copied"
        for kind, colour in colours.items():
            some = [row for row in rows if row["kind"] == kind]
            sizes = [float(row["papers"]) for row in some]
            for key, what, look in (("first_s", "first run", "o-"), ("nothing_changed_s", "nothing changed", "s--")):
                costs = [float(row[key]) for row in some if key in row]
                if len(costs) > 1:
                    axes.loglog(sizes, costs, look, color=colour, markersize=4, label=f"{names[kind]}, {what}")
        axes.set_xlabel("papers")
        axes.set_ylabel("seconds of processor")
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.yaxis.set_major_formatter("{x:g}")
        axes.legend(fontsize=7, loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2)
        axes.grid(True, alpha=0.3)
        return drawn

    return svg(figure)


def main() -> None:
    """Measure, print a line a size, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--read", type=int, nargs="*", default=[100, 1000, 3000], help="sizes, reading alone")
    parser.add_argument("--line", type=int, nargs="*", default=[100, 300], help="sizes, all stages")
    parser.add_argument("--report", type=int, nargs="*", default=[100, 200], help="sizes, the review's files too")
    parser.add_argument("--unchanged", type=int, nargs="*", default=[300, 3000, 10000], help="sizes, outputs copied")
    parser.add_argument("--throughput", type=int, default=0, metavar="PAPERS")
    parser.add_argument("--rounds", type=int, default=2, help="of each way of throughput, in turn")
    parser.add_argument("--lines", type=Path, help="draw the lines that an earlier call printed")
    parser.add_argument("--out", type=Path, help="where to draw")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.lines.read_text().splitlines()] if options.lines else []
    scratch = Path(tempfile.mkdtemp(prefix="vivex-growth-"))
    try:
        if options.throughput:
            throughput(options.throughput, scratch, options.rounds)
        elif not rows:
            for kind in KINDS:
                for size in getattr(options, kind):
                    rows.append(grow(size, scratch / kind, kind))
                    print(json.dumps(rows[-1]), flush=True)
            for size in options.unchanged:
                rows.append(unchanged(size, scratch / "unchanged"))
                print(json.dumps(rows[-1]), flush=True)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    for kind in (*KINDS, "unchanged"):
        some = [row for row in rows if row["kind"] == kind]
        for key in ("first_s", "nothing_changed_s", "index_kb"):
            if len(some) > 1 and key in some[0]:
                sizes, costs = ([float(row[name]) for row in some] for name in ("papers", key))
                print(f"{kind}, {key}: exponent {exponent(sizes, costs):.2f}")
    if options.out and rows:
        options.out.write_text(draw(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
