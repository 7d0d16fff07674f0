"""`vivex recognize`: a stage of the line."""

from __future__ import annotations

import argparse

from vivex.verbs import line

HELP = "Find miRNAs, genes, doses, outcomes and the other entities: outputs/mentions/"
arguments = line.arguments


def run(options: argparse.Namespace) -> int:
    """Run the stage."""
    return line.run(options, "recognize")
