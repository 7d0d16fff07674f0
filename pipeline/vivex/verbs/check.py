"""`vivex check`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "Check annotations/: format, names, values, and that evidence still stands in the papers"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--reanchor", action="store_true", help="write moved evidence back where the text changed")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("check is being written")
