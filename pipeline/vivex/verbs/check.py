"""`vivex check`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Check annotations/: format, names, values, and that evidence still stands in the papers"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--reanchor", action="store_true", help="write moved evidence back where the text changed")


def run(options: argparse.Namespace) -> int:
    """Check; return 1 where something is wrong (warnings aside)."""
    from vivex.codebook import read_codebook
    from vivex.people import check
    from vivex.review import open_review

    review = open_review(options.root)
    if options.reanchor:
        changed, orphans = check.reanchor(review)
        for name in changed:
            print(f"re-anchored {name}")
        for orphan in orphans:
            print(f"can't be placed: {orphan}")
    found = check.check(review, read_codebook(review.codebook))
    for finding in found:
        print(finding)
    errors = sum(f.weight == "error" for f in found)
    print(f"{errors} error{'s' * (errors != 1)}, {len(found) - errors} warning{'s' * (len(found) - errors != 1)}")
    return 1 if errors else 0
