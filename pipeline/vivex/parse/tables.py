"""Tables: the lines that belong to one, and their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vivex.parse.characters import Line
from vivex.parse.page import Body
from vivex.parse.paragraphs import Group

_TABLE = re.compile(r"(?:supplement\w*\s+|additional\s+)?tab(?:le|\.)", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class TableCell:
    """Hold a cell: its place on the grid and the pieces (line, start, end) of its text."""

    row: int
    column: int
    pieces: list[tuple[Line, int, int]]
    header: bool = False
    row_span: int = 1
    column_span: int = 1


def mark_tables(groups: list[Group], body: Body, columns: dict[int, list[tuple[float, float]]]) -> list[Group]:
    """Mark the groups that make up a table under (or over) its caption."""
    for i, caption in enumerate(groups):
        if caption.kind != "caption" or not _TABLE.match(caption.text):
            continue
        for group in groups[i + 1 :]:
            if group.page != caption.page or group.kind:
                break
            if _running(group, body, columns):
                break
            group.kind = "table"
    return groups


def _running(group: Group, body: Body, columns: dict[int, list[tuple[float, float]]]) -> bool:
    """Tell whether a group is running text."""
    if group.column < 0 or abs(group.size - body.size) > 0.6:
        return False
    left, right = columns[group.page][group.column]
    return max(line.x1 - line.x0 for line in group.lines) > 0.8 * (right - left) and len(group.text.split()) > 6
