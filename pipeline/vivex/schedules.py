"""How often, how many times and how long, read into numbers; and texts with every number in its normal form.

"3×/week", "3x weekly" and "three times a week" are one frequency, "two weeks" and "14 days" one duration. Numbers and
durations are read by vivex.quantities.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from vivex.numerals import ONES, SUPERSCRIPTS, figure, fold
from vivex.quantities import Quantity, canonical, count, find, show
from vivex.units import BLANK, scale, units

_NUM = rf"(?:\d{{1,3}}|{'|'.join(ONES[1:])}|twenty)"
_UNIT = r"(?P<unit{0}>minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|fortnights?|months?|mo|years?)(?![A-Za-z])"
_LY = {
    "hourly": "h", "daily": "d", "nightly": "d", "weekly": "wk", "fortnightly": "fortnight", "monthly": "mo",
    "yearly": "a",
}  # fmt: skip
_ORDINAL = r"(?P<skip{0}>other|alternate|second|third|fourth|fifth|sixth|seventh|eighth|tenth|\d{{1,2}}(?:st|nd|rd|th))"
_NTH = {
    word: n
    for n, words in enumerate(("other alternate second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), 2)
    for word in words.split()
} | {"tenth": 10}
_THINGS = r"(?:injections?|doses?|treatments?|sessions?|administrations?|gavages?|infusions?|days?|d(?=/))"
# how many times, then the period: "three times a week", "2-3x/wk", "five injections per week", "once every 3 days"
_OFTEN = re.compile(
    rf"(?<![A-Za-z0-9.,/])(?:(?P<adverb>once|twice|thrice)"
    rf"|(?P<low>{_NUM})(?:{BLANK}?(?:-|to){BLANK}?(?P<high>{_NUM}))?"
    rf"(?:[- \u00a0]?(?:times?|\u00d7|x)(?![A-Za-z])"
    rf"|{BLANK}(?:[a-z.]{{1,20}}{BLANK})?{_THINGS}(?![A-Za-z]|{BLANK}(?:every|each))))"
    rf"(?:(?:{BLANK}?/{BLANK}?|[- \u00a0](?:an?|per|each|every|in{BLANK}(?:a|one|each))(?:{BLANK}|-))"
    rf"(?:{_ORDINAL.format('a')}{BLANK})?(?:(?P<many>{_NUM})[- \u00a0]?)?{_UNIT.format('a')}"
    rf"|[- \u00a0]?(?P<ly>hourly|daily|nightly|weekly|monthly|yearly))",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"(?<![A-Za-z])(?:(?:on{BLANK})?(?:every|each){BLANK}(?:{_ORDINAL.format('b')}{BLANK})?"
    rf"(?:(?P<gap>{_NUM})[- \u00a0]?)?{_UNIT.format('b')}|(?P<alternate>(?:on{BLANK})?alternate{BLANK}days)(?![A-Za-z])"
    rf"|at{BLANK}(?P<interval>{_NUM})[- \u00a0]?{_UNIT.format('c')}{BLANK}intervals?(?![A-Za-z])"
    rf"|(?<![A-Za-z]-)(?:(?<![\d.,-])(?P<apart>{_NUM})-(?=hourly|weekly|monthly))?"  # "six-hourly", not "six hourly"
    r"(?P<bare>hourly|daily|nightly|weekly|fortnightly|monthly)(?![A-Za-z]))",
    re.IGNORECASE,
)
_LATIN = re.compile(  # in capitals only where no gene is called so: BID and TID are left out
    r"(?<![A-Za-z.])(?:(?:(?P<times>b|t|q)\.?i\.?d|[qQ]\.?(?P<n>\d{1,2})\.?(?P<of>[hdwHDW])"
    r"|(?P<other>q\.?o\.?d|QOD)|[qQ]\.?(?P<once>[dwDW]))(?![A-Za-z])\.?)"
)
_DOSES = re.compile(
    rf"(?<![A-Za-z0-9.,-])(?:a{BLANK})?(?P<doses>single|{_NUM}){BLANK}"
    rf"(?P<thing>dose|injection|bolus(?:es)?|administration|infusion|treatment|session)s?(?![A-Za-z])",
    re.IGNORECASE,
)
_ADVERBS = {"once": 1, "twice": 2, "thrice": 3}


@dataclass(frozen=True, slots=True)
class Frequency:
    """Hold how often something is done: times (low to high) in a period, of days or of months."""

    low: Fraction
    high: Fraction
    period: str  # d or mo

    def __str__(self) -> str:
        """Return the frequency in words: "3 times weekly", "every 2 days"."""
        return _worded(self)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hold how often, how many times, and how long; None for what isn't told."""

    frequency: Frequency | None
    doses: int | None
    duration: Quantity | None


def find_frequencies(text: str) -> Iterator[tuple[int, int, Frequency]]:
    """Yield start, end and meaning of each frequency of a text."""
    folded, position = fold(text), 0
    found = sorted(
        ((m.start(), -m.end(), _meaning(m)) for pattern in (_OFTEN, _EVERY, _LATIN) for m in pattern.finditer(folded)),
        key=lambda f: f[:2],
    )
    for start, end, frequency in found:
        if start >= position and frequency is not None:
            yield start, -end, frequency
            position = -end


def normal(text: str) -> str:
    """Return a text with every quantity, frequency and number of doses in its normal form, and its words folded.

    Texts that say the same amounts in the same words have one normal form; no two that differ in a digit, a sign, an
    exponent or a unit have.
    """
    parts: list[str] = []
    position = 0
    for start, end, frequency in find_frequencies(text):
        parts += _counted(text[position:start])
        parts.append(str(frequency))
        position = end
    parts += _counted(text[position:])
    return " ".join(part for part in parts if part)


def _counted(text: str) -> Iterator[str]:
    position = 0
    for match in _DOSES.finditer(fold(text)):
        yield from _measured(text[position : match.start()])
        number = 1 if match["doses"].lower() == "single" else count(match["doses"])
        yield f"{number} {match['thing'].lower().removesuffix('es')}"
        position = match.end()
    yield from _measured(text[position:])


def _measured(text: str) -> Iterator[str]:
    position = 0
    for found in find(text, bare=True):
        quantity = canonical(found.quantity)
        before = text[position : found.lead]
        span = quantity.unit in ("d", "mo")  # of time: it may be an age
        old = _OLD.match(text, found.end) if span else None
        yield words(_AGED.sub("", before) if span else before)
        yield show(quantity)
        position = old.end() if old else found.end
    yield words(text[position:])


_OLD = re.compile(rf"(?:[- \u00a0\u2010-\u2015]|{BLANK})(?:old|of{BLANK}age)(?![A-Za-z-])", re.IGNORECASE)
_AGED = re.compile(rf"(?<![A-Za-z-])aged?{BLANK}?$", re.IGNORECASE)
_RAISED = re.compile(rf"[{SUPERSCRIPTS}\u207a\u207b]+")


def words(text: str) -> str:
    """Return words without differences that mean nothing: case, white space, kinds of dashes and signs.

    Raised figures stay raised: what they mean is not that of figures on the line.
    """
    raised = _RAISED.sub(lambda m: "^" + m.group(), text)
    plain = fold(unicodedata.normalize("NFKC", fold(raised))).casefold().replace("\u00d7", "x")
    plain = re.sub(r"\s+", " ", plain).strip(" .;,")
    return re.sub(r"^-(?=[a-z])", "", plain)  # "8-week-old": the rest of the word


def _meaning(match: re.Match[str]) -> Frequency | None:
    said = match.groupdict()
    if "adverb" in said:
        low = _ADVERBS[said["adverb"].lower()] if said["adverb"] else count(said["low"])
        high = count(said["high"]) if said["high"] else low
        unit = _LY[said["ly"].lower()] if said["ly"] else said["unita"]
        return _every(low, high, _steps(said["skipa"], said["many"]), unit)
    if "bare" in said:
        if said["alternate"]:
            return _every(1, 1, 2, "d")
        if said["interval"]:
            return _every(1, 1, _steps(None, said["interval"]), said["unitc"])
        if said["bare"]:
            return _every(1, 1, _steps(None, said["apart"]), _LY[said["bare"].lower()])
        return _every(1, 1, _steps(said["skipb"], said["gap"]), said["unitb"])
    if said["times"]:
        times = {"b": 2, "t": 3, "q": 4}[said["times"]]
        return _every(times, times, 1, "d")
    if said["other"]:
        return _every(1, 1, 2, "d")
    unit = (said["of"] or said["once"]).lower()
    return _every(1, 1, int(said["n"] or 1), "wk" if unit == "w" else unit)


def _steps(ordinal: str | None, number: str | None) -> int | None:
    """Return how many units a period lasts: every second, every 3."""
    if ordinal:
        return _NTH.get(ordinal.lower()) or int(re.sub(r"\D", "", ordinal))
    return count(number) if number else 1


def _every(low: int | None, high: int | None, steps: int | None, unit: str) -> Frequency | None:
    if not low or not high or not steps:
        return None
    if unit.lower().startswith("fortnight"):
        steps, unit = 2 * steps, "wk"
    named, written = units()
    known = written.get(unit.lower()) or named[unit]  # "yearly" is a UCUM year, which nobody writes so
    factor, period = scale(known.name)
    return Frequency(Fraction(low) / (steps * factor), Fraction(high) / (steps * factor), period)


_SPELT = {1: "once", 2: "twice"}


def _worded(frequency: Frequency) -> str:
    low, high = frequency.low, frequency.high
    if frequency.period == "mo":
        choices = [(Fraction(1), "monthly", "month"), (Fraction(12), "yearly", "year")]
    else:
        choices = [(Fraction(1), "daily", "day"), (Fraction(7), "weekly", "week")]
    for length, adverb, _ in choices:
        if (low * length).denominator == (high * length).denominator == 1 and high * length <= 12:
            return _times(low * length, high * length, adverb)
    gaps = ((Fraction(7), "weeks"), (Fraction(1), "days"), (Fraction(1, 24), "hours"), (Fraction(1, 1440), "minutes"))
    for length, plural in gaps if frequency.period == "d" else ((Fraction(1), "months"),):
        if low == high and (1 / (low * length)).denominator == 1:
            gap = 1 / (low * length)
            return f"every {gap} {plural}" if gap != 1 else f"every {plural[:-1]}"
    return _times(low, high, choices[0][1])


def _times(low: Fraction, high: Fraction, adverb: str) -> str:
    if low == high and low in _SPELT:
        return f"{_SPELT[int(low)]} {adverb}"
    many = figure(low) if low == high else f"{figure(low)}\u2013{figure(high)}"
    return f"{many} times {adverb}"


def read(text: str) -> Schedule:
    """Return how often, how many times and how long something is done, as far as the text tells; the first of each."""
    found = list(find_frequencies(text))
    rest = list(text)  # without the frequencies: "every 2 weeks" is no duration
    for start, end, _ in found:
        rest[start:end] = ";" * (end - start)
    times = (f.quantity for f in find("".join(rest)) if scale(f.quantity.unit)[1] in ("d", "mo"))
    doses = next(_DOSES.finditer(fold("".join(rest))), None)
    number = None if doses is None else 1 if doses["doses"].lower() == "single" else count(doses["doses"])
    return Schedule(found[0][2] if found else None, number, next(times, None))
