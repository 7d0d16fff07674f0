"""Fields that a review defines itself: filled from labels, allowed values and keywords, without code."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence

from vivex.annotation import Annotation, evidence
from vivex.codebook import Field
from vivex.extract.reading import Line, Reading, tidy
from vivex.extract.value_features import place
from vivex.questions import KINDS

VERSION = "1"
_WEIGHT = {
    "title": 1.5,
    "abstract": 2.0,
    "methods": 2.0,
    "results": 2.0,
    "caption": 1.5,
    "discussion": 0.7,
    "introduction": 0.3,
}
_AMOUNT = re.compile(r"[~∼≈<>]?\s?\d+(?:[.,]\d+)?(?:\s*(?:[-–—±]|to|and)\s*\d+(?:[.,]\d+)?)?")


def propose_custom(reading: Reading, field: Field) -> list[Annotation]:
    """Return the proposals for a field that no built-in extractor fills, best first.

    With `allowed`: the allowed values (or their synonyms) that the paper says, in sentences that hold a keyword where
    there are keywords. With `labels`: the mentions of those labels in such sentences. With keywords alone: a number
    beside a keyword (type number) or the sentences that hold most keywords.
    """
    keywords = _any_of(field.keywords, exact=field.type == "number")
    lines = [ln for ln in reading.lines if keywords is None or keywords.search(ln.text) or keywords.search(ln.heading)]
    found: dict[str, list[tuple[float, int, int]]] = defaultdict(list)  # value -> (weight, start, end)
    if field.allowed:
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
                weight = (
                    _WEIGHT.get(place(line), 0.5)
                    * len(hits)
                    * (0.5 if place(line) in ("discussion", "introduction") else 1)
                )
                if hits:
                    found[tidy(line.text)].append((weight, line.start, line.end))
    return _annotations(reading, field, found)


def _annotations(reading: Reading, field: Field, found: dict[str, list[tuple[float, int, int]]]) -> list[Annotation]:
    """Return the heaviest values as annotations; a value said once, far from methods and results, is left out."""
    merged: dict[str, tuple[str, list[tuple[float, int, int]]]] = {}
    for value, spans in found.items():
        merged.setdefault(value.lower(), (value, []))[1].extend(spans)
    total = {key: sum(w for w, _, _ in spans) for key, (_, spans) in merged.items()}
    order = sorted(merged, key=lambda key: (-total[key], min(s for _, s, _ in merged[key][1])))
    top = total[order[0]] if order else 0.0
    out = []
    for key in order[: KINDS[field.type].most if field.many else 1]:
        if total[key] < max(0.5, 0.1 * top):
            continue
        value, spans = merged[key]
        spans.sort(key=lambda s: (-s[0], s[1]))
        out.append(
            Annotation(
                study=reading.document.study,
                label=f"form.{field.name}",
                value=value,
                evidence=tuple(evidence(reading.document, a, b) for a, b in _sentences(reading, spans[:3])),
                source=f"fields:{field.name}@{VERSION}",
                confidence=round(min(0.9, 0.25 + 0.1 * total[key]), 3),
            )
        )
    return out


def _sentences(reading: Reading, spans: Sequence[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Return the quotes around the spans, each once."""
    quotes = []
    for _, start, end in spans:
        index = reading.line_at(start)
        line = reading.lines[index] if index is not None else None
        quotes.append(quote_span(line, start, end) if line else (start, end))
    return list(dict.fromkeys(quotes))


def quote_span(line: Line, start: int, end: int, *, longest: int = 60) -> tuple[int, int]:
    """Return a span of at most `longest` words of the line that holds the value: the line, or a cut of it."""
    words = [(m.start() + line.start, m.end() + line.start) for m in re.finditer(r"\S+", line.text)]
    if len(words) <= longest:
        return line.start, line.end
    first = next((i for i, w in enumerate(words) if w[1] > start), 0)
    low = max(0, min(first - longest // 2, len(words) - longest))
    return words[low][0], max(min(end, line.end), words[low + longest - 1][1])


def _shown(mention: Annotation) -> str:
    """Return a mention's display form."""
    if isinstance(mention.value, dict):
        return str(mention.value.get("normal") or mention.value.get("text") or mention.evidence[0].quote)
    return str(mention.value)


@functools.lru_cache(maxsize=512)
def _any_of(words: tuple[str, ...], *, exact: bool = False) -> re.Pattern[str] | None:
    """Return a pattern for any of the words, or None; short upper-case words, and all if `exact`, only as written."""
    if not words:
        return None
    parts = sorted((_word(w, exact=exact) for w in words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _word(word: str, *, exact: bool) -> str:
    body = r"[\s\u2010\u2011-]+".join(re.escape(p) for p in re.split(r"[\s-]+", word))
    return body if exact or (len(word) <= 5 and word != word.lower()) else f"(?i:{body})"


def _said(lines: Sequence[Line], wordings: tuple[str, ...]) -> list[tuple[Line, int, int]]:
    pattern = _any_of(wordings)
    if pattern is None:
        return []
    return [(ln, ln.start + m.start(), ln.start + m.end()) for ln in lines for m in pattern.finditer(ln.text)]


def _amounts(line: Line, keywords: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the spans of numbers with a keyword right behind (a unit) or within forty characters before."""
    spans = []
    for match in _AMOUNT.finditer(line.text):
        unit = keywords.match(line.text, match.end() + (line.text[match.end() : match.end() + 1] == " "))
        if unit:
            spans.append((match.start(), unit.end()))
    return spans
