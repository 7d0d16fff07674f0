"""`vivex agree`."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.errors import VivexError

HELP = "Measure agreement between reviewers and with the model: outputs/agreement/, and the agreed values in outputs/final/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--resamples", type=int, help="bootstrap resamples (default: params agree.resamples, or 2000)")
    parser.add_argument("--seed", type=int, help="seed of the bootstrap (default: params agree.seed, or 0)")


def run(options: argparse.Namespace) -> int:
    """Run the verb."""
    raise VivexError("agree is being written")
