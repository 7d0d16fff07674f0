"""Sentences and clauses: how far the words of a mention reach."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivex.document import Block, Document
from vivex.recognize.spans import Span
from vivex.sentences import split

# A clause ends at a semicolon, before what follows in time, before another subject, and with a table's cell.
_TURNS = (
    r";\s",
    r",?\s(?:and\s)?(?=(?:then|thereafter|afterwards)\s)",
    r",?\s(?=followed\sby\s)",
    r",\s(?=(?:while|whereas|but|after\swhich)\s)",
    r",?\s(?:and|while|whereas)\s(?=(?:the\s)?(?:others?|rest|remaining)\s)",
    r",\s(?:and\s)?(?=(?:(?:the|another|all|these)\s(?:(?!and|or)[\w-]+\s){1,3}|(?:mice|rats|animals)\s)(?:was|were|"
    r"received)\s)",
    r"\s(?=\(?(?:[1-9]|1\d|[a-h]|i{1,3}|iv|vi{0,3})\)\s)",
    r"\t",
)
_TURN = re.compile("|".join(_TURNS))
_OPENING = re.compile(r"(?:After|Before|Following|Prior\sto|Once|When|Under|[\w-]{1,40}\s\w{1,40}\s(?:after|before))\s")
_STEP = re.compile(r",\s(?!(?:and|or)\s|\d)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Mark a sentence in its block, with the mentions that begin in it."""

    start: int
    end: int
    block: Block
    inside: tuple[Span, ...]


@functools.lru_cache(maxsize=4)
def sentence_spans(document: Document) -> tuple[tuple[int, int, Block], ...]:
    """Return the sentences of the text with the (first) block of their paragraph."""
    text = document.reading.replace("\n", " ")  # within a paragraph a line's end, even a page's, ends no sentence
    return tuple(
        (a + s, a + e, block)
        for a, b, block in _paragraphs(document)
        for s, e in (_rows(document.text[a:b]) if block.kind == "table" else split(text[a:b]))
    )


def _rows(table: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each row of a table's text: a row says nothing of the next one."""
    start = 0
    for row in table.split("\n"):
        if row.strip():
            yield start, start + len(row)
        start += len(row) + 1


def _paragraphs(document: Document) -> Iterator[tuple[int, int, Block]]:
    """Yield start, end and first block of each paragraph; a document without blocks is one.

    Blocks that only a line's end parts, or whose sentence a column or a page breaks, are one paragraph.
    """
    text = document.reading
    start, block = 0, Block("paragraph", 0, len(text))
    end = len(text) if not document.blocks else 0
    for following in document.blocks:
        if following.kind == block.kind == "paragraph" and end and _goes_on(text, end, following.start):
            end = following.end
            continue
        if end > start:
            yield start, end, block
        start, end, block = following.start, following.end, following
    if end > start:
        yield start, end, block


def _goes_on(text: str, end: int, start: int) -> bool:
    """Tell whether the words at `start` go on with the paragraph that `end` ends."""
    return start - end == 1 or (text[end - 1 : end] not in tuple(".!?:;") and text[start : start + 1].islower())


def by_sentence(document: Document, spans: Sequence[Span]) -> Iterator[Sentence]:
    """Yield each sentence with the mentions that begin in it, in reading order."""
    ordered = sorted(spans, key=lambda s: (s.start, s.end))
    starts = [s.start for s in ordered]
    for start, end, block in sentence_spans(document):
        first, last = bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)
        yield Sentence(start, end, block, tuple(ordered[first:last]))


def turns(text: str, start: int, end: int) -> list[int]:
    """Return where the clauses of the sentence `text[start:end]` begin, the first at `start`."""
    found = [start]
    depth_at = _depths(text, start, end)
    if _OPENING.match(text, start) and (
        step := next((m for m in _STEP.finditer(text, start, end) if not depth_at[m.start() - start]), None)
    ):
        found.append(step.end())
    found += [m.end() for m in _TURN.finditer(text, start, end) if not depth_at[m.start() - start]]
    return sorted(set(found))


def _depths(text: str, start: int, end: int) -> list[int]:
    """Return how many brackets are open at each character, 0 where they never close."""
    if text.find("(", start, end) < 0:
        return [0] * (end - start)
    out, depth = [], 0
    for index in range(start, end):
        character = text[index]
        if character == "(":
            depth += 1
        out.append(depth)
        if character == ")" and depth:
            depth -= 1
    return out if not depth else [0] * len(out)
