"""Lists of experimental groups with their n: "(1) … (2) …", "Group I: …", "into four groups: a, b, c and d".

A list needs words that announce groups: a verb of allocating with "groups", "N groups of", or the word group or
cohort at its numbers. "Three generations" and "mated mice" announce none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vivex.numerals import ONES
from vivex.quantities import count, find
from vivex.schedules import find_frequencies
from vivex.units import kind

COUNT = rf"(?:\d{{1,3}}|{'|'.join(ONES[1:17])}|twenty)"
SETS = r"(?:sub-?groups?|groups?|cohorts?|arms|treatment\sconditions|batches)"
_DESIGN = re.compile(r"\b(?:factorial|treatments|diets|regimens|conditions)\b", re.IGNORECASE)
_SET = re.compile(rf"(?<!each\s)(?<!per\s)\b{SETS}\b", re.IGNORECASE)
ALLOCATED = (
    r"(?:(?:sub)?divided|randomi[sz]ed|assigned|allocated|separated|classified|categori[sz]ed|split|grouped|"
    r"distributed|arranged|"
    r"allotted|segregated|stratified|partitioned)"
)
_LEADS = (
    rf"\b{ALLOCATED}\b(?:(?!\b{ALLOCATED}\b)[^.:;]){{0,90}}?\b{SETS}\b",
    rf"\b{ALLOCATED}\b(?:(?!\b{ALLOCATED}\b)[^.:;]){{0,60}}?\b(?:factorial\s(?:arrangement|design)|(?:dietary\s)?treatments"
    r"|diets|regimens|conditions)(?=:\s)",
    rf"\b(?P<n>{COUNT})\s(?:[\w-]+\s){{0,2}}?{SETS}\b",
    rf"(?<!each\s)(?<!per\s)\b(?:following|experimental|study|treatment)\s{SETS}\b",
    rf"\b{SETS}\s(?:were\s)?as\sfollows",
)
LEAD = re.compile("|".join(f"(?:{lead})" for lead in _LEADS), re.IGNORECASE)
_NUMBER_OF = re.compile(rf"\b({COUNT})\s(?:[\w-]+\s){{0,3}}?{SETS}\b", re.IGNORECASE)
_COUNTER = r"(?:\d{1,2}|[IVX]{1,4}|[A-H])(?![A-Za-z0-9])"
_NAMED_ITEM = (
    r"(?<![A-Za-z-])(?:[Gg]roups?|GROUPS?|[Cc]ohorts?|[Aa]rms?)\s"
    rf"(?P<named>{_COUNTER}(?:(?:,\s?(?:and\s)?|\s?&\s?|\sand\s|\sto\s|\s?[\u2013-]\s?){_COUNTER}){{0,7}})"
)
_BRACKET_ITEM = (
    r"(?:(?<![A-Za-z0-9])\(|(?<=[:;,.]\s)|(?<=\sand\s)|(?<=\n))"
    r"(?P<bracket>\d{1,2}|[ivx]{1,4}|[a-hA-H]|I{1,3}|IV|VI{0,3})\)(?=\s?[A-Za-z\d+])"
)
_DOT_ITEM = r"(?:(?<=[:;.,]\s)|(?<=^))(?P<dot>\d{1,2})[.)]\s(?=[A-Za-z])"
ITEM = re.compile(rf"{_NAMED_ITEM}|{_BRACKET_ITEM}|{_DOT_ITEM}", re.MULTILINE)
_ITEM_LEAD = re.compile(r"\s?[:,.=\u2013\u2014-]?\s?(?:\([^()]{0,25}\)\s?[:,-]?\s?)?")
_NAMED_IN_BRACKETS = re.compile(
    r"\s\((?:the\s)?(?P<name>(?:[Ss]ham|[Cc]ontrols?|[Vv]ehicle|[Mm]odel|[Nn]ormal|[A-Z][\w+-]{1,12})(?:\s(?:control|group))?)"
    r"(?:[,;]\sn\s?=\s?\d{1,3})?\):\s"
)
_WORD = r"[A-Z0-9][\w/\u2010-\u2015-]{0,11}"
_CODE = re.compile(rf"(?P<code>{_WORD}(?:\s?\+\s?{_WORD}){{0,2}}),\s(?=\w)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_N = re.compile(r"\bn\s?=\s?(\d{1,3})\b", re.IGNORECASE)
_N_EACH = (
    r"\bn\s?=\s?(\d{1,3})(?:\s\w+)?\s?(?:/|per|in each|each|for each)\s?(?:experimental\s)?(?:group|cohort)",
    rf"\b({COUNT})\s(?:[\w-]+\s){{0,3}}?(?:per|in\s(?:each|every)|/|for\seach)\s?(?:experimental\s|"
    rf"treatment\s)?(?:group|cohort)",
    rf"{SETS}\sof\s({COUNT})\b",
    rf"{SETS},?\s(?:\(?each\s)?(?:containing|consisting\sof|with|comprising|of)\s({COUNT})\b",
    rf"\b({COUNT})\s(?:rats|mice|animals|rabbits|hamsters|gerbils|guinea\spigs|pigs|dogs|birds|fish)?\s?each\b",
    rf"{SETS}\s\(n\s?=\s?(\d{{1,3}})(?:\s?(?:per|/|in each|each)[^()]*)?\)",
)
N_EACH = re.compile("|".join(f"(?:{each})" for each in _N_EACH), re.IGNORECASE)
_NAME_END = re.compile(
    r"(?:,\s|\s)(?=(?:which|that|who|where|in\swhich|whose|receiv\w+|(?:rats?|mice|animals?|they)\s(?:were|was|"
    r"received|are|in\sthis)|were|was|is|are|"
    r"served|serving|had|got|fed\swith|treated\swith|injected\swith|given|administered|subjected|underwent|"
    r"maintained|kept)\b)"
)
# "Group 2 rats were treated with telomin": what they got names them; what they did or showed does not.
_GOT = re.compile(
    r"(?:\s?\((?:n\s?=\s?\d+)\))?,?\s?(?:(?:rats|mice|animals|rabbits)\s)?(?:(?:that|which)\s)?(?:were\s|was\s)?"
    r"(?:received|receiving|given|treated\swith|administered(?:\swith)?|injected\swith|fed(?:\swith)?|served\sas|"
    r"kept\sas)\s"
)
_VERB_FIRST = re.compile(
    r"(?:rats|mice|animals|(?:did|does|do|was|were|is|are|had|has|have|can|could|and|or|but|than|versus|vs\.?|in|of|"
    r"to|with|at|on|as|by|for|from|"
    r"which|who|whereas|while|also|then|because|after|before|than|compared|respectively|values?|between|using|if|"
    r"when|where|that)|"
    r"(?:each|treated\sas|as\sfollows|separated)\b|(?:show|reveal|exhibit|demonstrat|display|receiv|consist|compris|"
    r"contain|provid|remain|increas|decreas|appear|denot|represent|"
    r"indicat|differ|died|surviv|gain|lost|tend|correspond|develop|determin)\w*)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"[=<>]|\b(?:Fig|Figs|Figure|Table|Materials|respectively|represent\w*|denote\w*|indicate\w*|compared|differ\w*|"
    r"showed|did|"
    r"bars?|error|test|analysis|rank)\b|[.!?]\s[A-Z]|\bp\s?[<=]|\bet\sal\b"
)
_PLAIN_NAME = re.compile(
    r"(?:\d+\s)?(?:the\s|each\s|other\s|same\s|first\s|second\s|third\s|one\s|two\s|another\s){0,2}(?:mouse|mice|rats?|"
    r"animals?|cells?|proteins?|"
    r"groups?|cohorts?|(?:groups?|cohorts?)\s\w{1,4}|\d+\s[a-z]+|males?|females?|litters?|first|second|third|others?|"
    r"indicated|paired|described|measured|tested|analy[sz]ed|recorded|dissociated|treatments?|one|two|three|\d+)",
    re.IGNORECASE,
)
_NO_ANIMALS = re.compile(  # what is counted beside animals
    r"\s(?:cells|neurons|mass|sections?|slices|samples|images|fields|calls|trials|sessions|recordings|plasmids?)$"
)
_NO_GROUP = re.compile(r",\s(?:with|each|consisting|containing|and\s(?:each|all)|which|n\s?=)\b")
_MOST = 90  # characters of a name


@dataclass(frozen=True, slots=True)
class Item:
    """Mark a group of a list: its name, its description (which holds the name), its numbers, short name and n."""

    start: int  # of the name
    end: int
    until: int  # end of the description
    numbers: tuple[
        str, ...
    ] = ()  # "2", "II", "b", as the list counts; several where one description serves several groups
    short: str = ""
    n: int | None = None


def n_each(text: str) -> int | None:
    """Return the number of animals that the text gives every group, or None."""
    match = N_EACH.search(text)
    return next((count(g) for g in match.groups() if g), None) if match else None


def lists(text: str, begin: int, end: int) -> Iterator[list[Item]]:
    """Yield the lists of groups in a paragraph `text[begin:end]`."""
    if not _SET.search(text, begin, end) and not _DESIGN.search(text, begin, end):
        return
    taken = begin
    for run in _numbered(text, begin, end):
        if not run:
            continue
        yield run
        taken = max(taken, run[-1].until)
    for match in LEAD.finditer(text, begin, end):
        if match.start() >= taken:
            items = _told(text, match.end(), end, _announced(text, match))
            if len(items) > 1:
                yield items
                taken = items[-1].until


def _announced(text: str, lead: re.Match[str]) -> int | None:
    """Return how many groups the lead announces."""
    found = list(_NUMBER_OF.finditer(text, lead.start(), lead.end()))
    return count(found[-1][1]) if found else None


def _numbered(text: str, begin: int, end: int) -> Iterator[list[Item]]:
    """Yield the runs of numbered items: those that count on from one another, in one notation."""
    marks = list(ITEM.finditer(text, begin, end))
    run: list[re.Match[str]] = []
    for mark in [*marks, None]:
        if mark is not None and run and _follows(run[-1], mark):
            run.append(mark)
            continue
        if len(run) == 1 and _heads(text, begin, run[0]):
            yield _items(text, run, end)
        if len(run) > 1 and (run[0].lastgroup == "named" or _led(text, begin, run[0].start())):
            items = _items(text, run, end)
            if len(items) > 1 and len(items) >= len(run) - 1:  # one may have lost its name
                yield items
        run = [mark] if mark is not None and (_rank(mark) == 1 or _heads(text, begin, mark)) else []


def _heads(text: str, begin: int, mark: re.Match[str]) -> bool:
    """Tell whether the block begins with the group's number and a colon: each group has a block of its own."""
    return (
        mark.lastgroup == "named"
        and mark.start() == begin
        and re.compile(r"\s?(?:\([^()]{1,40}\)\s?)?[:.]\s").match(text, mark.end()) is not None
    )


def _rank(mark: re.Match[str]) -> int:
    """Return the place of a mark's first number, Roman figure or letter in its count."""
    written = _counted(mark)[0]
    if written.isdigit():
        return int(written)
    low = written.lower()
    return _ROMAN[low] if low in _ROMAN else ord(low) - ord("a") + 1 if len(low) == 1 else 0


def _follows(last: re.Match[str], mark: re.Match[str]) -> bool:
    return mark.lastgroup == last.lastgroup and _rank(mark) == _rank(last) + len(_counted(last))


def _led(text: str, begin: int, start: int) -> bool:
    """Tell whether groups are announced shortly before the first item."""
    return LEAD.search(text, max(begin, start - 260), start) is not None


def _items(text: str, run: Sequence[re.Match[str]], end: int) -> list[Item]:
    out = []
    for index, mark in enumerate(run):
        lead = _ITEM_LEAD.match(text, mark.end())
        start = lead.end() if lead else mark.end()
        last = index + 1 == len(run)
        until = run[index + 1].start() if not last else last_end(text, start, end)
        if named := _NAMED_IN_BRACKETS.match(text, mark.end()):  # "Group A (control, n = 6): wounds were …"
            counted = _N.search(named.group())
            n = int(counted[1]) if counted else None
            out.append(Item(*named.span("name"), max(until, named.end()), _counted(mark), "", n))
            continue
        if got := _GOT.match(text, mark.end()):
            start = got.end()
        elif mark.lastgroup == "named" and lead and not lead.group().strip() and _VERB_FIRST.match(text, start):
            continue
        item = item_at(text, start, until, _counted(mark))
        sized = _N.search(text, mark.end(), start)  # "Group B (n = 6): telomin"
        out.append(replace(item, n=int(sized[1])) if sized and item.n is None else item)
    out = _coded(text, out)
    return [item for item in out if len(item.numbers) > 1 or is_name(text[item.start : item.end])]


def _coded(text: str, items: Sequence[Item]) -> list[Item]:
    """Return the items of a list, each named by its code where all have one: "OVX, ovariectomised rats given water"."""
    codes = [_CODE.match(text, item.start, item.until) for item in items]
    names = [code["code"] for code in codes if code]
    if len(items) < 2 or len(set(names)) < len(items) or not any(any(c.isupper() for c in name[1:]) for name in names):
        return list(items)
    return [replace(item, end=code.end("code")) for item, code in zip(items, codes, strict=True) if code]


_TIME_WORDS = re.compile(r"\b(?:for|over|during|and|then|from|to|until|consecutive)\b")


def is_name(written: str) -> bool:
    """Tell whether the words can name a group: some letters, no verb at their head, no figure or sentence in them."""
    plain = written.strip()
    return (
        len(plain) > 1
        and plain[0] not in ".,;:)"
        and not _NO_ANIMALS.search(plain)
        and re.search(r"[A-Za-z\u0370-\u03ff]", plain) is not None
        and not _NO_NAME.search(plain)
        and not _VERB_FIRST.match(plain)
        and not _PLAIN_NAME.fullmatch(plain)
        and plain.count("(") == plain.count(")")
        and not _tells_time(plain)
    )


def _tells_time(words: str) -> bool:
    """Tell whether the words are nothing but how often and how long ("twice weekly for 4 weeks")."""
    spans = [(start, end) for start, end, _ in find_frequencies(words)]
    spans += [(f.start, f.end) for f in find(words) if kind(f.quantity.unit) in ("time", "months")]
    rest = "".join(c for i, c in enumerate(words) if not any(a <= i < b for a, b in spans))
    return bool(spans) and not _TIME_WORDS.sub("", rest).strip(" ,")


def _counted(mark: re.Match[str]) -> tuple[str, ...]:
    """Return the numbers that a mark counts: "IV, V and VI", "3 to 5"."""
    written = str(mark[str(mark.lastgroup)])
    parts = [p for p in re.split(r"\s?(?:,\s?and\s|,\s?|&|\band\b)\s?", written) if p]
    if ends := re.fullmatch(r"(\w+)\s?(?:to|[\u2013-])\s?(\w+)", written):
        return _between(ends[1], ends[2]) or (ends[1],)
    return tuple(p.strip() for p in parts)


def _between(first: str, last: str) -> tuple[str, ...]:
    """Return the numbers from `first` to `last` as they count: figures, Roman figures or letters; () if they fall."""
    if first.isdigit() and last.isdigit():
        return tuple(str(i) for i in range(int(first), min(int(last), int(first) + 12) + 1))
    low, high = first.lower(), last.lower()
    order = tuple(_ROMAN) if low in _ROMAN and high in _ROMAN else tuple("abcdefgh")
    if low not in order or high not in order:
        return ()
    found = order[order.index(low) : order.index(high) + 1]
    return tuple(number.upper() for number in found) if first.isupper() else found


def last_end(text: str, start: int, end: int) -> int:
    """Return where the last item of a list ends: at its sentence's end."""
    stop = re.compile(r"[.](?=\s+[A-Z\[(]|\s*$)|;\s(?=[a-z]+ly\b)").search(text, start, end)
    return stop.start() if stop else end


def _told(text: str, start: int, end: int, announced: int | None) -> list[Item]:
    """Return the groups named after their announcement: "into 3 groups: a, b and c", "groups (a, b)"."""
    lead = re.compile(
        r"(?:\s\([^()]*\))?(?:\s(?:of|with|containing|consisting\sof|each|that|which|were|was|as|namely|including|"
        r"and|for|in|on|"
        rf"based\son|according\sto|designated|labell?ed|named|{COUNT}|n|=|\w+s?|per|the|a|\(n\s?=\s?\d+\)))*?"
        r"(?P<sign>\s?:\s|,?\s(?:as\sfollows|namely|i\.e\.|viz\.)[,:]?\s|\s?[\u2014\u2013]\s|,\s|\s\((?=[^()]*(?:,|"
        r"\sor\s|\sand\s|\svs)))",
        re.IGNORECASE,
    ).match(text, start, min(end, start + 160))
    if not lead:
        return []
    begin = lead.end()
    close = text.find(")", begin, end) if lead["sign"].rstrip().endswith("(") else last_end(text, begin, end)
    if close < 0:
        return []
    if tail := _NO_GROUP.search(text, begin, close):
        close = tail.start()
    parts = parts_of(text, begin, close)
    if lead["sign"].strip()[:1] in ",(" and (announced is None or len(parts) != announced):
        return []
    if len(parts) < 2 or (announced is not None and abs(len(parts) - announced) > max(1, announced // 3)):
        return []
    items = [item_at(text, a, b) for a, b in parts]
    items = [i for i in items if i.start < i.end and is_name(text[i.start : i.end])]
    sane = all(1 <= len(text[i.start : i.end].split()) <= 14 for i in items)
    return items if sane and len(items) > 1 and len(items) >= len(parts) - 1 else []


def parts_of(text: str, begin: int, close: int) -> list[tuple[int, int]]:
    """Return the parts of a list: at semicolons where there are any, else at commas and the last "and"."""
    semicolons = _at_top(text, begin, close, r";\s")
    if semicolons:
        cuts = semicolons
    else:
        commas = _at_top(text, begin, close, r",\s(?:and\s|or\s)?")
        tail = _at_top(text, commas[-1][1] if commas else begin, close, r"\s(?:and|or|vs\.?|versus)\s")
        cuts = [*commas, *tail[-1:]] if not commas or not text[slice(*commas[-1])].strip(", ") else commas
    out, at = [], begin
    for a, b in cuts:
        out.append((at, a))
        at = b
    return [*out, (at, close)]


def _at_top(text: str, begin: int, close: int, sign: str) -> list[tuple[int, int]]:
    """Return where a sign stands outside brackets."""
    found, depth, at = [], 0, begin
    for match in re.compile(sign).finditer(text, begin, close):
        depth += text.count("(", at, match.start()) - text.count(")", at, match.start())
        at = match.start()
        if depth <= 0:
            found.append(match.span())
    return found


def item_at(text: str, start: int, until: int, numbers: tuple[str, ...] = ()) -> Item:
    """Return the group that the words `text[start:until]` describe."""
    while start < until and (text[start].isspace() or text[start] in ",;:-\u2013"):
        start += 1
    while until > start and (text[until - 1].isspace() or text[until - 1] in ",;.:([\u25cb\u2022"):
        until -= 1
    if match := re.compile(r"(?:and|or)\s").match(text, start):
        start = match.end()
    if match := re.compile(r"(?:an?|the)\s", re.IGNORECASE).match(text, start):
        start = match.end()
    end = until
    for stop in re.finditer(r"[:;]\s|\.\s(?=[A-Z\u25a0-\u25cf\u2022])|\n|\s[\u25a0-\u25cf\u2022]", text[start:until]):
        end = start + stop.start()
        break
    if cut := _NAME_END.search(text, start, end):
        end = cut.start() if cut.start() > start else end
    n = _N.search(text, start, until)
    short = ""
    brackets = list(re.compile(r"\s?\(([^()]*)\)").finditer(text, start, end))
    for bracket in brackets:
        inner = [p.strip() for p in re.split(r"[,;]\s|\s?=\s?(?=[^\d\s])|\s[\u2013-]\s", bracket[1])]
        found = [p for p in inner if p and len(p) <= 18 and not _N.fullmatch(p) and re.search(r"[A-Za-z]", p)]
        if (
            found
            and not short
            and (bracket.end() >= end - 12 or re.search(r"group|n\s?=", text[bracket.end() : end + 1]))
        ):
            short = (
                found[0]
                if not (re.search(r"mg|w/w|/kg|\bi\.?p|\bn\s?=", found[0]) or next(find(found[0]), None))
                else ""
            )
            if short:
                end = bracket.start()
                break
        elif bracket.end() >= end - 2 and _N.search(bracket[1]):
            end = bracket.start()
    if end - start > _MOST:
        cut_at = text.rfind(" ", start, start + _MOST)
        end = cut_at if cut_at > start else start + _MOST
    if text.count("(", start, end) > text.count(")", start, end):
        end = max(text.rfind("(", start, end), start)
    end = start + len(text[start:end].rstrip(" ,;:("))
    trailing = re.search(r"\s(?:sub)?groups?$", text[start:end], re.IGNORECASE)
    if trailing and trailing.start() > 0:
        end = start + trailing.start()
    return Item(start, end, max(until, end), numbers, short, int(n[1]) if n else None)
