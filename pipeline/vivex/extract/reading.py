"""A paper as the field extractors read it: its sentences with their place, and its mentions by label."""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vivex.annotation import Annotation
from vivex.document import Document
from vivex.extract.phrases import STOP, Token, tokens
from vivex.quantities import Found, find
from vivex.sentences import sentences
from vivex.vocabulary import ANIMALS as NOUNS
from vivex.vocabulary import DASHES, pattern

DASH = rf"[{DASHES}~∼]"  # in a range, or where a word is joined
ANIMALS = pattern("animals", *NOUNS)  # as a noun
ANIMAL = re.compile(ANIMALS, re.IGNORECASE)
UNMARKED = frozenset(("number",))  # labels whose mentions no ranker of values has learnt from


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a sentence, its section's role and heading, its block's kind and its place in the paper (0 to 1)."""

    index: int
    start: int
    end: int
    text: str
    role: str
    kind: str
    heading: str
    place: float
    words: list[Token]
    within: float = 0.0  # its place in its block, 0 to 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """Propose a value for a field at a span; `way` names the pattern, or the label of the mention, that found it."""

    field: str
    value: str
    start: int
    end: int
    line: int
    way: str
    sure: float = 0.0  # how sure the recogniser is of the mention
    purpose: str = ""  # what it was given for, where the mention says so
    agent: str = ""  # the agent that the mention is bound to
    group: str = ""  # the experimental group that the mention is for
    route: str = ""  # the words of the route and of the schedule that a dose is bound to
    schedule: str = ""
    backed: bool = False  # a recogniser found it, or part of it
    ruled: bool = False  # the mention was found by rules and names, not by the trained model alone


@dataclass(frozen=True)
class Reading:
    """Hold what the extractors ask of one paper."""

    document: Document
    lines: tuple[Line, ...]
    mentions: Mapping[str, tuple[Annotation, ...]]
    title: str
    marked: Mapping[int, tuple[tuple[int, int, str], ...]]  # line -> start, end and label of its mentions

    @functools.cached_property
    def topic(self) -> frozenset[str]:
        """Return the title's content words."""
        return frozenset(w for _, _, w in tokens(self.title) if len(w) > 3 and w not in STOP)

    @functools.cached_property
    def headings(self) -> frozenset[str]:
        """Return the headings of the lines, in lower case."""
        return frozenset(line.heading for line in self.lines)

    @functools.cached_property
    def frequency(self) -> Counter[str]:
        """Return how often the paper says each word."""
        return Counter(word for line in self.lines for _, _, word in line.words)

    @functools.cached_property
    def aliases(self) -> Mapping[str, str]:
        """Return the paper's abbreviations in lower case with what they stand for, as its mentions say."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for label in ("agent", "model", "cell", "outcome", "gene"):
            for mention in self.mentions.get(label, ()):
                value = told(mention)
                if (short := value.get("abbreviation")) and (long := value.get("normal")):
                    counts[str(short).lower()][spaced(str(long))] += 1
        best = {short: min(c, key=lambda long: (-c[long], long)) for short, c in counts.items()}
        return {short: long for short, long in best.items() if short != long and short not in long.split()}

    @functools.cached_property
    def dosed(self) -> Mapping[str, Counter[str]]:
        """Return how often a dose is bound to each agent (lower case, one kind of blank), by purpose."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for mention in self.mentions.get("dose", ()):
            value = told(mention)
            if agent := str(value.get("agent") or ""):
                found[spaced(agent)][str(value.get("purpose") or "")] += 1
        return found

    def of_label(self, label: str, line: Line) -> Sequence[Annotation]:
        """Return the mentions of a label that begin in a line, in the order of the text."""
        return self._by_line.get((label, line.index), ())

    @functools.cached_property
    def _by_line(self) -> Mapping[tuple[str, int], Sequence[Annotation]]:
        found: dict[tuple[str, int], list[Annotation]] = defaultdict(list)
        for label, some in self.mentions.items():
            for mention in sorted(some, key=lambda m: m.evidence[0].start):
                index = self.line_at(mention.evidence[0].start)
                if index is not None:
                    found[label, index].append(mention)
        return found

    def line_at(self, offset: int) -> int | None:
        """Return the index of the line that holds the character, or None."""
        index = bisect.bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return index if index >= 0 and offset < self.lines[index].end else None


def told(mention: Annotation) -> Mapping[str, Any]:
    """Return what a mention tells beside its words: normal form, bindings; nothing where its value is plain."""
    return mention.value if isinstance(mention.value, Mapping) else {}


def read(document: Document, mentions: Sequence[Annotation]) -> Reading:
    """Return the reading of a paper; reference lists and lines of under two words are left out."""
    size = max(1, len(document.text))
    lines: list[Line] = []
    for sentence in sentences(document):
        block = sentence.block
        section = document.sections[block.section] if block.section is not None else None
        role = "abstract" if block.kind == "abstract" else section.role if section else "other"
        text = document.reading[sentence.start : sentence.end]
        within = (sentence.start - block.start) / max(1, block.end - block.start)
        if role == "references" or block.kind in ("heading", "footnote") or len(text) < 8:
            continue
        heading = " ".join(section.path[-2:]).lower() if section else ""
        kind = "title" if block.kind == "title" else "caption" if block.kind == "caption" else "text"
        lines.append(
            Line(
                len(lines),
                sentence.start,
                sentence.end,
                text,
                role,
                kind,
                heading,
                round(sentence.start / size, 4),
                tokens(text),
                round(within, 3),
            )
        )
    by_label: dict[str, list[Annotation]] = defaultdict(list)
    for mention in mentions:
        if mention.evidence:
            by_label[mention.label].append(mention)
    title = document.meta.get("title") or next((b for b in map(document.slice, document.blocks[:1])), "")
    reading = Reading(document, tuple(lines), {label: tuple(found) for label, found in by_label.items()}, title, {})
    marked: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for mention in mentions:
        if mention.label in UNMARKED:
            continue
        for span in mention.evidence[:1]:
            index = reading.line_at(span.start)
            if index is not None:
                marked[index].append((span.start, span.end, mention.label))
    return replace(reading, marked={index: tuple(spans) for index, spans in marked.items()})


@functools.lru_cache(maxsize=2048)
def amounts_in(text: str) -> tuple[Found, ...]:
    """Return the quantities and bare numbers of a sentence, read once for all who ask."""
    return tuple(find(text, bare=True))


_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})


_DOTS = re.compile(r"^\.{1,9}(?!\d)|(?<!\.[A-Za-z])\.{1,9}$")  # not of ".75 mg/kg" and "b.i.d."


def tidy(text: str) -> str:
    """Return the text on one line, ligatures resolved, without white space or punctuation around it."""
    plain = re.sub(r"\s+", " ", text).translate(_LIGATURES).strip(" \n\t,;:")
    return _DOTS.sub("", plain).strip(" \n\t,;:")


def spaced(text: str) -> str:
    """Return the text in lower case, with one blank for each run of blanks and hyphens."""
    return re.sub(rf"[\s{DASHES}]+", " ", text.lower())
