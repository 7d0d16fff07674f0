"""What the pages of a paper have in common: body type, running heads and feet, line numbers, columns."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from vivex.parse.lines import Line

_REFERENCES = re.compile(
    r"[\W\d_]{0,12}(?:references?|bibliography|literature cited|r e f e r e n c e s)\W*", re.IGNORECASE
)
_LINE_NUMBER = re.compile(r"(\d{1,4})(?:\s|$)")
_TABLE = re.compile(r"(?:supplementary )?table\s+[\dIVXS]", re.IGNORECASE)
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """Give the running text's type: fonts, size and distance of baselines in points, lesser sizes of sections."""

    fonts: frozenset[str]
    size: float
    leading: float
    lesser: tuple[float, ...] = ()

    def near(self, size: float) -> bool:
        """Tell whether a size is that of running text."""
        return abs(size - self.size) < 0.6 or any(abs(size - other) < 0.3 for other in self.lesser)

    def has(self, line: Line) -> bool:
        """Tell whether the line is set like running text."""
        return self.near(line.size) and line.font in self.fonts


def body_type(lines: Sequence[Line]) -> Body:
    """Return the type that leads on most pages, the references left out."""
    stop = max((i for i, line in enumerate(lines) if _REFERENCES.fullmatch(line.text)), default=len(lines))
    counted = lines[:stop] if stop > 0.3 * len(lines) else lines
    pages: defaultdict[int, Counter[tuple[str, float]]] = defaultdict(Counter)
    weight: Counter[tuple[str, float]] = Counter()
    for line in counted:
        if line.upright and not line.aside:
            key = (line.font, round(line.size * 2) / 2)
            weight[key] += len(line.text)
            if len(line.text) > 30:
                pages[line.page][key] += len(line.text)
    leading_types = [max(page.items(), key=lambda item: item[1]) for page in pages.values()]
    votes = Counter(key for key, n in leading_types if n > 500)
    font, size = max(votes or weight, key=lambda key: (votes[key], weight[key]))
    most = weight[font, size]
    plain = {(line.font, round(line.size * 2) / 2) for line in lines if not line.bold and not line.italic}
    fonts = {f for (f, z), n in weight.items() if abs(z - size) < 0.6 and n > 0.15 * most and (f, z) in plain}
    steps: Counter[float] = Counter()
    for above, below in itertools.pairwise(lines):
        step = below.base - above.base
        if above.page == below.page and 0.9 * size < step < 2.2 * size and abs(above.size - size) < 0.6:
            steps[round(step * 2) / 2] += 1
    leading = steps.most_common(1)[0][0] if steps else 1.2 * size
    return Body(frozenset(fonts | {font}), size, leading)


def mark_furniture(lines: Sequence[Line], heights: dict[int, float], body: Body) -> None:
    """Set `kind` of running heads, feet, page numbers, line numbers and vertical notices."""
    pages = {line.page for line in lines}
    by_key: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        height = heights[line.page]
        if not line.upright:
            line.kind = "header"
            continue
        if line.aside:
            continue
        if line.y1 < 0.13 * height or line.y0 > 0.87 * height:
            by_key[("h" if line.y1 < 0.5 * height else "f") + _DIGITS.sub("0", line.text).replace(" ", "")].append(line)
    tables: dict[int, float] = {}  # page -> where its first table's label stands
    for line in lines:
        if line.upright and _TABLE.match(line.text):
            tables[line.page] = min(line.y0, tables.get(line.page, line.y0))
    for key, together in by_key.items():
        group = [line for line in together if key[0] == "f" or line.y0 <= tables.get(line.page, line.y0)]
        spread = len({line.page for line in group})
        kind = "header" if key[0] == "h" else "footer"
        for line in group:
            height = heights[line.page]
            edge = line.y1 < 0.1 * height if kind == "header" else line.y0 > 0.9 * height
            if (spread >= max(2, min(4, len(pages) // 4)) and (edge or spread >= len(pages) * 0.4)) or (
                edge
                and re.fullmatch(r"(?:page\s*)?[-–—|\s]*\d{1,5}[-–—|\s]*(?:(?:of|/)\s*\d+)?", line.text, re.IGNORECASE)
            ):
                line.kind = kind
    _mark_line_numbers(lines)


def _mark_line_numbers(lines: Sequence[Line]) -> None:
    """Set `kind` of line numbers (bare rising integers at one x, many on a page); cut those that begin a line."""
    by_page: defaultdict[int, list[tuple[int, Line]]] = defaultdict(list)
    for line in lines:
        number = _LINE_NUMBER.match(line.text) if not line.kind and line.text[:1].isdigit() else None
        if number and line.edges:
            end = number.end(1)
            if end == len(line.text) or line.edges[end + 1] - line.edges[end] > 0.9 * line.size:
                by_page[line.page].append((int(number.group(1)), line))
    found = []
    for group in [margin for numbered in by_page.values() for margin in _margins(numbered)]:
        group.sort(key=lambda item: item[1].base)
        steps = [b[0] - a[0] for a, b in itertools.pairwise(group)]
        by_fives = len(group) >= 4 and all(number % 5 == 0 for number, _ in group) and set(steps) == {5}
        if by_fives or (len(group) >= 10 and sum(step in (1, 5) for step in steps) >= 0.8 * len(steps)):
            found.append(group)
    if len({group[0][1].page for group in found}) >= min(2, len({line.page for line in lines})) > 0:
        for group in found:
            for _, line in group:
                if line.text.isdigit():
                    line.kind = "other"
                else:
                    _cut(line, line.text.index(" ") + 1)


def _margins(numbered: list[tuple[int, Line]]) -> list[list[tuple[int, Line]]]:
    """Return a page's numbers by the margin they stand in: left and right, or beside each column."""
    margins: list[list[tuple[int, Line]]] = []
    for item in sorted(numbered, key=lambda item: item[1].x0):
        if margins and item[1].x0 - margins[-1][-1][1].x0 < 60:
            margins[-1].append(item)
        else:
            margins.append([item])
    return margins


def _cut(line: Line, start: int) -> None:
    """Cut the first characters off a line."""
    start += len(line.text) - start - len(line.text[start:].lstrip())
    line.text, line.edges = line.text[start:], line.edges[start:]
    line.x0 = line.edges[0]
    for span in line.spans:
        span.start, span.end = max(span.start - start, 0), max(span.end - start, 0)
    line.spans = [span for span in line.spans if span.end > span.start]


def columns(lines: Sequence[Line], body: Body) -> list[tuple[float, float]]:
    """Return the (left, right) of the columns that a page's running text stands in; they may overlap.

    A left edge is an x at which three lines or more begin; a right edge is an x at which lines from there end, or the
    furthest end where the text is set ragged.
    """
    long = [line for line in lines if not line.kind and len(line.text) >= 20 and line.size < body.size + 1.1]
    like = [line for line in long if line.size > body.size - 1.1]
    long = like if len(like) >= 8 else [line for line in long if line.size > 0.7 * body.size]
    starts = Counter(round(line.x0) for line in long)
    lefts: list[int] = []
    for x in sorted(starts):
        near = starts.get(x - 1, 0) + starts[x] + starts.get(x + 1, 0) + starts.get(x + 2, 0)
        if near >= 3 and (not lefts or x - lefts[-1] > 3.2 * body.size):
            lefts.append(x)
    found = []
    for i, left in enumerate(lefts):
        limit = lefts[i + 1] - 3 if i + 1 < len(lefts) else 10_000
        ends = Counter(round(line.x1) for line in long if left - 3 <= line.x0 < min(limit, left + 3.2 * body.size))
        total = sum(ends.values())
        peaks: list[int] = []
        near_ends = {x: sum([ends.get(x + d, 0) for d in (-2, -1, 0, 1, 2)]) for x in ends}
        for x in sorted(ends, key=lambda x: (-near_ends[x], -x)):
            if near_ends[x] >= max(2, 0.15 * total) and all(abs(x - p) > 30 for p in peaks):
                peaks.append(x)
        inner = [x for x in ends if x < limit]
        peaks = [x for x in peaks if x > left + 6 * body.size] or [max(inner or ends)]
        widest = max(peaks)
        peaks = [x for x in peaks if x > left + 0.3 * (widest - left)]
        if not any(x < limit for x in peaks) and inner and len(inner) >= 3:
            peaks.append(max(inner))
        peaks = [max(e for e in ends if x <= e < x + 30) for x in peaks]  # ragged lines end a little further
        found += [(float(left), float(x)) for x in sorted(set(peaks))]
    return found


def set_columns(lines: Sequence[Line], body: Body) -> dict[int, list[tuple[float, float]]]:
    """Set `column` of each line of the running text (-1: none) and return each page's columns."""
    by_page: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.kind:
            by_page[line.page].append(line)
    found = {page: columns(group, body) for page, group in by_page.items()}
    usual = Counter((round(left / 3), round(right / 3)) for page in found.values() for left, right in page)
    for page, group in by_page.items():
        for (left, right), n in usual.items():
            if n >= 2 and not any(abs(a - 3 * left) < 5 and abs(b - 3 * right) < 5 for a, b in found[page]):
                inside = [line for line in group if abs(line.x0 - 3 * left) < 3 and abs(line.x1 - 3 * right) < 4]
                if inside:
                    found[page].append((min(line.x0 for line in inside), max(line.x1 for line in inside)))
        found[page].sort()
        for line in group:
            fitting = [
                (right - left, abs(line.x0 - left), i)
                for i, (left, right) in enumerate(found[page])
                if left - 4 <= line.x0 and line.x1 <= right + 6
            ]
            line.column = min(fitting)[2] if fitting else -1
    return found
