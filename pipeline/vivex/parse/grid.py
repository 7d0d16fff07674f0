"""The cells of an HTML table laid out on its grid, spans bounded by the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

_MOST_COLUMNS = 200  # of a table, over which its cells may span


def laid_out(
    table: ElementTree.Element, text_of: Callable[[ElementTree.Element], str]
) -> list[tuple[int, int, str, bool, int, int]]:
    """Return (row, column, text, header, row span, column span) of each cell, spans laid out on the grid."""
    taken: set[tuple[int, int]] = set()
    cells = []
    heads = {id(row) for head in table.iter("thead") for row in head.iter("tr")}
    lines = list(table.iter("tr"))
    for row, line in enumerate(lines):
        column = 0
        for cell in line:
            if cell.tag not in ("td", "th"):
                continue
            while (row, column) in taken:
                column += 1
            room = len(lines) - row, max(1, _MOST_COLUMNS - column)
            height, width = min(_count(cell.get("rowspan")), room[0]), min(_count(cell.get("colspan")), room[1])
            if height > 1:
                taken.update((row + i, column + j) for i in range(1, height) for j in range(width))
            text = text_of(cell).replace("\n", " ")
            cells.append((row, column, text, id(line) in heads or cell.tag == "th", height, width))
            column += width
    return cells


def _count(value: str | None) -> int:
    return min(max(int(value), 1), 100) if value and re.fullmatch(r"\s*[0-9]{1,6}\s*", value) else 1
