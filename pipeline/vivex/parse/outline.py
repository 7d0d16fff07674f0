"""What each group of lines is: title, abstract, heading, paragraph, caption, table, reference, note or furniture."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from vivex.document import Section
from vivex.headings import role_of, role_of_path, with_lost_parents
from vivex.parse.byline import authors_of
from vivex.parse.front import NOTICE, mark_front, mark_title, meta_of
from vivex.parse.headlines import mark_headings, split_run_in
from vivex.parse.lettering import mark_figures, with_lesser
from vivex.parse.lines import Line, Rule
from vivex.parse.page import Body
from vivex.parse.paragraphs import ENTRY, LABEL, Group, _label_stands_out, measure
from vivex.parse.tables import mark_tables

_ENDED = re.compile(r"[.?!:;)]\W*$")
_OPEN = re.compile(r"[^.?!:;]$|[,–-]$")
_LABELLED = re.compile(r"([A-Z][\w’'‘ -]{3,50}?)\s*[:.—–]\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_REFERENCE = re.compile(r"[\[(]?(\d{1,3})[\].)]?\s+\W?[A-Z]")
_CORE = ("introduction", "methods", "results", "discussion")
_LASTING = ("methods", "results")
_CONTENT = ("abstract", "heading", "paragraph")
_RUNNING = ("paragraph", "list", "heading")


def structure(
    groups: list[Group],
    lines: Sequence[Line],
    rules: Mapping[int, Sequence[Rule]],
    body: Body,
    columns: dict[int, list[tuple[float, float]]],
    heights: Mapping[int, float],
    metadata: Mapping[str, Any],
) -> tuple[list[Group], list[Section], list[int | None], dict[str, str]]:
    """Return the groups in reading order with their kinds, the sections, each group's section, and the paper's meta."""
    for group in groups:
        if LABEL.match(group.text) and _label_stands_out(group.lines[0], body):
            group.kind = "caption"
    groups = mark_tables(groups, rules, body, columns)
    body = with_lesser(body, groups, columns)
    mark_figures(groups, body, columns)
    title = mark_title(groups, body, metadata)
    mark_headings(groups, body, columns)
    mark_front(groups, body)
    _mark_references(groups)
    _mark_kinds(groups, body, heights, columns)
    groups = _joined([part for group in groups for part in _entries(group)], columns)
    groups = [part for group in groups for part in split_run_in(group, body)]
    sections, places = _sections(groups)
    meta = meta_of(title, lines, metadata)
    if title and (names := authors_of(_beneath(title, groups))):
        meta["authors"] = ", ".join(names)
    furniture = _furniture(lines)
    return [*groups, *furniture], sections, [*places, *([None] * len(furniture))], meta


def _beneath(title: Sequence[Group], groups: Sequence[Group]) -> list[str]:
    """Return the texts between the title and the abstract or body."""
    last = max((n for n, group in enumerate(groups) if group in title), default=len(groups))
    after = itertools.takewhile(lambda group: group.kind not in _CONTENT, groups[last + 1 :])
    return [group.text for group in after if group.page == title[0].page]


def _mark_references(groups: list[Group]) -> None:
    """Mark what follows the heading of the references, up to another top heading."""
    begin = next(
        (
            i
            for i in range(len(groups) - 1, int(0.3 * len(groups)), -1)
            if len(groups[i].text) < 40
            and groups[i].kind in ("", "heading", "other")
            and role_of(groups[i].text) == "references"
        ),
        None,
    )
    if begin is None:
        _mark_unheaded_references(groups)
        return
    style = groups[begin]
    style.kind, style.level = "heading", 1
    for group in groups[begin + 1 :]:
        if group.kind in ("caption", "table"):
            continue
        if (
            group.kind == "heading"
            and abs(group.size - style.size) < 0.3
            and group.bold == style.bold
            and not ENTRY.match(group.text)
            and (role_of(group.text) or len(group.text) < 60)
        ):
            return
        group.kind = "other" if NOTICE.match(group.text) and group.size < style.size else "reference"


def _mark_unheaded_references(groups: list[Group]) -> None:
    """Mark a numbered list with years at the end of a paper that no heading announces."""
    numbers = {i: int(m.group(1)) for i, g in enumerate(groups) if (m := _REFERENCE.match(g.text))}
    for begin in sorted(i for i, n in numbers.items() if n == 1 and i > 0.4 * len(groups)):
        later = [i for i in numbers if i >= begin]
        rising = sum(numbers[b] - numbers[a] in (1, 2) for a, b in itertools.pairwise(later))
        dated = sum(bool(_YEAR.search(groups[i].text)) for i in later)
        if len(later) >= 6 and rising >= 0.7 * (len(later) - 1) and dated >= 0.7 * len(later):
            for group in groups[begin:]:
                if group.kind not in ("caption", "table"):
                    group.kind = "reference"
            return


def _entries(group: Group) -> list[Group]:
    """Return the references of a group one by one, told by their numbers or by hanging indents."""
    if group.kind != "reference" or len(group.lines) < 2:
        return [group]
    numbers = [_REFERENCE.match(line.text) for line in group.lines]
    found = [int(number.group(1)) for number in numbers if number]
    rising = sum(b - a == 1 for a, b in itertools.pairwise(found))
    if len(found) > 1 and rising >= 0.7 * (len(found) - 1):
        starts = [number is not None for number in numbers]
    else:
        left = min(line.x0 for line in group.lines)
        indented = [line.x0 - left > 0.5 * line.size for line in group.lines]
        if not 0.3 < sum(indented) / len(indented) < 0.95:
            return [group]
        starts = [not inner for inner in indented]
    parts: list[list[Line]] = [[]]
    for line, start in zip(group.lines, starts):
        if start and parts[-1]:
            parts.append([])
        parts[-1].append(line)
    return [measure(Group(part, kind="reference")) for part in parts]


def _mark_kinds(
    groups: Sequence[Group], body: Body, heights: Mapping[int, float], columns: dict[int, list[tuple[float, float]]]
) -> None:
    """Set the kind of the groups that no rule has named; a section whose first text is small print is small print."""
    fresh, small = False, 0.0
    for group in groups:
        if group.kind == "heading":
            fresh = role_of(group.text) not in ("statements", "references")
        if group.kind:
            continue
        group.kind = _kind(group, body, heights[group.page], columns)
        like = fresh or abs(group.size - small) < 0.2
        prose = group.text[:1].isupper() and len(group.lines) >= 3 and group.size > 0.7 * body.size
        if group.kind == "footnote" and like and prose and not NOTICE.match(group.text):
            group.kind = "paragraph"
            small = group.size
        elif group.kind == "paragraph" and fresh:
            small = 0.0
        fresh = fresh and group.kind == "other"


def _kind(group: Group, body: Body, height: float, columns: dict[int, list[tuple[float, float]]]) -> str:
    """Return what a group that no rule has named is, by its type and place."""
    words = group.text.split()
    letters = sum(map(str.isalpha, group.text))
    if NOTICE.match(group.text) and len(words) < 80:
        return "footnote"
    same = body.near(group.size)
    placed = group.column >= 0
    left, right = columns[group.page][group.column] if placed else (group.x0, group.x1)
    if same and group.font in body.fonts:
        if letters > 0.5 * len(group.text.replace(" ", "")):
            whole = len(words) >= 4 or (placed and abs(group.x0 - left) < 3 * group.size and _ENDED.search(group.text))
            return "other" if not whole else "list" if ENTRY.match(group.text) else "paragraph"
        return "paragraph" if placed and "=" in group.text and len(group.lines) <= 3 else "other"
    if placed and len(words) >= 12 and letters > 0.6 * len(group.text):
        wide = max(line.x1 - line.x0 for line in group.lines) > 0.7 * (right - left)
        if wide and same:
            return "paragraph"
        if wide and group.size < body.size - 0.5:
            return "footnote"
    return "footnote" if len(words) >= 8 and group.size < body.size and group.y0 > 0.7 * height else "other"


def _joined(groups: list[Group], columns: dict[int, list[tuple[float, float]]]) -> list[Group]:
    """Return the groups with paragraphs made whole that a column, page, figure or table parts."""
    out: list[Group] = []
    last: dict[str, Group] = {}
    for group in groups:
        kind = group.kind
        if kind in ("heading", "title"):
            last.pop("paragraph", None)
            last.pop("reference", None)
        previous = last.get("paragraph" if kind == "list" else kind)
        if (
            kind in ("paragraph", "abstract", "reference")
            and previous is not None
            and _goes_on(previous, group, columns)
        ):
            previous.lines += group.lines
            text, size = previous.text, previous.size
            measure(previous)
            previous.text, previous.size = f"{text} {group.text}", size
            continue
        out.append(group)
        if kind in ("paragraph", "list", "abstract", "reference"):
            last["paragraph" if kind == "list" else kind] = group
    return out


def _goes_on(previous: Group, group: Group, columns: dict[int, list[tuple[float, float]]]) -> bool:
    """Tell whether `group` continues the sentence that `previous` leaves open."""
    end, start = previous.lines[-1], group.lines[0]
    if abs(end.size - start.size) > 0.7:
        return False
    moved = end.page != start.page or end.column != start.column or start.base < end.base
    text, following = end.text.rstrip(), start.text
    if not moved and start.base - end.base < 2.6 * end.size and not following[:1].islower():
        return False
    if text.endswith(("-", "\u00ad")) and following[:1].isalpha():
        return True
    if following[:1].islower() or following[:1] in "(,;)":
        return not text.endswith((".", "!", "?")) or (moved and following[:1].islower() and group.kind == "paragraph")
    if _OPEN.search(text) and end.column >= 0 and moved:
        left, right = columns[end.page][end.column]
        return end.x1 > right - 0.12 * (right - left) and not ENTRY.match(following)
    return False


def _sections(groups: Sequence[Group]) -> tuple[list[Section], list[int | None]]:
    """Return the sections and, for each group, the section it stands in; statements become notes."""
    heads = [(i, role_of(g.text)) for i, g in enumerate(groups) if g.kind == "heading"]
    core = max((i for i, role in heads if role in _CORE), default=-1)
    total = sum(len(g.text) for g in groups if g.kind in _RUNNING)
    sections: list[Section] = []
    places: list[int | None] = []
    path: list[tuple[int, str]] = []
    current: int | None = None
    passed, closing, late = 0, False, False
    for i, group in enumerate(groups):
        if group.kind == "abstract":
            if not sections or sections[-1].role != "abstract":
                sections.append(Section(("Abstract",), "abstract"))
            places.append(len(sections) - 1)
            continue
        if group.kind == "heading":
            level = group.level or 1
            if (
                level == 1
                and i < core
                and role_of(group.text) is None
                and role_of(path[0][1] if path else "") in _LASTING
            ):
                level = 2  # a part of the methods or results set like the headings of the paper's parts
            path = [(n, h) for n, h in path if n < level] + [(level, group.text.strip())]
            outer, role = role_of(path[0][1]), role_of_path(h for _, h in path) or "other"
            back = i > core and (core >= 0 or passed > 0.5 * total)
            if role == "statements" and outer not in (None, "statements") and not back:
                role = outer
            elif role in ("statements", "references") and back:
                path = path[-1:]
                closing = True
            elif closing and role not in _CORE:
                path, role = path[-1:], "statements"
            sections.append(Section(tuple(h for _, h in path), role))
            current = len(sections) - 1
            late = late or role in ("discussion", "results")
        elif current is None and group.kind in ("other", "footnote") and (named := _statement(group)):
            sections.append(Section((named,), "statements"))  # "Competing Interests: ..." on the first page
            places.append(len(sections) - 1)
            group.kind = "footnote"
            continue
        elif late and i > core and group.kind in ("paragraph", "footnote", "other"):
            label = _LABELLED.match(group.text)
            if label and role_of(label.group(1)) == "statements" and sections[current or 0].role != "references":
                path = [(1, label.group(1))]  # "Funding: ..."
                sections.append(Section((label.group(1),), "statements"))
                current, closing = len(sections) - 1, True
                group.kind = "footnote"
        if group.kind == "reference" and (current is None or sections[current].role != "references"):
            path = [(1, "References")]
            sections.append(Section(("References",), "references"))
            current, closing = len(sections) - 1, True
        if group.kind in _RUNNING and current is not None:
            passed += len(group.text)
            role = sections[current].role
            if role == "statements" and (closing or late):
                group.kind = "footnote"
            elif role == "references" and (closing or late):
                group.kind = "other" if group.kind == "heading" else "reference"
        places.append(current)
    return with_lost_parents(sections), places


def _statement(group: Group) -> str:
    """Return the label with which a group says that it is a statement ("Funding: ..."), or ""."""
    label = _LABELLED.match(group.text)
    return label.group(1) if label and role_of(label.group(1)) == "statements" else ""


def _furniture(lines: Sequence[Line]) -> list[Group]:
    """Return the running heads, feet and vertical notices as groups of their own, page by page."""
    return [measure(Group([line], kind=line.kind)) for line in lines if line.kind in ("header", "footer", "other")]
