"""Headings: lines set apart from the running text, and run-in ones at the start of a paragraph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from vivex.headings import role_of
from vivex.parse.page import Body
from vivex.parse.paragraphs import Group, measure

_NUMBER = re.compile(r"((?:\d{1,2}|[IVX]{1,4}|[A-H])(?:\.\d{1,2}){0,4})[.)]?\s+(?=\S)")
_TOP = ("introduction", "methods", "results", "discussion", "references", "abstract")
_RUN_IN_END = re.compile(r"[.:]\s*$")


def mark_headings(groups: Sequence[Group], body: Body) -> None:
    """Set kind and level of the headings."""
    candidates: defaultdict[tuple, list[int]] = defaultdict(list)
    for i, group in enumerate(groups):
        if not group.kind and _may_head(group, body):
            candidates[_style(group)].append(i)
    confirmed = {}
    for style, found in candidates.items():
        known = [i for i in found if role_of(groups[i].text)]
        led = [i for i in found if _leads(groups, i, body)]
        if known or (len(led) >= 2 and len(led) >= 0.5 * len(found)):
            confirmed[style] = found if len(led) >= 0.5 * len(found) or len(found) == len(known) else [*known, *led]
    top = {s for s, found in confirmed.items() if sum(role_of(groups[i].text) in _TOP for i in found) >= 2}
    rank = sorted((s for s in confirmed if s not in top), key=lambda s: (-s[1], not s[4], not s[2], s[3]))
    for style, found in confirmed.items():
        for i in found:
            group = groups[i]
            group.kind = "heading"
            number = _NUMBER.match(group.text)
            if number and number.group(1)[0].isdigit():
                group.level = number.group(1).count(".") + 1
            elif style in top or role_of(group.text) in _TOP[:5]:
                group.level = 1
            else:
                group.level = 2 + min(rank.index(style), 3)


def _style(group: Group) -> tuple:
    letters = [c for c in group.text if c.isalpha()]
    caps = bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)
    return (group.font, round(group.size), group.bold, group.italic, caps)


def _may_head(group: Group, body: Body) -> bool:
    """Tell whether a group could be a heading by its length, words and type."""
    text = group.text
    words = text.split()
    if len(group.lines) > 4 or len(words) > 35 or len(text) < 3:
        return False
    letters = sum(c.isalpha() for c in text)
    if letters < 0.55 * len(text.replace(" ", "")) or letters < 3:
        return False
    if not (text[0].isupper() or text[0].isdigit() or _NUMBER.match(text) or role_of(text)):
        return False
    if text.endswith((",", ";")) or "@" in text or re.search(r"https?:|www\.", text):
        return False
    if text.endswith(".") and len(words) > 12:
        return False
    if group.size < body.size - 1.2:
        return False
    style = _style(group)
    apart = group.bold or group.size > body.size + 0.55 or style[4] or group.italic or group.font != body.font
    return apart or (role_of(text) is not None and len(words) <= 4)


def _leads(groups: Sequence[Group], index: int, body: Body) -> bool:
    """Tell whether running text follows, with no more than further headings between."""
    for group in groups[index + 1 : index + 6]:
        if group.kind in ("caption", "table"):
            continue
        if abs(group.size - body.size) < 0.6 and len(group.text) > 60:
            return True
        if not _may_head(group, body):
            return False
    return False


def split_run_in(group: Group, body: Body) -> list[Group]:
    """Return a paragraph, its run-in heading ("Animals. Male rats ...") split off where it has one."""
    if group.kind not in ("paragraph", "list") or group.heading:
        return [group]
    line = group.lines[0]
    end = 0
    first = line.spans[0] if line.spans else None
    if first is None or not (first.bold or first.italic):
        return [group]
    trait = "bold" if first.bold else "italic"
    if getattr(group, trait):
        return [group]
    for span in line.spans:
        if not getattr(span, trait) and line.text[span.start : span.end].strip(" .:"):
            break
        end = span.end
    text = line.text[:end].rstrip()
    if end >= len(line.text) or not 3 <= len(text) <= 90 or not text[0].isupper():
        return [group]
    rest = line.text[end:].lstrip()
    stop = _RUN_IN_END.search(text)
    if not stop and not (trait == "bold" and rest[:1].isupper()):
        return [group]
    if not stop and len(text.split()) < 2 and role_of(text) is None:
        return [group]
    if trait == "italic" and len(text.split()) <= 2 and re.fullmatch(r"[A-Z]\. ?[a-z]+\.?", text):
        return [group]
    heading = measure(Group([line], kind="heading", level=4, first=(0, len(text))))
    heading.text = text
    paragraph = measure(Group(group.lines, kind="paragraph", first=(end, len(line.text))))
    paragraph.text = group.text
    return [heading, paragraph]
