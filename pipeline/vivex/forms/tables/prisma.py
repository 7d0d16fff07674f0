"""The last boxes of PRISMA's flow diagram, which the review itself knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vivex.files import Cell, csv_text


@dataclass(frozen=True, slots=True)
class Box:
    """Count the studies of a box of the diagram; with a reason, those of an exclusion box that left for it."""

    name: str
    reason: str
    studies: tuple[str, ...]


def prisma_csv(boxes: Sequence[Box]) -> str:
    """Return the boxes as CSV, with the studies that each counts."""
    lines: list[list[Cell]] = [[box.name, box.reason, len(box.studies), "; ".join(box.studies)] for box in boxes]
    return csv_text(["box", "reason", "n", "studies"], lines)
