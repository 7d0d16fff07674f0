"""`vivex import`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "Read reviewers' workbooks into annotations/, listing by sheet and cell what can't be read"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="workbooks (.xlsx) that a reviewer filled in"
    )
    parser.add_argument("--reviewer", required=True, help="the reviewer's short name, such as initials")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("import is being written")
