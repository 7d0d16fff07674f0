"""`vivex train`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "Adapt the models to the review's decisions, and promote them only if no worse on held-out studies"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--parts", nargs="+", choices=("ner", "rob"), default=["ner", "rob"], help="models to adapt")
    parser.add_argument("--seed", type=int, help="seed (default: params train.seed, or 0)")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("train is being written")
