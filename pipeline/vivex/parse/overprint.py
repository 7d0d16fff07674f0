"""Text printed twice or more at (almost) one place to look bold or to cast a shadow: kept once."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

_NEAR = 0.2  # of the type size: copies stand no further apart


def print_once(raw: dict[str, Any]) -> None:
    """Remove from a page's `rawdict`, in place, the lines and parts of lines that are printed again."""
    seen: defaultdict[tuple[int, str], list[list[dict[str, Any]]]] = defaultdict(list)
    previous: list[dict[str, Any]] = []
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            chars = [char for span in line["spans"] for char in span["chars"]]
            if not chars:
                continue
            reach = _NEAR * line["spans"][0]["size"]
            alike = seen[len(chars), chars[0]["c"]]
            if any(_same(chars, other, reach) for other in alike):
                line["spans"] = []
                continue
            alike.append(chars)
            if previous and chars[0]["origin"][0] < previous[-1]["origin"][0]:
                again = _repeated(previous, chars, reach)
                if again:
                    _drop(line, again)
            previous = chars


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
