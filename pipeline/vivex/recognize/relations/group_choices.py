"""Groups that a sentence gives as a choice: "divided into control, A and A + B groups", "to receive either A or B".

Beside group_lists, where the word group goes before the list. The choice names groups where animals are allocated to
it; where they only get it ("injected with A or saline"), one of the choices must be a control.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from vivex.recognize.relations.group_lists import ALLOCATED, COUNT, SETS, Item, is_name, item_at, parts_of
from vivex.vocabulary import pattern

_SHORT_WORDS = rf"(?:either\s|one\sof\s|the\s|an?\s|receive\s|be\s(?:given|fed|treated\swith)\s|{COUNT}\s|following\s)"
_STEP = r"(?:(?:in)?to|as|between|among)"
# "divided into sham, model and telomin groups": what stands before the word group
_BEFORE_SET = re.compile(
    rf"\b{ALLOCATED}\s{_STEP}\s{_SHORT_WORDS}{{0,3}}"
    rf"(?P<list>[^.;:]{{5,160}}?)\s{SETS}(?![\w-])(?!\s?(?:of|:|as\s)|\s\((?!n\s?=|each))",
    re.IGNORECASE,
)
# "randomly assigned to receive vehicle, telomin or borane"; "assigned to telomin or placebo"
_TO_RECEIVE = re.compile(
    r"\b(?:randomi[sz]ed|assigned|allocated|allotted)\s(?:[\w-]{1,40}\s){0,3}?to\s(?:(?:receive|be\s(?:given|fed|treated\swith|injected\swith))\s)?"
    r"(?:either\s|one\sof\s|the\s)*(?P<list>[^.;:]{5,200})",
    re.IGNORECASE,
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
    r"therefore|so|one|two|blood|samples?)(?:\s|$)",
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
    for match in _GOT.finditer(text, begin, end) if text.find(" or ", begin, end) >= 0 else ():
        start, stop = _cut(text, *match.span("list"))
        items = _items(text, start, stop) if re.search(r"\sor\s", text[start:stop]) else []
        if items and any(_control().fullmatch(text, item.start, item.end) for item in items):
            yield items


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
    parts = parts_of(text, start, stop)
    if not 2 <= len(parts) <= _MOST_CHOICES:
        return []
    items = [item_at(text, a, b) for a, b in parts]
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
