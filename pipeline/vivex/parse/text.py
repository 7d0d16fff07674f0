"""Plain text: `Document.text` is the file's text unchanged; lines that start with # are headings, blank lines part blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vivex.document import Block, Document, Section, sha256
from vivex.errors import UnreadablePaper
from vivex.headings import role_of

VERSION = "text@1"
_HEADING = re.compile(r"^(#{1,6})[ \t]+(\S.*?)?[ \t]*$", re.MULTILINE)
_WRAPPED = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_WRAP_WIDTH = 200  # longest line, in characters, of a text that is taken to be hard-wrapped


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
    """Return the blocks and sections that headings ("## Methods > Animals") and lines mark."""
    blocks: list[Block] = []
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    current: int | None = None
    headings = list(_HEADING.finditer(text))
    pattern = _WRAPPED if max(map(len, text.split("\n"))) <= _WRAP_WIDTH else _LINE
    begin = 0
    for heading in [*headings, None]:
        end = heading.start() if heading else len(text)
        for match in pattern.finditer(text, begin, end):
            if match.group().strip():
                blocks.append(Block(_kind(blocks, headings, sections, current), match.start(), match.end(), current))
        if heading is None:
            break
        begin = heading.end()
        names = [n.strip() for n in (heading.group(2) or "").split(" > ") if n.strip()]
        level = len(heading.group(1))
        path = [(n, h) for n, h in path if n < level] + [(level, name) for name in names]
        roles = [role_of(name) for _, name in path]
        sections.append(Section(tuple(name for _, name in path), next((r for r in reversed(roles) if r), "other")))
        current = len(sections) - 1
        if names and names[-1] != "[figure]":
            start = heading.start(2) + heading.group(2).rindex(names[-1])
            blocks.append(Block("heading", start, start + len(names[-1]), current, level=len(path)))
    return blocks, sections


def _kind(blocks: list[Block], headings: list[re.Match[str]], sections: list[Section], current: int | None) -> str:
    """Return the kind of a run of text under section `current`."""
    if current is None:
        return "title" if headings and not blocks else "paragraph"
    if sections[current].path[-1:] == ("[figure]",):
        return "caption"
    return {"abstract": "abstract", "references": "reference"}.get(sections[current].role, "paragraph")


parse_text = TextParser()
