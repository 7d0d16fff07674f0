"""`vivex evaluate`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "Score the proposals on held-out studies: outputs/evaluation/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--resamples", type=int, help="bootstrap resamples (default: params agree.resamples, or 2000)")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("evaluate is being written")
