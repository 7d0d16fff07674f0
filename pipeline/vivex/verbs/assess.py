"""`vivex assess`: a stage of the line."""

from __future__ import annotations

import argparse

from vivex.verbs import line

HELP = "Propose the SYRCLE and reporting judgements: outputs/judgements/"
arguments = line.arguments


def run(options: argparse.Namespace) -> int:
    """Run the stage."""
    return line.run(options, "assess")
