"""From groups of lines to the Document's text: lines joined, broken words healed, every character placed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vivex.document import Block, Cell, Fragment, Mark, Table
from vivex.marks import marks_of
from vivex.parse.lines import Line
from vivex.parse.paragraphs import Group
from vivex.parse.turning import moved_edges

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([\w-]{0,40}?)([^\W_]{1,40})[-­]$")  # what is longer is a sequence, no word
_LONGEST = 81  # characters of such an end
_NEXT = re.compile(r"[^\W_]+")


class Words:
    """Count the words of a paper as they stand inside lines, to tell broken words from hyphenated ones."""

    def __init__(self, lines: Sequence[Line]) -> None:
        texts = [line.text for line in lines]
        for i, text in enumerate(texts):
            if text[-1:] in ("-", "\u00ad"):  # neither half of a broken word counts
                texts[i] = text.rpartition(" ")[0]
                if i + 1 < len(texts):
                    texts[i + 1] = texts[i + 1].partition(" ")[2]
        count: dict[str, int] = {}
        for token, number in Counter("\n".join(texts).lower().split()).items():
            for word in (token,) if token.isalpha() else _WORD.findall(token):
                count[word] = count.get(word, 0) + number
        self.count = Counter(count)

    def joins(self, left: str, right: str) -> bool:
        """Tell whether the hyphen at the end of `left`, before the next line's `right`, is no part of the word."""
        first, second = _BROKEN.search(left.rpartition(" ")[2][-_LONGEST:]), _NEXT.match(right)
        if first is None or second is None:
            return False
        a, b = first.group(2), second.group()
        if not a.isalpha() or not b[0].islower():
            return False
        if len(a) == 1 and a.islower() is False:
            return False
        whole, hyphenated = (a + b).lower(), f"{a}-{b}".lower()
        if self.count[hyphenated] > self.count[whole]:
            return False
        if self.count[whole]:
            return True
        if a.isupper() and len(a) > 1:
            return False
        if first.group(1).endswith("-"):  # "up-to-" + "date", but "hydro-alco-" + "holic"
            return not (self.count[a.lower()] and self.count[b.lower()])
        parts = self.count[a.lower()] and self.count[b.lower()]
        return not (parts and len(a) > 3 and len(b) > 3 and self.count[a.lower()] + self.count[b.lower()] > 3)


class Writer:
    """Append lines to the text and remember where each stands on the page."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.parts: list[str] = []
        self.size = 0
        self.fragments: list[Fragment] = []

    def put(self, text: str) -> None:
        """Append text that stands nowhere on the page."""
        self.parts.append(text)
        self.size += len(text)

    def line(self, line: Line, start: int, end: int) -> None:
        """Append characters [start, end) of a line, runs of spaces and soft hyphens dropped."""
        text, edges = line.text[start:end], line.edges
        if len(text) < len(line.text) and edges:
            edges = edges[start : end + 1]
        if "  " in text:
            keep = [i for i, c in enumerate(text) if not (c == " " and (i == 0 or text[i - 1] == " "))]
            if edges:
                edges = [edges[i] for i in keep] + edges[-1:]
            text = "".join([text[i] for i in keep])
        if not text:
            return
        begin = self.size
        self.put(text)
        places, vertical = (tuple(edges), False) if line.back is None else moved_edges(edges, line.back)
        self.fragments.append(Fragment(begin, self.size, line.page, line.box, places, vertical))

    def group(self, group: Group) -> tuple[int, int]:
        """Append a group's lines as running text; return its range."""
        begin = self.size
        pending: tuple[Line, int, int] | None = None
        for i, line in enumerate(group.lines):
            low = group.first if i == 0 else 0
            high = group.last if group.last is not None and i == len(group.lines) - 1 else len(line.text)
            while low < high and line.text[low] == " ":
                low += 1
            while high > low and line.text[high - 1] == " ":
                high -= 1
            if pending is not None:
                self._flush(pending, line.text[low:high])
            pending = (line, low, high)
        if pending is not None:
            self.line(*pending)
        return begin, self.size

    def _flush(self, pending: tuple[Line, int, int], following: str) -> None:
        """Append a line that `following` continues: the line-end hyphen goes, stays, or a space comes."""
        line, low, high = pending
        text = line.text[low:high]
        if text[-1:] not in "-\u00ad/–—":
            self.line(line, low, high)
            self.put(" ")
        elif text.endswith("\u00ad") and following[:1].isalpha():
            self.line(line, low, high - 1)
        elif text.endswith(("-", "\u00ad")) and len(text) > 1 and text[-2] != " ":
            if self.words.joins(text, following):
                self.line(line, low, high - 1)
            else:
                self.line(line, low, high)
        elif text.endswith(("/", "–", "—")) and len(text) > 1 and text[-2] != " ":
            self.line(line, low, high)
        else:
            self.line(line, low, high)
            self.put(" ")


@dataclass(frozen=True, slots=True)
class Layers:
    """Hold a paper's text and what stands over it."""

    text: str
    blocks: tuple[Block, ...]
    fragments: tuple[Fragment, ...]
    tables: tuple[Table, ...]
    marks: tuple[Mark, ...]


def assemble(groups: Sequence[Group], places: Sequence[int | None], words: Words) -> Layers:
    """Return the text and the layers of the groups; `places` gives each group's section."""
    writer = Writer(words)
    blocks: list[Block] = []
    tables: list[Table] = []
    index: dict[int, int] = {}
    waiting: list[tuple[int, Group, tuple[Cell, ...]]] = []
    for group, place in zip(groups, places):
        if writer.parts:
            writer.put("\n\n")
        if group.cells:
            start, cells = _table(writer, group)
            waiting.append((len(blocks), group, cells))
            end = writer.size
        else:
            start, end = writer.group(group)
        index[id(group)] = len(blocks)
        blocks.append(Block(group.kind, start, end, place, group.level if group.kind == "heading" else None))
    for block, group, cells in waiting:
        tables.append(Table(block, index.get(id(group.caption)), cells))
    text = "".join(writer.parts)
    marks = tuple(Mark(start, end) for block in blocks for start, end in marks_of(text, block.start, block.end))
    return Layers(text, tuple(blocks), tuple(writer.fragments), tuple(tables), marks)


def _table(writer: Writer, group: Group) -> tuple[int, tuple[Cell, ...]]:
    """Append a table's cells, parted by tabs and rows by line ends."""
    start, cells, last = writer.size, [], None
    for cell in group.cells:
        if last is not None:
            writer.put("\t" if cell.row == last else "\n")
        last = cell.row
        begin = writer.size
        for i, (line, low, high) in enumerate(cell.pieces):
            if i:
                writer.put(" ")
            writer.line(line, low, high)
        cells.append(Cell(cell.row, cell.column, begin, writer.size, cell.header, cell.row_span, cell.column_span))
    return start, tuple(cells)
