"""Cells of a table on its grid: odd spans are one, huge ones bounded by the table."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from vivex.parse.grid import laid_out


def cells(markup: str) -> list[tuple[int, int, str, bool, int, int]]:
    """Return the cells of a table's rows."""
    return laid_out(ElementTree.fromstring(f"<table>{markup}</table>"), lambda cell: "".join(cell.itertext()))


@pytest.mark.parametrize("span", ["²", "-1", "0", "x", "9999999999", "1.5", " 1 ", ""])
def test_odd_spans_are_one(span: str) -> None:
    found = cells(f'<tr><td rowspan="{span}" colspan="{span}">x</td><td>y</td></tr>')
    assert found == [(0, 0, "x", False, 1, 1), (0, 1, "y", False, 1, 1)]


def test_spans_push_cells_on() -> None:
    found = cells('<tr><th rowspan="2">a</th><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr>')
    assert found == [
        (0, 0, "a", True, 2, 1),
        (0, 1, "b", False, 1, 2),
        (1, 1, "c", False, 1, 1),
        (1, 2, "d", False, 1, 1),
    ]


def test_a_table_of_nothing_but_spans_ends_soon() -> None:
    row = "<tr>" + '<td rowspan="100" colspan="100">x</td>' * 150 + "</tr>"
    found = cells(row * 12)
    assert len(found) == 1800
    assert all(row + height <= 12 for row, _, _, _, height, _ in found)
