"""One name for each agent of a paper, its longest: abbreviation, plural, spelling and "metformin (MET)" are one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from vivex.document import Document
from vivex.recognize.abbreviations import abbreviations_of
from vivex.recognize.spans import Span
from vivex.vocabulary import DASHES

_DASHES = re.compile(rf"\s?[{DASHES}]\s?")
_WITH_SHORT = re.compile(r"(?P<long>.{1,200}?)\s?\((?P<short>[^()]{2,15})\)")
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<![sui])s$")
_SALT = re.compile(
    r"\s(?:hydrochloride|hydrobromide|mono-?hydrate|sul(?:ph|f)ate|phosphate|acetate|sodium|HCl|citrate|tartrate|"
    r"maleate|mesylate|"
    r"solution|powder|injections?)$",
    re.IGNORECASE,
)


def one_named(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, each agent with the longest of its names as `normal`."""
    text = document.reading
    agents = [s for s in spans if s.label == "agent"]
    longs = {plain(short): long for short, long in abbreviations_of(document).items()}
    written = _whole(text, agents)
    names: dict[str, str] = {}
    for span in agents:
        words, normal = written[span.start, span.end], str(span.value.get("normal") or "")
        name = _long(normal if words == text[span.start : span.end] and normal else words)
        known = key(words, longs)
        if (-len(name), name) < (-len(names.get(known, "")), names.get(known, "")):
            names[known] = name
    return [
        replace(s, value={**s.value, "normal": names[key(written[s.start, s.end], longs)]}) if s.label == "agent" else s
        for s in spans
    ]


def _whole(text: str, agents: Sequence[Span]) -> dict[tuple[int, int], str]:
    """Return the words of each mention with what a longer mention shows to belong to it: "extract" of "extract L"."""
    known: dict[str, list[str]] = {}
    for span in agents:
        words = text[span.start : span.end]
        known.setdefault(words.split(" ")[0].casefold(), []).append(words)
    longest = {first: sorted(set(names), key=lambda n: (-len(n), n)) for first, names in known.items()}
    found = {}
    for span in agents:
        words = text[span.start : span.end]
        for name in longest[words.split(" ")[0].casefold()]:
            there = text[span.start : span.start + len(name)]
            after = text[span.start + len(name) : span.start + len(name) + 1]
            if len(name) > len(words) and there.casefold() == name.casefold() and not after.isalnum():
                words = name
                break
        found[span.start, span.end] = words
    return found


def key(written: str, longs: Mapping[str, str]) -> str:
    """Return what the wordings of one agent share: its long form without plural, salt or spelling."""
    if split := _WITH_SHORT.fullmatch(written):
        written = split["long"]
    found = plain(written)
    found = plain(longs.get(found) or longs.get(_PLURAL.sub("", found)) or found)
    return _PLURAL.sub("", _SALT.sub("", found))


def plain(written: str) -> str:
    """Return the words in lower case with one kind of dash and blank."""
    return re.sub(r"\s+", " ", _DASHES.sub("-", written)).strip().casefold()


def _long(name: str) -> str:
    """Return the name without its abbreviation in brackets, dashes plain."""
    split = _WITH_SHORT.fullmatch(name)
    return re.sub(r"\s+", " ", _DASHES.sub("-", split["long"] if split else name)).strip()
