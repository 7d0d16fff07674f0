"""Headings: lines set apart from the running text, and run-in ones at the start of a paragraph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from vivex.headings import role_of
from vivex.parse.front import NOTICE
from vivex.parse.page import Body
from vivex.parse.paragraphs import Group, measure

_NUMBER = re.compile(r"((?:\d{1,2}|[IVX]{1,4}|[A-H])(?:\.\d{1,2}){0,4})[.)]?\s+(?=\S)")
_TOP = ("introduction", "methods", "results", "discussion", "references", "abstract")
_BINOMIAL = re.compile(r"[A-Z]\. ?[a-z]+\.?")
_CREDIT = re.compile(
    r"(?:conceptuali[sz]ation|methodology|investigation|software|validation|formal analysis|resources|data curation|"
    r"visuali[sz]ation|supervision|project administration|funding acquisition|writing\b.*):?",
    re.IGNORECASE,
)
Style = tuple[str, int, bool, bool, bool, bool]  # see `_style`
_RUN_IN_END = re.compile(r"[.:]\s*$")


def mark_headings(groups: Sequence[Group], body: Body, columns: dict[int, list[tuple[float, float]]]) -> None:
    """Set kind and level of the headings."""
    candidates: defaultdict[Style, list[int]] = defaultdict(list)
    beside = _beside(groups)
    for i, group in enumerate(groups):
        if not group.kind and id(group) not in beside and _may_head(groups, i, body, columns):
            candidates[_style(group, body)].append(i)
    confirmed = {}
    for style, found in candidates.items():
        known = {i for i in found if role_of(groups[i].text) or _numbered(groups[i].text)}
        led = {i for i in found if _leads(groups, i, body, columns)}
        if len(led) < 0.3 * len(found):
            led &= known
        if known or len(led) >= 2:
            sure = len(led) >= 0.6 * len(found) and style[1] > body.size + 0.5
            confirmed[style] = sorted(found if sure else led if style[-1] else known | led)
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


def _beside(groups: Sequence[Group]) -> set[int]:
    """Return the ids of one-line groups that share their line with another of the column, as cells of tables do."""
    rows: defaultdict[tuple[int, int], list[Group]] = defaultdict(list)
    for group in groups:
        if len(group.lines) == 1:
            base = round(group.lines[0].base / 3)
            rows[group.page, base].append(group)
    return {
        id(group)
        for (page, base), row in rows.items()
        for group in row
        if any(_shares_line(group, other) or _shares_line(other, group) for other in row)
        or any(_shares_line(group, other) for other in rows.get((page, base + 1), ()))
        or any(_shares_line(other, group) for other in rows.get((page, base - 1), ()))
    }


def _shares_line(group: Group, other: Group) -> bool:
    """Tell whether two one-line groups stand on one line of a column."""
    if other is group or abs(other.lines[0].base - group.lines[0].base) > 2.5:
        return False
    gap = max(other.x0 - group.x1, group.x0 - other.x1)
    return other.column == group.column or (min(other.column, group.column) < 0 and gap < 4 * group.size)


def _numbered(text: str) -> bool:
    """Tell whether a text begins with a number of the second level or below ("2.3. ")."""
    number = _NUMBER.match(text)
    return number is not None and "." in number.group(1)


def _style(group: Group, body: Body) -> Style:
    """Return (font, size, bold, italic, capitals, whether white space alone sets the group apart)."""
    letters = [c for c in group.text if c.isalpha()]
    caps = bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)
    plain = body.has(group.lines[0]) and not group.bold and not group.italic and not caps
    return (group.font, round(group.size), group.bold, group.italic, caps, plain)


def _may_head(groups: Sequence[Group], index: int, body: Body, columns: dict[int, list[tuple[float, float]]]) -> bool:
    """Tell whether a group could be a heading by its length, words and type."""
    group = groups[index]
    text = group.text
    words = text.split()
    if len(group.lines) > 4 or len(words) > 35 or len(text) < 3:
        return False
    number = _NUMBER.match(text)
    numbered = number is not None and "." in number.group(1) and text[number.end()].isupper()
    named = text[number.end() :] if number and numbered else text  # "2.1.1. Mice" is more figures than letters
    letters = sum(map(str.isalpha, named))
    if letters < 0.55 * len(named.replace(" ", "")) or letters < 3:
        return False
    if not (text[0].isupper() or text[0].isdigit() or number or role_of(text) or text[0] in "■●▪•►▶"):
        return False
    if (
        group.lines[0].aside
        or re.match(r"\(?\d{1,2}\)", text)
        or NOTICE.match(text)
        or text.endswith((",", ";", "-"))
        or "@" in text
        or re.search(r"https?:|www\.", text)
    ):
        return False
    if text.endswith(".") and len(words) > 12:
        return False
    if group.size < (0.7 if group.bold else 0.9) * min(body.size, *body.lesser, body.size):
        return _heads_small_print(groups, index, body)
    if not _style(group, body)[-1]:
        return not any(map(body.has, group.lines)) or all(map(body.has, group.lines))
    if role_of(text) is not None and len(words) <= 4:
        return True
    if len(group.lines) > 2 or len(words) > 16 or text.endswith((".", ":", ",")) or group.column < 0:
        return False
    left, right = columns[group.page][group.column]
    if group.lines[-1].x1 > right - 0.1 * (right - left) or group.x0 > left + 1.5 * group.size:
        return False
    if number and "." in number.group(1):
        return True
    above = groups[index - 1] if index else None
    if above is None or above.page != group.page or above.column != group.column:
        return True
    return group.lines[0].base - above.lines[-1].base > 1.4 * body.leading


def _heads_small_print(groups: Sequence[Group], index: int, body: Body) -> bool:
    """Tell whether a line names a main section and prose as small follows ("Methods" of some journals)."""
    group = groups[index]
    if role_of(group.text) not in _TOP[:4] or len(group.lines) > 1 or index + 1 == len(groups):
        return False
    below = groups[index + 1]
    prose = len(below.lines) >= 3 and below.text[:1].isupper() and below.size > 0.7 * body.size
    return prose and below.size < group.size + 0.2 and below.column == group.column


def _leads(groups: Sequence[Group], index: int, body: Body, columns: dict[int, list[tuple[float, float]]]) -> bool:
    """Tell whether running text follows, with no more than further headings between."""
    group = groups[index]
    for i in range(index + 1, min(index + 6, len(groups))):
        below = groups[i]
        if below.kind in ("caption", "table"):
            continue
        if body.near(below.size) and len(below.text) > 30:
            if below.page == group.page and below.column == group.column:
                return -1 < below.lines[0].base - group.lines[-1].base < 4 * body.leading
            return below.column >= 0
        if not _may_head(groups, i, body, columns):
            return False
    return False


def split_run_in(group: Group, body: Body) -> list[Group]:
    """Return a paragraph, its run-in heading ("Animals. Male rats ...") split off where it has one."""
    if group.kind not in ("paragraph", "list"):
        return [group]
    first = next((s for s in group.lines[0].spans if group.lines[0].text[s.start : s.end].strip()), None)
    if first is None or not (first.bold or first.italic):
        return [group]
    trait = "bold" if first.bold else "italic"
    at, end, words = _lead(group, trait)
    line = group.lines[at]
    text = " ".join([*(piece.text for piece in group.lines[:at]), line.text[:end]]).rstrip()
    if not words or (at == len(group.lines) - 1 and end >= len(line.text)):
        return [group]
    if _CREDIT.fullmatch(text) or not 3 <= len(text) <= 160 or not (text[0].isupper() or _NUMBER.match(text)):
        return [group]
    rest = line.text[end:].lstrip() or (group.lines[at + 1].text if at + 1 < len(group.lines) else "")
    if not _RUN_IN_END.search(text):
        if rest[:1] in ".:" and rest[1:2] == " ":
            end = line.text.index(rest[0], end) + 1
        elif not (trait == "bold" and rest[:1].isupper() and (len(text.split()) > 1 or role_of(text))):
            return [group]
    if trait == "italic" and (_BINOMIAL.fullmatch(text) or not (rest[:1].isupper() or rest[:1].isdigit())):
        return [group]
    heading = measure(Group(group.lines[: at + 1], kind="heading", level=4, last=end))
    heading.text = text
    number = _NUMBER.match(text)
    if number and "." in number.group(1):
        heading.level = number.group(1).count(".") + 1
    if end >= len(line.text.rstrip()):
        at, end = at + 1, 0
    paragraph = measure(Group(group.lines[at:], kind="paragraph", first=end))
    return [heading, paragraph]


def _lead(group: Group, trait: str) -> tuple[int, int, int]:
    """Return (line, end, letters) of the bold or italic type that a group begins with."""
    letters = 0
    for i, line in enumerate(group.lines[:4]):
        for span in line.spans:
            text = line.text[span.start : span.end]
            if not getattr(span, trait) and text.strip(" .:,()-–0123456789"):
                return (
                    (i, span.start, letters) if span.start or not i else (i - 1, len(group.lines[i - 1].text), letters)
                )
            letters += sum(c.isalpha() for c in text) if getattr(span, trait) else 0
    at = min(len(group.lines), 4) - 1
    return at, len(group.lines[at].text), 0
