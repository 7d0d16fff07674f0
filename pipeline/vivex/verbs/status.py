"""`vivex status`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "Tell who reviewed what, what conflicts, and what is next"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Print the state of the review's people."""
    from vivex.codebook import read_codebook
    from vivex.models import adapted, uncoupled
    from vivex.people import status
    from vivex.review import open_review, pinned, read_params

    review = open_review(options.root)
    sys.stdout.write(status.as_text(status.status(review, read_codebook(review.codebook))))
    for line in [*adapted(review.models), *uncoupled(review.models), *pinned(read_params(review.root / "params.yaml"))]:
        sys.stdout.write(f"{line}\n")
    return 0
