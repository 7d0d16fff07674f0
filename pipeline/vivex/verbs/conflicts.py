"""`vivex conflicts`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "List what reviewers disagree on, with both values and their evidence"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("studies", nargs="*", metavar="STUDY", help="only these studies")
    parser.add_argument("--workbook", type=Path, metavar="FILE", help="write a workbook in which to settle them")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write them as CSV")


def run(options: argparse.Namespace) -> int:
    """List the conflicts, or write them."""
    from vivex.codebook import read_codebook
    from vivex.errors import ReviewError
    from vivex.files import write_csv
    from vivex.people import conflicts, conflicts_workbook
    from vivex.people.library import labels
    from vivex.review import open_review

    review = open_review(options.root)
    items = conflicts.conflicts(review, options.studies)
    if options.csv:
        write_csv(options.csv, conflicts.as_csv(items))
    if options.workbook:
        parts = conflicts_workbook.divided(items, options.workbook)
        open_items = {(item.study, item.label) for item in items}
        for path, _ in parts:
            if path.exists() and open_items & set(conflicts_workbook.filled(path)):
                raise ReviewError(
                    f"{path}: holds answers that were not taken in; run vivex adjudicate {path} first, "
                    "or give another name"
                )
        asked, called = read_codebook(review.codebook), labels(review)
        for path, some in parts:
            conflicts_workbook.write_workbook(some, asked, path, called=called)
            print(f"wrote {path}; settle them there, then: vivex adjudicate {path} --by NAME")
    if not (options.csv or options.workbook):
        sys.stdout.write(conflicts.as_text(items, labels(review)))
    studies = len({i.study for i in items})
    print(f"{len(items)} conflict{'s' * (len(items) != 1)} in {studies} stud{'y' if studies == 1 else 'ies'}")
    return 0
