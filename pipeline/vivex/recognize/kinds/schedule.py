"""Schedules: frequency, number, duration and timing of giving, told from ages and from times of measurement."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from vivex.quantities import canonical, show
from vivex.recognize.kinds import NAMED, Context, Kind, Value
from vivex.recognize.spans import Span, longest
from vivex.schedules import normal as normal_form
from vivex.schedules import read
from vivex.vocabulary import pattern

SOURCE = "grammar:schedule@1"
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|several)"
_N = rf"(?:[<>~\u223c]?\s?\d+(?:\.\d+)?(?:\s?(?:[-\u2013\u2212]|to|or|and)\s?\d+(?:\.\d+)?)?|{_COUNT})"
_T = r"(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|wk|months?|mo|years?)(?![A-Za-z])"
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))"
_EXTRA = r"(?:consecutive\s|additional\s|more\s|further\s|successive\s|total\s|usual\s)?"
_SPAN = rf"(?<![A-Za-z0-9.]){_N}[\s-]?{_EXTRA}{_T}"
_EVENT = (
    r"(?:(?!(?:were|was|and|at|to|in|by|with|mice|rats|animals|they|the|we|for|or|is|are|each|then|"
    r"cells)\b)[A-Za-z0-9-]+)"
    r"(?:\s(?!(?:were|was|and|at|to|in|by|with|mice|rats|animals|they|the|we|for|or|is|are|then|cells|a|an|"
    r"until|using|as|on|from|once|twice|daily|showed|received|of|where|when|which|after|before|precluded|did|"
    r"had|has|did|but|while)\b)[A-Za-z0-9-]+){0,3}"
)
_DAYS = (
    r"(?:days?|d|weeks?)\s?\d+(?:\.\d+)?(?:\s?(?:[-\u2013\u2212]|to|through|until|and|or)\s?(?:days?\s|d\s?|"
    r"weeks?\s)?\d+)?"
)
_FREQUENCY = (
    rf"(?:(?<![A-Za-z])(?:once|twice|thrice|{_COUNT}\stimes|(?<!\d)\d+\stimes)(?:[\s-](?:(?:a|per|each|every|in a|"
    r"/)\s?(?:day|week|month|hour)|daily|weekly|monthly))?"
    r"|(?<![A-Za-z0-9.,])\d{1,2}\s?[\u00d7xX]"  # "3×/week", "2 x daily"
    r"(?:\s?/\s?(?:days?|d|weeks?|wk)(?![A-Za-z])|\s?(?:per|a|each)\s(?:day|week)|\s?(?:daily|weekly))"
    rf"|(?<![A-Za-z])every\s(?:other\s|second\s|third\s)?(?:{_N}[\s-]?)?{_T}|"
    r"(?<![A-Za-z-])(?:once[\s-]|twice-)?(?:daily|weekly)(?![A-Za-z])"
    r"|(?<![A-Za-z])(?:b\.i\.d\.|bid|t\.i\.d\.|q\.d\.|qd|q\dd|q\d+h)(?![A-Za-z])|on alternate days|"
    r"(?<![A-Za-z])alternate days|three times weekly|each day|per day)"
)
_DURATION = (
    r"(?:(?<![A-Za-z])(?:for|over|during|up to|throughout|until)\s(?:up\sto\s|at\sleast\s|a\stotal\sof\s|"
    r"an\sadditional\s|another\s|about\s|approximately\s|(?:the\s)?(?:next|following|last|first|usual|"
    r"entire)?\s?)?"
    rf"(?:a\speriod\sof\s)?{_SPAN}(?:\s(?:and|or)\s{_SPAN})?)"
)
_TIMING = (
    rf"(?:(?:(?<![A-Za-z])(?:at|beginning|starting|from)\s)?{_SPAN}(?:\s\([^()]*\)|"
    r"\s\[\S*\])?(?:\s(?:before|after|prior\sto|following|preceding)\s(?:the\s|each\s)?|"
    rf"[\s-]post-?\s?){_EVENT}|{_SPAN}\slater(?![A-Za-z]))"
)
_SINCE = (
    rf"(?:(?<![A-Za-z])(?:from|starting (?:on|at|from)|beginning (?:on|at))\s{_DAYS}(?:\s(?:to|until|"
    rf"through)\s{_DAYS})?|(?<![A-Za-z])(?:on|at|in)\s{_DAYS}|(?<=\(){_DAYS}(?=\))|"
    rf"(?<![A-Za-z])on\sthe\s{_ORDINAL}\s(?:day|week))(?:\s(?:p\.i\.|post-?\s?(?!hoc)[a-z]+))?"
)
_AT_ONCE = rf"(?<![A-Za-z])immediately(?:\s\([^()]*\))?\s(?:after|before|following|prior\sto)\s(?:the\s)?{_EVENT}"
_GIVING = (
    r"(?:treatments?|exposures?|feeding|administrations?|infusions?|stimulations?|(?:pre-?)?incubations?|"
    r"(?:pre-?)?treatments?|superfusion|perfusion|"
    r"pulses?|supplementation|applications?|loading|regimens?|starvation|deprivation|immobili[sz]ation|"
    r"inhalation|fasting|diet|sessions?)(?![A-Za-z])"
)
_OF_GIVING = (
    rf"{_SPAN}(?=\s(?:of\s)?(?:[A-Za-z0-9-]+\s){{0,2}}?{_GIVING}|"
    r"[\s-](?:[A-Za-z0-9]+-)?(?:treated|exposed|fasted|starved)(?![A-Za-z])|\))"
)
_DOSES = (
    rf"(?<![A-Za-z])(?:a\s)?(?P<single>(?:single|twice)(?:\sor\sdoubled?)?|repeated|one|{_COUNT}|multiple|"
    r"daily)(?P<dose>\s(?:doses?|injections?|bolus|boluses)(?![A-Za-z]))?"
)
SCHEDULE = re.compile(
    rf"(?<![A-Za-z])(?:(?P<freq>{_FREQUENCY}(?:,?\s{_DURATION}|,?\s(?:on|from|at)\s{_DAYS})?)|"
    rf"(?P<timing>{_TIMING})|(?P<at>{_AT_ONCE})|(?P<dur>{_DURATION}(?:(?:,|\sand)?\s{_FREQUENCY})?)|"
    rf"(?P<since>{_SINCE})|(?P<of>{_OF_GIVING}))",
    re.IGNORECASE,
)
_DOSE = re.compile(_DOSES, re.IGNORECASE)
_CUE = rf"(?!treated\scontrol|incubated\swith\s(?:anti|primary|second)){pattern('giving', 'cue')}"
_GIVEN = re.compile(
    rf"{_CUE}|{pattern('routes', 'anatomical', 'abbreviation')}|"
    r"mg/kg|\d\s?(?:mg|[mu\u00b5\u03bc]g|[mun\u00b5\u03bc]M)\b|"
    r"feeding|\bchow\b|orally|anesthe|boosted|added|fasted|trained|applied",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!\b[A-Z][a-z])(?<!\bvs)[.;]\s+(?=[A-Z]|$)")
_GIVEN_THEN = pattern("giving", "cue give", "cue expose", "act noun", "amount")
_AFTER_GIVING = re.compile(
    rf"\b(?:after|following|post)\b.*?(?:{_GIVEN_THEN}|infect|transfe|immobili|surgery|operati)|"
    r"post-?\s?(?:inject|treat|dos|infect)",
    re.IGNORECASE,
)
_VERB = re.compile(
    rf"{pattern('giving', 'participle', 'verb', 'act noun')}|\b(?:start|beg[au]n|initiat)", re.IGNORECASE
)
_LAB = re.compile(
    r"centrifug|\u00b0|on ice|room temp|\bRT\b|in the dark|prewarm|fixat|probe|wash|\bfix(?:ed|ation)|stain|"
    r"block(?:ed|ing)\b|hybridi|denatur|PCR|cycle|antibod|sacrific|euthan|killed|"
    r"recorded|measured?|measurement|collected|harvest|imaged|\bold\b|of age|acclimat|\bdark\b|light cycle|"
    r"mounted|lysed|boil|dried|decapit|habituat|trial|allowed to|recover|"
    r"observed|monitored|weighed|scored|tested|analy[sz]|assessed|quantified|interval|left in place|withdrawn|"
    r"electrode|tetrode|ms\b|pulses?",
    re.IGNORECASE,
)


def find_schedule(text: str) -> Iterator[Span]:
    """Yield the schedule mentions of `text`, by rules alone."""
    yield from longest(
        span for span, kind in candidates(text) if span.confidence >= 0.5 and not kind.startswith("part")
    )


@functools.lru_cache(maxsize=64)
def candidates(text: str) -> tuple[tuple[Span, str], ...]:
    """Return every expression of time or of a number of doses as `_candidates` does; kept, for two ask for it."""
    return tuple(_candidates(text))


def _candidates(text: str) -> Iterator[tuple[Span, str]]:
    """Yield every expression of time or of a number of doses, and its kind; confidence 0.3 where the rules refuse it.

    Kinds that start with "part" are shorter readings of a longer one.
    """
    for match in SCHEDULE.finditer(text):
        start, end = match.span()
        while text[start].isspace() or text[start] in "~\u223c":
            start += 1
        sure = _sure(text, start, end, match)
        yield Span(start, end, "schedule", {}, SOURCE, sure), str(match.lastgroup)
        words = list(re.finditer(r"\S+", text[start:end]))
        if match["timing"] and len(words) > 3:
            for word in words[2:-1]:
                yield Span(start, start + word.end(), "schedule", {}, SOURCE, sure), "part of timing"
        elif len(words) > 3:
            for part in _PART.finditer(text, start, end):
                if part.end() < end or part.start() > start:
                    yield Span(part.start(), part.end(), "schedule", {}, SOURCE, sure), "part"
    for match in _DOSE.finditer(text):
        single = match["single"].lower()
        if match["dose"]:
            start, end = match.start("single"), match.end("single" if single == "daily" else "dose")
        elif single in ("single", "repeated", "chronic") and re.match(
            r"\s(?:i\.?p\.?|intra|oral|subcut|in vivo|low|high|administration|exposure|\w+ exposure|treatment)",
            text[match.end() :],
        ):
            start, end = match.span("single")
        else:
            continue
        before, after = _around(text, start, end)
        given = bool(_GIVEN.search(before[-60:] + text[start:end] + after[:40]))
        yield Span(start, end, "schedule", {}, SOURCE, 0.6 if given else 0.3), "doses"


_PART = re.compile(rf"{_FREQUENCY}|{_DURATION}|{_SPAN}", re.IGNORECASE)


def _sure(text: str, start: int, end: int, match: re.Match[str]) -> float:
    """Return what the rules think of a time expression: 0.7, 0.6 where laboratory words stand near, 0.3 if refused."""
    if re.match(r"[-\s]?old\b|\sof age", text[end:]):
        return 0.3
    before, after = _around(text, start, end)
    ends = re.match(r"\s(?:prior to|before)\b", after)  # "for 2 h prior to harvest": what follows is another act
    lab = bool(_LAB.search(before[-35:] + " " + ("" if ends else after[:30])))
    if not _GIVEN.search(before[-100:] + " " + after[:50]) or (lab and not match["timing"]):
        return 0.3
    if match["timing"] and _AFTER_GIVING.search(match.group()) and not _VERB.search(before[-45:]):
        return 0.3  # when something was measured, counted from the giving
    bare = re.match(r"(?:once|one|two|three|four|five|six)\b(?!.*(?:day|week|daily|month))", match.group())
    if match["freq"] and bare and not match.group().startswith("twice"):
        return 0.3
    return 0.6 if lab else 0.7


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words of the sentence before and after the span."""
    before = _SENTENCE_END.split(text[max(0, start - 150) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + 90])[0]
    return before, after


def offered(text: str) -> Iterator[Span]:
    """Yield every expression of time, also those that the rules refuse, without shorter readings of a longer one."""
    for span, reading in candidates(text):
        if not reading.startswith("part"):
            yield span


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the schedule in its normal form, and its parts: how often, how many, how long ("" or None: not told)."""
    schedule = read(written)
    return {
        "normal": normal_form(written),
        "frequency": str(schedule.frequency or ""),
        "doses": schedule.doses,
        "duration": show(canonical(schedule.duration)) if schedule.duration else "",
    }


KIND = Kind(
    label="schedule",
    colour="#E9D8A6",
    find=find_schedule,
    joining=NAMED["model"],
    normal=normal,
    propose=offered,
    named=frozenset(("FREQUENCY", "SCHEDULE", "DURATION")),
)
