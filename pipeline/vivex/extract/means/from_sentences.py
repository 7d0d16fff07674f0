"""Means of groups from sentences: "(vehicle: 24.1 ± 1.2 ng/mL, n = 8; drug: 12.0 ± 0.9)", "24.1 ± 1.2 in controls".

Only where two groups or more stand beside their values, one of them is known to be a group, and the sentence names one
outcome. A single value beside a group is left: what else the sentence says of it isn't read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vivex.extract.means.cell_figures import cell_figures
from vivex.extract.means.found_means import FoundMean
from vivex.extract.means.legends import error_in_methods, errors_in
from vivex.extract.means.table_roles import is_group, is_unit
from vivex.extract.reading import Line, Reading
from vivex.group_means import GroupMean, error_type
from vivex.vocabulary import pattern

_NUMBER = r"[-−–]?\d[\d,]{0,14}(?:[.·]\d{1,9})?"
_VALUE = rf"(?P<value>{_NUMBER}\s?(?:±|\+/-)\s?{_NUMBER})"
_SIZE = r"(?:[\[(,]?\s{0,3}[nN]\s?=\s?(?P<n>\d{1,9})\b[^)\],;]{0,40}[)\]]?)"
_ITEM = re.compile(
    rf"(?P<label>[^±=:]{{1,60}}?)\s{{0,3}}[:=]?\s{{0,3}}{_VALUE}\s{{0,3}}"
    rf"(?P<unit>[^\s,;()±]{{0,14}})\s{{0,3}}{_SIZE}?\s{{0,3}}"
)
_PARTS = re.compile(
    r"\s{0,3}(?:;|,(?!\s{0,3}[nN]\s?=)|\b(?:vs?\.?|versus|and|against|compared (?:to|with))(?=\s))\s{0,3}"
)
_BRACKET = re.compile(r"\((?P<inside>[^()±]{0,200}±[^()±]{0,200}±[^()]{0,400})\)")
_BEHIND = re.compile(
    rf"{_VALUE}\s{{0,3}}(?P<unit>[^\s,;()±]{{0,14}})\s{{0,3}}{_SIZE}?\s{{0,3}}(?:in|with|for)\s{{1,3}}(?:the\s{{1,3}})?"
    r"(?P<label>(?:[^,;.()\[\]±]|\.(?=\S)){2,45}?)"
    r"(?=\s{0,3}(?:[\[(]\s{0,3}n\s?=\s?(?P<behind>\d{1,9})\b|[\[(,;]|\.(?:\s|$)|$|(?:vs|versus|and|against|compared|but|whereas)\b))",
    re.IGNORECASE,
)
_CHANCE = re.compile(r"[\s,]{0,4}\b[pP]\s?[<>=].{0,200}$")  # behind a value
_WHEN = re.compile(
    r"\b(?:at|on|after|by)\s{1,3}(?P<time>(?:days?|weeks?|months?)\s?\d{1,9}|\d{1,9}\s?(?:h|hours?|days?|weeks?|months?))\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"[\s-]{1,4}(?:groups?|mice|rats|animals|rabbits|pigs|dogs|sheep|piglets|-treated)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Hold a value beside a group's name, its unit and number of animals."""

    group: str
    value: str
    unit: str
    n: str


def means_in_sentences(reading: Reading, known: frozenset[str]) -> list[FoundMean]:
    """Return the means that sentences of the abstract and results give; `known` are the groups' names, lower case."""
    found: list[FoundMean] = []
    for line in reading.lines:
        if line.role in ("results", "abstract") and line.kind == "text" and line.text.count("±") > 1:
            found += _in_line(reading, line, known)
    return found


def _in_line(reading: Reading, line: Line, known: frozenset[str]) -> Iterator[FoundMean]:
    outcome = _outcome(reading, line)
    beside = values_beside(line.text, known)
    if not outcome or not beside:
        return
    kinds = errors_in(line.text)
    told = None if kinds else error_in_methods(reading.document)
    kind = error_type(next(iter(kinds)) if len(kinds) == 1 else told[0] if told is not None else "")
    times = {m["time"] for m in _WHEN.finditer(line.text)}
    time = times.pop() if len(times) == 1 else ""
    units = {b.unit for b in beside if b.unit}
    unit = units.pop() if len(units) == 1 else ""
    places = [(line.start, line.end)]
    if told is not None:
        places.append((told[1].start, told[1].end))
    for each in beside:
        figures = cell_figures(each.value)
        if figures is not None:
            said = GroupMean(outcome, each.group, figures.mean, figures.error, kind, each.n, each.unit or unit, time)
            yield FoundMean(said, tuple(places), "sentence")


def _outcome(reading: Reading, line: Line) -> str:
    """Return the one outcome that the sentence names, "" where it names none or several."""
    spans = [(a, b) for a, b, label in reading.marked.get(line.index, ()) if label == "outcome"]
    whole = [(a, b) for a, b in spans if not any((c, d) != (a, b) and c <= a and b <= d for c, d in spans)]
    named = {" ".join(reading.document.reading[a:b].split()) for a, b in whole}
    return named.pop() if len(named) == 1 else ""


def values_beside(text: str, known: frozenset[str]) -> list[_Beside]:
    """Return the values of a sentence that stand beside groups' names, none where fewer than two do."""
    found: list[_Beside] = []
    for bracket in _BRACKET.finditer(text):
        items = [_item(item) for item in _items(bracket["inside"])]
        listed = [item for item in items if item is not None]
        if len(listed) == bracket["inside"].count("±"):  # all of a list, or nothing of it
            found += listed
    if not found:
        found = [_named(m["label"], m, m["behind"] or "") for m in _BEHIND.finditer(text)]
    groups = {b.group.casefold() for b in found}
    if len(found) < 2 or len(groups) < len(found) or not any(is_group(b.group, known) for b in found):
        return []
    if any(_unfit().search(b.group) for b in found):
        return []
    if found[-1].n and not any(b.n for b in found[:-1]):
        found[-1] = replace(found[-1], n="")  # behind the last alone: whose number it is isn't told
    return found


def _items(inside: str) -> Iterator[str]:
    """Yield the items of a list in brackets."""
    begin = 0
    for part in _PARTS.finditer(inside):
        yield inside[begin : part.start()]
        begin = part.end()
    yield inside[begin:]


def _item(text: str) -> _Beside | None:
    found = _ITEM.fullmatch(_CHANCE.sub("", text))
    return _named(found["label"], found) if found else None


def _named(label: str, found: re.Match[str], n: str = "") -> _Beside:
    unit = found["unit"].strip()
    group = _NOUN.sub("", label.strip(" ,:=[(")).strip()
    group = re.sub(r"^(?:.*\s)?(?:the|in|for|with)\s{1,3}|\b(?:average|mean)\b\s{0,3}", "", group).strip()
    return _Beside(group, found["value"], unit if is_unit(unit) else "", found["n"] or n)


@functools.cache
def _unfit() -> re.Pattern[str]:
    """Return the expression of labels that name no group: statistics, times, tests, the numbers themselves."""
    statistics = pattern("table_heads", "mean", "SD", "SEM", "CI", "median", "n")
    return re.compile(
        rf"^(?:{statistics})$|^\W*$|^\d|\b(?:figure|fig|table|p|t|F|respectively|before|after|baseline|day|week|from|to|of)\b",
        re.IGNORECASE,
    )
