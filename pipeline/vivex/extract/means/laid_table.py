"""A table as it is laid out: its rows of figures, the labels beside them, the headers over them, and its notes.

A PDF's cells have no spans: a header over several columns stands at one of them, a label for several rows at one of
those. Both are told from where they stand on the page; without a page the spans say it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vivex.document import Cell, Document, Table
from vivex.extract.means.cell_figures import CellFigures, cell_figures
from vivex.extract.means.table_roles import naming_role

_LONG = 70  # characters of a row's only cell that make it a note rather than a heading of rows
_MANY = 60  # columns, of more of which spans alone tell what stands over them
_SKIP = 0.35  # of a column's width: what it costs that a header stands over no part of it


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold the words of a cell on one line, and its place in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CellBox:
    """Hold where a cell stands: points, to the right and downwards along its table."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> float:
        """Return its middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        """Return its middle from the top."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class LaidRow:
    """Hold a row of figures: its label in each label column (None: none), the headings over it, its cells."""

    labels: tuple[Piece | None, ...]
    over: Piece | None
    cells: Mapping[int, Piece]


@dataclass(frozen=True, slots=True)
class LaidTable:
    """Hold a table's rows of figures, its label columns' names, each column's headers from the top, and its notes."""

    corners: tuple[tuple[Piece | None, ...], ...]  # header row -> over each label column
    heads: Mapping[int, tuple[Piece | None, ...]]  # column -> in each header row
    rows: tuple[LaidRow, ...]
    counts: tuple[LaidRow, ...]  # rows of bare whole numbers beside those of figures with errors
    notes: tuple[Piece, ...]


def laid_table(document: Document, table: Table) -> LaidTable | None:
    """Return the table as it is laid out, or None where it has no rows of figures beside labels."""
    grid: dict[int, dict[int, Cell]] = {}
    for cell in table.cells:
        if document.text[cell.start : cell.end].strip():
            grid.setdefault(cell.row, {})[cell.column] = cell
    figures = {
        (row, column): found
        for row, cells in grid.items()
        for column, cell in cells.items()
        if (found := cell_figures(document.text[cell.start : cell.end])) is not None
    }
    first, body = _body(document, grid, figures)
    columns = _columns(figures, body)
    if not body or not columns or columns[0] == 0:
        return None
    where = _placed(document, grid, body)
    below = {r: cells for r, cells in grid.items() if r >= first}
    head = [grid[r] for r in sorted(grid) if r < first]
    heads, corners = _headers(document, where, head, columns, below)
    rows, notes = _rows(document, where, grid, body, first, columns)
    counts = tuple(
        LaidRow((piece(document, grid[r][0]),), None, {c: piece(document, grid[r][c]) for c in columns if c in grid[r]})
        for r in sorted(grid)
        if r >= first and r not in body and 0 in grid[r] and all((r, c) in figures for c in columns if c in grid[r])
    )
    return LaidTable(corners, heads, rows, tuple(r for r in counts if r.cells), notes) if rows else None


def _body(
    document: Document, grid: Mapping[int, Mapping[int, Cell]], figures: Mapping[tuple[int, int], CellFigures]
) -> tuple[int, list[int]]:
    """Return the first row below the header, and the rows that hold figures."""
    with_error = [r for r in sorted(grid) if any(figures.get((r, c), _NONE).stands for c in grid[r])]
    plain = [r for r in sorted(grid) if sum((r, c) in figures for c in grid[r] if c) >= 2]
    body = with_error or [r for r in plain if not all(cell.header for cell in grid[r].values())]
    if not body:
        return 0, []
    first = 0
    for row in (r for r in sorted(grid) if r < body[0]):
        goes_on = first and len(grid[row]) > 1 and (0 not in grid[row] or _names(document, grid[row][0]))
        goes_on = goes_on and not any((row, c) in figures for c in grid[row])
        if any(cell.header for cell in grid[row].values()) or goes_on:
            first = row + 1
    return first, body


def _names(document: Document, cell: Cell) -> bool:
    """Tell whether a cell says what the labels below or beside it are ("Group", "Sample")."""
    return bool(naming_role(document.text[cell.start : cell.end]))


_NONE = CellFigures("")


def _columns(figures: Mapping[tuple[int, int], CellFigures], body: Sequence[int]) -> list[int]:
    """Return the columns of figures: those with errors; where there are none, those of bare numbers."""
    rows = set(body)
    with_error = sorted({c for (r, c), f in figures.items() if r in rows and f.stands})
    bare = sorted({c for (r, c) in figures if r in rows and c > 0})
    return with_error or bare


def _placed(document: Document, grid: Mapping[int, Mapping[int, Cell]], body: Sequence[int]) -> dict[int, CellBox]:
    """Return the box of each cell by its start, turned so that rows run to the right and downwards; none off a page."""
    raw = {}
    for cell in (cell for row in grid.values() for cell in row.values()):
        boxes = [box for _, box in document.boxes(cell.start, cell.end)]
        if boxes:
            x0, y0, x1, y1 = zip(*boxes, strict=True)
            raw[cell.start] = CellBox(min(x0), min(y0), max(x1), max(y1))
    widest = max((grid[r] for r in body), key=len)
    ends = [raw.get(widest[c].start) for c in (min(widest), max(widest))]
    if ends[0] is None or ends[1] is None:
        return {}
    across, down = ends[1].x0 - ends[0].x0, ends[1].y0 - ends[0].y0
    if abs(down) <= abs(across):
        return raw
    # a table on its side: what runs along the page's height are its rows
    turn = 1.0 if down > 0 else -1.0
    return {start: _turned(box, turn) for start, box in raw.items()}


def _turned(box: CellBox, turn: float) -> CellBox:
    """Return the box of a table that stands on its side, `turn` -1.0 where its rows run up the page."""
    along, across = sorted((turn * box.y0, turn * box.y1)), sorted((-turn * box.x0, -turn * box.x1))
    return CellBox(along[0], across[0], along[1], across[1])


def _headers(
    document: Document,
    where: Mapping[int, CellBox],
    head: Sequence[Mapping[int, Cell]],
    columns: Sequence[int],
    below: Mapping[int, Mapping[int, Cell]],
) -> tuple[dict[int, tuple[Piece | None, ...]], tuple[tuple[Piece | None, ...], ...]]:
    """Return the headers of each column from the top, and what stands over the label columns."""
    first = columns[0]  # left of it stand labels
    every = sorted({c for cells in below.values() for c in cells if c >= first})
    centres = _centres(where, every, below)
    paths: dict[int, list[Piece | None]] = {column: [] for column in every}
    corners = []
    for row in head:
        over = {c: cell for c, cell in row.items() if c + cell.column_span > first}
        alone = len(row) == 1 and len(over) == 1 and len(head) > 1  # over all columns, wherever its words stand
        spread = dict.fromkeys(every, *over.values()) if alone else _spread(where, over, every, centres)
        for column, cell in spread.items():
            paths[column].append(None if cell is None else piece(document, cell))
        corners.append(tuple(piece(document, row[c]) if c in row and c not in over else None for c in range(first)))
    return {column: tuple(paths[column]) for column in columns}, tuple(corners)


def _centres(
    where: Mapping[int, CellBox], columns: Sequence[int], below: Mapping[int, Mapping[int, Cell]]
) -> dict[int, float]:
    """Return the middle of each column in points, none where the document has no pages."""
    found = {}
    for column in columns:
        middles = sorted(
            where[cells[column].start].middle
            for cells in below.values()
            if column in cells and cells[column].column_span == 1 and cells[column].start in where
        )
        if middles:
            found[column] = middles[len(middles) // 2]
    return found if len(found) == len(columns) else {}


def _spread(
    where: Mapping[int, CellBox], over: Mapping[int, Cell], columns: Sequence[int], centres: Mapping[int, float]
) -> dict[int, Cell | None]:
    """Return which cell of a header row stands over each column: each over a run whose middle is nearest its own."""
    cells = [over[c] for c in sorted(over)]
    middles = [(where[cell.start].middle, i) for i, cell in enumerate(cells) if cell.start in where]
    if not centres or len(middles) < len(cells) or not cells or len(columns) > _MANY:
        return {
            c: next((cell for cell in cells if cell.column <= c < cell.column + cell.column_span), None)
            for c in columns
        }
    order = sorted(columns, key=lambda c: centres[c])
    xs = [centres[c] for c in order]
    width = (xs[-1] - xs[0]) / max(1, len(xs) - 1) or 1.0
    best = _runs(xs, sorted(middles), _SKIP * width)
    return {c: None if k is None else cells[k] for c, k in zip(order, best, strict=True)}


def _runs(xs: Sequence[float], middles: Sequence[tuple[float, int]], skip: float) -> list[int | None]:
    """Return which header stands over each column: runs in order, least in sum of (middle - run's middle) and gaps."""
    many, heads = len(xs), len(middles)
    worst = float("inf")
    cost = [[worst] * (heads + 1) for _ in range(many + 1)]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for at in range(many + 1):
        cost[at][0] = at * skip
    for k in range(1, heads + 1):
        for at in range(1, many + 1):
            choices = [(cost[at - 1][k] + skip, (at - 1, k))]
            for begin in range(at):
                miss = abs((xs[begin] + xs[at - 1]) / 2 - middles[k - 1][0])
                choices.append((cost[begin][k - 1] + miss, (begin, k - 1)))
            cost[at][k], back[at, k] = min(choices)
    found: list[int | None] = [None] * many
    at, k = many, heads
    while k > 0 and at > 0:
        before, left = back[at, k]
        if left < k:
            found[before:at] = [middles[k - 1][1]] * (at - before)
        at, k = before, left
    return found


def piece(document: Document, cell: Cell) -> Piece:
    """Return a cell's words on one line, with its place."""
    return Piece(re.sub(r"\s{1,3}", " ", document.text[cell.start : cell.end]).strip(), cell.start, cell.end)


def _rows(
    document: Document,
    where: Mapping[int, CellBox],
    grid: Mapping[int, Mapping[int, Cell]],
    body: Sequence[int],
    first: int,
    columns: Sequence[int],
) -> tuple[tuple[LaidRow, ...], tuple[Piece, ...]]:
    """Return the rows of figures with labels filled down, and the notes that stand in the table."""
    lone = {r: next(iter(cells.values())) for r, cells in grid.items() if r >= first and r not in body}
    lone = {r: cell for r, cell in lone.items() if len(grid[r]) == 1}
    notes = tuple(piece(document, cell) for r, cell in sorted(lone.items()) if r > body[-1])
    lone = {r: cell for r, cell in lone.items() if r < body[-1] and cell.column < columns[0]}
    between = _between(where, grid, body, lone)
    labels: list[Piece | None] = [None] * columns[0]
    over: Piece | None = None
    left, inner = None, None  # where the heading and the labels under it begin
    rows = []
    for row in (r for r in sorted(grid) if r >= first):
        cells = grid[row]
        if row in lone and row not in between.values():
            over, labels = piece(document, lone[row]), [None] * columns[0]
            left, inner = where.get(lone[row].start), None
        if row not in body:
            continue
        begins = where.get(cells[0].start) if 0 in cells else None
        if begins is not None and left is not None:
            if inner is not None and inner > left.x0 + 2 and begins.x0 <= left.x0 + 2:
                over = None  # as far left as the heading, under which others were set in
            inner = begins.x0 if inner is None else inner
        labels = _filled(labels, [piece(document, cells[c]) if c in cells else None for c in range(columns[0])])
        heading = piece(document, lone[between[row]]) if row in between else over
        values = {c: piece(document, cells[c]) for c in columns if c in cells}
        rows.append(LaidRow(tuple(labels), heading, values))
    return tuple(rows), notes


def _filled(above: Sequence[Piece | None], own: Sequence[Piece | None]) -> list[Piece | None]:
    """Return a row's labels, those that it leaves out taken from above where a label further right is its own."""
    last = max((i for i, label in enumerate(own) if label is not None), default=-1)
    return [label or (above[i] if i < last else None) for i, label in enumerate(own)]


def _between(
    where: Mapping[int, CellBox], grid: Mapping[int, Mapping[int, Cell]], body: Sequence[int], lone: Mapping[int, Cell]
) -> dict[int, int]:
    """Return row of figures -> row of the label that stands halfway between the rows which it is for.

    Such labels stand nearer to the rows above and below than two rows of figures do to each other.
    """
    placed = {r: where[start].height for r in body if (start := grid[r][max(grid[r])].start) in where}
    steps = sorted(placed[b] - placed[a] for a, b in itertools.pairwise(placed))
    if not steps:
        return {}
    near = 0.75 * steps[len(steps) // 2]
    halfway = {}
    for row, cell in lone.items():
        around = [max((r for r in placed if r < row), default=None), min((r for r in placed if r > row), default=None)]
        height = where[cell.start].height if cell.start in where else None
        if height is not None and all(r is not None and abs(placed[r] - height) < near for r in around):
            halfway[row] = height
    return {
        row: nearest
        for row, height in placed.items()
        if halfway and abs(halfway[nearest := min(halfway, key=lambda r: abs(halfway[r] - height))] - height) < near
    }


def column_texts(table: LaidTable, level: int) -> list[str]:
    """Return the header of each column in a header row, "" where none stands over it."""
    return texts(path[level] for path in table.heads.values())


def texts(pieces: Iterable[Piece | None]) -> list[str]:
    """Return the words of the pieces, "" for none."""
    return ["" if p is None else p.text for p in pieces]
