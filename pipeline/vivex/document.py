"""The Document: one immutable text and stand-off layers over it.

Pages count from 1; coordinates are points from the top left of the unrotated crop box; spans are half-open,
in characters (code points) of `Document.text`.
"""

from __future__ import annotations

import bisect
import functools
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from vivex.errors import MalformedFile
from vivex.files import write_text
from vivex.marks import as_read

SCHEMA = 2

BLOCK_KINDS = (
    "title",
    "abstract",
    "heading",
    "paragraph",
    "list",
    "caption",
    "table",
    "footnote",
    "reference",
    "header",
    "footer",
    "other",
)
BODY_KINDS = ("title", "abstract", "heading", "paragraph", "list")
ROLES = ("abstract", "introduction", "methods", "results", "discussion", "statements", "references", "other")


@dataclass(frozen=True, slots=True)
class Section:
    """Name a part of the paper: the heading path from the outermost heading inwards, and its normalised role."""

    path: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Block:
    """Mark a range of `text` as one kind of matter; `section` indexes `Document.sections` (None: front matter)."""

    kind: str
    start: int
    end: int
    section: int | None = None
    level: int | None = None  # headings only; 1 is the outermost


@dataclass(frozen=True, slots=True)
class Fragment:
    """Place a range of `text`, part of one printed line, on a page.

    `box` is (x0, y0, x1, y1) in points. `edges` holds the x coordinate of every character boundary
    (`end - start + 1` of them), or its y coordinate where the line is `vertical` (runs up or down the unrotated page);
    it is empty where only the whole box is known.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    edges: tuple[float, ...] = ()
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Give a page's number (from 1), size in points and rotation in degrees."""

    number: int
    width: float
    height: float
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Mark a table cell: row and column from 0, spans, whether it is a header, and its range of `text`."""

    row: int
    column: int
    start: int
    end: int
    header: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Tie a table block to its caption block (indices into `blocks`) and its cells."""

    block: int
    caption: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Mark a range of `text` as a raised mark of a citation or note: it touches a word and is no part of it."""

    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Document:
    """Hold a paper's text and its layers; see the module for units.

    `warnings` are short plain sentences for the reviewer about what was not read, or not surely; where one is about a
    page it begins with "page N:".
    """

    study: str
    text: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    fragments: tuple[Fragment, ...] = ()
    pages: tuple[Page, ...] = ()
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    source_format: str = "text"  # pdf, jats or text
    pdf_sha256: str = ""  # of the source file's bytes, whatever its format
    parser: str = ""  # name@version
    warnings: tuple[str, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)  # title, doi, year, journal where the source says so

    def __post_init__(self) -> None:
        size = len(self.text)
        for block in self.blocks:
            if block.kind not in BLOCK_KINDS:
                raise ValueError(f"block kind {block.kind!r} is not one of {BLOCK_KINDS}")
            if not 0 <= block.start <= block.end <= size:
                raise ValueError(f"block {block} lies outside a text of {size} characters")
            if block.section is not None and not 0 <= block.section < len(self.sections):
                raise ValueError(f"block {block} names a section that does not exist")
        for fragment in self.fragments:
            if not 0 <= fragment.start < fragment.end <= size:
                raise ValueError(f"fragment {fragment.start}-{fragment.end} lies outside a text of {size} characters")
            if fragment.edges and len(fragment.edges) != fragment.end - fragment.start + 1:
                raise ValueError(f"fragment {fragment.start}-{fragment.end} has {len(fragment.edges)} edges")
        for mark in self.marks:
            if not 0 <= mark.start <= mark.end <= size:
                raise ValueError(f"mark {mark.start}-{mark.end} lies outside a text of {size} characters")

    def __eq__(self, other: object) -> bool:
        if self is other or not isinstance(other, Document):
            return self is other
        alike = all(getattr(self, part.name) == getattr(other, part.name) for part in fields(self))
        return alike or to_json(self) == to_json(other)  # one file, read twice, is alike; else positions are rounded

    def __hash__(self) -> int:
        return hash((self.study, self.text_sha256, self.parser))

    @functools.cached_property
    def text_sha256(self) -> str:
        """Return the SHA-256 of the text, by which evidence knows whether its offsets still hold."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @functools.cached_property
    def reading(self) -> str:
        """Return the text as finders of words read it, character for character as long as `text`.

        Line ends inside running text, odd spaces and raised citation marks are spaces; mathematical and full-width
        letters are plain ones. Quotes come from `text`.
        """
        running = [(b.start, b.end) for b in self.blocks if b.kind != "table"] or [(0, len(self.text))]
        return as_read(self.text, running, [(m.start, m.end) for m in self.marks])

    @functools.cached_property
    def _ordered_fragments(self) -> tuple[list[int], list[Fragment]]:
        ordered = sorted(self.fragments, key=lambda f: f.start)
        return [f.start for f in ordered], ordered

    @functools.cached_property
    def _ordered_blocks(self) -> tuple[list[int], list[Block]]:
        ordered = sorted(self.blocks, key=lambda b: (b.start, b.end))
        return [b.start for b in ordered], ordered

    def boxes(self, start: int, end: int) -> list[tuple[int, tuple[float, float, float, float]]]:
        """Return (page, box) for each printed line that the span crosses, in reading order; empty without layout."""
        starts, ordered = self._ordered_fragments
        found = []
        for fragment in ordered[max(0, bisect.bisect_right(starts, start) - 1) :]:
            if fragment.start >= end:
                break
            if fragment.end <= start:
                continue
            x0, y0, x1, y1 = fragment.box
            if fragment.edges:
                low, high = max(start, fragment.start) - fragment.start, min(end, fragment.end) - fragment.start
                part = fragment.edges[low : high + 1]
                if fragment.vertical:
                    y0, y1 = min(part), max(part)
                else:
                    x0, x1 = min(part), max(part)
            found.append((fragment.page, (x0, y0, x1, y1)))
        return found

    def block_at(self, offset: int) -> Block | None:
        """Return the block that holds the character, or None between blocks."""
        starts, ordered = self._ordered_blocks
        index = bisect.bisect_right(starts, offset) - 1
        if index >= 0 and ordered[index].start <= offset < ordered[index].end:
            return ordered[index]
        return None

    def section_at(self, offset: int) -> Section | None:
        """Return the section that holds the character, or None for front matter."""
        block = self.block_at(offset)
        return self.sections[block.section] if block is not None and block.section is not None else None

    def role_at(self, offset: int) -> str:
        """Return the normalised role of the section that holds the character ("other" for front matter)."""
        block = self.block_at(offset)
        if block is not None and block.kind == "abstract":
            return "abstract"
        section = self.section_at(offset)
        return section.role if section else "other"

    def body(self) -> Iterator[Block]:
        """Yield the blocks of the running text in reading order."""
        return (block for block in self.blocks if block.kind in BODY_KINDS)

    def slice(self, block: Block | Cell) -> str:
        """Return the text of a block or cell."""
        return self.text[block.start : block.end]


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes as hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def to_json(document: Document) -> dict[str, Any]:
    """Return the document as plain JSON data; character edges are kept as tenths of a point between neighbours."""
    return {
        "schema": SCHEMA,
        "study": document.study,
        "parser": document.parser,
        "source_format": document.source_format,
        "pdf_sha256": document.pdf_sha256,
        "text_sha256": document.text_sha256,
        "meta": dict(sorted(document.meta.items())),
        "warnings": list(document.warnings),
        "text": document.text,
        "marks": [[m.start, m.end] for m in document.marks],
        "sections": [{"path": list(s.path), "role": s.role} for s in document.sections],
        "blocks": [
            {"kind": b.kind, "start": b.start, "end": b.end, "section": b.section}
            | ({"level": b.level} if b.level is not None else {})
            for b in document.blocks
        ],
        "tables": [
            {
                "block": t.block,
                "caption": t.caption,
                "cells": [[c.row, c.column, c.start, c.end, int(c.header), c.row_span, c.column_span] for c in t.cells],
            }
            for t in document.tables
        ],
        "pages": [[p.number, _round(p.width), _round(p.height), p.rotation] for p in document.pages],
        "fragments": [
            [f.start, f.end, f.page, *(_round(v) for v in f.box), _pack(f.edges), *([1] if f.vertical else [])]
            for f in document.fragments
        ],
    }


def from_json(data: Any, *, where: str = "document") -> Document:
    """Return the Document that `to_json` wrote; raise MalformedFile naming the key that is wrong."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else type(data).__name__
        raise MalformedFile(
            f"{where}: not a vivex document of schema {SCHEMA} (found {found!r}); run `vivex parse` again"
        )
    try:
        document = Document(
            study=data["study"],
            text=data["text"],
            blocks=tuple(Block(b["kind"], b["start"], b["end"], b["section"], b.get("level")) for b in data["blocks"]),
            sections=tuple(Section(tuple(s["path"]), s["role"]) for s in data["sections"]),
            fragments=tuple(
                Fragment(s, e, page, (x0, y0, x1, y1), _unpack(edges), bool(vertical))
                for s, e, page, x0, y0, x1, y1, edges, *vertical in data["fragments"]
            ),
            pages=tuple(Page(*p) for p in data["pages"]),
            tables=tuple(
                Table(
                    t["block"],
                    t["caption"],
                    tuple(Cell(r, c, s, e, bool(h), rs, cs) for r, c, s, e, h, rs, cs in t["cells"]),
                )
                for t in data["tables"]
            ),
            marks=tuple(Mark(start, end) for start, end in data["marks"]),
            source_format=data["source_format"],
            pdf_sha256=data["pdf_sha256"],
            parser=data["parser"],
            warnings=tuple(data["warnings"]),
            meta=dict(data["meta"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedFile(f"{where}: {type(error).__name__}: {error}; run `vivex parse` again") from error
    if document.text_sha256 != data.get("text_sha256"):
        raise MalformedFile(f"{where}: the text does not match its checksum; run `vivex parse` again")
    return document


def read_document(path: Path) -> Document:
    """Read a document file; raise MalformedFile with the path and the remedy."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise MalformedFile(f"{path}: not JSON ({error}); run `vivex parse` again") from error
    return from_json(data, where=str(path))


def write_document(document: Document, path: Path) -> None:
    """Write the document to `path` atomically; the same document gives the same bytes."""
    write_text(path, json.dumps(to_json(document), ensure_ascii=False, separators=(",", ":")) + "\n")


def _round(value: float) -> float:
    return round(float(value), 2)


def _pack(edges: Iterable[float]) -> list[int]:
    """Return tenths of a point: the first edge, then the step to each next."""
    tenths = [round(e * 10) for e in edges]
    return tenths[:1] + [b - a for a, b in itertools.pairwise(tenths)]


def _unpack(steps: Iterable[int]) -> tuple[float, ...]:
    return tuple([total / 10 for total in itertools.accumulate(steps)])
