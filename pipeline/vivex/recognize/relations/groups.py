"""The experimental groups of a paper, each with one name, its role and its n; and which of them a dose is for.

Groups come from lists (group_lists), from "the X group (n = 8)", from abbreviations ("model group (M)") and from the
first column of a table of groups. A dose, route, schedule or agent that stands within a group's description, or after
its name in the clause, is that group's; `Span.group` is "" for all groups, and where the paper doesn't tell.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vivex.document import Block, Document
from vivex.recognize.relations.clauses import by_sentence, turns
from vivex.recognize.relations.group_choices import choices
from vivex.recognize.relations.group_lists import Item, is_name, lists, n_each
from vivex.recognize.relations.group_names import key_of, name_start, role_of
from vivex.recognize.relations.group_phrases import compared, phrases
from vivex.recognize.spans import Span
from vivex.sentences import split

SOURCE = "grammar:group@1"
OF_GROUPS = frozenset(("dose", "route", "schedule", "agent"))
_PLACES = frozenset(("paragraph", "list", "heading", "abstract", "caption"))
_GROUP = re.compile(
    r"(?:\s\((?P<short>[^()\s]{1,14})\))?\s(?P<set>(?:sub)?groups?|cohorts?)(?![\w-])"
    r"(?!\s(?:means?|averages?|sizes?|differences?|comparisons?|data|levels?|analys[ie]s|effects?|statistics|"
    r"leaders?|members?)\b)"
    r"(?:\s(?P<count>\d{1,2}|[IVX]{1,4}|[A-H])(?![\w-]))?(?:\s\((?P<after>[^()]{1,40})\)|"
    r",\s(?P<comma>n\s?=\s?\d{1,3}))?"
)
_GETS = re.compile(
    r"(?:\s\([^()]{0,40}\))?\s(?:(?:only|also|mice|rats|animals)\s)?(?:(?:was|were)\s)?(?:received|given|treated\swith|"
    r"injected\swith|administered|fed|subjected\sto|underwent|gavaged|infused\swith)(?!\w)"
)
_SHORT = re.compile(r"[A-Z0-9][\w+/\u2010-\u2015.-]{0,13}")
_COUNTED = re.compile(
    r"\s\((?:(?P<short>[A-Z][^()\s,;]{0,13})[,;]\s)?n\s?=\s?(?P<n>\d{1,3})(?:\s(?:mice|rats|animals))?\)", re.IGNORECASE
)
_N = re.compile(r"\bn\s?=\s?(\d{1,3})\b", re.IGNORECASE)
_IN_TABLE = re.compile(r"(?:experimental\s|study\s|treatment\s|animal\s)?groups?|treatments?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """Mark a place that names a group, with what its words make of it."""

    start: int
    end: int
    key: str
    n: int | None = None
    listed: bool = False  # named by a list of groups
    short: bool = False  # a short name is given with it, or what the group gets
    reach: tuple[int, int] | None = None  # description in which a dose is the group's


def with_groups(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans with the mentions of groups, each dose, route, schedule and agent with the group it is for.

    What the rules saw of groups block by block is replaced by what they see in the whole paper; what another finder
    saw stays.
    """
    rest = [s for s in spans if not (s.label == "group" and s.source == SOURCE)]
    found, names = named_groups(document, rest)
    groups = [_mention(document, place, names) for place in found]
    taken = {i for g in groups for i in range(g.start, g.end)}
    rest = [s for s in rest if s.label != "group" or taken.isdisjoint(range(s.start, s.end))]
    groups_seen = [*groups, *(s for s in rest if s.label == "group")]
    reaches = [(*place.reach, names.name(place.key)) for place in found if place.reach]
    placed = _placed(document, rest, groups_seen, reaches)
    return sorted([*placed, *groups], key=lambda s: (s.start, -s.end, s.label))


def groups_of(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the mentions of groups."""
    found, names = named_groups(document, spans)
    return [_mention(document, place, names) for place in found]


@dataclass(frozen=True, slots=True)
class Names:
    """Hold one name for each group, by the keys of all its names, and what is known of it."""

    known: Mapping[str, str]
    n: Mapping[str, int]
    roles: Mapping[str, str]
    short: Mapping[str, str] = field(default_factory=dict)

    def name(self, key: str) -> str:
        """Return the name of the group that the key says."""
        return self.known.get(key, key)


def named_groups(document: Document, spans: Sequence[Span]) -> tuple[list[Named], Names]:
    """Return where the paper names groups, and their names."""
    text = document.reading
    places: list[Named] = []
    aliases: dict[str, str] = {}
    shown: dict[str, str] = {}
    each: dict[str, int] = {}
    for block in document.blocks or (Block("paragraph", 0, len(text)),):
        if block.kind not in _PLACES or not _told_in(document, block):
            continue
        if block.kind != "caption":
            for items in lists(text, block.start, block.end):
                places += _listed(text, block, items, spans, aliases, shown)
            for items in choices(text, block.start, block.end):
                taken = {i for p in places for i in range(p.start, p.end)}
                if all(taken.isdisjoint(range(item.start, item.end)) for item in items):
                    places += _listed(text, block, items, spans, aliases, shown)
        places += list(_said(text, block, places, aliases, shown))
        if _tells_numbers(document, block):
            places += list(_numbers(text, block, places, aliases, shown))
    places += _from_tables(document, aliases, shown)
    places += _animals(document, places, shown)
    counts = Counter(_final(p.key, aliases) for p in places)
    sure = {_final(p.key, aliases) for p in places if p.listed or p.n or p.short}
    kept = [p for p in places if _final(p.key, aliases) in sure or counts[_final(p.key, aliases)] > 1]
    known = {k: shown.get(_final(k, aliases), k) for k in {*aliases, *(p.key for p in kept)}}
    for place in kept:
        if place.n is not None:
            each.setdefault(known[place.key], place.n)
    roles = {
        name: role_of(name, [text[s.start : s.end] for s in spans if s.label == "agent"])
        for name in set(known.values())
    }
    short = {shown.get(_final(k, aliases), k): k for k in sorted(aliases) if not k.startswith("group ")}
    written = {name: _as_written(text, alias) for name, alias in short.items()}
    return sorted(kept, key=lambda p: (p.start, p.end)), Names(known, each, roles, written)


def _listed(
    text: str,
    block: Block,
    items: Sequence[Item],
    spans: Sequence[Span],
    aliases: dict[str, str],
    shown: dict[str, str],
) -> Iterator[Named]:
    """Yield the groups of a list; their short names and numbers become aliases."""
    common = n_each(text[block.start : block.end])
    short_names = [_shortened(text, item, spans) for item in items]
    unlike = len(set(map(key_of, short_names))) == len(short_names)
    for item, short_name in zip(items, short_names, strict=True):
        written = short_name if unlike else re.sub(r"\s+", " ", text[item.start : item.end])
        n = item.n if item.n is not None else common
        for number, name, reach in _several(text, item, written, spans):
            key = key_of(name) or name.casefold()
            if not key:
                continue
            shown.setdefault(key, re.sub(r"\s(?:sub)?groups?$", "", name))
            if item.short and len(item.numbers) < 2:
                aliases.setdefault(key_of(item.short), key)
            if number:
                aliases.setdefault(f"group {number.lower()}", key)
            yield Named(item.start, item.end, key, n, True, reach=reach)


def _shortened(text: str, item: Item, spans: Sequence[Span]) -> str:
    """Return the name without what it tells in brackets of doses and routes, and without its schedule."""
    inside = [s for s in spans if item.start <= s.start < item.end]
    schedules = [s.start for s in inside if s.label == "schedule"]
    doses = [s.start for s in inside if s.label == "dose" and text[s.start - 2 : s.start] == ", "]
    words = text[item.start : min([item.end, *schedules, *doses])]
    if any(s.label in ("dose", "route") for s in inside):
        words = re.sub(r"\s?\([^()]*\)", "", words)
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")]
    return re.sub(r"\s+", " ", words).strip(" ,;:(") or re.sub(r"\s+", " ", text[item.start : item.end])


def _several(text: str, item: Item, name: str, spans: Sequence[Span]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Yield number, name and reach of each group of the item: "groups V and VI: extract (50 and 100 mg/kg)"."""
    if len(item.numbers) < 2:
        yield "".join(item.numbers), name, (item.start, item.until)
        return
    doses = [s for s in spans if s.label == "dose" and item.start <= s.start < item.until]
    agent = next((str(d.value.get("agent") or "") for d in doses), "") or name
    for index, number in enumerate(item.numbers):
        if len(doses) == len(item.numbers):
            dose = doses[index]
            yield number, f"{agent} {text[dose.start : dose.end]}", (dose.start, dose.end)
        else:
            yield number, f"{name} ({number})", (item.start, item.start)


def _said(
    text: str, block: Block, listed: Sequence[Named], aliases: dict[str, str], shown: dict[str, str]
) -> Iterator[Named]:
    """Yield the groups that a block names by "the X group", "the X group (n = 8)", "group II"."""
    taken = {i for p in listed for i in range(p.start, p.end)}
    for match in re.compile(r"(?<![\w-])[Gg]roups?\s(\d{1,2}|[IVX]{1,4}|[A-H])(?![\w-])").finditer(
        text, block.start, block.end
    ):
        key = f"group {match[1].lower()}"
        if key in aliases and taken.isdisjoint(range(*match.span())):
            yield Named(*match.span(), key)
    for match in _GROUP.finditer(text, block.start, block.end):
        after = match["after"] or match["comma"] or ""
        n = _N.search(after)
        start = name_start(text, block.start, match.start(), sure=n is not None)
        if (
            start is None
            or not taken.isdisjoint(range(start, match.start()))
            or not is_name(text[start : match.start()])
        ):
            continue
        written = re.sub(r"\s+", " ", text[start : match.start()])
        key = key_of(written)
        short = match["short"] or next(
            (p.strip() for p in re.split(r"[,;]\s", after) if _SHORT.fullmatch(p.strip())), ""
        )
        short = short if _SHORT.fullmatch(short) and not _N.search(short) else ""
        if short:
            aliases.setdefault(key_of(short), key)
        if match["set"].endswith("s") and not short and not n and key not in shown and key not in aliases:
            continue
        shown.setdefault(key, written)
        defined = bool(short) or _defines(text, start, match.end("set"))
        yield Named(start, match.start(), key, int(n[1]) if n else None, short=defined)


def _defines(text: str, start: int, end: int) -> bool:
    """Tell whether the words name a group where it is told: "saline (control group)", "the control group received"."""
    return (text[start - 1 : start] == "(" and text[end : end + 1] in ")," and end > start) or (
        _GETS.match(text, end) is not None
    )


def _numbers(
    text: str, block: Block, known: Sequence[Named], aliases: dict[str, str], shown: dict[str, str]
) -> Iterator[Named]:
    """Yield what a sentence counts side by side: "water (WA, n = 9) or sugared water (SW, n = 11)"."""
    taken = {i for p in known for i in range(p.start, p.end)}
    for begin, end in split(text[block.start : block.end]):
        found = []
        for match in _COUNTED.finditer(text, block.start + begin, block.start + end):
            start = name_start(text, block.start + begin, match.start(), sure=True)
            if (
                start is not None
                and taken.isdisjoint(range(start, match.start()))
                and is_name(text[start : match.start()])
            ):
                found.append((start, match))
        if len({key_of(text[start : m.start()]) for start, m in found}) < 2:
            continue
        for start, match in found:
            written = re.sub(r"\s+", " ", text[start : match.start()])
            key = key_of(written)
            if not key:
                continue
            shown.setdefault(key, written)
            if match["short"]:
                aliases.setdefault(key_of(match["short"]), key)
            yield Named(start, match.start(), key, int(match["n"]))


def _animals(document: Document, known: Sequence[Named], shown: dict[str, str]) -> Iterator[Named]:
    """Yield the groups that the paper tells by their animals: "sham-operated rats", where it compares several."""
    text = document.reading
    taken = {i for p in known for i in range(p.start, p.end)}
    found = []
    for block in document.blocks or (Block("paragraph", 0, len(text)),):
        if block.kind in _PLACES and _told_in(document, block):
            for phrase in phrases(text, block.start, block.end):
                if taken.isdisjoint(range(phrase.start, phrase.end)):
                    written = re.sub(r"\s+", " ", text[phrase.start : phrase.end])
                    found.append((phrase, key_of(written), written))
    kept = compared([(phrase.kind, key) for phrase, key, _ in found])
    for phrase, key, written in found:
        if key in kept or key in shown:
            shown.setdefault(key, written)
            yield Named(phrase.start, phrase.end, key)


def _tells_numbers(document: Document, block: Block) -> bool:
    section = document.sections[block.section] if block.section is not None else None
    return section is None or section.role in ("methods", "abstract", "results")


def _as_written(text: str, alias: str) -> str:
    """Return a short name as the paper writes it."""
    match = re.search(rf"(?<![\w-]){re.escape(alias)}(?![\w-])", text, re.IGNORECASE)
    return match.group() if match else alias


def _from_tables(document: Document, aliases: Mapping[str, str], shown: dict[str, str]) -> Iterator[Named]:
    """Yield the groups that the first column of a table of groups names."""
    for table in document.tables:
        cells = sorted(table.cells, key=lambda c: (c.row, c.column))
        if not cells or not _IN_TABLE.fullmatch(document.reading[cells[0].start : cells[0].end].strip()):
            continue
        for cell in cells[1:]:
            written = re.sub(r"\s+", " ", document.reading[cell.start : cell.end]).strip()
            if cell.column or cell.header or not 0 < len(written) <= 60 or not re.search(r"[A-Za-z]{2}", written):
                continue
            key = key_of(written)
            shown.setdefault(key, written)
            yield Named(cell.start, cell.end, key, listed=True)


def _final(key: str, aliases: Mapping[str, str]) -> str:
    """Return the key that an alias stands for."""
    seen = set()
    while key in aliases and key not in seen and aliases[key] != key:
        seen.add(key)
        key = aliases[key]
    return key


def _mention(document: Document, place: Named, names: Names) -> Span:
    name = names.name(place.key)
    value = {
        "text": document.reading[place.start : place.end],
        "normal": name,
        "n": names.n.get(name),
        "role": names.roles.get(name, ""),
    } | ({"short": names.short[name]} if name in names.short else {})
    return Span(place.start, place.end, "group", value, SOURCE, 0.9 if place.listed else 0.7)


def _placed(
    document: Document, spans: Sequence[Span], groups: Sequence[Span], reaches: Sequence[tuple[int, int, str]]
) -> list[Span]:
    """Return the spans, those of OF_GROUPS with the group in whose description, or after whose name, they stand."""
    found: dict[tuple[int, int, str], str] = {}
    mine = [s for s in spans if s.label in OF_GROUPS]
    for sentence in by_sentence(document, [*mine, *groups]):
        named = [s for s in sentence.inside if s.label == "group"]
        if not named:
            continue
        begins = turns(document.reading, sentence.start, sentence.end)
        for span in sentence.inside:
            if span.label != "group" and (name := _in_clause(document.reading, span, named, begins)):
                found[span.start, span.end, span.label] = name
    for start, end, name in reaches:
        for span in mine:
            if start <= span.start < end:
                found[span.start, span.end, span.label] = name
    return [replace(s, group=found.get((s.start, s.end, s.label), s.group)) for s in spans]


def _in_clause(text: str, span: Span, named: Sequence[Span], begins: Sequence[int]) -> str:
    """Return the group of the mention by its clause: named in brackets behind it, or the only one named before it."""
    for group in named:
        if group.start <= span.start < group.end:
            return str(group.value["normal"])
        between = text[span.end : group.start] if group.start >= span.end else ""
        if between and re.fullmatch(r"(?:\s[\w-]+){0,3}\s?[(;,]\s?(?:the\s)?", between) and "(" in between:
            return str(group.value["normal"])
    clause = bisect.bisect_right(begins, span.start)
    before = [g for g in named if g.end <= span.start and bisect.bisect_right(begins, g.start) == clause]
    names = {str(g.value["normal"]) for g in before}
    if len(names) != 1:
        return ""
    return "" if re.match(r"\sgroups\b", text[before[-1].end :]) else names.pop()


def _told_in(document: Document, block: Block) -> bool:
    """Tell whether the block's section tells of the paper's own groups."""
    section = document.sections[block.section] if block.section is not None else None
    return section is None or section.role not in ("references", "statements", "introduction", "discussion")
