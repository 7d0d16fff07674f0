"""`vivex prefill`: the forms of every paper, and the review's workbook, CSV set, report and figures."""

from __future__ import annotations

import argparse

from vivex.verbs import line

HELP = "Fill the forms, highlight the papers, and write the workbook, CSV set, report and figures of the review"
arguments = line.arguments


def run(options: argparse.Namespace) -> int:
    """Run the stage, then write the review's files."""
    from vivex.verbs.report import write_shared

    done = line.run_stages(options, "prefill", "highlight", "picture")
    write_shared(done)
    return done.status
