"""`vivex parse`: a stage of the line."""

from __future__ import annotations

import argparse

from vivex.verbs import line

HELP = "Read the papers in pdfs/ into outputs/documents/ (text, layout, sections, tables)"
arguments = line.arguments


def run(options: argparse.Namespace) -> int:
    """Run the stage."""
    return line.run(options, "parse")
