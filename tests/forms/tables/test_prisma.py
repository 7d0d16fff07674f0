"""PRISMA's last boxes as a table: each box with its count and its studies."""

from __future__ import annotations

from vivex.files import read_csv
from vivex.forms.tables.prisma import Box, prisma_csv


def test_a_box_a_row() -> None:
    boxes = [Box("Reports excluded", "", ("b", "c")), Box("Reports excluded", "no animals", ("b",))]
    assert read_csv(prisma_csv(boxes)) == [
        ["box", "reason", "n", "studies"],
        ["Reports excluded", "", "2", "b; c"],
        ["Reports excluded", "no animals", "1", "b"],
    ]
