"""Item 8 over the whole paper: every number of animals by group, allocated against analysed, with both places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern
from vivex.quantities import count as number

ITEM = "incomplete_outcome_data"


@dataclass(frozen=True, slots=True)
class Count:
    """Give a number of animals (or of their parts), where it stands and what it counts."""

    low: int
    high: int  # equal to `low` unless a range
    phase: str  # allocated, analysed, total or groups
    unit: str  # animal, part or "" where the sentence doesn't say
    span: tuple[int, int]
    text: str


_PART = (
    r"(?:cells?|neurons?|units?|slices?|sections?|trials?|recordings?|images?|fields?|experiments?|"
    r"replicates?|spines?|dendrites?|synapses?|sessions?|tumou?rs?|embryos?|sites?|fib(?:er|re)s?|wells?|"
    r"cultures?|events?|blots?|sperm|follicles?|islets?|oocytes?|eyes?|axons?|boutons?|probes?|samples?|"
    r"independent|measurements?|pairs?|repeats?|triplicates?|donors?|patients?|clones?|lines?|days?|weeks?|"
    r"genes?)"
)
_N = pattern(
    r"\b(?:n|N|n's) ?(?:=|:|was|of) ?(\d{1,3})(?: ?(?:-|to|–|or|"
    r"~) ?(\d{1,3}))?(?! ?[·.%]\d)(?: (?:\w+[- ]){0,3}?(?:({ANIMAL})|(" + _PART + r"))\b)?"
)
_PER_GROUP = pattern(
    r"\b({NUMBER}|"
    r"\d{1,3})(?: ?(?:-|to) ?({NUMBER}|\d{1,3}))? (?:\w+ ){0,3}?(?:{ANIMAL}) ?(?:\([^)]*\) )?(?:were |was |"
    r"are )?(?:used )?(?:per|in each|for each|in every|/|each in|each per|of each|"
    r"from each) ?(?:\w+ ){0,2}?(?:group|genotype|treatment|condition|cohort|arm|time ?point|diet|dose)",
    r"\b(?:groups?|cohorts?|arms?) of ({NUMBER}|\d{1,3})(?: ?(?:-|to) ?({NUMBER}|\d{1,3}))?\b(?! groups)",
    r"\b(?:groups?|cohorts?)\b[^.;]{0,40}\b(?:containing|comprising|consisting of|with|each of|of|including|"
    r"had|has) ({NUMBER}|\d{1,3})(?: ?(?:-|to) ?({NUMBER}|\d{1,3}))? (?:\w+ ){0,3}?(?:{ANIMAL}|per group|"
    r"each)\b",
    r"\b({NUMBER}|\d{1,3})(?: ?(?:-|to) ?({NUMBER}|\d{1,3}))? (?:\w+ )?(?:per|in each|/) ?(?:experimental |"
    r"treatment )?group\b",
)
_TOTAL = pattern(
    r"\b(?:a total of|in total,?|altogether,?) ({NUMBER}|\d{1,4}) (?:[\w/-]+ ){0,5}?(?:{ANIMAL})\b",
    r"^({NUMBER}|\d{1,4})(?:,| )(?:[\w/-]+,? ){0,7}?(?:{ANIMAL})\b[^.;]{0,80}\b(?:were|was) (?:\w+ )?(?:used|"
    r"divided|assigned|allocated|randomi[sz]ed|purchased|obtained|included|randomly|implanted)",
)
_K_GROUPS = pattern(
    r"\b(?:in(?:to)?|among|between|to|over) (?:the |one of (?:the )?)?({NUMBER}|"
    r"\d{1,2}) (?:[\w-]+ ){0,3}?(?:groups|cohorts|arms)\b"
)
_ALLOCATED = re.compile(
    r"\b(?:divid|assign|allocat|randomi[sz]|distribut|split|subdivid|allott|were used|groups? of|each group|"
    r"per group|comprising|consisting|established|included in (?:the|each)|containing|received|injected|"
    r"treated)\w*"
)
_RESULT = re.compile(
    r"\b(?:sem|s\.e\.m|sd|s\.d|mean|means|±|error bars?|p ?[<=>]|data are|values are|anova|t-?test|"
    r"significan\w*|analy[sz]ed|evaluated|sacrificed|results?)\b"
)
_MEASURE = re.compile(r"[ -]?(?:%|(?:hours?|h|days?|d|weeks?|wk|months?|mo|years?|m?g|kg)\b)")
_NOT_ANIMALS = re.compile(r"\b(?:patients?|cultured?|in vitro|cell lines?|volunteers|well plate)\b")


def counts(readings: Sequence[FoldedSentence]) -> list[Count]:
    """Return every number of animals or parts that the paper gives by group, in reading order."""
    return [
        count
        for reading in readings
        if reading.role in ("methods", "results", "other", "abstract")
        or reading.kind in ("caption", "table", "footnote")
        for count in _counts(reading)
    ]


def _counts(reading: FoldedSentence) -> Iterator[Count]:
    text = reading.text
    if (
        reading.foreign
        or reading.human
        or reading.in_vitro
        or _NOT_ANIMALS.search(text)
        or not re.search(r"\bn ?[=:]|group|total|each|per\b|were|was", text)
    ):
        return
    span = (reading.start, reading.end)
    result_place = reading.kind in ("caption", "table", "footnote") or reading.role == "results"
    allocated = bool(_ALLOCATED.search(text)) and not (result_place and _RESULT.search(text))
    phase = "analysed" if result_place or (_RESULT.search(text) and not _ALLOCATED.search(text)) else "allocated"
    if allocated and reading.role == "methods" and reading.kind == "paragraph":
        phase = "allocated"
    for match in _N.finditer(text):
        low, high = int(match.group(1)), int(match.group(2) or match.group(1))
        unit = (
            "animal"
            if match.group(3)
            or re.search(r"per group|each group|mice|rats|animals", text[match.end() : match.end() + 25])
            else "part"
            if match.group(4)
            else ""
        )
        if 0 < low <= high < 400:
            yield Count(low, high, phase, unit, span, match.group(0))
    for match in _PER_GROUP.finditer(text):
        if _MEASURE.match(text, match.end()):
            continue  # "groups of 3-12-month-old mice" gives an age
        values = [g for g in match.groups() if g]
        least, most = number(values[0]), number(values[-1])
        if least and most and 1 < least <= most < 400:
            yield Count(least, most, phase, "animal", span, match.group(0))
    for match in _TOTAL.finditer(text):
        total = number(next(g for g in match.groups() if g))
        if total and total > 2:
            yield Count(total, total, "total", "animal", span, match.group(0))
    for match in _K_GROUPS.finditer(text):
        k = number(match.group(1))
        if k and 1 < k < 25:
            yield Count(k, k, "groups", "", span, match.group(0))


def account(readings: Sequence[FoldedSentence]) -> list[Indication]:
    """Return whether the numbers allocated and analysed agree, with both places quoted where they don't."""
    found = counts(readings)
    allocated = [
        c for c in found if (c.phase == "allocated" and c.unit == "animal") or (c.phase == "allocated" and not c.unit)
    ]
    analysed = [c for c in found if c.phase == "analysed" and c.unit != "part"]
    ranges = [c for c in (*allocated, *analysed) if c.high > c.low]
    derived = _per_group(found)
    out = []
    exact = {c.low for c in allocated if c.low == c.high} | set(derived)
    single = {c.low for c in analysed if c.low == c.high}
    if exact and single and not ranges:
        lower = sorted(c.low for c in analysed if c.low == c.high)
        if single <= exact:
            a = next((c for c in allocated if c.low in single), None)
            b = next(c for c in analysed if c.low in exact)
            spans = ((a.span,) if a else ()) + (b.span,)
            out.append(
                Indication(
                    ITEM,
                    "numbers",
                    "agree",
                    0.6,
                    spans,
                    f"allocated {_list(exact)} per group, analysed {_list(single)}",
                )
            )
        elif len(exact) == 1 and lower and max(single) <= max(exact) and min(single) < max(exact):
            a = next((c for c in allocated if c.low in exact), None)
            b = next(c for c in analysed if c.low == min(single))
            spans = (b.span,) + ((a.span,) if a else ())
            firm = a is not None and a.unit == "animal" and b.unit == "animal" and "group" in b.text
            out.append(
                Indication(
                    ITEM,
                    "numbers",
                    "mismatch" if firm else "fewer",
                    0.5,
                    spans,
                    f"allocated {_list(exact)} per group, analysed {_list(single)}",
                )
            )
    if ranges:
        out.append(
            Indication(
                ITEM,
                "numbers",
                "range",
                0.5,
                tuple(c.span for c in ranges[:2]),
                "n given as a range: " + ranges[0].text,
            )
        )
    return out


def _per_group(found: Sequence[Count]) -> list[int]:
    """Return total divided by number of groups where one sentence gives both and they divide evenly."""
    out = []
    for total in (c for c in found if c.phase == "total"):
        for k in (c for c in found if c.phase == "groups" and c.span == total.span):
            if total.low % k.low == 0:
                out.append(total.low // k.low)
    return out


def _list(values: set[int]) -> str:
    return ", ".join(map(str, sorted(values)[:6]))
