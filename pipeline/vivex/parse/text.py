"""Plain text: `Document.text` is the file's text unchanged; headings and blank lines part it into blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from vivex.document import Block, Document, Mark, Section, sha256
from vivex.errors import UnreadablePaper
from vivex.headings import role_of, role_of_path, with_lost_parents
from vivex.marks import marks_of

VERSION = "text@3"
_HEADING = re.compile(r"^(#{1,6})[ \t]+(\S.*?)?[ \t]*\r?$", re.MULTILINE)
_BLOCK = re.compile(r"[^\n]+(?:\n(?![ \t\r]*\n)[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+[A-Z]")
_CAPTION = re.compile(r"(?:figure|fig\.|table|scheme)\s*S?\d+\b", re.IGNORECASE)
_PARTS = ("abstract", "introduction", "methods", "results", "discussion", "references")
_WRAP_WIDTH = 200  # longest line, in characters, of a text that is taken to be hard-wrapped
_LONG = 9  # words of a heading without a mark, at most


class TextParser:
    """Read UTF-8 text (UTF-16 with a byte-order mark, or Latin-1 where it is neither)."""

    suffixes = (".txt", ".md")

    def __call__(self, data: bytes, *, study: str, params: Mapping[str, Any]) -> Document:
        text = _decoded(data)
        if not text.replace("\ufeff", "").replace("\0", "").strip():
            raise UnreadablePaper("empty", "the file holds no text; export it again")
        marked = list(_HEADING.finditer(text))
        blocks, sections = _marked(text, marked) if marked else _unmarked(text)
        title = next((text[b.start : b.end] for b in blocks if b.kind == "title"), "")
        return Document(
            study=study,
            text=text,
            blocks=tuple(blocks),
            sections=tuple(with_lost_parents(sections)),
            marks=tuple(Mark(start, end) for block in blocks for start, end in marks_of(text, block.start, block.end)),
            source_format="text",
            pdf_sha256=sha256(data),
            parser=VERSION,
            meta={"title": " ".join(title.split())} if title else {},
        )


def _decoded(data: bytes) -> str:
    """Return the characters of a file's bytes, a byte-order mark included, line ends as they are."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16-le" if data[0] == 0xFF else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _pieces(text: str, begin: int, end: int, wrapped: bool) -> list[tuple[int, int]]:
    """Return the ranges of the runs of text between blank lines (or, unwrapped, of lines), white space outside."""
    found = []
    for match in (_BLOCK if wrapped else _LINE).finditer(text, begin, end):
        start, stop = match.span()
        while start < stop and (text[start].isspace() or text[start] == "\ufeff"):
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            found.append((start, stop))
    return found


def _wrapped(text: str) -> bool:
    """Tell whether lines end where the width ends rather than where paragraphs do."""
    lines = text.split("\n")
    return max(map(len, lines)) <= _WRAP_WIDTH and "\n\n" in text.replace("\r", "")


def _marked(text: str, headings: Sequence[re.Match[str]]) -> tuple[list[Block], list[Section]]:
    """Return the blocks and sections of a text with marked headings ("## Methods > Animals")."""
    blocks: list[Block] = []
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    current: int | None = None
    wrapped = _wrapped(text)
    begin = 0
    for heading in [*headings, None]:
        for start, end in _pieces(text, begin, heading.start() if heading else len(text), wrapped):
            blocks.append(Block(_kind(blocks, bool(headings), sections, current), start, end, current))
        if heading is None:
            break
        begin = heading.end()
        names = [n.strip() for n in (heading.group(2) or "").split(" > ") if n.strip()]
        level = len(heading.group(1))
        if level == 1 and not blocks and not sections and names and not any(map(role_of, names)):
            blocks.append(Block("title", heading.start(2), heading.end(2), None))
            continue
        path = [(n, h) for n, h in path if n < level] + [(level, name) for name in names]
        sections.append(_section(path))
        current = len(sections) - 1
        if names and names[-1] != "[figure]":
            start = heading.start(2) + heading.group(2).rindex(names[-1])
            blocks.append(Block("heading", start, start + len(names[-1]), current, level=len(path)))
    return blocks, sections


def _section(path: Sequence[tuple[int, str]]) -> Section:
    """Return the section under headings, each with its level."""
    names = tuple(name for _, name in path)
    return Section(names, role_of_path(names) or "other")


def _kind(blocks: Sequence[Block], headed: bool, sections: Sequence[Section], current: int | None) -> str:
    """Return the kind of a run of text under section `current`."""
    if current is None:
        return "title" if headed and not blocks else "paragraph"
    if sections[current].path[-1:] == ("[figure]",):
        return "caption"
    return {"abstract": "abstract", "references": "reference"}.get(sections[current].role, "paragraph")


def _unmarked(text: str) -> tuple[list[Block], list[Section]]:
    """Return the blocks and sections of a text whose headings are known by their words, numbers or capitals alone."""
    blocks: list[Block] = []
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    current: int | None = None
    pieces = _runs(text) if _dumped(text) else _pieces(text, 0, len(text), _wrapped(text))
    pieces = [part for piece in pieces for part in _split(text, *piece)]
    headed = any(role_of(text[s:e]) in ("introduction", "methods", "results") for s, e in pieces)
    for i, (start, end) in enumerate(pieces):
        words = text[start:end]
        level = _level(words) if headed else None
        if level and i + 1 < len(pieces) and (i or role_of(words)):
            path = [(n, h) for n, h in path if n < level] + [(level, words)]
            sections.append(_section(path))
            current = len(sections) - 1
            blocks.append(Block("heading", start, end, current, level=level))
        elif headed and not blocks and len(words) < 300:
            blocks.append(Block("title", start, end, None))
        elif _CAPTION.match(words):
            blocks.append(Block("caption", start, end, current))
        else:
            blocks.append(
                Block(_kind(blocks or [Block("title", 0, 0)], headed, sections, current), start, end, current)
            )
    return blocks, sections


def _dumped(text: str) -> bool:
    """Tell whether a text is a dump of printed lines: narrow, hardly any blank ones, most ending inside a sentence."""
    lines = [line.rstrip() for line in text.split("\n")]
    full = [line for line in lines if line]
    if len(full) < 20 or max(map(len, full)) > _WRAP_WIDTH or len(lines) - len(full) > 0.15 * len(lines):
        return False
    return sum(not line.endswith((".", "!", "?", ":")) for line in full) > 0.6 * len(full)


def _runs(text: str) -> list[tuple[int, int]]:
    """Return the ranges of paragraphs in printed lines: they end with a short or blank line or before a heading."""
    lines = _pieces(text, 0, len(text), wrapped=False)
    usual = sorted(end - start for start, end in lines)[int(0.8 * len(lines))]
    found: list[tuple[int, int]] = []
    fresh = True
    for start, end in lines:
        words = text[start:end]
        above = text[found[-1][0] : found[-1][1]] if found else "."
        heading = bool(_level(words)) and (words[0].isupper() or words[0].isdigit())
        heading = heading and (role_of(words) is not None or bool(_NUMBERED.match(words)))
        sure = role_of(words) in _PARTS and len(words.split()) < 5
        heading = heading and (fresh or sure or len(found) < 2 or above.endswith((".", "!", "?", ":")))
        if found and not fresh and not heading and "\n\n" not in text[found[-1][1] : start].replace(" ", ""):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        fresh = heading or (end - start < 0.8 * usual and words.endswith((".", "!", "?", ":")))
    return found


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a run of lines with a first line that is a known heading set apart."""
    first = text.find("\n", start, end)
    if first > 0 and role_of(text[start:first]) and len(text[start:first].split()) <= _LONG:
        rest = first + 1
        while rest < end and text[rest] in " \t\r\n":
            rest += 1
        stop = first
        while stop > start and text[stop - 1] in " \t\r":
            stop -= 1
        return [(start, stop), (rest, end)] if rest < end else [(start, stop)]
    return [(start, end)]


def _level(words: str) -> int | None:
    """Return the level of a line that reads like a heading, or None."""
    if "\n" in words or len(words.split()) > _LONG or words.endswith((".", ",", ";")):
        return None
    number = _NUMBERED.match(words)
    if number and int(number.group(1).split(".")[0]) <= 12:
        return number.group(1).count(".") + 1
    if role_of(words):
        return 1
    letters = [c for c in words if c.isalpha()]
    return 2 if len(letters) > 3 and all(map(str.isupper, letters)) else None


parse_text = TextParser()
