"""Tables: the lines that belong to one, told by rules and white space, and their cells."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
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
    by_page: defaultdict[int, list[Group]] = defaultdict(list)
    for group in groups:
        by_page[group.page].append(group)
    taken: dict[int, Group] = {}
    for caption in captions:
        free = [g for g in by_page[caption.page] if g is not caption and g.kind in ("", "caption")]
        drawn = rules.get(caption.page, ())
        zone = _below(caption, free, drawn, body, columns) or _above(caption, free, drawn, body, columns)
        if zone is not None:
            _take(zone, free, caption, taken, body)
    for page, drawn in rules.items():
        if len(drawn) >= 4 and page in by_page:
            free = [g for g in by_page[page] if g.kind in ("", "caption")]
            for zone in _ruled(drawn, free, body):
                _take(zone, free, None, taken, body)
    return _with_tables(groups, taken) if taken else groups


def _take(zone: Zone, free: Sequence[Group], caption: Group | None, taken: dict[int, Group], body: Body) -> None:
    """Make a table of the lines in a zone, unless they are taken or form no grid."""
    lines = [
        line
        for g in free
        if not g.kind
        for line in g.lines
        if zone.y0 - 1 <= (line.y0 + line.y1) / 2 <= zone.y1 + 1
        and zone.x0 - 4 <= (line.x0 + line.x1) / 2 <= zone.x1 + 4
        and id(line) not in taken
    ]
    if len(lines) < 2:
        return
    table = measure(Group(sorted(lines, key=lambda line: (line.base, line.x0)), kind="table", caption=caption))
    table.cells = cells_of(lines, zone.rules, zone.x0, zone.x1)
    if not table.cells or (caption is None and not _grid(table)):
        return
    taken.update((id(line), table) for line in lines)
    _mark_notes(table, zone, free, body)


def _grid(table: Group) -> bool:
    """Tell whether a table's cells stand in two columns or more and at least three rows."""
    rows = Counter(cell.row for cell in table.cells)
    return len(rows) >= 3 and sum(n > 1 for n in rows.values()) >= 0.6 * len(rows)


def _ruled(drawn: Sequence[Rule], groups: Sequence[Group], body: Body) -> list[Zone]:
    """Return the zones of tables without a caption: four rules or more of one width, no running text between."""
    by_width: defaultdict[tuple[int, int], list[Rule]] = defaultdict(list)
    for line in drawn:
        by_width[round(line.x0 / 4), round(line.x1 / 4)].append(line)
    zones = []
    for alike in by_width.values():
        chain = alike[:1]
        following: list[Rule | None] = [*sorted(alike, key=lambda r: r.y)[1:], None]
        for rule in following:
            if rule is not None and rule.y - chain[-1].y < 8 * body.leading:
                between = [
                    g
                    for g in groups
                    if chain[-1].y - 2 < g.y0 and g.y1 < rule.y + 4 and g.x1 > rule.x0 and g.x0 < rule.x1
                ]
                if between and not any(g.kind or prose(g, rule.x0, rule.x1, body) for g in between):
                    chain.append(rule)
                    continue
            if len(chain) >= 4:
                zones.append(Zone(chain[0].x0, chain[0].y, chain[0].x1, chain[-1].y, list(chain)))
            if rule is not None:
                chain = [rule]
    return zones


def _with_tables(groups: list[Group], taken: dict[int, Group]) -> list[Group]:
    """Return the groups without the lines that tables took, each table after its caption."""
    tables = {id(table.caption): table for table in taken.values() if table.caption is not None}
    done: set[int] = set()
    out: list[Group] = []
    for group in groups:
        rest = [line for line in group.lines if id(line) not in taken]
        if rest:
            out.append(group if len(rest) == len(group.lines) else measure(Group(rest, kind=group.kind)))
        for line in group.lines:
            table = taken.get(id(line))
            if table is not None and table.caption is None and id(table) not in done:
                done.add(id(table))
                out.append(table)
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
        if group.kind or group.y0 - bottom > 2.6 * body.leading or prose(group, left, right, body):
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
        return _rows_over(caption, groups, left, right, body)
    chain = [near[0]]
    for rule in near[1:]:
        between = [g for g in groups if g.y0 > rule.y - 2 and g.y1 < chain[-1].y + 2 and g.x1 > left and g.x0 < right]
        if any(g.kind or prose(g, left, right, body) for g in between):
            break
        chain.append(rule)
    if len(chain) < 2:
        return None
    return Zone(min(r.x0 for r in chain), chain[-1].y - 1, max(r.x1 for r in chain), chain[0].y + 1, chain[::-1])


def _rows_over(caption: Group, groups: Sequence[Group], left: float, right: float, body: Body) -> Zone | None:
    """Return the zone of the rows over a caption: several pieces of type on one baseline."""
    over = [g for g in groups if not g.kind and g.y1 < caption.y0 + 3 and g.x1 > left - 4 and g.x0 < right + 4]
    rows: list[list[Line]] = []
    for line in sorted(
        (line for g in over for line in g.lines if not prose(g, left, right, body)), key=lambda n: -n.base
    ):
        if rows and rows[-1][0].base - line.base < 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    top, edge, count, lone = caption.y0, caption.y0, 0, 0
    for row in rows:
        if edge - max(line.y1 for line in row) > 2.5 * body.leading:
            break
        tabular = len(row) > 1 or _gappy(row[0])
        lone = 0 if tabular else lone + 1
        if lone > 3:
            break
        edge = min(line.y0 for line in row)
        if tabular:
            top, count = edge, count + 1
    return Zone(left, top - 1, right, caption.y0, []) if count >= 4 else None


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
        if any((g.kind and g is not caption) or prose(g, low, high, body) for g in between):
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


def prose(group: Group, left: float, right: float, body: Body) -> bool:
    """Tell whether a group is running text: full lines of the body's type without gaps."""
    if not body.near(group.size) or group.font not in body.fonts:
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
    text, edges, limit = line.text, line.edges, 1.2 * line.size
    i = text.find(" ") if edges else -1
    while i >= 0:
        if edges[i + 1] - edges[i] > limit:
            return True
        i = text.find(" ", i + 1)
    return False


def _mark_notes(table: Group, zone: Zone, groups: Sequence[Group], body: Body) -> None:
    """Mark the small type right under a table as its notes."""
    bottom = zone.y1
    for group in sorted((g for g in groups if not g.kind and g.y0 >= zone.y1 - 4), key=lambda g: g.y0):
        if group.x0 > zone.x1 or group.x1 < zone.x0 - 5:
            continue
        if group.y0 - bottom > 1.6 * body.leading or group.size > body.size - 0.4 or group.x0 < zone.x0 - 12:
            break
        if len(group.text) > 25:
            group.kind = "footnote"
        bottom = group.y1
