"""`vivex conflicts`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "List what reviewers disagree on, with both values and their evidence"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("studies", nargs="*", metavar="STUDY", help="only these studies")
    parser.add_argument("--workbook", type=Path, metavar="FILE", help="write a workbook in which to settle them")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write them as CSV")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("conflicts is being written")
