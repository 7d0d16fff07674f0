"""Schedules: frequency, number, duration and timing of giving."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.spans import Span

SOURCE = "grammar:schedule@1"
_N = r"(?:\d+(?:\.\d+)?(?:\s?(?:[-\u2013\u2212]|to|or|and)\s?\d+(?:\.\d+)?)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|several|a)"
_T = r"(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|wk|months?|mo|years?)"
_SPAN = rf"{_N}[\s-]?(?:consecutive\s|additional\s|more\s|further\s|successive\s)?{_T}(?![A-Za-z])"
_FREQUENCY = (
    rf"(?:(?:once|twice|thrice|(?:one|two|three|four|five|six|\d+)\stimes?)[\s-](?:(?:a|per|each|every)\s(?:day|week|month|hour)|daily|weekly|monthly)"
    rf"|every\s(?:other\s|second\s|third\s)?(?:{_N}[\s-]?)?(?:{_T})(?![A-Za-z])|(?<![A-Za-z])(?:once[\s-])?(?:daily|weekly)(?![A-Za-z])|(?:each|per)\sday"
    rf"|(?<![A-Za-z])(?:b\.i\.d\.|bid|t\.i\.d\.|q\.d\.|qd|q\dd)(?![A-Za-z])|on alternate days|alternate days)"
)
_DURATION = rf"(?:for|over|during)\s(?:up\sto\s|at\sleast\s|the\s(?:next|following|last|first)\s|a\stotal\sof\s|an\sadditional\s|another\s|about\s|approximately\s)?(?:a\speriod\sof\s)?{_SPAN}(?:\s(?:and|or)\s{_SPAN})?"
_TIMING = rf"(?:{_SPAN})\s(?:before|after|prior\sto|post|later|following|pre)[\s-]?(?:the\s)?(?:[A-Za-z\-]+(?:\s(?:injection|administration|surgery|challenge|induction|treatment|exposure|infusion|inoculation|reperfusion))?)?"
SCHEDULE = re.compile(
    rf"{_FREQUENCY}(?:\s{_DURATION})?|{_DURATION}(?:,?\s{_FREQUENCY})?|{_TIMING}|(?:a\s)?(?P<single>single)(?=\s(?:dose|injection|i\.p\.|intra|bolus|administration|oral|subcut))",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"inject|administ|treat|gavage|given|receiv|infus|\bdos(?:e|ed|ing|age)|mg/kg|i\.p\.|i\.v\.|s\.c\.|p\.o\.|intra(?:peritoneal|ven|gastr)|"
    r"\bfed\b|diet|drinking water|supplement|deliver|exposed to|inocul|stimulated with|challenged",
    re.IGNORECASE,
)
_LAB = re.compile(
    r"incubat|centrifug|\u00b0|room temperature|RT\b|wash|fix|stain|block|hybridi|denatur|PCR|cycl|antibod|sacrific|euthan|killed|"
    r"recorded|measur|collected|harvest|imag|old|of age|acclimat|dark|light cycle|mounted|lysed|boil|dried|decapit",
    re.IGNORECASE,
)


def find_schedule(text: str) -> Iterator[Span]:
    """Yield the schedule mentions of `text`."""
    for match in SCHEDULE.finditer(text):
        start, end = match.span()
        before = re.split(r"[.;]\s+(?=[A-Z])", text[max(0, start - 150) : start])[-1]
        after = re.split(r"[.;]\s+(?=[A-Z])", text[end : end + 80])[0]
        if not _GIVEN.search(before[-120:] + " " + after[:60]):
            continue
        if _LAB.search(before[-40:] + " " + after[:40]):
            continue
        if match["single"]:
            start = match.start("single")
        yield Span(start, end, "schedule", {}, SOURCE, 0.7)
