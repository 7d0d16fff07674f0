"""Fields that a review defines itself: filled from labels, allowed values and keywords, without code."""

from __future__ import annotations

import bisect
import functools
import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from vivex.annotation import Annotation, evidence
from vivex.codebook import Field
from vivex.extract.choice import DOUBTFUL, sure
from vivex.extract.reading import Line, Reading, amounts_in, tidy
from vivex.extract.value_features import place
from vivex.questions import KINDS

VERSION = "3"
_WEIGHT = {
    "title": 1.5,
    "abstract": 2.0,
    "methods": 2.0,
    "results": 2.0,
    "caption": 1.5,
    "discussion": 0.7,
    "introduction": 0.3,
}
QUOTES, ALTERNATIVES = 3, 4  # pieces of evidence of a value, further values of a field
OWN = 1.0  # weight of a place where a paper speaks of itself: not its introduction or discussion

Span = tuple[float, int, int]  # weight, start, end
Certainty = Callable[[Sequence[float]], float]  # features of a value -> probability that it is right


@dataclass(frozen=True, slots=True)
class Said:
    """Hold a value that a paper says, where it does (the weightiest place first), and what tells how sure it is."""

    value: str
    spans: tuple[Span, ...]
    features: tuple[float, ...]


def propose_custom(reading: Reading, field: Field, certainty: Certainty) -> tuple[list[Annotation], list[Annotation]]:
    """Return the proposals for a field that no built-in extractor fills, best first, and the further candidates.

    Of allowed values of which several may hold, all that the paper says of itself are proposed.
    """
    found = values_said(reading, field)
    top = sum(w for w, _, _ in found[0].spans) if found else 0.0
    most = KINDS[field.type].most if field.many else 1
    values: list[Annotation] = []
    others: list[Annotation] = []
    for k, said in enumerate(found if several(field) else found[: most + ALTERNATIVES]):
        probability = sure(certainty(said.features))
        if several(field):
            kept = said.spans[0][0] >= OWN
        else:
            total = sum(w for w, _, _ in said.spans)
            often = total >= max(0.5, 0.1 * top)  # said once, far from methods and results: left out
            backed = bool(field.labels) and not field.allowed
            kept = k < most and often and (backed or probability >= DOUBTFUL)
        (values if kept else others).append(
            Annotation(
                study=reading.document.study,
                label=f"form.{field.name}",
                value=said.value,
                evidence=tuple(evidence(reading.document, a, b) for a, b in _sentences(reading, said.spans[:QUOTES])),
                source=f"fields:{field.name}@{VERSION}",
                confidence=probability,
            )
        )
    for listed in (values, others):
        listed.sort(key=lambda a: -(a.confidence or 0.0))
    return values, others[:ALTERNATIVES]


def several(field: Field) -> bool:
    """Tell whether several of the field's allowed values may hold at once."""
    return field.many and bool(field.allowed)


def values_said(reading: Reading, field: Field) -> list[Said]:
    """Return the values that the paper says, the weightiest first.

    With `allowed`: the allowed values (or their synonyms), in sentences that hold a keyword where there are keywords.
    With `labels`: the mentions of those labels in such sentences. With keywords alone: a number beside a keyword
    (type number) or the sentences that hold most keywords.
    """
    keywords = any_of(field.keywords, exact=field.type == "number")
    lines = [ln for ln in reading.lines if keywords is None or keywords.search(ln.text) or keywords.search(ln.heading)]
    found: dict[str, list[Span]] = defaultdict(list)
    if field.allowed:
        every = any_of((*field.allowed, *(w for words in field.synonyms.values() for w in words)))
        lines = [ln for ln in lines if every is not None and every.search(ln.text)]
        for value in field.allowed:
            for line, start, end in _said(lines, (value, *field.synonyms.get(value, ()))):
                found[value].append((_WEIGHT.get(place(line), 0.5), start, end))
    elif field.labels:
        wanted = {line.index for line in lines}
        for mention in (m for label in field.labels for m in reading.mentions.get(label, ())):
            span = mention.evidence[0]
            index = reading.line_at(span.start)
            if index in wanted:
                found[_shown(mention)].append((_WEIGHT.get(place(reading.lines[index]), 0.5), span.start, span.end))
    elif field.type == "number" and keywords is not None:
        for line in lines:
            for start, end in _amounts(line, keywords):
                value = tidy(line.text[start:end])
                found[value].append((_WEIGHT.get(place(line), 0.5), line.start + start, line.start + end))
    elif keywords is not None:
        for line in lines:
            if len(line.text.split()) > 5 and line.kind != "title":
                hits = {m.group().lower() for m in keywords.finditer(line.text)}
                weight = _WEIGHT.get(place(line), 0.5) * len(hits)
                if hits:
                    weight *= 0.5 if place(line) in ("discussion", "introduction") else 1
                    found[tidy(line.text)].append((weight, line.start, line.end))
    return _weighed(reading, found, alone=several(field))


def _weighed(reading: Reading, found: Mapping[str, Sequence[Span]], *, alone: bool) -> list[Said]:
    """Return the values, each wording once, with features that hold for any question: how often, where.

    Where one value holds, its share and rank count; `alone`, as where several may hold, each is judged by itself.
    """
    merged: dict[str, tuple[str, list[Span]]] = {}
    for value, spans in found.items():
        merged.setdefault(value.lower(), (value, []))[1].extend(spans)
    total = {key: sum(w for w, _, _ in spans) for key, (_, spans) in merged.items()}
    whole = sum(total.values())
    order = sorted(merged, key=lambda key: (-total[key], min(s for _, s, _ in merged[key][1])))
    out = []
    for rank, key in enumerate(order):
        value, spans = merged[key]
        spans.sort(key=lambda s: (-s[0], s[1]))
        places = [place(reading.lines[i]) for _, start, _ in spans if (i := reading.line_at(start)) is not None]
        said = (
            math.log1p(total[key]),
            float("title" in places or "abstract" in places),
            math.log1p(places.count("methods")),
            math.log1p(places.count("results") + places.count("caption")),
        )
        beside = (total[key] / whole, 1 / (1 + rank), math.log1p(len(order)))
        features = (*_NONE, 1.0, *said) if alone else (*said, *beside, 0.0, *_NONE[:4])
        out.append(Said(value, tuple(spans), features))
    return out


_NONE = (0.0,) * 7


def _sentences(reading: Reading, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the quotes around the spans, each once."""
    quotes = []
    for _, start, end in spans:
        index = reading.line_at(start)
        line = reading.lines[index] if index is not None else None
        quotes.append(quote_span(line, start, end) if line else (start, end))
    return list(dict.fromkeys(quotes))


def quote_span(line: Line, start: int, end: int, *, longest: int = 60) -> tuple[int, int]:
    """Return a span of at most `longest` words of the line that holds the value: the line, or a cut of it."""
    starts, ends = _word_places(line.text)
    if len(starts) <= longest:
        return line.start, line.end
    first = bisect.bisect_right(ends, start - line.start) % len(ends)
    low = max(0, min(first - longest // 2, len(starts) - longest))
    return starts[low] + line.start, max(min(end, line.end), ends[low + longest - 1] + line.start)


@functools.lru_cache(maxsize=64)
def _word_places(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where the words of a line start and end; a line is cut for each of its values."""
    words = [m.span() for m in re.finditer(r"\S+", text)]
    return tuple(start for start, _ in words), tuple(end for _, end in words)


def _shown(mention: Annotation) -> str:
    """Return a mention's display form."""
    if isinstance(mention.value, dict):
        return str(mention.value.get("normal") or mention.value.get("text") or mention.evidence[0].quote)
    return str(mention.value)


@functools.lru_cache(maxsize=512)
def any_of(words: tuple[str, ...], *, exact: bool = False) -> re.Pattern[str] | None:
    """Return a pattern for any of the words, or None; short upper-case words, and all if `exact`, only as written."""
    if not words:
        return None
    parts = sorted((_word(w, exact=exact) for w in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _word(word: str, *, exact: bool) -> str:
    body = r"[\s\u2010\u2011-]+".join(re.escape(p) for p in re.split(r"[\s-]+", word))
    return body if exact or (len(word) <= 5 and word != word.lower()) else f"(?i:{body})"


def _said(lines: Sequence[Line], wordings: tuple[str, ...]) -> list[tuple[Line, int, int]]:
    pattern = any_of(wordings)
    if pattern is None:
        return []
    return [(ln, ln.start + m.start(), ln.start + m.end()) for ln in lines for m in pattern.finditer(ln.text)]


def _amounts(line: Line, keywords: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the spans of numbers with a keyword as their unit, or right behind."""
    spans = []
    for found in amounts_in(line.text):
        behind = found.end + (line.text[found.end : found.end + 1] == " ")
        unit = keywords.match(line.text, behind)
        if unit:
            spans.append((found.lead, unit.end()))
        elif any(m.end() == found.end for m in keywords.finditer(line.text, found.start, found.end)):
            spans.append((found.lead, found.end))
    return spans
