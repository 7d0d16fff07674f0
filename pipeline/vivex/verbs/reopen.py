"""`vivex reopen`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Open again what an adjudicator settled: an item, or a whole study"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("study", help="the study's id")
    parser.add_argument("--by", help="your short name (default: the reviewer of this machine)")
    parser.add_argument("item", nargs="?", default="", help="such as form.dose or syrcle.other_bias (default: all)")


def run(options: argparse.Namespace) -> int:
    """Reopen and name what is open."""
    from vivex.people.reopen import reopen
    from vivex.people.who import now, who
    from vivex.review import open_review

    review = open_review(options.root)
    by = who(review.root, options.by, option="--by")
    opened = reopen(review, options.study, options.item, by=by, when=now())
    print(f"{options.study}: open again: {', '.join(opened)}; the reviewers' answers stand as before")
    return 0
