"""Groups that a sentence gives as a choice: "divided into control, A and A + B groups", "to receive either A or B".

Beside group_lists, where the word group goes before the list. The choice names groups where animals are allocated to
it; where they only get it ("injected with A or saline"), one of the choices must be a control.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from vivex.recognize.relations.group_lists import ALLOCATED, COUNT, SETS, Item, is_name, item_at, parts_of
from vivex.vocabulary import ANIMALS, expression, pattern

_SHORT_WORDS = rf"(?:either\s|one\sof\s|the\s|an?\s|receive\s|be\s(?:given|fed|treated\swith)\s|{COUNT}\s|following\s)"
_STEP = r"(?:(?:in)?to|as|between|among)"
# "divided into sham, model and telomin groups": what stands before the word group
_BEFORE_SET = re.compile(
    rf"\b{ALLOCATED}\s{_STEP}\s{_SHORT_WORDS}{{0,3}}"
    rf"(?P<list>[^.;:]{{5,160}}?)\s{SETS}(?![\w-])(?!\s?(?:of|:|as\s)|\s\((?!n\s?=|each))",
    re.IGNORECASE,
)
_PART = r"(?:\([^()]{0,120}\)|[^.;:()]|\.(?=[^\s]))"  # of a list: what stands in brackets, a point within a figure
# "randomly assigned to receive vehicle, telomin or borane"; "allocated in blocks of four to: telomin or placebo"
_TO_RECEIVE = re.compile(
    r"\b(?:(?:randomi[sz]ed|assigned|allocated|allotted)(?:,[^,.;:]{1,60},)?\s(?:[\w-]{1,40}\s){0,5}?to:?|divided\sinto:)\s"
    r"(?:(?:receive|be\s(?:given|fed|treated\swith|injected\swith)):?\s)?"
    rf"(?:either\s|one\sof\s|the\s){{0,3}}(?P<list>{_PART}{{5,260}})",
    re.IGNORECASE,
)
# "Telomin (5 mg/kg) or saline was given by gavage"
_WAS_GIVEN = re.compile(
    rf"(?:^|(?<=[.?!]\s))(?P<list>{_PART}{{5,160}}?)\s(?:was|were)\s(?:\w{{1,20}}ly\s)?"
    r"(?:given|administered|injected|infused|applied|instilled|delivered|gavaged)(?!\w)",
    re.MULTILINE,
)
# "were used: 14 lean fed, 13 lean fasted and 12 obese fed": each with its number of animals
_COUNTED = re.compile(rf"(?<=:\s)(?=\d{{1,3}}\s)(?P<list>{_PART}{{10,260}})", re.IGNORECASE)
_COUNT = re.compile(r"(?P<n>\d{1,3})\s(?=[^\W_])")
_REACH = 120  # characters before a list of counts within which animals are named
_EACH_N = re.compile(
    r"\s?\(n\s?=\s?(?P<n>\d{1,3}(?:(?:,\s?(?:and\s)?|\sand\s)\d{1,3}){1,11})(?:,?\srespectively)?\)\s?$"
)
# "were injected with either telomin (5 mg/kg) or saline"
_GOT = re.compile(
    r"\b(?:received|given|fed|administered|(?:treated|injected|infused|dosed|gavaged|supplemented|immuni[sz]ed|"
    r"vaccinated|challenged|pre-?treated|co-?treated)(?:\s(?:i\.?\s?[pvm]\.?|s\.?c\.?|\w+ly|daily))?\swith)\s"
    r"(?P<either>either\s)?(?P<list>[^.;:]{5,160})",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r",?\s(?:(?:for|by|at|once|daily|via|twice|starting|beginning|every|during|before|after|until|while|when|where|"
    r"which|that|who|from|on|through|prior|according|using|as\sdescribed|immediately|followed|then|and\s(?:were|"
    r"was|then|all)|were|was|intra\w+|sub\w+ly|oral\w*|i\.[pvm]\.|s\.c\.|p\.o\.|per|over|in|into|to)(?![\w-]))"
)
_OR = re.compile(r"\s(?:or|and|vs\.?|versus)\s")
_BRACKETS = re.compile(r"\s?\([^()]{0,200}\)")
_NO_CHOICE = re.compile(
    r"(?:left|right|cages?|pens?|rooms?|mice|animals?|rats|treatments?|experimental|chow|water|food|other|others|"
    r"therefore|so|one|two|blood|samples?|thus|then|next|briefly|finally|hence|here|thereafter|afterwards?|first|"
    r"in|on|at|for|to|after|before|during|when|once)(?:\s|$)",
    re.IGNORECASE,
)
_MOST_WORDS, _MOST_CHOICES = 8, 8


@functools.cache
def _control() -> re.Pattern[str]:
    words = pattern("designs", "control", "alone")
    return re.compile(rf"(?:\S{{1,40}}\s){{0,2}}{words}(?:\s\S{{1,40}}){{0,2}}", re.IGNORECASE)


def choices(text: str, begin: int, end: int) -> Iterator[list[Item]]:
    """Yield the groups of each choice in a paragraph `text[begin:end]`."""
    for match in _BEFORE_SET.finditer(text, begin, end):
        if items := _items(text, *match.span("list")):
            yield items
    for match in _TO_RECEIVE.finditer(text, begin, end):
        start, stop = _cut(text, *match.span("list"))
        if _OR.search(text, start, stop) and (items := _items(text, start, stop)):
            yield items
    for match in _WAS_GIVEN.finditer(text, begin, end) if text.find(" or ", begin, end) >= 0 else ():
        items = _items(text, *match.span("list")) if re.search(r"\sor\s", match["list"]) else []
        if items and any(_is_control(text, item) for item in items):
            yield items
    for match in _COUNTED.finditer(text, begin, end):
        animals = expression("animals", *ANIMALS).search(text, max(begin, match.start() - _REACH), match.start())
        if animals and (items := _with_counts(text, *match.span("list"))):
            yield items
    for match in _GOT.finditer(text, begin, end) if text.find(" or ", begin, end) >= 0 else ():
        start, stop = _cut(text, *match.span("list"))
        items = _items(text, start, stop) if re.search(r"\sor\s", text[start:stop]) else []
        if items and any(_is_control(text, item) for item in items):
            yield items


def _is_control(text: str, item: Item) -> bool:
    """Tell whether the choice, without what stands in brackets, is a control."""
    return _control().fullmatch(_BRACKETS.sub("", text[item.start : item.end]).strip()) is not None


def _with_counts(text: str, start: int, stop: int) -> list[Item]:
    """Return the groups of a list whose every part begins with its number of animals; none where one doesn't."""
    items = []
    for begin, end in parts_of(text, start, stop):
        count = _COUNT.match(text, begin, end)
        if count is None:
            return []
        items.append(replace(item_at(text, count.end(), end), n=int(count["n"])))
    named = [text[item.start : item.end] for item in items]
    return items if len(items) > 1 and len(set(named)) == len(named) and all(map(_names, named)) else []


def _cut(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the choice without what is told of all after it: "... or saline once daily for 4 weeks"."""
    depth, at = 0, start
    for match in _CLAUSE_END.finditer(text, start, stop):
        depth += text.count("(", at, match.start()) - text.count(")", at, match.start())
        at = match.start()
        if depth == 0 and _OR.search(text, start, match.start()):
            return start, match.start()
    return start, stop


def _items(text: str, start: int, stop: int) -> list[Item]:
    """Return the groups of the list, none where a part of it can't name one."""
    sizes: list[int] = []
    if each := _EACH_N.search(text, start, stop):
        sizes, stop = [int(n) for n in re.findall(r"\d+", each["n"])], each.start()
    parts = parts_of(text, start, stop)
    if not 2 <= len(parts) <= _MOST_CHOICES:
        return []
    items = [item_at(text, a, b) for a, b in parts]
    if len(sizes) == len(items):  # "(n = 10, 10 and 11, respectively)"
        items = [replace(item, n=n) for item, n in zip(items, sizes, strict=True)]
    return items if all(_names(text[item.start : item.end]) for item in items) else []


def _names(written: str) -> bool:
    """Tell whether the words, without what stands in brackets, can name a group of a choice."""
    plain = _BRACKETS.sub("", written).strip()
    return (
        0 < len(plain.split()) <= _MOST_WORDS
        and is_name(plain)
        and not _NO_CHOICE.match(plain)
        and re.match(r"\d+\s[a-z]|\w+ly\s", plain) is None
    )
