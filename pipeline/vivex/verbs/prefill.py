"""`vivex prefill`: the forms of every paper, and the review's workbook, CSV set, report and figures."""

from __future__ import annotations

import argparse

from vivex.verbs import line

HELP = "Fill the forms, highlight the papers, and write the workbook, CSV set, report and figures of the review"
arguments = line.arguments


def run(options: argparse.Namespace) -> int:
    """Run the stage, then write the review's files."""
    from vivex.codebook import read_codebook
    from vivex.forms.review_files import write_review
    from vivex.review import gather, open_review
    from vivex.stages import Papers, failures

    review = open_review(options.root)
    codebook = read_codebook(review.codebook)  # a malformed one is named before any work
    status = line.run(options, "prefill", "highlight", "picture")
    sources, _ = gather([review.pdfs] if review.pdfs.is_dir() else [])
    papers = Papers(review.outputs, sources)
    write_review(papers, failures(review.outputs), codebook, review.outputs / "review")
    return status
