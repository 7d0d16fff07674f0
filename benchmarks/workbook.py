"""Count what a reviewer has to decide in a paper's sheet, of the outputs of `vivex run` or of a review.

    python benchmarks/workbook.py OUTPUTS [--codebook invivo]

Rows: proposals that are to be decided on one by one. Questions: those without a proposal, which need an answer. With
the rest accepted: decisions where all that is proposed is right. Before: rows of 0.1.0, a proposal each, over six
sheets.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from vivex.codebook import template
from vivex.forms import rows
from vivex.forms.workbook.printed_rows import study_rows
from vivex.stages import read_paper


def main() -> None:
    """Print a line for each paper, and the means."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("outputs", type=Path)
    options.add_argument("--codebook", default="invivo")
    chosen = options.parse_args()
    codebook = template(chosen.codebook)
    lines = []
    for path in sorted((chosen.outputs / "forms").glob("[!.]*.json")):
        paper = read_paper(chosen.outputs, path.stem)
        printed = [row for row in study_rows(paper, codebook) if row.asked is not None]
        proposed = {row.asked.label for row in printed if row.asked is not None and row.cells.get("proposed")}
        silent = len({row.asked.label for row in printed if row.asked is not None} - proposed)
        now = sum(bool(row.cells.get("proposed")) for row in printed)
        before = sum(1 for _ in rows.form_rows(paper, codebook)) + len(paper.judgements)
        lines.append((before, now, silent, 1 + silent))
        name = path.stem[:44]
        print(f"{name:44s} before {before:3d}  rows {now:3d}  questions {silent:2d}  rest accepted {1 + silent:2d}")
    means = [statistics.mean(column) for column in zip(*lines, strict=True)]
    print(f"mean of {len(lines)}: before, rows, questions, rest accepted:", *(f"{mean:.1f}" for mean in means))


if __name__ == "__main__":
    main()
