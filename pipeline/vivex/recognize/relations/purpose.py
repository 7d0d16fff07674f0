"""What a dose, a route, a schedule or an agent is for: treatment, induction, anaesthesia, test, measurement, sampling,
housing.

Read from the words of its clause and sentence, from its heading, and from the agent it stands by
(data/vocabulary/purposes.tsv: agents, acts and headings of each purpose). The purpose is "" where nothing tells it,
and for what is done to cells in a dish.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vivex.document import Document
from vivex.recognize.relations.clauses import Sentence, by_sentence, turns
from vivex.recognize.spans import Span
from vivex.vocabulary import pattern

PURPOSES = ("treatment", "induction", "anaesthesia", "test", "measurement", "sampling", "housing")
LABELS = frozenset(("dose", "route", "schedule", "agent"))
BENCH = "bench"  # cells and reagents: no purpose of the list

IN_CLAUSE, IN_SENTENCE, BEFORE = 1.6, 0.5, 0.25  # what a cue of the clause, the sentence, the sentence before weighs
HEADING, OUTER_HEADING = 0.9, 0.3
_HEADINGS = {"test": 1.8, BENCH: 1.3}  # a heading of a test stands over nothing else
BY_AGENT, NEAR_AGENT = 3.0, 1.2  # the agent that stands at the mention, one that stands in its clause
LEAST = 0.35
# Words of giving say least, for whatever is given is given; words of sampling and anaesthesia say most.
_ACTS = {"treatment": 0.6, "sampling": 1.4, "anaesthesia": 1.4}
_ENDS = frozenset(("anaesthesia", "sampling"))
_LATER = 0.4
_FURTHER = 0.25  # share that a second cue of one purpose adds
_REACH = 80  # characters after which a cue weighs half
_GOES_ON = r"and|then|before|after|or|which|were|was|but|with|received|got|given|by|to"
_WORDS = rf"(?:\s(?!(?:{_GOES_ON}|\w{{1,30}}ed)\s)[\w-]{{1,40}}){{0,3}}"  # of one phrase
_AT = re.compile(r"\)?\s?(?:of\s(?:the\s)?)?|\s?[(\[]?\s?(?:(?:at|a|dose|of)\s){0,4}")
_BENCH_UNIT = re.compile(r"(?<![A-Za-z])(?:[munp\u00b5\u03bc]?M|[munp\u00b5\u03bc]g/\s?m[lL]|U/\s?m[lL])(?![A-Za-z])")
_ANIMAL_UNIT = re.compile(r"/\s?(?:kg|mouse|rat|animal|day)|\skg|per\s(?:kg|mouse|rat|animal)|Gy\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """Mark words that speak for a purpose."""

    purpose: str
    start: int
    end: int


@functools.cache
def _patterns(place: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the expression of each purpose's words of a place: agent, act or heading."""
    known = {"agent": ("anaesthesia", "induction", "test"), "act": (*PURPOSES, BENCH)}
    names = known.get(place, ("treatment", "induction", "test", "housing", BENCH))
    return tuple((name, re.compile(pattern("purposes", f"{place}-{name}"), re.IGNORECASE)) for name in names)


def cues(text: str, place: str, start: int = 0, end: int | None = None) -> list[Cue]:
    """Return what in the text speaks for a purpose, in reading order."""
    end = len(text) if end is None else end
    found = [Cue(name, *m.span()) for name, words in _patterns(place) for m in words.finditer(text, start, end)]
    return sorted(found, key=lambda c: (c.start, c.end, c.purpose))


def purposed(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, each dose, route, schedule and agent with what it is for: value["purpose"]."""
    found: dict[tuple[int, int, str], str] = {}
    studied = _title(document)
    headings = _Headings(document)
    earlier: list[Cue] = []
    block = None
    for sentence in by_sentence(document, [s for s in spans if s.label in LABELS]):
        if sentence.block is not block:
            block, earlier = sentence.block, []
        here = cues(document.reading, "act", sentence.start, sentence.end) if sentence.inside else []
        if sentence.inside:
            agents = [
                c
                for c in cues(document.reading, "agent", sentence.start, sentence.end)
                if document.reading[c.start : c.end].casefold() not in studied
            ]
            outer = headings.votes(sentence.start)
            begins = turns(document.reading, sentence.start, sentence.end)
            for span in sentence.inside:
                if span.label == "schedule" and _no_giving(document.reading, span, sentence):
                    found[span.start, span.end, span.label] = "housing"
                    continue
                votes = _votes(document.reading, span, sentence, begins, here, agents)
                _add(votes, ((c.purpose, BEFORE) for c in earlier))
                _add(votes, outer)
                found[span.start, span.end, span.label] = _settled(votes)
        earlier = here
    return [
        replace(s, value={**s.value, "purpose": found.get((s.start, s.end, s.label), "")}) if s.label in LABELS else s
        for s in spans
    ]


@functools.cache
def _apart() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what tells, before a time and after it, that nothing is given in it: "fasted for 16 h", "12-h fast"."""
    words = pattern("purposes", "act-apart")
    before = re.compile(rf"{words}{_WORDS}\s\(?(?:for\s|over\s|\()?$", re.IGNORECASE)
    return before, re.compile(rf"[\s-](?:of\s)?(?:[\w-]{{1,40}}\s)?{words}", re.IGNORECASE)


def _no_giving(text: str, span: Span, sentence: Sentence) -> bool:
    """Tell whether the time is one of fasting, recovery or getting used to the place."""
    before, after = _apart()
    told = text[max(sentence.start, span.start - 70) : span.start]
    return before.search(told) is not None or after.match(text, span.end, sentence.end) is not None


def _votes(
    text: str, span: Span, sentence: Sentence, begins: Sequence[int], here: Sequence[Cue], agents: Sequence[Cue]
) -> dict[str, float]:
    """Return what speaks for each purpose of the mention in its own sentence."""
    clause = bisect.bisect_right(begins, span.start)
    weights: dict[str, list[float]] = {}
    served = span.label == "dose" and any(
        a.label == "agent" and _stands_by(text, span, Cue("", a.start, a.end)) for a in sentence.inside
    )
    served = served and not any(_stands_by(text, span, cue) for cue in agents if cue.purpose == "anaesthesia")
    for cue in here:
        near = bisect.bisect_right(begins, cue.start) == clause
        distance = max(cue.start - span.end, span.start - cue.end, 0)
        weight = (IN_CLAUSE if near else IN_SENTENCE) / (1 + distance / _REACH)
        if cue.purpose in _ENDS and (cue.start >= span.end or served):
            weight *= _LATER  # animals are killed and sampled after what they got
        if cue.purpose == "housing" and span.label == "dose":
            weight *= _LATER
        weights.setdefault(cue.purpose, []).append(weight * _ACTS.get(cue.purpose, 1.0))
    votes = {name: max(found) + _FURTHER * (sum(found) - max(found)) for name, found in weights.items()}
    for cue in agents:
        if (span.start < cue.end and cue.start < span.end) or _stands_by(text, span, cue):
            bench = cue.purpose == "induction" and _BENCH_UNIT.search(text, span.start, span.end)
            _add(votes, [(cue.purpose, NEAR_AGENT if bench else BY_AGENT)])  # collagenase also digests tissue
        elif span.label != "agent" and not served and bisect.bisect_right(begins, cue.start) == clause:
            _add(votes, [(cue.purpose, NEAR_AGENT)])
    if span.label == "dose":
        written = text[span.start : span.end]
        if _ANIMAL_UNIT.search(written):
            _add(votes, [("treatment", 0.3), (BENCH, -1.5), ("measurement", -1.5)])
        elif _BENCH_UNIT.search(written):
            _add(votes, [(BENCH, 0.8)])
    return votes


def _stands_by(text: str, span: Span, cue: Cue) -> bool:
    """Tell whether only the words of a dose stand between: "ketamine (100 mg/kg", "2 g/kg of glucose"."""
    between = text[cue.end : span.start] if cue.end <= span.start else text[span.end : cue.start]
    return len(between) < 30 and _AT.fullmatch(between) is not None


def _settled(votes: Mapping[str, float]) -> str:
    best = max(votes, key=lambda name: (votes[name], name), default="")
    return "" if not best or votes[best] < LEAST or best == BENCH else best


def _add(votes: dict[str, float], more: Iterable[tuple[str, float]]) -> None:
    for name, weight in more:
        votes[name] = votes.get(name, 0.0) + weight


def _title(document: Document) -> str:
    """Return the words of the title: an anaesthetic that a paper is about is what it treats with."""
    for block in document.blocks:
        if block.kind == "title":
            return document.reading[block.start : block.end].casefold()
    return ""


class _Headings:
    """Read the purposes that the headings over a place speak for, each heading once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known: dict[tuple[str, ...], list[tuple[str, float]]] = {}

    def votes(self, offset: int) -> list[tuple[str, float]]:
        """Return what the innermost heading and those around it say."""
        section = self.document.section_at(offset)
        path = section.path if section else ()
        if path not in self.known:
            self.known[path] = [
                (name, _HEADINGS.get(name, HEADING) if depth == 0 else OUTER_HEADING)
                for depth, heading in enumerate(reversed(path))
                for name in sorted({c.purpose for c in cues(heading, "heading")})
            ]
        return self.known[path]
