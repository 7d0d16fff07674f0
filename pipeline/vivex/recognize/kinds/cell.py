"""Cell types and cell lines."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from vivex.recognize.abbreviations import find_abbreviations
from vivex.recognize.kinds import NAMED, Kind
from vivex.recognize.lexicon import keys
from vivex.recognize.spans import Span, longest
from vivex.vocabulary import pattern, written

SOURCE = "grammar:cell@1"
_HEAD = rf"{pattern('cells', 'head', whole=False)}(?![A-Za-z-])"
_CELLS = r"(?<![A-Za-z])cells?(?![A-Za-z-])(?P<line>\slines?(?![A-Za-z]))?"
# adjectives that name a kind of cell; the words of the Cell Ontology's names are added to them
_KINDS = written("cells", "kind")
_NOT_KIND = written("cells", "stop")
_SHAPED = re.compile(
    r"(?!DIV\d|WT|KO|DNA|RNA|GFP|EGFP|PBS|CO2|Fig|double-|single-)(?:(?:layer|lamina)|[IV]{1,3}|[A-Z]{2,5}[a-z]?|[A-Za-z]{1,6}\d{1,3}[A-Za-z]{0,3}(?:/\d|[+\u2212-])?|[A-Z]{2,5}[+\u2212]|[\u03b1-\u03c9]{1,2}|[A-Za-z0-9]{1,40}[\u03b1-\u03c9]\+?|\S{1,40}(?:-positive|-expressing|-derived|-projecting|-lineage|-spiking|-presenting|-like|ergic)|[+\u2212])"
)
_NUMBERED = r"MDA[- ]MB[- ]?\d{3}|\u03b2TC\d|SK[- ]N[- ]\w+|OVCAR[- ]?\d"
_LINES = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_NUMBERED}|{pattern('cells', 'line', whole=False)})(?![A-Za-z0-9]|[-]?(?:induced|ion))"
)
_TYPE_NAME = re.compile(
    r"(?:T\s?reg|Treg|Th\d+|Tfh|NK|NKT|CTL|ES|iPS|CD\d+\w?\s?[+\u2212]?|T|B|tumou?r|cancer|stem|mast|SVZ|NO|\w{1,40}ed)s?"
)
_CALLED = re.compile(r"\s(?:cells?|cell\slines?|lines?|tumou?rs?)$")
_ALONE = frozenset("AGS C6 CV-1 D3 E14 F9 H1 H9 HOS KPC L6 LLC MS1 N9 NK NPs NRK OP9 P19 R1 S2 SCs TE-1".split())


def line_of(written: str) -> str:
    """Return the name of the cell line that a mention names, without "cells"; "" where it is no known line."""
    name = _CALLED.sub("", written)
    return name if _LINES.fullmatch(name) and (name != written or name not in _ALONE) else ""


def find_cell(text: str) -> Iterator[Span]:
    """Yield the cell mentions of `text`."""
    yield from longest([*_heads(text), *_cells(text), *_lines(text), *_abbreviated(text)])


def _abbreviated(text: str) -> Iterator[Span]:
    """Yield the abbreviations that the text defines as a kind of cell ("BM-PCs")."""
    for short, long in find_abbreviations(text).items():
        if re.search(rf"(?:\bcells?|{_HEAD})$", long) and not re.search(r"(?:death|line|cycle)$", long):
            stem = short[:-1] if short.endswith("s") else short
            for match in re.finditer(rf"(?<![A-Za-z0-9-]){re.escape(stem)}s?(?![A-Za-z0-9])", text):
                yield Span(match.start(), match.end(), "cell", {}, SOURCE, 0.85)


@functools.cache
def _kinds() -> frozenset[str]:
    """Return the words that may stand before a cell's head noun."""
    listed = keys("cells").words()
    refused = _NOT_KIND | {word.capitalize() for word in _NOT_KIND}
    return (_KINDS | listed | {word.capitalize() for word in listed}) - refused


_WORD_BEFORE = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[(/\u2013-]))([^\s()\[\],;:]{1,40})\s$")


def _extended(text: str, start: int, most: int = 5) -> int:
    """Return where the name that ends in the head at `start` begins."""
    kinds = _kinds()
    for _ in range(most):
        match = _WORD_BEFORE.search(text[max(0, start - 40) : start])
        if not match:
            break
        word = match[1]
        if word not in kinds and word.lower() not in _KINDS and not _SHAPED.fullmatch(word):
            break
        if word in ("human", "mouse", "whole", "reg") and word != "reg":
            break
        start -= len(word) + 1
    # a lone sign or number does not begin a name
    while match := re.match(r"(?:[+\u2212]|\d+|and|or)\s", text[start:]):
        start += match.end()
    return start


def _heads(text: str) -> Iterator[Span]:
    for match in re.finditer(rf"(?<![A-Za-z0-9-])(?P<head>{_HEAD})", text, re.IGNORECASE):
        if re.match(r"\s(?:diseases?|disorders?|agonists?)\b", text[match.end() :]):
            continue
        start = _extended(text, match.start(), 4)
        end = match.end()
        if line := re.match(r"\scells?\slines?(?![A-Za-z])", text[end:]):
            end += line.end()
        yield Span(start, end, "cell", {}, SOURCE, 0.8)


def _cells(text: str) -> Iterator[Span]:
    for match in re.finditer(_CELLS, text):
        start = _extended(text, match.start())
        if start == match.start():
            continue
        words = text[start : match.start()].split()
        if re.search(rf"(?:{_HEAD})$", words[-1]) or (
            len(words) == 1
            and re.match(
                r"\s(?:death|cycle|viability|proliferation|counting|count|culture|density)\b", text[match.end() :]
            )
            and not _TYPE_NAME.fullmatch(words[0])
        ):
            continue
        line = not _TYPE_NAME.fullmatch(text[start : match.start()].strip()) and _LINES.fullmatch(
            text[start : match.start()].strip()
        )
        if line or (len(words) == 1 and re.fullmatch(r"[A-Z]+-?\d{2,}[A-Za-z]?", words[0])):
            yield Span(start, match.start() - 1, "cell", {}, SOURCE, 0.8)  # a line's name goes without "cells"
            continue
        yield Span(start, match.end(), "cell", {}, SOURCE, 0.8)


def _lines(text: str) -> Iterator[Span]:
    for match in _LINES.finditer(text):
        if match.group() in _ALONE and not re.match(r"\s(?:cells?|lines?|tumou?rs?|glioma)\b", text[match.end() :]):
            continue
        yield Span(match.start(), match.end(), "cell", {}, SOURCE, 0.85)


KIND = Kind(
    label="cell",
    colour="#AEE5E0",
    find=find_cell,
    joining=NAMED["model"],
    named=frozenset(("CELL", "CELL_TYPE", "CELL_LINE", "CL", "CELLLINE")),
)
