"""Text that runs up, down or head over on the page: turned upright to be read, and its way back to the page."""

from __future__ import annotations

from collections import Counter
from typing import Any

Box = tuple[float, float, float, float]
Frame = tuple[float, float, float, float, float, float]  # (x, y) -> (a·x + c·y + e, b·x + d·y + f)

UPRIGHT: Frame = (1, 0, 0, 1, 0, 0)
_BELOW = 20_000.0  # where lines that run up or down an upright page are put, in points
_ASIDE_LINES = 12  # lines of a table that runs up or down the page, at least
_DOMINANT = 0.5  # share of a page's characters that run one way, from which the page is taken to run so
_RARE = 0.02  # share of upright characters up to which a page is turned against what its /Rotate says
_WAYS = ((1, 0), (0, -1), (-1, 0), (0, 1))  # directions of writing: upright, up, head over, down


def all_upright(raw: dict[str, Any]) -> bool:
    """Tell whether every line of a page's `rawdict` is written from left to right."""
    return all(x > 0.97 for x, _ in {line["dir"] for block in raw["blocks"] for line in block.get("lines", ())})


def page_way(raw: dict[str, Any], rotation: int) -> int:
    """Return in which of the four directions (quarter turns, counted anticlockwise) a page's `rawdict` is written."""
    weight: Counter[int] = Counter()
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            x, y = line["dir"]
            way = next((i for i, (a, b) in enumerate(_WAYS) if a * x + b * y > 0.97), None)
            if way is not None:
                weight[way] += sum([len(span["chars"]) for span in line["spans"]])
    total = sum(weight.values())
    if not total:
        return 0
    way, most = min(weight.items(), key=lambda item: (-item[1], item[0]))
    shown = way == rotation // 90 % 4
    return way if most > _DOMINANT * total and (shown or weight[0] <= _RARE * total) else 0


def upright_frame(way: int, width: float, height: float) -> Frame:
    """Return how the points of a page of this size lie once the page is turned so that its text is upright."""
    return {
        0: UPRIGHT,
        1: (0, 1, -1, 0, height, 0),
        2: (-1, 0, 0, -1, width, height),
        3: (0, -1, 1, 0, 0, width),
    }[way]


def aside_frame(raw: dict[str, Any]) -> Frame | None:
    """Return the frame of a table or more that runs up or down an upright page's `rawdict`, or None without one."""
    turns = [line["dir"][1] for block in raw["blocks"] for line in block.get("lines", ()) if abs(line["dir"][1]) > 0.97]
    if len(turns) < _ASIDE_LINES:
        return None
    return (0, 1, -1, 0, 0, _BELOW) if sum(turns) < 0 else (0, -1, 1, 0, 0, _BELOW)


def runs_aside(item: dict[str, Any], frame: Frame) -> bool:
    """Tell whether a line of `rawdict` becomes upright by `frame`."""
    x, y = item["dir"]
    return bool(frame[0] * x + frame[2] * y > 0.97)


def turn_line(item: dict[str, Any], frame: Frame) -> None:
    """Move a line of `rawdict` by `frame`, in place; of its characters the boxes alone."""
    a, b, c, d, e, f = frame
    x, y = item["dir"]
    item["dir"] = (a * x + c * y, b * x + d * y)
    item["bbox"] = moved(item["bbox"], frame)
    for span in item["spans"]:
        span["origin"] = _point(span["origin"], frame)
        for char in span["chars"]:
            x0, y0, x1, y1 = char["bbox"]
            u0, v0, u1, v1 = a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f
            if u0 > u1:
                u0, u1 = u1, u0
            if v0 > v1:
                v0, v1 = v1, v0
            char["bbox"] = (u0, v0, u1, v1)


def turn_page(raw: dict[str, Any], frame: Frame) -> None:
    """Move all lines and drawings of a page's `rawdict` by `frame`, in place."""
    for block in raw["blocks"]:
        block["bbox"] = moved(block["bbox"], frame)
        for line in block.get("lines", ()):
            turn_line(line, frame)


def moved(box: Box, frame: Frame) -> Box:
    """Return the box that a box becomes by `frame`."""
    (x0, y0), (x1, y1) = _point(box[:2], frame), _point(box[2:], frame)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def moved_edges(edges: list[float], frame: Frame) -> tuple[tuple[float, ...], bool]:
    """Return the boundaries of characters moved by `frame`, and whether they are y coordinates now."""
    a, b, _, _, e, f = frame
    return (tuple([b * x + f for x in edges]), True) if b else (tuple([a * x + e for x in edges]), False)


def inverse(frame: Frame) -> Frame:
    """Return the way back of a quarter-turn frame."""
    a, b, c, d, e, f = frame
    return a, c, b, d, -(a * e + b * f), -(c * e + d * f)


def then(first: Frame, second: Frame) -> Frame:
    """Return the frame that moves by `first`, then by `second`."""
    a, b, c, d, e, f = first
    k, m, n, o, p, q = second
    return k * a + n * b, m * a + o * b, k * c + n * d, m * c + o * d, k * e + n * f + p, m * e + o * f + q


def _point(point: tuple[float, float], frame: Frame) -> tuple[float, float]:
    a, b, c, d, e, f = frame
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
