"""The first pages: title, abstract, where the body begins, and what is printed about the article itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from vivex.headings import role_of
from vivex.parse.lines import Line
from vivex.parse.page import Body
from vivex.parse.paragraphs import Group

_ABSTRACT = re.compile(
    r"\W{0,12}a\s?b\s?s\s?t\s?r\s?a\s?c\s?t\b|(?:summary|synopsis)\b(?=\s*(?:$|[.:—–-]|[A-Z]))", re.IGNORECASE
)
_KEYWORDS = re.compile(
    r"\W{0,12}(?:key\s?-?words?\b|index terms|abbreviations?\b\s*[:.]|running (?:title|head)|subject (?:terms|areas)|"
    r"mesh terms)",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"@|©|copyright|creative commons|correspond|received|accepted|published|licen[cs]e|\bdoi\b|e-?mail|"
    r"department|universit|institute|hospital|these authors|contributed equally|editor|citation|how to cite|"
    r"open access",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§]|\bMD\b|\bPhD\b|\d,\d")  # of authors' addresses
_TYPE = re.compile(
    r"(?:(?:original|full|basic|clinical|short|brief|special|invited|mini|systematic|experimental|translational|"
    r"open access|featured)"
    r"[\s-]+)*(?:research|review|article|paper|report|communication|letter|case|study|scientific|note|protocol|"
    r"editorial|commentary"
    r"|[\s/-])+s?",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"^\W{0,12}(?:©|copyright|\(c\)|this is an? (?:open[- ]access|article)|this article is (?:distributed|published|"
    r"licensed|an open)|"
    r"received\s*(?::|\d|[a-z]+ \d)|accepted\s*:|published\s*:|available online|(?:academic|handling|"
    r"reviewing) editors?\b|edited by|reviewed by|"
    r"(?:\*|†|‡|§|✉|#)?\s*(?:(?:to whom )?corresponding authors?|correspondence|e-?mails?\b|present address|"
    r"current address)|"
    r"https?://|www\.|doi[: ]|cite this|how to cite|(?:to cite|citation)\b.{0,20}:|these authors (?:have )?contributed|"
    r".{0,24}contributed equally|full list of author|publisher['’]s note|springer nature remains|open access(?:$|"
    r" under)|"
    r"permission to make|reprints? (?:and|requests?)|the authors? declare|supported by|this (?:work|study|"
    r"research) was "
    r"(?:supported|funded|financially))",
    re.IGNORECASE,
)


def mark_title(groups: Sequence[Group], body: Body, metadata: Mapping[str, Any]) -> list[Group]:
    """Mark and return the groups of the title: the largest type of the first pages that reads like one."""
    named = _words(str(metadata.get("title") or ""))
    best, score = None, 0.0
    for group in groups:
        words = group.text.split()
        if (
            _TYPE.fullmatch(group.text)
            or group.page > 2
            or group.kind
            or group.size < body.size - 0.1
            or not 3 <= len(words) <= 60
            or role_of(group.text) is not None  # "Materials and Methods"
        ):
            continue
        if group.page == 2 and best is not None:
            break
        value = group.size / body.size + (0.3 if group.bold else 0) + min(len(words), 10) / 20
        shared = len(named & _words(group.text)) / max(1, len(named | _words(group.text)))
        likely = len(named) >= 4 and shared > 0.5
        value += 3 * shared if len(named) >= 4 else 0
        if (group.size > body.size + 1.5 or likely) and value > score + 0.01:
            best, score = group, value
    if best is None:
        return []
    found = [best]
    near = [g for g in groups if g.page == best.page and not g.kind and g is not best and not _TYPE.fullmatch(g.text)]
    for group in sorted(near, key=lambda g: g.y0):  # a title set as several groups, or with a subtitle
        if abs(group.size - best.size) < 0.6 and -1 < group.y0 - found[-1].y1 < 1.2 * best.size:
            found.append(group)
    for group in sorted(near, key=lambda g: -g.y0):
        if abs(group.size - best.size) < 0.6 and -1 < found[0].y0 - group.y1 < 0.8 * best.size and group not in found:
            found.insert(0, group)
    for group in found:
        group.kind = "title"
    return found


def mark_front(groups: list[Group], body: Body) -> None:
    """Mark the abstract, and as "other" all else that stands before the body."""
    limit = next((i for i, g in enumerate(groups) if g.page > 3), len(groups))
    abstract = next(
        (
            i
            for i, g in enumerate(groups[:limit])
            if g.kind not in ("caption", "table", "title") and _ABSTRACT.match(g.text)
        ),
        None,
    )
    begin = _body_start(groups, abstract, limit, body)
    if begin is None:
        return
    inside, type_, last = False, None, None
    for i, group in enumerate(groups[:begin]):
        if group.kind in ("title", "caption", "table"):
            continue
        words = len(group.text.split())
        if i == abstract:
            inside = True
            group.kind = "abstract" if words > 8 else "other"
            type_ = group.size if words > 8 else None
            last = group if words > 8 else None
            continue
        if inside and _KEYWORDS.match(group.text):
            inside = False
        like = type_ is None or abs(group.size - type_) < 0.4
        opened = last is not None and not re.search(r"[.?!:]\W*$", last.text)
        if inside and like and not NOTICE.match(group.text) and (words > 2 or opened):
            front = _is_front(group.text, words) or (last is None and words < (12 if _MARKS.search(group.text) else 6))
            group.kind = "other" if front and last is None else "abstract"
            if group.kind == "abstract":
                type_, last = group.size, group
        elif abstract is None and words > (60 if last is None else 8) and like and not _is_front(group.text, words):
            group.kind = "abstract" if group.size >= body.size - 1.6 else "other"
            if group.kind == "abstract":
                type_, last = group.size, group
        else:
            group.kind = "other"


def _is_front(text: str, words: int) -> bool:
    """Tell whether a text is about authors, addresses and rights rather than the study."""
    return (
        "@" in text
        or "©" in text
        or bool(NOTICE.match(text) or _KEYWORDS.match(text))
        or len(_FRONT.findall(text)) > max(1, words / 50)
    )


def _body_start(groups: Sequence[Group], abstract: int | None, limit: int, body: Body) -> int | None:
    """Return the index of the first group of the body: its first heading after the abstract."""
    heads = [i for i, g in enumerate(groups[:limit]) if g.kind == "heading"]
    after = abstract if abstract is not None else -1
    introductions = [i for i in heads if i > after and role_of(groups[i].text) == "introduction"]
    if introductions:
        return introductions[-1]
    keywords = next((i for i, g in enumerate(groups[:limit]) if i > after and _KEYWORDS.match(g.text)), None)
    start = max(after, keywords if keywords is not None else -1)
    alone = _headings_of_the_body(groups, after)
    abstract_size = _abstract_size(groups, abstract)
    for i in range(start + 1, limit):
        group = groups[i]
        if i in alone:
            return i
        if group.kind == "heading" and (keywords is not None or abstract is None):
            if i > 1 or role_of(group.text) in ("methods", "results"):
                return i
            continue
        if group.kind or len(group.lines) < 3 or not body.has(group.lines[0]) or abs(group.size - body.size) > 0.3:
            continue
        apart = abstract_size is not None and abs(group.size - abstract_size[1]) > 0.4 and i > abstract_size[0]
        placed = keywords is not None or abstract is None or i > start + 2 or apart
        if placed and not _is_front(group.text[:300], 50):
            return i
    return None


def _headings_of_the_body(groups: Sequence[Group], after: int) -> set[int]:
    """Return the first headings of Methods and Results that none repeats (a structured abstract's are repeated)."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, group in enumerate(groups):
        role = role_of(group.text) if i > after and group.kind == "heading" else None
        if role in ("methods", "results"):
            places[role].append(i)
    return {found[0] for found in places.values() if len(found) == 1 and found[0] > after + 1}


def _abstract_size(groups: Sequence[Group], abstract: int | None) -> tuple[int, float] | None:
    """Return where the abstract's text begins and the size of its type, or None without one."""
    if abstract is None:
        return None
    for i, group in enumerate(groups[abstract : abstract + 3], abstract):
        if len(group.text.split()) > 8:
            return i, group.size
    return None


def meta_of(title: Sequence[Group], lines: Sequence[Line], metadata: Mapping[str, Any]) -> dict[str, str]:
    """Return title, DOI, year and journal where the paper or its metadata says so."""
    meta: dict[str, str] = {}
    if title:
        text = " ".join(group.text for group in title)
        meta["title"] = re.sub(r"\s+", " ", re.sub("\u00ad ?", "", text)).strip()
    elif len(str(metadata.get("title") or "").split()) > 3:
        meta["title"] = str(metadata["title"]).strip()
    early = " ".join(line.text for line in lines if line.page <= 2)
    subject = str(metadata.get("subject") or "")
    doi = re.search(r"\b10\.\d{4,9}/[^\s\"<>,;|]*[\w)]", early) or re.search(r"\b10\.\d{4,9}/\S*\w", subject)
    if doi:
        meta["doi"] = doi.group().rstrip(".;,)").lower()
    years = Counter(
        re.findall(r"(?:©|\(c\)|copyright|published:?|accepted:?)[^.]{0,40}?\b((?:19|20)\d\d)\b", early, re.IGNORECASE)
    )
    if years:
        meta["year"] = years.most_common(1)[0][0]
    journal = re.match(r"\s*([A-Z][A-Za-z&:. -]{3,60}?)\s*[,;.]?\s*(?:\(?(?:19|20)\d\d|doi|vol|$)", subject)
    if journal:
        meta["journal"] = journal.group(1).strip(" ,.")
    return meta


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
