"""Reading order where the file's own is wrong: strips from top to bottom, columns from left to right."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from vivex.parse.lines import Line
from vivex.parse.paragraphs import Group, measure

_LONG = 20  # characters of a line of running text
_GUTTER = 7.0  # points of white between columns at least


def untangled(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those of pages that are written row by row across their columns sorted by their place."""
    out: list[Line] = []
    for _, together in itertools.groupby(lines, key=lambda line: line.page):
        page = list(together)
        out += _by_columns(page) if _by_rows(page) else page
    return out


def _by_rows(page: Sequence[Line]) -> bool:
    """Tell whether lines of running text are followed by their neighbours in the next column."""
    beside = 0
    for before, after in itertools.pairwise(page):
        apart = after.x0 > before.x1 or after.x1 < before.x0
        level = abs(after.base - before.base) < before.size
        beside += apart and level and min(len(before.text), len(after.text)) >= _LONG
    return beside >= 6 and beside >= 0.25 * len(page)


def _by_columns(page: Sequence[Line]) -> list[Line]:
    for line in page:
        line.block = 0  # the file's own blocks mix columns
    return [group.lines[0] for group in by_place([measure(Group([line])) for line in page], lines=True)]


def reordered(groups: Sequence[Group]) -> list[Group]:
    """Return the groups, those of pages whose file order jumps upwards sorted by their place."""
    out: list[Group] = []
    for _, together in itertools.groupby(groups, key=lambda group: group.page):
        page = list(together)
        out += by_place(page) if _jumps(page) else page
    return out


def _jumps(page: Sequence[Group]) -> bool:
    """Tell whether text follows that stands higher in the same column, or a column further left of it."""
    texts = [g for g in page if len(g.text) > 60 or g.size > 11]
    for before, after in itertools.pairwise(texts):
        overlap = min(before.x1, after.x1) - max(before.x0, after.x0)
        narrow = min(before.x1 - before.x0, after.x1 - after.x0)
        if after.y1 < before.y0 + 2 and overlap > 0.5 * narrow:
            return True
        if (
            after.x1 < before.x0 + 2
            and after.y0 < before.y1
            and after.y1 > before.y0
            and len(after.text) > 150 < len(before.text)
        ):
            return True
    return False


def by_place(groups: Sequence[Group], *, lines: bool = False) -> list[Group]:
    """Return groups by place: cut into strips where white space crosses, strips of like columns read column by column.

    Where the groups are single `lines` of running text, a strip keeps all of its columns.
    """
    if len(groups) < 2:
        return list(groups)
    strips = _cut(groups, 1)
    if len(strips) == 1:
        parts = _cut(groups, 0)
        if len(parts) == 1:
            return sorted(groups, key=lambda g: (g.y0, g.x0))
        return [g for part in parts for g in by_place(part, lines=lines)]
    zones: list[list[list[Group]]] = []
    for strip in strips:
        whole = [g for part in zones[-1] for g in part] if zones else []
        kept = len(_cut([*whole, *strip], 0))  # columns that are left where both are taken together
        if zones and _alike(whole, strip) and kept > 1 and _fits(whole, strip, kept, lines):
            zones[-1].append(strip)
        else:
            zones.append([strip])
    for zone, following in itertools.pairwise(zones):  # a heading belongs to what comes under it
        while len(zone) > 1 and len(zone[-1]) == 1 and len(zone[-1][0].lines) <= 2:
            if not _gutter([*zone[-1], *(g for part in following for g in part)]):
                break
            following.insert(0, zone.pop())
    out: list[Group] = []
    for whole in ([g for part in parts for g in part] for parts in zones):
        parts = _cut(whole, 0)
        if len(parts) > 1:
            out += [g for part in parts for g in by_place(part, lines=lines)]
        else:
            out += sorted(whole, key=lambda g: (g.y0, g.x0))
    return out


def _fits(zone: Sequence[Group], strip: Sequence[Group], kept: int, lines: bool) -> bool:
    """Tell whether a strip can be read together with a zone, with which it keeps `kept` columns."""
    own = len(_cut(strip, 0))
    return _gutter(zone) or (own > 1 and (own <= kept or not lines))


def _alike(zone: Sequence[Group], strip: Sequence[Group]) -> bool:
    """Tell whether a strip's columns begin where a zone's do."""
    parts = _cut(strip, 0)
    if len(parts) < 2:
        return True
    starts = [min(g.x0 for g in part) for part in _cut(zone, 0)]
    return len(starts) < 2 or all(min(abs(min(g.x0 for g in part) - x) for x in starts) < 60 for part in parts)


def _gutter(groups: Sequence[Group]) -> bool:
    return len(_cut(groups, 0)) > 1


def _cut(groups: Sequence[Group], axis: int) -> list[list[Group]]:
    """Return the groups parted by white space across the page (axis 1) or down it (axis 0), in order."""
    low, high, gap = ("x0", "x1", _GUTTER) if axis == 0 else ("y0", "y1", 0.0)
    ordered = sorted(groups, key=lambda g: getattr(g, low))
    parts = [[ordered[0]]]
    reach = getattr(ordered[0], high)
    for group in ordered[1:]:
        if getattr(group, low) >= reach + gap:
            parts.append([])
        parts[-1].append(group)
        reach = max(reach, getattr(group, high))
    return parts
