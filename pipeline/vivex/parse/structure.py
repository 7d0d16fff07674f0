"""What each group of lines is: title, abstract, heading, paragraph, caption, table, reference, note or furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from vivex.document import Page, Section
from vivex.headings import role_of
from vivex.parse.characters import Line
from vivex.parse.headlines import mark_headings, split_run_in
from vivex.parse.page import Body
from vivex.parse.paragraphs import ENTRY, LABEL, Group, _label_stands_out, measure
from vivex.parse.tables import mark_tables

_ABSTRACT = re.compile(r"\W*a\s?b\s?s\s?t\s?r\s?a\s?c\s?t\b|summary\b|synopsis\b", re.IGNORECASE)
_KEYWORDS = re.compile(r"\W*(?:key\s?-?words?|index terms|keywords and phrases)\b", re.IGNORECASE)
_FRONT = re.compile(
    r"@|©|copyright|creative commons|correspond|received|accepted|published|licen[cs]e|\bdoi\b|e-?mail|"
    r"department|universit|institute|hospital|these authors|contributed equally|editor|citation|how to cite|open access",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^\W*(?:©|copyright|\(c\)|this is an open access|this article is (?:distributed|published|licensed)|received[ :]|"
    r"(?:\*|†|‡|§)?\s*(?:corresponding author|correspondence|e-?mail)|https?://|www\.|doi[: ]|cite this|how to cite|to cite)",
    re.IGNORECASE,
)
_OPEN = re.compile(r"[^.?!:;]$|[,–-]$")
_TOP = ("introduction", "methods", "results", "discussion", "references", "statements")


def structure(
    groups: list[Group],
    lines: Sequence[Line],
    body: Body,
    columns: dict[int, list[tuple[float, float]]],
    pages: Sequence[Page],
    metadata: Mapping[str, Any],
) -> tuple[list[Group], list[Section], list[int | None], dict[str, str]]:
    """Return the groups in reading order with their kinds, the sections, each group's section, and the paper's meta."""
    heights = {page.number: page.height for page in pages}
    for group in groups:
        if LABEL.match(group.text) and _label_stands_out(group.lines[0], body):
            group.kind = "caption"
    groups = mark_tables(groups, body, columns)
    title = _title(groups, body, metadata)
    mark_headings(groups, body, columns)
    _mark_front(groups, title, body)
    _mark_references(groups)
    for group in groups:
        if not group.kind:
            group.kind = _kind(group, body, heights[group.page], columns)
    groups = _joined(groups, columns)
    groups = [part for group in groups for part in split_run_in(group, body)]
    sections, places = _sections(groups)
    meta = _meta(title, lines, metadata)
    return [*groups, *_furniture(lines)], sections, [*places, *([None] * len(_furniture(lines)))], meta


def _title(groups: Sequence[Group], body: Body, metadata: Mapping[str, Any]) -> Group | None:
    """Mark and return the title: the largest type of the first page that reads like one."""
    named = _words(str(metadata.get("title") or ""))
    first = [g for g in groups if g.page <= 2 and not g.kind and g.size >= body.size - 0.1]
    best, score = None, 0.0
    for group in first:
        words = group.text.split()
        if not 3 <= len(words) <= 60 or (group.page == 2 and best is not None):
            continue
        value = group.size / body.size + (0.3 if group.bold else 0) + min(len(words), 10) / 20
        if len(named) >= 4:
            value += 3 * len(named & _words(group.text)) / len(named | _words(group.text))
        if (group.size > body.size + 1.5 or (len(named) >= 4 and value > 3)) and value > score + 0.01:
            best, score = group, value
    if best is not None:
        best.kind = "title"
        at = groups.index(best)
        for group in [*groups[at + 1 : at + 5], *groups[max(at - 3, 0) : at][::-1]]:  # a title set as several groups
            if (
                group.kind
                or abs(group.size - best.size) > 0.3
                or group.font != best.font
                or group.y0 - best.y1 > 2 * best.size
            ):
                break
            group.kind = "title"
    return best


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _mark_front(groups: list[Group], title: Group | None, body: Body) -> None:
    """Mark the abstract, and as "other" all that stands before the body."""
    last_front = next((i for i, g in enumerate(groups) if g.page > 3), len(groups))
    abstract = next(
        (
            i
            for i, g in enumerate(groups[:last_front])
            if g.kind not in ("caption", "table") and _ABSTRACT.match(g.text)
        ),
        None,
    )
    begin = _body_start(groups, abstract, last_front, body)
    if begin is None:
        return
    inside, size = False, None
    for i, group in enumerate(groups[:begin]):
        if group.kind in ("title", "caption", "table"):
            continue
        if i == abstract:
            inside = True
            group.kind = "heading" if len(group.text) < 25 else "abstract"
            if group.kind == "heading":
                group.kind = "other"
            continue
        if inside and _KEYWORDS.match(group.text):
            inside = False
        if (inside and len(group.text.split()) > 3 and not _NOTICE.match(group.text)) or (
            abstract is None and len(group.text.split()) > 60 and not _FRONT.search(group.text)
        ):
            group.kind = "abstract"
        else:
            group.kind = "other"


def _is_front(text: str, words: int) -> bool:
    """Tell whether a text is about authors, addresses and rights rather than the study."""
    return "@" in text or "©" in text or len(_FRONT.findall(text)) > max(1, words / 50)


def _body_start(groups: Sequence[Group], abstract: int | None, limit: int, body: Body) -> int | None:
    """Return the index of the first group of the body: its first heading after the abstract."""
    heads = [i for i, g in enumerate(groups[:limit]) if g.kind == "heading"]
    after = abstract if abstract is not None else -1
    introductions = [i for i in heads if i > after and role_of(groups[i].text) == "introduction"]
    if introductions:
        return introductions[-1]
    keywords = next((i for i, g in enumerate(groups[:limit]) if i > after and _KEYWORDS.match(g.text)), None)
    start = max(after, keywords if keywords is not None else -1)
    for i in range(start + 1, limit):
        group = groups[i]
        if group.kind == "heading" and (keywords is not None or abstract is None) and i > 1:
            return i
        if not group.kind and len(group.lines) >= 3 and body.has(group.lines[0]) and abs(group.size - body.size) < 0.3:
            if (keywords is not None or abstract is None or i > start + 2) and not _is_front(group.text[:300], 50):
                return i
    return None


def _mark_references(groups: list[Group]) -> None:
    """Mark what follows the heading of the references, up to another top heading."""
    heads = [i for i, g in enumerate(groups) if g.kind == "heading" and role_of(g.text) == "references"]
    if not heads:
        return
    begin = heads[-1]
    style = groups[begin]
    for group in groups[begin + 1 :]:
        if group.kind in ("caption", "table"):
            continue
        if (
            group.kind == "heading"
            and abs(group.size - style.size) < 0.3
            and group.bold == style.bold
            and not ENTRY.match(group.text)
        ) and (role_of(group.text) or len(group.text) < 60):
            return
        group.kind = "reference"


def _kind(group: Group, body: Body, height: float, columns: dict[int, list[tuple[float, float]]]) -> str:
    """Return what a group that no rule has named is, by its type and place."""
    words = group.text.split()
    letters = sum(c.isalpha() for c in group.text)
    if _NOTICE.match(group.text) and len(words) < 80:
        return "footnote"
    same = abs(group.size - body.size) < 0.6
    if same and group.font in body.fonts and letters > 0.5 * len(group.text.replace(" ", "")):
        if len(words) >= 4 or (group.column >= 0 and len(words) >= 2):
            return "list" if ENTRY.match(group.text) else "paragraph"
        return "other"
    if group.column >= 0 and len(words) >= 12 and letters > 0.6 * len(group.text):
        left, right = columns[group.page][group.column]
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
    """Return the sections and, for each group, the section it stands in; set statements apart as notes."""
    sections: list[Section] = []
    places: list[int | None] = []
    path: list[tuple[int, str]] = []
    current: int | None = None
    past_discussion = False
    for group in groups:
        if group.kind == "abstract":
            if not sections or sections[-1].role != "abstract":
                sections.append(Section(("Abstract",), "abstract"))
            places.append(len(sections) - 1)
            continue
        if group.kind == "heading":
            level = group.level or 1
            path = [(n, h) for n, h in path if n < level] + [(level, group.text.strip())]
            roles = [role_of(h) for _, h in path]
            role = next((r for r in reversed(roles) if r), "other")
            if role == "statements" and roles[0] not in (None, "statements"):
                role = next(r for r in roles if r)
            sections.append(Section(tuple(h for _, h in path), role))
            current = len(sections) - 1
            past_discussion = past_discussion or role in ("discussion", "results")
        if group.kind in ("paragraph", "list", "heading") and current is not None and past_discussion:
            if sections[current].role == "statements":
                group.kind = "footnote"
            elif sections[current].role == "references":
                group.kind = "other" if group.kind == "heading" else "reference"
        places.append(current)
    return sections, places


def _furniture(lines: Sequence[Line]) -> list[Group]:
    """Return the running heads, feet and vertical notices as groups of their own, page by page."""
    return [measure(Group([line], kind=line.kind)) for line in lines if line.kind in ("header", "footer", "other")]


def _meta(title: Group | None, lines: Sequence[Line], metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return title, DOI and year where the paper says so."""
    meta: dict[str, str] = {}
    if title is not None:
        meta["title"] = re.sub(r"\s+", " ", title.text)
    elif len(str(metadata.get("title") or "").split()) > 3:
        meta["title"] = str(metadata["title"])
    early = " ".join(line.text for line in lines if line.page <= 2)
    doi = re.search(r"\b10\.\d{4,9}/[^\s\"<>]*[\w)]", early + " " + str(metadata.get("subject") or ""))
    if doi:
        meta["doi"] = doi.group().rstrip(".;,)").lower()
    years = Counter(
        re.findall(r"(?:©|\(c\)|copyright|published:?|accepted:?)[^.]{0,40}?\b((?:19|20)\d\d)\b", early, re.IGNORECASE)
    )
    if years:
        meta["year"] = years.most_common(1)[0][0]
    return meta
