"""Text that is no running text by its place: lettering of figures; and running text that is set small."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Sequence

from vivex.headings import role_of
from vivex.parse.page import Body
from vivex.parse.paragraphs import NUMBERED, Group
from vivex.parse.tables import prose

_REACH = 110.0  # points of white that lettering of one figure may leave


def mark_figures(groups: Sequence[Group], body: Body, columns: dict[int, list[tuple[float, float]]]) -> None:
    """Mark as "other" the lettering between a figure's caption and the running text over it."""
    by_page: defaultdict[int, list[Group]] = defaultdict(list)
    for group in groups:
        by_page[group.page].append(group)
    for caption in groups:
        if caption.kind != "caption" or caption.text[:3].lower() == "tab":
            continue
        left, right = caption.x0, caption.x1
        if caption.column >= 0:
            left, right = (
                min(left, columns[caption.page][caption.column][0]),
                max(right, columns[caption.page][caption.column][1]),
            )
        above = [g for g in by_page[caption.page] if g.y1 < caption.y0 + 3 and g.x1 > left and g.x0 < right]
        edge = caption.y0
        for group in sorted(above, key=lambda g: -g.y1):
            if group.kind or edge - group.y1 > _REACH or prose(group, left, right, body):
                break
            if group.column >= 0 and (role_of(group.text) or NUMBERED.match(group.text)) and len(group.lines) < 3:
                break
            group.kind = "other"
            edge = min(edge, group.y0)


def with_lesser(body: Body, groups: Sequence[Group], columns: dict[int, list[tuple[float, float]]]) -> Body:
    """Return the body type with the smaller sizes in which whole sections (often Methods) are set."""
    stop = next(
        (
            i
            for i in range(len(groups) - 1, -1, -1)
            if len(groups[i].text) < 40 and role_of(groups[i].text) == "references"
        ),
        len(groups),
    )
    weight: Counter[float] = Counter()
    pieces: Counter[float] = Counter()
    total = 0
    for group in groups[:stop]:
        if group.kind or group.column < 0 or group.page < 2 or len(group.lines) < 3:
            continue
        if group.font not in body.fonts:
            continue
        if body.near(group.size):
            total += len(group.text)
            continue
        left, right = columns[group.page][group.column]
        full = sum(line.x1 - line.x0 > 0.85 * (right - left) for line in group.lines)
        letters = sum(map(str.isalpha, group.text))
        if 0.7 * body.size < group.size < body.size and full >= 2 and letters > 0.7 * len(group.text):
            size = round(group.size * 2) / 2
            weight[size] += len(group.text)
            pieces[size] += 1
    found = [size for size, n in weight.items() if n > 0.08 * total and pieces[size] >= 3]
    return dataclasses.replace(body, lesser=tuple(sorted(found)))
