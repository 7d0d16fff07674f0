"""The one reader of quantities: numbers with their unit, exactly, for forms, mentions, people and measures.

    find(text)    every quantity of a text, with its place     same(a, b)    whether two say the same amount
    read(text)    the quantity that a whole text is, or None   canonical(q)  in the unit in which its kind is compared
    count(text)   a whole number in figures or words           show(q)       as a reviewer writes it

Values are exact (Fraction). Units are UCUM (vivex.units), "" where there is none. Amounts of a kind are
compared in one unit: mg, mL, umol, umol/L, U, Gy, days, months; what isn't exactly convertible stays apart (8 weeks and
2 months, U and IU). Numbers are read by vivex.numerals.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from vivex.number_lists import NumberItem, listed, multiplied, shared
from vivex.numerals import (
    ONES,
    TENS,
    VULGAR,
    Number,
    figure,
    fold,
    minus_before,
    needs_power,
    written_out,
)
from vivex.units import BLANK, kind, scale, shown_unit, ucum, unit_pattern


@dataclass(frozen=True, slots=True)
class Value:
    """Hold a value or range, exactly, and what stands behind its ± (None: nothing)."""

    low: Fraction
    high: Fraction
    pm: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold what was measured out: values, their unit (UCUM, "" = none), what it is per, how exact it is meant to be."""

    values: tuple[Value, ...]
    unit: str = ""
    per: str = ""  # mass, volume, animal, time, area, item, count, ratio, or ""
    comparator: str = ""  # < <= > >= ~, or ""
    basis: str = ""  # w/w, w/v, v/v, or ""

    @property
    def amounts(self) -> tuple[float, ...]:
        """Return the values as plain numbers, of a range both ends."""
        ends = ((v.low,) if v.low == v.high else (v.low, v.high) for v in self.values)
        return tuple(float(end) for pair in ends for end in pair)


@dataclass(frozen=True, slots=True)
class Found:
    """Hold where a quantity stands in a text; a comparator stands before `start`, at `lead`."""

    start: int
    end: int
    quantity: Quantity
    lead: int


_SAID = {
    "<": "<|less than|fewer than|below|under",
    "<=": "\u2264|<=|up to|at most",
    ">": ">|more than|greater than|above",
    ">=": "\u2265|>=|at least",
    "~": "~|\u2248|\u2243|about|approximately|approx.|approx|ca.|circa|around|roughly",
}
_COMPARATORS = {words: sign for sign, listed in _SAID.items() for words in listed.split("|")}
_LEAD = re.compile(
    rf"(?<![A-Za-z])({'|'.join(sorted(map(re.escape, _COMPARATORS), key=len, reverse=True))}){BLANK}?$", re.IGNORECASE
)
_NUMBER_WORD = (
    rf"(?:half|an?(?={BLANK}(?:dozen|hundred|thousand|million|billion))|{'|'.join((*ONES[1:], *TENS))})(?![A-Za-z])"
)
_START = re.compile(
    rf"(?<![A-Za-z0-9.,^\u0370-\u03ff])(?<![A-Za-z]-)(?:[.\u00b7]?\d|[{VULGAR}]|(?<!-)(?:(?i:{_NUMBER_WORD})))"
)
_GAP = re.compile(r"(?:-|[ \u00a0]{1,2}+)?")
# "days 2 and 9 and 30 mg/kg", "groups 1, 2, 5 mg": the list before the amount counts something else
_COUNTING = re.compile(
    rf"(?<!\d{BLANK})(?<!\d-)(?<![A-Za-z])(?:days?|weeks?|months?|hours?|d|h|PND|groups?|figs?\.?|figures?|tables?|"
    rf"refs?\.?|n{BLANK}?=){BLANK}?$",
    re.IGNORECASE,
)
# "Group 1 200 mg", "n = 8 200 mg": an ordinary blank behind such a word separates no thousands
_LABELLED = re.compile(
    rf"(?:[=#/-]|\d{BLANK}?|(?<![a-z])(?:groups?|days?|weeks?|figs?\.?|figures?|tables?|type|phase|stage|grade|"
    rf"experiments?|study|no\.?|number|compound|batch|lots?|step|passage|and|to|or)){BLANK}?$",
    re.IGNORECASE,
)
_EQUAL = re.compile(rf"={BLANK}?$")
_BEHIND_BARE = re.compile(r"(?![A-Za-z0-9]|-[A-Za-z]|\.\d)")
# what is measured from a zero of its own, so that a minus may stand before it; before others it is a dash
_BELOW_ZERO = frozenset(("", "temperature", "length", "ratio", "voltage", "current", "pressure", "angle", "loudness"))
_BETWEEN = re.compile(rf"(?<![A-Za-z])(?:between|from){BLANK}$", re.IGNORECASE)


def find(text: str, *, bare: bool = False) -> Iterator[Found]:
    """Yield the quantities of `text` in order: numbers with a unit, and powers of ten; with `bare` every number."""
    plain, places = written_out(text)
    for found in _find(plain, fold(plain), bare):
        if places is None:
            yield found
        else:
            yield Found(places[found.start], places[found.end - 1] + 1, found.quantity, places[found.lead])


def _find(plain: str, folded: str, bare: bool) -> Iterator[Found]:
    position = 0
    while match := _START.search(folded, position):
        at = match.start()
        minus = minus_before(plain, at)
        labelled = not minus and _LABELLED.search(folded, max(0, at - 14), at)
        items, end = listed(folded, at, spaced=not labelled, minus=minus)
        if items and bare and _EQUAL.search(folded, max(0, at - 2), at):  # "n = 1 250)", not "n = 8 200 mg"
            spaced, far = listed(folded, at, spaced=True, minus=minus)
            if _unit_at(folded, far, spaced) is None:
                items, end = spaced, far
        if not items:
            position = max(match.end(), at + 1)
            continue
        items, end = multiplied(folded, at, items, end)
        position = end
        unit = _unit_at(folded, end, items)
        if unit is None:
            if bare and _BEHIND_BARE.match(folded, end):
                yield _found(folded, _signed(plain, items, ""), end, ("", "", ""))
            elif not bare:
                alone = (i for i in items if i.scientific and _BEHIND_BARE.match(folded, i.end))
                yield from (_found(folded, [item], item.end, ("", "", "")) for item in alone)
            continue
        position = unit[0]
        kept = _kept(folded, at, items)
        if kept[0].in_words and not _worded(unit[1][0]):
            continue
        yield _found(folded, _signed(plain, kept, unit[1][0]), unit[0], unit[1])


def _signed(plain: str, items: list[NumberItem], unit: str) -> list[NumberItem]:
    """Return the items without the minus signs before them where none can be meant: there they are dashes."""
    first, sign = items[0].low.start, items[0].minus
    bullet = not unit and not plain[: first - sign].strip() and items[-1].end < len(plain.rstrip())
    named = not unit and not minus_before(plain, first, measured=False)
    if kind(unit) in _BELOW_ZERO and not (bullet or named) and (sign < 2 or kind(unit) == "temperature"):
        return items
    return [replace(item, minus=0, falls=False) for item in items]


def read(text: str) -> Quantity | None:
    """Return the quantity that the whole text is ("about 1,250 mg/kg"), or None; a sign belongs to the number."""
    folded = re.sub(r"(?:(?<!\.[A-Za-z])\.|[;,])$", "", fold(written_out(text)[0]).strip(" \u00a0")) or "-"
    begin, comparator = 0, ""
    for words, sign in sorted(_COMPARATORS.items(), key=lambda c: -len(c[0])):
        if folded[: len(words)].lower() == words and not folded[len(words) : len(words) + 1].isalpha():
            begin, comparator = len(words), sign
            break
    while folded[begin : begin + 1] in (" ", "\u00a0"):
        begin += 1
    between = re.compile(rf"(?i:between|from){BLANK}").match(folded, begin)
    begin = between.end() if between else begin
    minus = 0 if not folded.startswith("-", begin) else 2 if folded[begin + 1 : begin + 2] in (" ", "\u00a0") else 1
    begin += minus
    begin += folded.startswith("(", begin)
    items, end = listed(folded, begin, spaced=True, minus=minus)
    items, end = multiplied(folded, begin, items, end)
    if not items:
        return None
    unit = (end, ("", "", "")) if end == len(folded) else _unit_at(folded, end, items)
    if unit is None or unit[0] != len(folded):
        return None
    found = _found(folded, items, unit[0], unit[1], between=bool(between)).quantity
    return replace(found, comparator=comparator)


def count(text: str) -> int | None:
    """Return the whole number that a text is, in figures or words ("1,200", "two dozen"), or None."""
    plain = re.sub(r"(?i)^\s*(?:a total of|in total)\s+", "", text)
    found = read(plain)
    if found is None or found.unit or found.comparator or len(found.values) != 1:
        return None
    value = found.values[0]
    whole = value.low == value.high and value.pm is None and value.low.denominator == 1
    return int(value.low) if whole else None


def same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities say the same: values, unit (in the unit of its kind), comparator and basis."""
    return canonical(one) == canonical(other)


def canonical(quantity: Quantity) -> Quantity:
    """Return the quantity in the unit in which its kind is compared, its values in order."""
    factor, unit = scale(quantity.unit)
    if unit == "d":
        factor, unit = _whole_time(quantity.values, factor)
    scaled = (Value(v.low * factor, v.high * factor, None if v.pm is None else v.pm * factor) for v in quantity.values)
    values = tuple(sorted(scaled, key=lambda v: (v.low, v.high, v.pm is not None, v.pm or 0)))
    return Quantity(values, unit, "", quantity.comparator, quantity.basis)


def _whole_time(values: tuple[Value, ...], days: Fraction) -> tuple[Fraction, str]:
    """Return the factor and name of the longest of days, hours, minutes, seconds that measures the values whole."""
    numbers = [n * days for v in values for n in (v.low, v.high, v.pm) if n is not None]
    for unit, parts in (("d", 1), ("h", 24), ("min", 1440), ("s", 86400)):
        if unit == "s" or all((n * parts).denominator == 1 for n in numbers):
            break
    return days * parts, unit


def show(quantity: Quantity) -> str:
    """Return the quantity as a reviewer writes it ("5\u201310 mg/kg", "25 \u00b1 3 g", "8 weeks"); read() reads it."""
    one = len(quantity.values) == 1 and quantity.values[0].high == 1
    unit = shown_unit(quantity.unit, one=one)
    gap = "" if unit[:1] in ("", "%", "\u2030", "/") else " "
    basis = f" ({quantity.basis})" if quantity.basis else ""
    lead = f"{quantity.comparator} " if quantity.comparator else ""
    return f"{lead}{_shown(quantity.values)}{gap}{unit}{basis}"


def _kept(folded: str, at: int, items: list[NumberItem]) -> list[NumberItem]:
    """Return the items that the unit belongs to: all, or the last where the others count something else."""
    if len(items) > 1 and _COUNTING.search(folded, max(0, at - 12), at):
        return items[-1:]
    if all(item.joined in ("", "comma") for item in items) and len(items) > 1:
        lows = [item.low.low for item in shared(items)]
        falls = [b <= a for a, b in itertools.pairwise(lows)]
        if falls[-1] and not any(falls[:-1]):  # "Lipofectamine 2000, 800 ng": a list without "and" rises
            return items[-1:]
    return items


def _found(
    folded: str, items: list[NumberItem], end: int, unit: tuple[str, str, str], *, between: bool | None = None
) -> Found:
    start = items[0].low.start
    start -= items[-1].raised  # the bracket
    start -= items[0].minus
    lead = _LEAD.search(folded, max(0, start - 18), start)
    if between is None:
        between = bool(_BETWEEN.search(folded, max(0, start - 10), start))
    values: list[Value] = []
    for item in shared(items):
        pm = None if item.pm is None else item.pm.high
        low, high = _ends(item.low, minus=item.minus > 0), _ends(item.high or item.low, minus=item.below)
        if item.apart and item.high is not None:
            values += [Value(*low), Value(*high, pm)]
        else:
            values.append(Value(min(*low, *high), max(*low, *high), pm))
    if between and len(items) == 2 and items[1].joined == "and" and values[0].high < values[-1].low:
        values = [Value(values[0].low, values[-1].high)]
    comparator = _COMPARATORS[lead[1].lower()] if lead else ""
    quantity = Quantity(tuple(values), unit[0], unit[1], comparator, unit[2])
    return Found(start, end, quantity, lead.start() if lead else start)


def _ends(number: Number, *, minus: bool) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest value of a number, below zero where a minus stands before it."""
    return (-number.high, -number.low) if minus else (number.low, number.high)


def _unit_at(folded: str, end: int, items: list[NumberItem]) -> tuple[int, tuple[str, str, str]] | None:
    """Return where the unit behind a list ends, and (UCUM, per, basis); None where there is none."""
    gap = _GAP.match(folded, end)
    at = gap.end() if gap else end
    for place in (at, end):
        match = unit_pattern().match(folded, place)
        if match and (match["head"] or items[-1].last.style in ("power", "bare power", "scaled")):
            return match.end(), ucum(match)
    return None


def _worded(unit: str) -> bool:
    """Tell whether a number in words may stand before the unit ("five weeks", "two mg"; not "one cell")."""
    return kind(unit) in ("mass", "volume", "time", "months", "activity", "international-units", "length", "ratio")


def _shown(values: tuple[Value, ...]) -> str:
    """Return the values as written; one with a power of ten gives all of them one (it holds for those before)."""
    numbers = [n for v in values for n in (v.low, v.high, v.pm) if n]
    powers = any(needs_power(n) for n in numbers)
    shown = []
    for value in values:
        pm = "" if value.pm is None else f" \u00b1 {figure(value.pm, power=powers)}"
        between = "" if value.low == value.high else f"\u2013{figure(value.high, power=powers)}"
        shown.append(f"{figure(value.low, power=powers)}{between}{pm}")
    return ", ".join(shown)
