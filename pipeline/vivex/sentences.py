"""Sentences of a Document: half-open spans that never cross a block."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from vivex.document import BODY_KINDS, Block, Document

# Words after which a full stop does not end a sentence. Lower case, without the stop.
ABBREVIATIONS = frozenset(
    "al approx ca cf co corp dept dr e.g eg eq eqs etc exp fig figs ref refs i.e ie inc incl ltd max min mr mrs ms no "
    "nos p.o i.p i.v i.m s.c i.c.v i.a i.n i.g i.t p.c prof sp spp ssp st suppl tab temp univ var vol vs "
    "viz wt b.w bw".split()
)
_STOP = re.compile(r"[.!?][\"'”’)\]]*(?=\s|$)|\n{2,}")
_NEXT = re.compile(r"\s*+[\"'“‘(\[]*+\s*+([A-Z0-9Α-Ωα-ω⁎*†#]|[a-z]{1,3}[A-Z0-9-])")
_SOLID = re.compile(r"\S")
_CAPITAL_WORD = re.compile(r"\s{0,4}[A-Z][a-z]+ ")
_LONGEST = 40  # characters before a full stop that are looked at: an abbreviation, an initial


@dataclass(frozen=True, slots=True)
class Sentence:
    """Mark a sentence, with the block it stands in."""

    start: int
    end: int
    block: Block


def split(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of `text`, without surrounding white space."""
    begin = 0
    for match in _STOP.finditer(text):
        end = match.end() if text[match.start()] != "\n" else match.start()
        if text[match.start()] == "." and not _ends(text, match.start(), match.end()):
            continue
        span = _trim(text, begin, end)
        if span:
            yield span
        begin = match.end()
    span = _trim(text, begin, len(text))
    if span:
        yield span


def _ends(text: str, stop: int, after: int) -> bool:
    """Tell whether the full stop at `stop` ends a sentence (not an abbreviation, initial or number)."""
    if not _SOLID.search(text, after):
        return True
    if not _NEXT.match(text, after):
        return False
    word = re.search(r"[^\s(\[]*$", text[max(0, stop - _LONGEST) : stop]).group()  # type: ignore[union-attr]
    bare = word.lower().strip("\"'“”‘’,;:")
    if bare in ABBREVIATIONS:
        # "i.p. Rats were" does end a sentence; "vs. Control" and "Fig. 2" do not
        return "." in bare and bare not in ("e.g", "i.e") and bool(_CAPITAL_WORD.match(text, after))
    # "A. thaliana", "J. Smith": a single capital is an initial; "group A. Rats" is rare and loses little
    return not re.fullmatch(r"[A-Z]", word)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


@functools.lru_cache(maxsize=8)
def sentences(
    document: Document, *, kinds: tuple[str, ...] = (*BODY_KINDS, "caption", "footnote")
) -> tuple[Sentence, ...]:
    """Return the sentences of the blocks of the given kinds, in reading order."""
    found = []
    for block in document.blocks:
        if block.kind not in kinds:
            continue
        for start, end in split(document.reading[block.start : block.end]):
            found.append(Sentence(block.start + start, block.start + end, block))
    return tuple(found)
