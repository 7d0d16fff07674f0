"""From a PDF page's characters to its printed lines and rules."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from vivex.parse.glyphs import PLAIN, relabelled, rewritten, style
from vivex.parse.lines import Line, Rule, Span
from vivex.parse.raised import LETTERS, SUPERSCRIPT
from vivex.parse.spacing import closed_up, parted, without_soft_hyphens
from vivex.parse.turning import UPRIGHT, Frame, inverse, moved, runs_aside, then, turn_line

_ASCENT, _DESCENT = 0.82, 0.24  # of the type size, above and below the baseline: a box that meets no neighbour
_LONG_PIECE = 15  # characters of a piece of running text
_COLUMN_LINES = 10  # pieces that begin at one place, from which a column begins there
_COLUMN_SHARE = 0.7  # of a page's long pieces, that begin where columns do
_NOTES = re.compile(r"\s?[a-e](?:\s?,\s?[a-e])+\s?")  # raised letters that point to a table's notes
_LONG = re.compile(r"[a-z]{24,}")


def page_lines(raw: dict[str, Any], number: int, frame: Frame = UPRIGHT, aside: Frame | None = None) -> list[Line]:
    """Return the lines of a page's `rawdict`, in the order of the file, pieces of one printed line joined.

    `frame` is how the page was turned to be upright; lines that `aside` makes upright are put far below the page's own.
    """
    lines: list[Line] = []
    starts = None if aside is None else _column_starts(raw)  # turned lines have other places
    back = None if frame == UPRIGHT else inverse(frame)
    for index, block in enumerate(raw["blocks"]):
        previous: Line | None = None
        for item in block.get("lines", ()):
            apart = aside is not None and runs_aside(item, aside)
            if apart and aside is not None:
                turn_line(item, aside)
            line = _line(item, number, index)
            if line is None:
                continue
            line.aside = apart
            line.back = then(inverse(aside), back or UPRIGHT) if apart and aside is not None else back
            joined = previous is not None and _continues(previous, line)
            if joined and previous is not None and _stands_off(previous, line):
                starts = _column_starts(raw) if starts is None else starts
                joined = round(line.x0) not in starts
            if joined and previous is not None:
                _append(previous, line)
            else:
                lines.append(line)
                previous = line
    return lines


def _column_starts(raw: dict[str, Any]) -> set[int]:
    """Return the points from the left at which columns begin: where most of the page's long pieces of lines do."""
    starts: Counter[int] = Counter()
    for block in raw["blocks"]:
        for item in block.get("lines", ()):
            spans = item["spans"]
            if (len(spans[0]["chars"]) if len(spans) == 1 else sum([len(s["chars"]) for s in spans])) >= _LONG_PIECE:
                starts[round(item["bbox"][0])] += 1
    columns = {x for x in starts if starts[x - 1] + starts[x] + starts[x + 1] >= _COLUMN_LINES}
    whole = sum([starts[x] for x in columns]) >= _COLUMN_SHARE * sum(starts.values())
    return {x + d for x in columns for d in (-1, 0, 1)} if whole else set()


def _stands_off(previous: Line, line: Line) -> bool:
    """Tell whether a piece on the line of another may begin a column rather than go on."""
    return line.x0 - previous.x1 > 0.6 * line.size and len(previous.text) >= _LONG_PIECE


def page_rules(raw: dict[str, Any], aside: Frame | None = None) -> list[Rule]:
    """Return the horizontal rules of a page's `rawdict`, pieces that meet joined, from top to bottom."""
    found = []
    for block in raw["blocks"]:
        if block["type"] == 3:
            x0, y0, x1, y1 = block["bbox"]
            if aside is not None and x1 - x0 < 3 < y1 - y0:
                x0, y0, x1, y1 = moved((x0, y0, x1, y1), aside)
            if y1 - y0 < 3 and x1 - x0 > 12:
                found.append(((y0 + y1) / 2, x0, x1))
            elif block["isrect"] and x1 - x0 > 60 and 6 < y1 - y0 < 400 and block["stroked"]:
                found += [(y0, x0, x1), (y1, x0, x1)]
    found.sort()
    joined: list[list[float]] = []
    for y, x0, x1 in found[:2000]:
        for rule in joined[-12:]:
            if abs(rule[2] - y) < 1.5 and x0 < rule[1] + 6 and x1 > rule[0] - 6:
                rule[0], rule[1] = min(rule[0], x0), max(rule[1], x1)
                break
        else:
            joined.append([x0, x1, y])
    return [Rule(*rule) for rule in joined if rule[1] - rule[0] > 30]


def _runs(spans: list[dict[str, Any]]) -> list[tuple[str, int, float, float, list[dict[str, Any]]]]:
    """Return (font, flags, size, baseline, characters) of neighbouring spans of one type."""
    runs: list[tuple[str, int, float, float, list[dict[str, Any]]]] = []
    font, size, base, flags = "", 0.0, 0.0, 0
    chars: list[dict[str, Any]] = []
    for span in spans:
        own = span["chars"]
        if not own:
            continue
        level = span["origin"][1]
        if not chars or span["font"] != font or span["size"] != size or not -0.3 < level - base < 0.3:
            font, size, base, flags, chars = span["font"], span["size"], level, span["flags"], []
            runs.append((font, flags, size, base, chars))
        chars += own
    return runs


def _line(item: dict[str, Any], number: int, block: int) -> Line | None:
    """Return a line of `rawdict`, or None where nothing is printed."""
    runs = _runs(item["spans"])
    if not runs:
        return None
    upright = item["dir"][0] > 0.97
    largest, level = runs[0][2], runs[0][3]
    if len(runs) > 1:
        main = max(runs, key=lambda run: (len(run[4]) > 1, run[2], len(run[4])))
        largest, level = main[2], main[3]
    text = ""
    edges: list[float] = []
    spans: list[Span] = []
    weights: dict[tuple[str, bool, bool, float], int] = {}
    for font, flags, size, base, chars in runs:
        name, bold, italic, misleading = style(font, flags)
        part = "".join([char["c"] for char in chars])
        lefts = [char["bbox"][0] for char in chars]
        if not (part.isascii() and part.isprintable() and "`" not in part) and not PLAIN.fullmatch(part):
            part, lefts = rewritten(part, lefts, chars[-1]["bbox"][2], font)
        elif misleading:
            part = relabelled(part, font)
        raised = False
        if size < 0.85 * largest:
            raised = upright and level - base > 0.12 * largest
            if raised:
                part = part.translate(SUPERSCRIPT)
                if len(part.strip()) == 1 or _NOTES.fullmatch(part):
                    part = part.translate(LETTERS)
            elif (
                not spans and size < 0.75 * largest and len(part) == 1 and part.isalpha() and level - base > -0.1 * size
            ):
                part = "•"  # a bullet from a font without Unicode names
        if not part:
            continue
        start = len(text)
        text += part
        edges += lefts
        spans.append(Span(start, len(text), size, name, bold, italic, raised))
        weight = len(part) - part.count(" ")
        if weight:
            key = (name, bold, italic, size)
            weights[key] = weights.get(key, 0) + weight
    if not weights:
        return None
    edges.append(runs[-1][4][-1]["bbox"][2])
    if len(text) > 6 and text[1] == text[3] == " " != text[0] and set(map(len, text.split())) == {1}:
        text, edges, spans = closed_up(text, edges, spans)
    elif len(text) > 24 and text.count(" ") * 14 < len(text) and _LONG.search(text):
        text, edges, spans = parted(text, edges, spans, item)
    if "\u00ad" in text[:-1]:
        text, edges, spans = without_soft_hyphens(text, edges, spans)
    if text[0].isspace() or text[-1].isspace():
        begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
        text, edges = text[begin:end], edges[begin : end + 1]
        spans = [span for span in spans if span.start < end and span.end > begin]
        for span in spans:
            span.start, span.end = max(span.start - begin, 0), min(span.end, end) - begin
        if not text:
            return None
    if upright:
        x0, x1 = edges[0], edges[-1]
        if x1 < x0 or len(runs) > 1:
            x0, x1 = min(edges), max(edges)
        y0, y1 = level - _ASCENT * largest, level + _DESCENT * largest
    else:
        x0, y0, x1, y1 = item["bbox"]
        edges = []
    pure = len(weights) == 1 or _pure(weights)
    name, bold, italic, size = max(weights, key=weights.__getitem__)
    return Line(
        number, block, text, edges, x0, y0, x1, y1, level, round(size, 1), name, bold, italic, spans, pure, upright
    )


def _pure(weights: dict[tuple[str, bool, bool, float], int]) -> bool:
    """Tell whether (almost) all characters share a font, or are all bold."""
    total = sum(weights.values())
    bold = sum(n for key, n in weights.items() if key[1])
    return max(weights.values()) > 0.93 * total or bold > 0.95 * total


def _continues(previous: Line, line: Line) -> bool:
    """Tell whether `line` is a piece of the same printed line as `previous`."""
    size = max(previous.size, line.size)
    gap = line.x0 - previous.x1
    if not -0.6 * size < gap < 2.2 * size or not (previous.upright and line.upright):
        return False
    drop = line.base - previous.base
    if abs(drop) < 0.2 * size:
        return True
    # a superscript or subscript that stands as a line of its own
    return abs(drop) < 0.55 * size and gap < 0.4 * size and min(len(previous.text), len(line.text)) <= 8


def _append(previous: Line, line: Line) -> None:
    """Add `line` to the end of `previous`."""
    gap = line.x0 - previous.x1
    raised = previous.base - line.base > 0.12 * previous.size and line.size < 0.85 * previous.size
    text = line.text.translate(SUPERSCRIPT) if raised else line.text
    if gap > 0.12 * previous.size and not raised:
        shift = len(previous.text) + 1
        previous.text += " " + text
    else:
        shift = len(previous.text)
        previous.text += text
        previous.edges.pop()
    previous.edges += line.edges
    previous.spans += [
        Span(s.start + shift, s.end + shift, s.size, s.font, s.bold, s.italic, s.raised or raised) for s in line.spans
    ]
    previous.x1 = max(previous.x1, line.x1)
    if line.font != previous.font and len(line.text) > 0.25 * len(previous.text):
        previous.pure = False
    if len(line.text) > 0.6 * len(text) and line.size > previous.size + 1 and len(line.text) > shift:
        previous.size, previous.base, previous.font = line.size, line.base, line.font
        previous.bold, previous.italic = line.bold, line.italic
    previous.y0, previous.y1 = min(previous.y0, line.y0), max(previous.y1, line.y1)
