"""`vivex prefill`: the forms of every paper, and the review's workbook, CSV set, report and figures."""

from __future__ import annotations

import argparse

from vivex.verbs import line

HELP = "Fill the forms: outputs/forms/, outputs/highlighted/, and the workbook, CSV set, report and figures in outputs/review/"
arguments = line.arguments


def run(options: argparse.Namespace) -> int:
    """Run the stage, then write the review's files."""
    from vivex.codebook import read_codebook
    from vivex.forms.review_files import write_review
    from vivex.review import gather, open_review
    from vivex.stages import Papers, failures

    status = line.run(options, "prefill", "highlight", "picture")
    review = open_review(options.root)
    sources, _ = gather([review.pdfs] if review.pdfs.is_dir() else [])
    papers = Papers(review.outputs, sources)
    write_review(papers, failures(review.outputs), read_codebook(review.codebook), review.outputs / "review")
    return status
