"""`vivex next`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "Order the unreviewed studies by what the model would learn most from"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("-n", "--number", type=int, default=10, help="studies to list (default: 10)")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("next is being written")
