"""Plain text: `Document.text` is the file's text unchanged; lines that start with # are headings, blank lines part blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vivex.document import Block, Document, Section, sha256
from vivex.errors import UnreadablePaper
from vivex.headings import role_of

VERSION = "text@1"
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n|#)[^\n]+)*")
_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*$")


class TextParser:
    """Read UTF-8 text (or Latin-1 where it isn't)."""

    suffixes = (".txt", ".md")

    def __call__(self, data: bytes, *, study: str, params: Mapping[str, Any]) -> Document:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
        if not text.strip():
            raise UnreadablePaper("empty", "the file holds no text; export it again")
        blocks, sections = _structure(text)
        return Document(
            study=study,
            text=text,
            blocks=tuple(blocks),
            sections=tuple(sections),
            source_format="text",
            pdf_sha256=sha256(data),
            parser=VERSION,
            meta={"title": text[blocks[0].start : blocks[0].end]} if blocks and blocks[0].kind == "title" else {},
        )


def _structure(text: str) -> tuple[list[Block], list[Section]]:
    """Return the blocks and sections that headings ("## Methods") and blank lines mark."""
    blocks: list[Block] = []
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    current: int | None = None
    has_headings = re.search(r"^#{1,6}\s+\S", text, re.MULTILINE) is not None
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        heading = _HEADING.match(match.group())
        if heading:
            level = len(heading.group(1))
            path = [(n, h) for n, h in path if n < level] + [(level, heading.group(2))]
            own = [role_of(h) for _, h in path]
            sections.append(Section(tuple(h for _, h in path), next((r for r in reversed(own) if r), "other")))
            current = len(sections) - 1
            blocks.append(Block("heading", start + heading.start(2), start + heading.end(2), current, level=len(path)))
            continue
        if not blocks and has_headings and not sections:
            blocks.append(Block("title", start, end))
            continue
        role = sections[current].role if current is not None else "other"
        kind = {"abstract": "abstract", "references": "reference"}.get(role, "paragraph")
        blocks.append(Block(kind, start, end, current))
    return blocks, sections


parse_text = TextParser()
