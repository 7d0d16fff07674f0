"""`vivex final`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Write what people settled to publish it: tables, SYRCLE figures, exports, report, Methods text (outputs/final/)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument(
        "--allow-left-out", action="store_true", help="exit 0 although papers were left out (dvc.yaml uses it)"
    )


def run(options: argparse.Namespace) -> int:
    """Write the results; a review that nobody reviewed yet gives tables without values."""
    from vivex.codebook import read_codebook
    from vivex.people import final
    from vivex.review import gather, open_review
    from vivex.stages import failures, locked
    from vivex.verbs import line

    review = open_review(options.root)
    codebook = read_codebook(review.codebook)
    sources, _ = gather([review.pdfs] if review.pdfs.is_dir() else [])
    with locked(review.outputs):
        done = final.write(review, codebook, sources, failures(review.outputs))
    line.tell([*done.notes, *done.left_out])
    left = f", {done.awaited} awaiting another reviewer" if done.awaited else ""
    left += f", {done.excluded} studies excluded" if done.excluded else ""
    print(
        f"{done.settled} items settled, {done.disputed} in conflict{left}; {review.outputs / 'final' / 'report.html'}"
    )
    return int(bool(done.left_out) and not options.allow_left_out)
