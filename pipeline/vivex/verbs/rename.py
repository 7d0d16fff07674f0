"""`vivex rename`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Give a study its new name: its paper, and what was decided about it"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("old", help="the study's name so far")
    parser.add_argument("new", help="its new name: the paper's file name without its ending")


def run(options: argparse.Namespace) -> int:
    """Rename and say whose statements moved."""
    from vivex.people.rename import rename
    from vivex.people.who import now, remembered
    from vivex.review import open_review

    review = open_review(options.root)
    moved = rename(review, options.old, options.new, by=remembered(review.root), when=now())
    print(f"{options.old} is {options.new} now, in the statements of {', '.join(moved) or 'nobody'}")
    return 0
