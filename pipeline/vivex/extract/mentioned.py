"""Candidates from mentions: what the recognisers found, with normal form, bindings, purpose and group."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vivex.annotation import Annotation
from vivex.extract.reading import Candidate, Reading, tidy, told
from vivex.marks import citation_marks
from vivex.numerals import figure
from vivex.quantities import Quantity, read, show
from vivex.vocabulary import route_of

# Which labels feed a built-in field where the codebook doesn't say.
LABELS: Mapping[str, tuple[str, ...]] = {
    "species": ("species",),
    "strain": ("strain",),
    "n_per_group": ("group",),
    "groups": ("group",),
    "disease_model": ("model",),
    "induction": ("model", "agent"),
    "intervention": ("agent", "mirna"),
    "comparator": ("agent", "group"),
    "dose": ("dose",),
    "route": ("route",),
    "frequency": ("schedule",),
    "duration": ("schedule",),
    "outcomes": ("outcome",),
    "mirna": ("mirna",),
    "target_gene": ("gene",),
}
_CUSTOM = re.compile(r"\d[·'\u2019 \u00a0\u2009\u202f]\d|\+\s?/?-")
# What backs a phrase of a sentence: mentions that it meets; where nothing is named, the one reader of quantities does.
BACKING: Mapping[str, tuple[str, ...]] = {
    "strain": ("strain", "gene", "species"),
    "groups": ("group", "agent", "model", "strain", "gene"),
    "disease_model": ("model",),
    "induction": ("model", "agent", "dose"),
    "intervention": ("agent", "mirna", "gene", "cell"),
    "comparator": ("agent", "group", "strain"),
    "dose": ("dose",),
    "route": ("route",),
    "frequency": ("schedule",),
    "duration": ("schedule",),
}
OFTEN = re.compile(
    r"\b(?:daily|weekly|monthly|every|each|once|twice|thrice|times?|single|alternate|continuous\w*|repeated\w*|per|"
    r"on days?|bi-?weekly|injections?|doses?|infusions?|sessions?|administrations?|[bt]\.?i\.?d|"
    r"q\.?(?:o\.?|\d{1,2})?[dhw])\b"
    r"|/\s*(?:day|week|d|wk)\b|[×x] ?/",
    re.IGNORECASE,
)
_LASTS = re.compile(r"\b(?:days?|weeks?|wks?|months?|years?|hours?|hrs?|h|min(?:utes?)?|s|seconds?|d)\b", re.IGNORECASE)
_TIME_FIRST = re.compile(
    r"^for (?:[\w.-]+ ){1,3}?(?:days?|weeks?|wks?|months?|years?|hours?|min(?:utes?)?|h|d),? "
    r"(?=(?:once|twice|thrice|daily|weekly|every|each|\w+ times)\b)",
    re.IGNORECASE,
)
_HOW_OFTEN = re.compile(r",? (?:once|twice|thrice|daily|weekly|every|each|per|\w+ times)\b", re.IGNORECASE)
_BEGUN = re.compile(r",? (?:beginning|starting|commencing|begun|started)\b", re.IGNORECASE)
_DAY = r"(?:(?:post\w* )?(?:days?|weeks?) )"
_FROM_TO = re.compile(rf"\b(?:from )?{_DAY}\d+(?:\.\d+)? ?(?:to|until|through|[\u2013-]) ?{_DAY}?\d+", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:until|till|through|up to) (?:(?:post\w*|embryonic) )?(?:(?:day|week|month) |[dDPE](?=\d))\d+.{0,20}"
)
# A schedule that says when or how often, not for how long.
_AT_TIMES = re.compile(
    r"(?:on|at|every|each) |(?:[\w-]{1,30} times|once|twice|thrice) (?:an?|per|each|every) ", re.IGNORECASE
)
_NUMBERED = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b", re.IGNORECASE)
ALTERED = re.compile(  # a genotype rather than a strain's name
    r"[−–-] ?/ ?[−–-]|\+ ?/ ?[+−–-]|\bfl(?:ox)?/|\b[dc]?KO\b|\bTg\b|[Cc]re\b|::"
    r"|(?i:\b(?:knock-?(?:out|in)s?|null|deficient|mutants?|transgenic|floxed|wild-?type|heterozyg\w+|homozyg\w+)\b)"
)
_MIRNA = re.compile(r"mi-?r|micro|let|lin|antago|mimic", re.IGNORECASE)
_UNIT = re.compile(r"[^\d.,\s\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u207a\u207b][^\d]*$")  # no raised figure begins one
_BODY = re.compile(r"(?i)(?<=kg|.g)\s*(?:per )?(?:(?:of )?b\.? ?w\.?t?\.?|(?:of )?body[ -]?(?:weight|mass))$")
_LEAD = re.compile(
    r"^(?:(?:for|over|during|within|throughout|at|the|a|an|another|at least|approximately|about|total of|additional|"
    r"period of|consecutive|up to|lasted)\s+)+",
    re.IGNORECASE,
)


def candidates(reading: Reading, labels: Mapping[str, Sequence[str]] = LABELS) -> Iterator[Candidate]:
    """Yield the candidates of every field that mentions feed; `labels` says which label feeds which field."""
    for field, wanted in labels.items():
        for label in wanted:
            made = _OF_GROUP.get(field, _group) if label == "group" else _MADE.get(field, _as_written)
            for mention in reading.mentions.get(label, ()):
                line = reading.line_at(mention.evidence[0].start)
                if line is None or (label == "species" and told(mention).get("purpose") == "bench"):
                    continue  # an antibody's host is no animal of the study
                base = _base(field, mention, line)
                agents = _agents(told(mention))
                for text, way in made(mention):
                    if text:
                        agent = agents.get(text, base.agent)
                        yield replace(base, value=text, way=f"mention:{label}{way}", agent=agent)
    for mention in reading.mentions.get("dose", ()):
        line = reading.line_at(mention.evidence[0].start)
        if line is not None:
            for way, text in zip(("made", "made:short"), induction(mention), strict=False):
                yield replace(_base("induction", mention, line), value=text, way=way)


def _base(field: str, mention: Annotation, line: int) -> Candidate:
    """Return what all candidates of a mention have in common: where it stands, and what it is bound to."""
    span, value = mention.evidence[0], told(mention)
    purpose, agent, route, schedule = (str(value.get(k) or "") for k in ("purpose", "agent", "route", "schedule"))
    group = str(value.get("normal") or "") if mention.label == "group" else mention.group
    way, sure = f"mention:{mention.label}", mention.confidence or 0.0
    ruled = mention.source.startswith("grammar:")
    bindings = (purpose, agent, group, route, schedule)
    return Candidate(field, "", span.start, span.end, line, way, sure, *bindings, backed=True, ruled=ruled)


def induction(mention: Annotation) -> tuple[str, ...]:
    """Return what a dose says of an induction, in full and in short, or nothing.

    "single intraperitoneal injection of STZ 60 mg/kg" and "STZ 60 mg/kg".
    """
    value = told(mention)
    agent, route = str(value.get("agent") or ""), str(value.get("route") or "")
    if not agent or agent == "alone" or value.get("purpose") not in (None, "", "induction"):
        return ()
    term = route_of(route)
    by = "injection of " if term is None else f"{term.name} {'' if 'way' in term.class_ else 'injection '}of "
    single = "single " if re.search(r"\b(?:single|once)\b", str(value.get("schedule") or "")) else ""
    short = f"{agent} {_BODY.sub('', tidy(mention.evidence[0].quote))}"
    return f"{single}{by}{short}", short


def _as_written(mention: Annotation) -> Iterator[tuple[str, str]]:
    yield tidy(mention.evidence[0].quote), ""


def _normal(mention: Annotation) -> Iterator[tuple[str, str]]:
    """Yield the name that a reviewer uses: the normal form, where there is none the text as written."""
    value = told(mention)
    yield str(value.get("normal") or tidy(mention.evidence[0].quote)), ""


def _mirna(mention: Annotation) -> Iterator[tuple[str, str]]:
    """Yield a miRNA as written, one that a list names by its end alone ("miR-29a, b and c") in its normal form."""
    written = tidy(mention.evidence[0].quote)
    yield written if _MIRNA.search(written) else next(_normal(mention))[0], ""


def _strain(mention: Annotation) -> Iterator[tuple[str, str]]:
    name = re.sub(r"\s*[–—]\s*", "-", tidy(mention.evidence[0].quote))
    yield name, ":altered" if ALTERED.search(name) else ""


def _group(mention: Annotation) -> Iterator[tuple[str, str]]:
    value = told(mention)
    name, short = str(value.get("normal") or tidy(mention.evidence[0].quote)), str(value.get("short") or "")
    yield name, f":{value.get('role') or ''}"
    if short and short != name:
        yield short, f":short:{value.get('role') or ''}"


def _control(mention: Annotation) -> Iterator[tuple[str, str]]:
    for text, role in _group(mention):
        if role.removeprefix(":short") in (":control", ":sham"):
            yield text, role


def _size(mention: Annotation) -> Iterator[tuple[str, str]]:
    value = told(mention)
    number = value.get("n")
    yield "" if number is None else str(number), ""


def _agents(value: Mapping[str, Any]) -> Mapping[str, str]:
    """Return which agent each amount of a dose belongs to, where they belong to several."""
    found = {}
    for part in value.get("each") or ():
        written = str(part["dose"])
        unit = _UNIT.search(str(value.get("text") or ""))
        for text in (written, f"{written} {unit.group().strip()}" if unit else written):
            found[text] = str(part["agent"])
    return found


def _dose(mention: Annotation) -> Iterator[tuple[str, str]]:
    """Yield each amount of a dose with its unit, as written where the dose is but one."""
    text = tidy(mention.evidence[0].quote)
    quantity = read(text)
    for value in amounts(text, quantity):
        yield value, f":{quantity.per}" if quantity else ""


def amounts(text: str, quantity: Quantity | None) -> list[str]:
    """Return each amount that a text gives ("5, 10 or 20 mg/kg"), as written where it gives but one."""
    if quantity is None or len(quantity.values) <= 1:
        return [_BODY.sub("", as_written(text, quantity))]
    behind = _UNIT.search(text)
    unit = _BODY.sub("", behind.group().strip()) if behind else ""
    if not unit or any(v.low != v.high or v.pm is not None for v in quantity.values):
        return [show(replace(quantity, values=(v,))) for v in quantity.values]
    return [f"{figure(v.low)}{'' if unit.startswith('%') else ' '}{unit}" for v in quantity.values]


def as_written(text: str, quantity: Quantity | None) -> str:
    """Return a quantity as the paper writes it; in plain figures where its custom is rare (1 250, 2·5)."""
    if (
        quantity is not None
        and _CUSTOM.search(text)
        and not re.search(r"10[\s^]?[\d\u207b\u2070-\u2079\u00b2\u00b3\u00b9−-]", text)
    ):
        return show(quantity)
    return tidy(text)


def _without_marks(mention: Annotation) -> str:
    """Return the words of a mention without marks of citations inside ("twice weekly¹³ for 4 weeks")."""
    text = mention.evidence[0].quote
    for start, end in reversed(citation_marks(text)):
        text = text[:start] + text[end:]
    return tidy(text)


def _frequency(mention: Annotation) -> Iterator[tuple[str, str]]:
    yield often(_without_marks(mention)), ""


def _duration(mention: Annotation) -> Iterator[tuple[str, str]]:
    text = _without_marks(mention)
    yield lasts(text), "" if lasts(text) == text else ":part"


def often(schedule: str) -> str:
    """Return the part of a schedule that says how often ("once daily" of "for 4 weeks once daily"), or ""."""
    schedule = _TIME_FIRST.sub("", _closed(schedule))
    if not OFTEN.search(schedule):
        return ""
    whole = lasts(schedule)
    if whole == schedule:
        return schedule
    before = schedule.split(whole)[0] if whole else schedule
    return tidy(re.split(r",?\s*\bfor\b", before)[0]) or schedule


def lasts(schedule: str) -> str:
    """Return the part of a schedule that says how long: behind "for", from when to when, until when, a time alone."""
    schedule = _closed(schedule)
    behind = re.search(r"\bfor\s+(.+)$", schedule)
    if behind is None and (stretch := _FROM_TO.search(schedule)):
        return stretch.group()
    if behind is None and (end := _UNTIL.search(schedule)):
        return tidy(end.group())
    if behind is None and _AT_TIMES.match(schedule):
        return ""
    part = _LEAD.sub("", tidy(_BEGUN.split(behind.group(1) if behind else schedule)[0]))
    alone = tidy(_HOW_OFTEN.split(part)[0]) if behind else part
    part = alone if _LASTS.search(alone) and _NUMBERED.search(alone) else part
    return part if _LASTS.search(part) and _NUMBERED.search(part) else ""


def _closed(text: str) -> str:
    """Return the words before a bracket that nothing closes."""
    return text if text.count("(") <= text.count(")") else tidy(text[: text.rindex("(")])


_OF_GROUP: Mapping[str, Callable[[Annotation], Iterator[tuple[str, str]]]] = {
    "comparator": _control,
    "n_per_group": _size,
}
_MADE: Mapping[str, Callable[[Annotation], Iterator[tuple[str, str]]]] = {
    "species": _normal,
    "strain": _strain,
    "route": _normal,
    "mirna": _mirna,
    "dose": _dose,
    "frequency": _frequency,
    "duration": _duration,
}
