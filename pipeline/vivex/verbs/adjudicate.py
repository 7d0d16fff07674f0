"""`vivex adjudicate`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "Settle a disagreement: by command, or by a workbook that `vivex conflicts --workbook` wrote"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("target", metavar="FILE|STUDY", help="the filled-in workbook, or a study's id")
    parser.add_argument("label", nargs="?", help="with a study: the item, such as syrcle.other_bias or form.dose")
    parser.add_argument("--by", required=True, help="the adjudicator's short name")
    parser.add_argument("--take", metavar="REVIEWER", help="take this reviewer's values")
    parser.add_argument("--value", action="append", metavar="VALUE", help="decide on this value; may be repeated")
    parser.add_argument("--quote", action="append", metavar="TEXT", help="words of the paper that support the value")
    parser.add_argument("--note", default="", help="why")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("adjudicate is being written")
