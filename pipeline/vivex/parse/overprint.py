"""Text printed twice or more at (almost) one place to look bold or to cast a shadow: kept once."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

_NEAR = 0.2  # of the type size: copies stand no further apart
_CELL = 16.0  # points: runs are looked for in cells of a grid, lest a page of scattered words take the square of them
Run = tuple[float, float, list[dict[str, Any]]]  # where it begins, and its spans


def print_once(raw: dict[str, Any]) -> None:
    """Remove from a page's `rawdict`, in place, the lines and parts of lines that are printed again."""
    seen: defaultdict[tuple[int, str], dict[tuple[float, float], list[Run]]] = defaultdict(dict)
    previous: list[dict[str, Any]] = []
    level = 0.0
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            spans = line["spans"]
            if len(spans) != 1 or not spans[0]["chars"]:
                spans = [span for span in spans if span["chars"]]
                if not spans:
                    continue
            first, reach = spans[0]["chars"][0], _NEAR * spans[0]["size"]
            x, y = first["origin"]
            count = len(spans[0]["chars"]) if len(spans) == 1 else sum([len(span["chars"]) for span in spans])
            alike = seen[count, first["c"]]
            near = _within(alike, x, y, reach) if alike else ()
            if near and any(_same(_chars(spans), _chars(other), reach) for other in near):
                line["spans"] = []
                continue
            alike.setdefault((x // _CELL, y // _CELL), []).append((x, y, spans))
            if previous and -reach <= y - level <= reach and _goes_back(x, previous, reach):
                again = _repeated(_chars(previous), _chars(spans), reach)
                if again:
                    _drop(line, again)
                    spans = line["spans"] or previous
            previous, level = spans, y


def _within(cells: dict[tuple[float, float], list[Run]], x: float, y: float, reach: float) -> list[Any]:
    """Return the spans of the runs that begin within reach of a point."""
    left, right, top, bottom = (at // _CELL for at in (x - reach, x + reach, y - reach, y + reach))
    if right - left <= 1 and bottom - top <= 1:
        near = [cells.get((u, v), ()) for u in {left, right} for v in {top, bottom}]
    else:  # type larger than the cells, or a place that is no number
        near = list(cells.values())
    return [o for runs in near for u, v, o in runs if -reach <= x - u <= reach and -reach <= y - v <= reach]


def _chars(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [char for span in spans for char in span["chars"]]


def _goes_back(x: float, previous: list[dict[str, Any]], reach: float) -> bool:
    """Tell whether a run on the line of the run before begins inside it."""
    start, end = previous[0]["chars"][0]["origin"][0], previous[-1]["chars"][-1]["origin"][0]
    return bool(start - reach <= x <= end + reach)


def _same(chars: list[dict[str, Any]], other: list[dict[str, Any]], reach: float) -> bool:
    """Tell whether two runs of as many characters are one text at one place."""
    if not (_near(chars[0], other[0], reach) and _near(chars[-1], other[-1], reach)):
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
