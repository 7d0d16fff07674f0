"""Tables: the lines that belong to one, told by rules and white space, and their cells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vivex.parse.cells import TableCell, cells_of
from vivex.parse.lines import Line, Rule
from vivex.parse.page import Body
from vivex.parse.paragraphs import Group, measure

_TABLE = re.compile(r"(?:supplement\w*\s+|additional\s+|extended\s+data\s+)?tab(?:le|\.|\b)", re.IGNORECASE)

__all__ = ["TableCell", "mark_tables"]


@dataclass(slots=True)
class Zone:
    """Give the rectangle that a table fills, and the rules inside it."""

    x0: float
    y0: float
    x1: float
    y1: float
    rules: list[Rule]


def mark_tables(
    groups: list[Group], rules: Mapping[int, Sequence[Rule]], body: Body, columns: dict[int, list[tuple[float, float]]]
) -> list[Group]:
    """Return the groups with a group for each table after its caption; its notes become footnotes."""
    captions = [g for g in groups if g.kind == "caption" and _TABLE.match(g.text)]
    if not captions:
        return groups
    by_page: defaultdict[int, list[Group]] = defaultdict(list)
    for group in groups:
        by_page[group.page].append(group)
    taken: dict[int, Group] = {}
    for caption in captions:
        page = by_page[caption.page]
        free = [g for g in page if g is not caption and g.kind in ("", "caption")]
        zone = _below(caption, free, rules.get(caption.page, ()), body, columns)
        if zone is None:
            zone = _above(caption, free, rules.get(caption.page, ()), body, columns)
        if zone is None:
            continue
        lines = [
            line
            for g in free
            if not g.kind
            for line in g.lines
            if id(line) not in taken
            and zone.y0 - 1 <= (line.y0 + line.y1) / 2 <= zone.y1 + 1
            and zone.x0 - 4 <= (line.x0 + line.x1) / 2 <= zone.x1 + 4
        ]
        if len(lines) < 2:
            continue
        table = measure(Group(sorted(lines, key=lambda line: (line.base, line.x0)), kind="table", caption=caption))
        table.cells = cells_of(lines, zone.rules, zone.x0, zone.x1)
        if not table.cells:
            continue
        taken.update((id(line), table) for line in lines)
        _mark_notes(table, zone, free, body)
    return _with_tables(groups, taken)


def _with_tables(groups: list[Group], taken: dict[int, Group]) -> list[Group]:
    """Return the groups without the lines that tables took, each table after its caption."""
    tables = {id(table.caption): table for table in taken.values()}
    out: list[Group] = []
    for group in groups:
        rest = [line for line in group.lines if id(line) not in taken]
        if rest:
            out.append(group if len(rest) == len(group.lines) else measure(Group(rest, kind=group.kind)))
        if id(group) in tables:
            out.append(tables[id(group)])
    return out


def _below(
    caption: Group,
    groups: Sequence[Group],
    rules: Sequence[Rule],
    body: Body,
    columns: dict[int, list[tuple[float, float]]],
) -> Zone | None:
    """Return the zone of the table under a caption, or None."""
    left, right = _reach(caption, columns)
    found = _chain(caption, groups, rules, body, left, right)
    if found is not None:
        return found
    # no rules: lines down to the next running text
    bottom, zone = caption.y1, Zone(left, caption.y1, right, caption.y1, [])
    under = sorted((g for g in groups if g.y0 >= caption.y1 - 3 and g.x1 > left and g.x0 < right), key=lambda g: g.y0)
    taken = 0
    for group in under:
        if group.kind or group.y0 - bottom > 2.6 * body.leading or _prose(group, left, right, body):
            break
        if group.size < body.size - 0.4 and len(group.text) > 60 and _wide(group, left, right) and taken:
            break  # the table's notes
        bottom = max(bottom, group.y1)
        zone.x0, zone.x1 = min(zone.x0, group.x0), max(zone.x1, group.x1)
        taken += 1
    zone.y1 = bottom
    return zone if taken >= 3 else None


def _above(
    caption: Group,
    groups: Sequence[Group],
    rules: Sequence[Rule],
    body: Body,
    columns: dict[int, list[tuple[float, float]]],
) -> Zone | None:
    """Return the zone of the table over a caption, or None."""
    left, right = _reach(caption, columns)
    near = sorted((r for r in rules if r.y < caption.y0 + 2 and _covers(r, left, right)), key=lambda r: -r.y)
    if len(near) < 2 or caption.y0 - near[0].y > 3 * body.leading:
        return None
    chain = [near[0]]
    for rule in near[1:]:
        between = [g for g in groups if g.y0 > rule.y - 2 and g.y1 < chain[-1].y + 2 and g.x1 > left and g.x0 < right]
        if any(g.kind or _prose(g, left, right, body) for g in between):
            break
        chain.append(rule)
    if len(chain) < 2:
        return None
    return Zone(min(r.x0 for r in chain), chain[-1].y - 1, max(r.x1 for r in chain), chain[0].y + 1, chain[::-1])


def _chain(
    caption: Group, groups: Sequence[Group], rules: Sequence[Rule], body: Body, left: float, right: float
) -> Zone | None:
    """Return the zone between the first and the last rule under a caption, as far as no running text comes between."""
    below = sorted((r for r in rules if r.y > caption.y0 and _covers(r, left, right)), key=lambda r: r.y)
    below = [r for r in below if r.y > caption.y1 - 4]
    if not below or below[0].y - caption.y1 > 4 * body.leading:
        return None
    chain = [below[0]]
    x0, x1 = below[0].x0, below[0].x1
    for rule in below[1:]:
        low, high = min(x0, rule.x0), max(x1, rule.x1)
        between = [g for g in groups if g.y0 > chain[-1].y - 4 and g.y1 < rule.y + 4 and g.x1 > low and g.x0 < high]
        if any((g.kind and g is not caption) or _prose(g, low, high, body) for g in between):
            break
        if not between and rule.y - chain[-1].y > 3 * body.leading:
            break
        chain.append(rule)
        x0, x1 = low, high
    if len(chain) < 2 or chain[-1].y - chain[0].y < body.size:
        return None
    return Zone(
        min(x0, caption.x0) if caption.x0 > x0 - 30 else x0, min(caption.y1, chain[0].y) - 1, x1, chain[-1].y + 1, chain
    )


def _reach(caption: Group, columns: dict[int, list[tuple[float, float]]]) -> tuple[float, float]:
    """Return the left and right of the column in which a caption stands, or its own."""
    if caption.column >= 0:
        left, right = columns[caption.page][caption.column]
        return min(left, caption.x0), max(right, caption.x1)
    return caption.x0, caption.x1


def _covers(rule: Rule, left: float, right: float) -> bool:
    overlap = min(rule.x1, right) - max(rule.x0, left)
    return overlap > 0.5 * min(rule.x1 - rule.x0, right - left)


def _wide(group: Group, left: float, right: float) -> bool:
    return max(line.x1 - line.x0 for line in group.lines) > 0.7 * (right - left)


def _prose(group: Group, left: float, right: float, body: Body) -> bool:
    """Tell whether a group is running text: full lines of the body's type without gaps."""
    if abs(group.size - body.size) > 0.6 or group.font not in body.fonts:
        return False
    width = min(right - left, 260.0)
    full = [
        line
        for line in group.lines
        if line.x1 - line.x0 > 0.75 * width and len(line.text.split()) >= 6 and not _gappy(line)
    ]
    return len(full) >= 2 or (len(full) == 1 and len(group.lines) <= 2 and group.text.endswith("."))


def _gappy(line: Line) -> bool:
    """Tell whether white space wider than between words stands inside a line."""
    edges, size = line.edges, line.size
    return any(c == " " and edges[i + 1] - edges[i] > 1.2 * size for i, c in enumerate(line.text) if edges)


def _mark_notes(table: Group, zone: Zone, groups: Sequence[Group], body: Body) -> None:
    """Mark the small type right under a table as its notes."""
    bottom = zone.y1
    for group in sorted((g for g in groups if not g.kind and g.y0 >= zone.y1 - 4), key=lambda g: g.y0):
        if group.x0 > zone.x1 or group.x1 < zone.x0 - 5:
            continue
        if group.y0 - bottom > 1.6 * body.leading or group.size > body.size - 0.4 or group.x0 < zone.x0 - 12:
            break
        group.kind = "footnote"
        bottom = group.y1
