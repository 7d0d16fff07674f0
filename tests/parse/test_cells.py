"""Cells of tables: rows by baselines and rules, columns by white space."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from printed import set_line

from vivex.parse.cells import TableCell, cells_of
from vivex.parse.lines import Line, Rule

Printed = list[tuple[int, int, str, bool]]


def grid(rows: list[tuple[str, ...]], *, wide: float = 100, step: float = 14) -> list[Line]:
    """Return the lines of a table, a line a cell; empty cells are not printed."""
    return [
        set_line(cell, 50 + wide * column, 100 + step * row)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell
    ]


def shown(cells: list[TableCell]) -> Printed:
    """Return row, column, text and header of each cell."""
    return [(c.row, c.column, " ".join(line.text[a:b] for line, a, b in c.pieces), c.header) for c in cells]


def cells_in(rows: list[tuple[str, ...]], *rules: float, step: float = 14) -> Printed:
    """Return the cells of a table drawn with rules at these heights."""
    return shown(cells_of(grid(rows, step=step), [Rule(45, 400, y) for y in rules], 45, 400))


def test_a_table_is_a_grid() -> None:
    rows = [("Group", "Dose", "n"), ("Sham", "0", "8"), ("Low", "2.5", "10")]
    assert cells_in(rows, 90, 105, 135) == [
        (r, c, cell, r == 0) for r, row in enumerate(rows) for c, cell in enumerate(row)
    ]


def test_cells_of_one_printed_line_are_parted_by_wide_white() -> None:
    line = set_line("Low 2.5")
    line.edges[4:] = [x + 60 for x in line.edges[4:]]
    lines = [line, set_line("Sham", 50, 120), set_line("0", 130, 120)]
    assert [cell[:3] for cell in shown(cells_of(lines, [], 50, 200))] == [
        (0, 0, "Low"),
        (0, 1, "2.5"),
        (1, 0, "Sham"),
        (1, 1, "0"),
    ]


def test_a_line_that_goes_on_belongs_to_the_row_above() -> None:
    rows = [("Group", "Given"), ("Low", "telomin in"), ("", "drinking water"), ("High", "telomin")]
    found = cells_in(rows, 90, 105, 160, step=13)
    assert (1, 1, "telomin in drinking water", False) in found
    assert max(row for row, *_ in found) == 2


def test_a_rule_between_rows_parts_them() -> None:
    rows = [("Group", "Given"), ("Low", "telomin"), ("", "saline")]
    found = cells_in(rows, 90, 105, 119, 133, step=13)
    assert (2, 1, "saline", False) in found


def test_a_heading_over_two_columns_spans_them() -> None:
    head = set_line("Score after two and four weeks", 150, 100)
    body = grid([("", "two", "four"), ("Sham", "8.1 points", "8.2 points"), ("Low", "5.5 points", "4.4 points")])
    for line in body:
        line.base, line.y0, line.y1 = line.base + 20, line.y0 + 20, line.y1 + 20
    cells = cells_of([head, *body], [], 45, 400)
    assert (cells[0].column, cells[0].column_span) == (1, 2)


def test_nothing_makes_no_cells() -> None:
    assert cells_of([], [], 0, 100) == []
    assert cells_of([set_line("Rats", edges=[])], [], 0, 100) == []


WORD = st.text(alphabet="abcdefgh0123456789", min_size=1, max_size=12)


@given(st.lists(st.tuples(WORD, WORD, WORD), min_size=1, max_size=7), st.lists(st.integers(90, 200), max_size=5))
def test_every_word_is_in_one_cell_and_cells_never_overlap(rows: list[tuple[str, ...]], rules: list[int]) -> None:
    lines = grid(rows)
    cells = cells_of(lines, [Rule(45, 400, y) for y in rules], 45, 400)
    pieces = [(id(line), a, b) for cell in cells for line, a, b in cell.pieces]
    assert sorted(pieces) == sorted((id(line), 0, len(line.text)) for line in lines)
    for one, other in itertools.combinations(cells, 2):
        apart = one.column + one.column_span <= other.column or other.column + other.column_span <= one.column
        assert one.row != other.row or apart
    assert [c.row for c in cells] == sorted(c.row for c in cells)
    assert {c.row for c in cells} == set(range(cells[-1].row + 1))
    headers = [c.row for c in cells if c.header]
    assert headers == [c.row for c in cells if c.row <= max(headers, default=-1)]
