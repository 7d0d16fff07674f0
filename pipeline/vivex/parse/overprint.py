"""Text printed twice or more at (almost) one place to look bold or to cast a shadow: kept once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

_NEAR = 0.2  # of the type size: copies stand no further apart
_CELL = 16.0  # points: runs are looked for in cells of a grid, lest a page of scattered words take the square of them
Spans = list[dict[str, Any]]
Run = tuple[float, float, Spans]  # where it begins, and its spans
Cells = dict[tuple[str, float, float], list[Run]]  # by the first letter and the cell in which it stands


def print_once(raw: dict[str, Any]) -> None:
    """Remove from a page's `rawdict`, in place, the lines and parts of lines that are printed again."""
    if not _may_repeat(raw):
        return  # as most pages
    seen: Cells = {}
    previous: list[dict[str, Any]] = []
    level = 0.0
    for line, spans in _printed(raw):
        first, reach = spans[0]["chars"][0], _NEAR * spans[0]["size"]
        (x, y), letter = first["origin"], first["c"]
        near = _near_runs(seen, letter, x, y, reach)
        if near and any(_same(_chars(spans), _chars(other), reach) for other in near):
            line["spans"] = []
            continue
        seen.setdefault((letter, x // _CELL, y // _CELL), []).append((x, y, spans))
        if previous and -reach <= y - level <= reach and _goes_back(x, previous, reach):
            again = _repeated(_chars(previous), _chars(spans), reach)
            if again:
                _drop(line, again)
                spans = line["spans"] or previous
        previous, level = spans, y


def _printed(raw: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Spans]]:
    """Yield the lines of a page that hold characters, and those of their spans that do."""
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            spans = line["spans"]
            if not spans or not spans[0]["chars"] or not spans[-1]["chars"]:
                spans = [span for span in spans if span["chars"]]
                if not spans:
                    continue
            yield line, spans


def _may_repeat(raw: dict[str, Any]) -> bool:
    """Tell whether two lines begin near each other, or one begins inside the line before: no copy is without either."""
    starts: list[tuple[float, float]] = []
    widest = 1.0  # what may be near lies within the reach of the largest type
    level, previous = 0.0, None
    for _, spans in _printed(raw):
        reach = _NEAR * spans[0]["size"]
        if reach > widest:
            widest = reach
        x, y = spans[0]["chars"][0]["origin"]
        if previous is not None and -reach <= y - level <= reach and _goes_back(x, previous, reach):
            return True
        starts.append((x, y))
        level, previous = y, spans
    cell = 2.02 * widest  # two that are near share a cell, or share one where the grid is moved by half a cell
    return any(
        len({((x + right) // cell, (y + down) // cell) for x, y in starts}) < len(starts)
        for right in (0.0, cell / 2)
        for down in (0.0, cell / 2)
    )


def _near_runs(cells: Cells, letter: str, x: float, y: float, reach: float) -> list[Spans]:
    """Return the spans of the runs that begin with a letter within reach of a point."""
    left, right, top, bottom = (x - reach) // _CELL, (x + reach) // _CELL, (y - reach) // _CELL, (y + reach) // _CELL
    if left == right and top == bottom:
        runs: Iterable[Run] = cells.get((letter, left, top), ())
    elif right - left <= 1 and bottom - top <= 1:
        runs = [run for u in (left, right) for v in (top, bottom) for run in cells.get((letter, u, v), ())]
    else:  # type larger than the cells, or a place that is no number
        runs = [run for (other, _, _), beside in cells.items() if other == letter for run in beside]
    return [spans for u, v, spans in runs if -reach <= x - u <= reach and -reach <= y - v <= reach]


def _chars(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [char for span in spans for char in span["chars"]]


def _goes_back(x: float, previous: list[dict[str, Any]], reach: float) -> bool:
    """Tell whether a run on the line of the run before begins inside it."""
    start, end = previous[0]["chars"][0]["origin"][0], previous[-1]["chars"][-1]["origin"][0]
    return bool(start - reach <= x <= end + reach)


def _same(chars: list[dict[str, Any]], other: list[dict[str, Any]], reach: float) -> bool:
    """Tell whether two runs are one text at one place."""
    if len(chars) != len(other) or not (_near(chars[0], other[0], reach) and _near(chars[-1], other[-1], reach)):
        return False
    return all(a["c"] == b["c"] for a, b in zip(chars, other, strict=True))


def _near(char: dict[str, Any], other: dict[str, Any], reach: float) -> bool:
    (x, y), (u, v) = char["origin"], other["origin"]
    return bool(-reach <= x - u <= reach and -reach <= y - v <= reach)


def _repeated(previous: list[dict[str, Any]], chars: list[dict[str, Any]], reach: float) -> int:
    """Return how many characters at the start of a run print the end of the run before again."""
    first = chars[0]
    for at in range(len(previous) - 1, -1, -1):
        if previous[at]["c"] == first["c"] and _near(previous[at], first, reach):
            tail = previous[at:]
            while tail and tail[-1]["c"] == " ":
                tail.pop()
            head = chars[: len(tail)]
            alike = len(head) == len(tail) and all(a["c"] == b["c"] for a, b in zip(tail, head, strict=True))
            return len(tail) if alike and _near(tail[-1], head[-1], reach) else 0
    return 0


def _drop(line: dict[str, Any], count: int) -> None:
    """Remove the first characters of a line of `rawdict`."""
    for span in line["spans"]:
        chars = span["chars"]
        span["chars"] = chars[count:]
        count -= min(count, len(chars))
        if span["chars"]:
            span["origin"] = span["chars"][0]["origin"]
    line["spans"] = [span for span in line["spans"] if span["chars"]]
