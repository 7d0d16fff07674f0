"""Time and weigh the files that a reviewer gets, one kind after another, in one process.

usage: outputs.py RUN_FOLDER PDF_FOLDER    (a folder that `vivex run PDF_FOLDER --out RUN_FOLDER` wrote)
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from vivex.codebook import template
from vivex.exchange.formats import write_results
from vivex.forms.figures import write_figures
from vivex.forms.highlight import write_highlights
from vivex.forms.report.review_page import write_report
from vivex.forms.report.snippets import read_snippets, write_snippets
from vivex.forms.tables.csvs import write_csvs
from vivex.forms.workbook import write_workbook
from vivex.people.material import gathered
from vivex.stages import Papers


def main(run: Path, pdfs: Path) -> None:
    papers = Papers(run, {path.stem: path for path in sorted(pdfs.glob("*.pdf"))})
    codebook = template("invivo")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)

        def pictures(paper):
            return read_snippets(out / "pictures" / f"{paper.study}.json")

        steps = {
            "highlighted": lambda: [write_highlights(p, out / "highlighted" / f"{p.study}.pdf") for p in papers],
            "pictures": lambda: [write_snippets(p, out / "pictures" / f"{p.study}.json") for p in papers],
            "forms.xlsx": lambda: write_workbook(out / "forms.xlsx", papers=papers, codebook=codebook),
            "csv": lambda: write_csvs(papers, (), codebook, out / "csv"),
            "exchange": lambda: write_results(gathered(papers, codebook, ()), out / "exchange"),
            "figures": lambda: write_figures(papers, out / "figures"),
            "report.html": lambda: write_report(papers, (), codebook, out / "report.html", pictures=pictures),
        }
        print(f"{len(papers)} papers")
        print(f"{'output':14} {'wall s':>7} {'CPU s':>7} {'kB':>8}")
        total_wall = total_cpu = 0.0
        for name, write in steps.items():
            wall, cpu = time.perf_counter(), time.process_time()
            write()
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            total_wall, total_cpu = total_wall + wall, total_cpu + cpu
            path = out / name
            files = [path] if path.is_file() else [f for f in path.rglob("*") if f.is_file()]
            print(f"{name:14} {wall:7.2f} {cpu:7.2f} {sum(f.stat().st_size for f in files) / 1000:8.0f}")
        print(f"{'all':14} {total_wall:7.2f} {total_cpu:7.2f}")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
