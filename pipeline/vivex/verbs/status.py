"""`vivex status`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "Tell who reviewed what, what conflicts, and what is next"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("status is being written")
