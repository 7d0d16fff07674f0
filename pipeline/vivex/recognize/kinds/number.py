"""Numbers of animals: in all, of a group, lost, analysed.

A number is read by `vivex.quantities`; the words around it tell that it counts animals (`told`) and in what role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vivex.numerals import figure
from vivex.quantities import Found, Quantity, find
from vivex.recognize.kinds import Context, Joining, Kind, Value
from vivex.recognize.spans import Span
from vivex.sentences import split
from vivex.vocabulary import ANIMALS, DASHES, pattern

SOURCE = "grammar:number@1"
MOST = 9999  # animals; a greater number counts something else
SURE = {"count": 0.9, "total": 0.9, "per": 0.85, "equals": 0.8}  # by the surest of what tells it

_DASH = rf"[{DASHES}~∼]"
_ANIMALS = pattern("animals", *ANIMALS)  # as a noun
_THINGS = pattern("counts", "thing")
_MARK = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|[a-z]+(?:teen|ty|lve|ven))\b", re.I)
_TIMES = r"(?:days?|d|weeks?|wks?|months?|mo|years?|yrs?)"
# "6- to 8-week-old", "8 weeks old", "(aged 12 weeks)", "(50)": what may stand between a number and its animals
_AGED = (
    rf"[\s,]{{1,4}}\d{{1,3}}(?:\s?{_DASH}?\s?(?:to|{_DASH})\s?\d{{1,3}})?[\s{DASHES}]{{1,3}}{_TIMES}"
    rf"(?:[\s{DASHES}]{{1,3}}old|\sof\sage)"
)
_IN_BRACKETS = rf"\s?\((?:\d{{1,4}}|[^()]{{0,15}}\d\s?{_TIMES}[^()]{{0,10}})\)"
# "12 male Wistar rats": up to five words, then the animals
_HEAD = re.compile(
    rf"(?:{_AGED}|{_IN_BRACKETS}|[\s,]{{1,4}}[^\s,.;()]{{1,40}}){{0,5}}?\s{{1,4}}(?P<animal>{_ANIMALS})", re.IGNORECASE
)
_ASIDE = re.compile(rf"{_AGED}|{_IN_BRACKETS}")
_NO_HEAD = re.compile(
    r"\b(?:groups?|generations?|cohorts?|litters?|cages?|times?|weeks?|days?|months?|years?|old|age|per|each)\b",
    re.IGNORECASE,
)
_UNLIKE_HEAD = re.compile(rf"\s?{_DASH}\s?[A-Za-z]|{_DASH}|\s*%")
_TOTAL = re.compile(
    r"\b(?:total(?: number)? (?:of )?(?:animals )?(?:\w+ ){0,3}?|(?:altogether,?|in all,|in total,?) "
    r"|overall,? (?:\w+ ){0,4}?)$",
    re.IGNORECASE,
)
_EQUALS = re.compile(r"\b[nN]\s*(?:=|[≥≤>]=?|was|of)?\s*$")
_LISTED = re.compile(r"\s{0,4}(?:,|and|or|/|vs\.?|&)\s{0,4}$")
_EACH_BEHIND = re.compile(
    r"\s{0,4}(?:\w{1,40}\s{1,4}){0,2}?(?:per|in each|in every|/|for each|each)"
    r"\s{0,4}(?:experimental |treatment |control |treated )?"
    r"(?:group|genotype|condition|time|cohort|treatment|dose|arm)",
    re.IGNORECASE,
)
_EACH_BEFORE = re.compile(
    r"\b(?:groups? of|(?:each|per) (?:group )?"
    r"(?:of |containing |contain(?:s|ed)? |consist(?:ing|ed|s) of |compris(?:ing|ed) "
    r"|with |had |have |included )+)\s*$",
    re.IGNORECASE,
)
# What is counted isn't animals: "n = 12 cells", "34 neurons", "(n = 3 independent experiments)"
_OF_THINGS = re.compile(rf"\s{{0,4}}(?:(?!from\b|of\b|in\b)[\w-]{{1,30}}\s{{1,4}}){{0,2}}?{_THINGS}", re.IGNORECASE)
_THINGS_BEFORE = re.compile(rf"{_THINGS}\s?[(,;]?\s?[nN]\s?=\s?$", re.IGNORECASE)
_LOST = re.compile(pattern("counts", "lost"), re.IGNORECASE)
_ANALYSED = re.compile(pattern("counts", "analysed"), re.IGNORECASE)
_WHOLE = re.compile(pattern("counts", "whole"), re.IGNORECASE)
_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|so|of which|of whom|leaving)\b|\b(?:but|while|whereas|so that|leaving)\b")
_OUT_OF = re.compile(r"(?:^|[,;(]\s?)(?:out )?of (?:the |these |those |all |our )?$", re.IGNORECASE)  # "Of the 20 mice"
# "male rats (n = 24)": all that there are, where nothing tells of groups
_AFTER_ANIMALS = re.compile(rf"{_ANIMALS}\s?[(,;]?\s?[nN]\s?=\s?$", re.IGNORECASE)
_INTO_GROUPS = re.compile(
    rf"\b(?:groups?|cohorts?)\b|{pattern('controls')}|\b(?:treated|injected|fed|given)\b", re.IGNORECASE
)
_BOUGHT = re.compile(r"\b(?:old|aged?|weigh\w*|adult|an(?:a)?esthe\w+)\b", re.IGNORECASE)
_OF_GROUP = re.compile(
    rf"[^.;,()]{{0,40}}?\b(?:in|as|to|from|of|for)\s(?:the|each|every|an?|both|all)\s[^.;,()]{{0,40}}?"
    rf"\b(?:groups?|controls?|arms?|cohorts?)\b|\s{{1,4}}(?:{_ANIMALS})?\s?(?:each|apiece|per)\b",
    re.IGNORECASE,
)


def find_number(text: str) -> Iterator[Span]:
    """Yield the numbers of animals of `text`."""
    if not _MARK.search(text):
        return
    for start, end in split(text):
        sentence = text[start:end]
        if _MARK.search(sentence):
            for span in _in_sentence(sentence):
                yield span.moved(start)


def counted(quantity: Quantity) -> list[str]:
    """Return the whole numbers that a quantity without unit gives ("7", "6-8"), none where one is no whole number."""
    values = quantity.values
    if quantity.unit or any(v.low < 0 or v.low.denominator != 1 or v.high.denominator != 1 for v in values):
        return []
    return [figure(v.low) if v.low == v.high else f"{figure(v.low)}-{figure(v.high)}" for v in values]


def _in_sentence(text: str) -> Iterator[Span]:
    found = tuple(find(text, bare=True))
    told = _told(text, found)
    sizes = sum("count" in ways or "equals" in ways for ways in told)
    numbers = [
        (each, ways)
        for each, ways in zip(found, told, strict=True)
        if ways and (ways == ["count"] or not _counts_things(text, each, animals="count" in ways or "per" in ways))
    ]
    for at, (each, ways) in enumerate(numbers):
        values = counted(each.quantity)
        bounds = (numbers[at - 1][0].end if at else 0, numbers[at + 1][0].start if at + 1 < len(numbers) else len(text))
        value = {
            "normal": ", ".join(values),
            "role": _role(text, each, ways, several=sizes > 1 or len(values) > 1, bounds=bounds),
            "told": ways,
        }
        yield Span(each.start, each.end, "number", value, SOURCE, max(SURE[way] for way in ways))


def _told(text: str, found: Sequence[Found]) -> list[list[str]]:
    """Return for each number how the words tell that it counts animals; nothing where they don't.

    "per": of each group; "equals": n = 8; "total": in all; "count": before the animals' noun.
    """
    out: list[list[str]] = []
    equal = False
    for number, each in enumerate(found):
        before = text[max(0, each.start - 60) : each.start]
        ways: list[str] = []
        out.append(ways)
        if not counted(each.quantity) or each.quantity.values[0].high > MOST or re.search(r"[\w/.-]$", before):
            continue
        joined = equal and number and _LISTED.fullmatch(text, found[number - 1].end, each.start)
        if _EACH_BEHIND.match(text, each.end) or _EACH_BEFORE.search(before):
            ways.append("per")
        equal = bool(_EQUALS.search(before) or joined)
        if equal:
            ways.append("equals")
        if _TOTAL.search(before):
            ways.append("total")
        head = _HEAD.match(text, each.end)
        if head and not _NO_HEAD.search(_ASIDE.sub("", head.group())) and not _UNLIKE_HEAD.match(text, each.end):
            ways.append("count")
    return out


def _counts_things(text: str, each: Found, *, animals: bool) -> bool:
    """Tell whether cells, sections, experiments or people are counted; `animals`: their noun or their group follows."""
    before = text[max(0, each.start - 40) : each.start]
    return bool(_OF_THINGS.match(text, each.end) or (not animals and _THINGS_BEFORE.search(before)))


def _role(text: str, each: Found, ways: Sequence[str], *, several: bool, bounds: tuple[int, int]) -> str:
    """Return total, group, lost or analysed; `several`: the sentence gives more numbers of animals."""
    if "total" in ways:
        return "total"
    before, behind = text[bounds[0] : each.start], text[each.end : bounds[1]]
    before, behind = _CLAUSE.split(before)[-1], _CLAUSE.split(behind)[0]
    near = f"{before[-60:]} {behind[:90]}"
    if _OUT_OF.search(before):
        return "total"
    if _LOST.search(f"{before[-30:]} {behind[:90]}"):
        return "lost"
    if "per" in ways or _OF_GROUP.match(behind):
        return "group"
    if _ANALYSED.search(near) and not _WHOLE.search(near):
        return "analysed"
    if _WHOLE.search(f"{before[-60:]} {behind[:160]}") and ("count" in ways or not several):
        return "total"
    if several or "equals" not in ways:
        return "group" if several else "total"
    alone = _AFTER_ANIMALS.search(before) and not _INTO_GROUPS.search(near)
    return "total" if alone and _BOUGHT.search(text) else "group"


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the number in figures, with its role and what tells it; of a number that no rule found the words alone."""
    return {"normal": written, "role": "", "told": [], **known}


KIND = Kind(
    label="number",
    colour="#BFD7EA",
    find=find_number,
    joining=Joining(0.0, 0.5, "grammar"),
    normal=normal,
    named=frozenset(("NUMBER", "ANIMALS-NUMBER")),
)
