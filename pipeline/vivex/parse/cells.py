"""The cells of a table: rows by baselines and rules, columns by white space."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from vivex.parse.lines import Line, Rule

_GAP = 0.75  # of the type size: white wider than this parts cells


@dataclass(slots=True, eq=False)
class TableCell:
    """Hold a cell: its place on the grid and the pieces (line, start, end) of its text."""

    row: int
    column: int
    pieces: list[tuple[Line, int, int]]
    header: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True, eq=False)
class _Piece:
    line: Line
    start: int
    end: int
    x0: float
    x1: float
    base: float
    span: tuple[int, int] = (0, 0)  # first and last column that it lies over


def cells_of(lines: Sequence[Line], rules: Sequence[Rule], left: float, right: float) -> list[TableCell]:
    """Return the cells of the table that the lines make, row by row."""
    pieces = [piece for line in lines if line.edges for piece in _pieces(line)]
    if not pieces:
        return []
    rows = _rows(pieces)
    columns = _columns(rows)
    if not columns:
        return []
    for piece in pieces:
        piece.span = _span(piece, columns)
    bands = _bands(rows, rules, columns)
    head = _head(bands, rules)
    for i in range(head - 1, 0, -1):
        if _under(bands[i - 1], bands[i]):
            bands[i - 1] += bands.pop(i)
            head -= 1
    cells: list[TableCell] = []
    for number, band in enumerate(bands):
        placed: dict[tuple[int, int], list[_Piece]] = {}
        for piece in band:
            placed.setdefault(piece.span, []).append(piece)
        for (first, last), group in sorted(_merged(placed).items()):
            group.sort(key=lambda p: (p.base, p.x0))
            cells.append(
                TableCell(
                    number,
                    first,
                    [(p.line, p.start, p.end) for p in group],
                    header=number < head,
                    column_span=last - first + 1,
                )
            )
    return cells


def _pieces(line: Line) -> list[_Piece]:
    """Return the parts of a line that wide white space sets apart."""
    text, edges, size = line.text, line.edges, line.size
    found, start = [], 0
    i = text.find(" ")
    while i >= 0:
        if edges[i + 1] - edges[i] > _GAP * size and i > start:
            found.append(_Piece(line, start, i, edges[start], edges[i], line.base))
            start = i + 1
        i = text.find(" ", i + 1)
    if start < len(text):
        found.append(_Piece(line, start, len(text), edges[start], edges[-1], line.base))
    return [p for p in found if text[p.start : p.end].strip()]


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Return the pieces by printed line, from top to bottom."""
    rows: list[list[_Piece]] = []
    base = -1e9
    for piece in sorted(pieces, key=lambda p: (p.base, p.x0)):
        if rows and piece.base - base < 0.45 * piece.line.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
            base = piece.base
    return rows


def _columns(rows: Sequence[Sequence[_Piece]]) -> list[tuple[float, float]]:
    """Return the x extent of each column: where most rows leave white, columns part."""
    full = [row for row in rows if len(row) > 1] or list(rows)
    low = min(p.x0 for row in rows for p in row)
    high = max(p.x1 for row in rows for p in row)
    size = int(high - low) + 2
    cover = [0] * (size + 1)
    for row in full:
        for piece in row:
            cover[max(int(piece.x0 - low), 0)] += 1
            cover[min(int(piece.x1 - low) + 1, size)] -= 1
    allowed = 0.1 * len(full)
    found: list[tuple[float, float]] = []
    count, start = 0, None
    for x in range(size):
        count += cover[x]
        if count > allowed:
            start = x if start is None else start
        elif start is not None:
            found.append((low + start, low + x))
            start = None
    if start is not None:
        found.append((low + start, high))
    return found


def _span(piece: _Piece, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return the first and last column that a piece lies over."""
    left, right = piece.x0, piece.x1
    over = [
        i
        for i, (x0, x1) in enumerate(columns)
        if (x1 if x1 < right else right) - (x0 if x0 > left else left) > 0.3 * min(x1 - x0, right - left)
    ]
    if not over:
        middle = (piece.x0 + piece.x1) / 2
        nearest = min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))
        return nearest, nearest
    return over[0], over[-1]


def _merged(placed: dict[tuple[int, int], list[_Piece]]) -> dict[tuple[int, int], list[_Piece]]:
    """Return the pieces of a row with cells that overlap put together."""
    out: dict[tuple[int, int], list[_Piece]] = {}
    for (first, last), group in sorted(placed.items()):
        previous = next((key for key in out if key[0] <= last and first <= key[1]), None)
        if previous is None:
            out[first, last] = list(group)
        else:
            joined = out.pop(previous) + group
            out[min(previous[0], first), max(previous[1], last)] = joined
    return out


def _bands(
    rows: list[list[_Piece]], rules: Sequence[Rule], columns: Sequence[tuple[float, float]]
) -> list[list[_Piece]]:
    """Return the rows with lines that continue a cell joined to the row they belong to."""
    ys = [rule.y for rule in rules]
    inner = sum(1 for y in ys if rows[0][0].base < y < rows[-1][0].base)
    ruled = inner >= 0.6 * (len(rows) - 1) and inner >= 3
    steps = sorted(b[0].base - a[0].base for a, b in itertools.pairwise(rows))
    size = rows[0][0].line.size
    tight = steps[0] if steps else 0.0
    usual = steps[len(steps) // 2] if steps else 0.0
    loose = usual > 1.25 * tight and tight < 1.5 * size
    bands: list[list[_Piece]] = []
    for i, row in enumerate(rows):
        if not bands:
            bands.append(list(row))
            continue
        above = rows[i - 1]
        crossed = any(above[0].base < y < row[0].base - 0.2 * size for y in ys)
        step = row[0].base - above[0].base
        if crossed:
            joins = False
        elif ruled or (loose and step < 1.15 * tight):
            joins = True
        elif ruled:
            joins = False
        else:
            joins = _continues(bands[-1], row, columns, step, size)
        if joins:
            bands[-1] += row
        else:
            bands.append(list(row))
    return bands


def _continues(
    band: Sequence[_Piece], row: Sequence[_Piece], columns: Sequence[tuple[float, float]], step: float, size: float
) -> bool:
    """Tell whether a printed line goes on with cells of the row above."""
    if step > 1.45 * size:
        return False
    spans = [p.span for p in row]
    above = {c for p in band for c in range(p.span[0], p.span[1] + 1)}
    texts = [p.line.text[p.start : p.end].strip() for p in row]
    if any(first not in above for first, _ in spans):
        return False
    if len(row) > max(1, len(columns) // 2):
        return False
    if all(t[:1].islower() or t[:1] in "()±[/–-%" for t in texts):
        return True
    last = band[-1].line.text[band[-1].start : band[-1].end]
    if last.endswith((",", "-", "/", "(", " and", " of", " with", " the")):
        return True
    return bool(spans[0][0] > 0 and len(columns) > 1 and not any(t[:1].isdigit() for t in texts))


def _under(above: Sequence[_Piece], below: Sequence[_Piece]) -> bool:
    """Tell whether a line of the header goes on with names that the line above begins, column for column."""
    spans = {p.span for p in above}
    size = above[0].line.size
    step = min(p.base for p in below) - max(p.base for p in above)
    return step < 1.5 * size and all(p.span in spans and p.span[0] == p.span[1] > 0 for p in below)


def _head(bands: Sequence[Sequence[_Piece]], rules: Sequence[Rule]) -> int:
    """Return how many rows the header has: those above the first rule inside the table, else one."""
    if not bands or len(bands) < 2:
        return 0
    ys = sorted(rule.y for rule in rules)
    first = min(p.base for p in bands[0])
    inner = [y for y in ys if y > first]
    for y in inner:
        count = sum(1 for band in bands if max(p.base for p in band) < y)
        widest = max((r.x1 - r.x0 for r in rules), default=0)
        rule = max((r.x1 - r.x0 for r in rules if abs(r.y - y) < 1), default=0)
        if 0 < count < len(bands) and rule > 0.6 * widest:
            return min(count, 4)
    return 1
