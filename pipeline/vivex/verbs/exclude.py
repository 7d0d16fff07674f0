"""`vivex exclude`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Take a study out of the review with its reason (PRISMA counts it), or into it again"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("study", help="the study's id: its paper's file name without the ending")
    parser.add_argument("--reason", default="", help="why, as PRISMA reports it")
    parser.add_argument("--again", action="store_true", help="take the study into the review again")
    parser.add_argument("--by", help="your short name (default: the reviewer of this machine)")


def run(options: argparse.Namespace) -> int:
    """Record it and say what follows."""
    from vivex.people.exclude import exclude
    from vivex.people.who import now, who
    from vivex.review import open_review

    review = open_review(options.root)
    by = who(review.root, options.by, option="--by")
    exclude(review, options.study, reason=options.reason, by=by, when=now(), again=options.again)
    if options.again:
        print(f"{options.study} is in the review again ({by})")
    else:
        print(f"{options.study} is out of the review ({by}: {options.reason.strip()}); its decisions are kept")
    print("Next: vivex sync; dvc repro brings tables and agreement up to date")
    return 0
