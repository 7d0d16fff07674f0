"""`vivex assign`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "Hand studies to reviewers as workbooks, at least a fifth of them blind"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("reviewers", nargs="+", metavar="REVIEWER", help="short names, such as initials: mk th")
    parser.add_argument(
        "--studies", nargs="+", metavar="STUDY", help="studies to hand out (default: all not yet assigned)"
    )
    parser.add_argument("--per-study", type=int, default=2, help="reviewers for each study (default: 2)")
    parser.add_argument("--blind", type=float, default=0.2, help="least share of blind studies, 0 to 1 (default: 0.2)")
    parser.add_argument("--out", type=Path, help="folder for the workbooks (default: outputs/assigned)")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("assign is being written")
