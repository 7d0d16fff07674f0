"""The pages of a PDF: their printed lines, rules and size, and what was not read of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vivex.document import Page
from vivex.errors import UnreadablePaper
from vivex.parse import actual_text
from vivex.parse.characters import page_lines, page_rules
from vivex.parse.fonts import garbled
from vivex.parse.ink import picture_share, remark, take_hidden, take_outside
from vivex.parse.lines import Line, Rule
from vivex.parse.mupdf import failures, mended, mupdf, short, size_of
from vivex.parse.overprint import print_once
from vivex.parse.remarks import Look, damage_of, labelled, needs_look
from vivex.parse.turning import all_upright, aside_frame, page_way, turn_page, upright_frame

MAX_CHARACTERS = 20_000_000
_PARENTS = 16  # levels of the page tree from which a page may inherit


@dataclass(slots=True)
class Pages:
    """Gather what the pages hold; heights are those of the pages as they are read, in points."""

    lines: list[Line] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    rules: dict[int, list[Rule]] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)
    failed: int = 0  # pages that can't be read
    hidden: list[str] = field(default_factory=list)  # warnings about text that no reader sees


def read_pages(pdf: Any, data: bytes, params: Mapping[str, Any]) -> Pages:
    """Return what all pages hold; a page that can't be read is left empty."""
    found = Pages()
    size, mending, said = 0, True, actual_text.ActualText(pdf)
    limit = params.get("max_characters", MAX_CHARACTERS)
    turns: dict[int, str] = {}  # what each object of the page tree says of /Rotate
    for index in range(pdf.page_count):
        try:
            page = _Page(pdf, index, turns, said)
            if mending and garbled("\n".join([line.text for line in page.lines])):
                pdf, mending = mended(data), False  # some font misnames its glyphs
                page = _Page(pdf, index, turns, said)
        except failures() as error:
            mupdf().TOOLS.mupdf_warnings()
            found.pages.append(Page(index + 1, 612, 792, 0))
            found.heights[index + 1] = 792.0
            found.looks.append(Look(index + 1, 0, damage=short(error)))
            found.failed += 1
            continue
        size += sum([len(line.text) for line in page.lines])
        if size > limit:
            raise UnreadablePaper(
                "too large", f"more than {limit} characters of text; split it, or raise parse.max_characters"
            )
        found.pages.append(page.page)
        found.heights[index + 1] = page.height
        found.lines += page.lines
        found.rules[index + 1] = page.rules
        found.looks.append(page.look)
        found.hidden += filter(None, (page.hidden, page.otherwise))
    return found


class _Page:
    """Read a page: its lines and rules, turned upright, and what it shows besides."""

    def __init__(self, pdf: Any, index: int, turns: dict[int, str], said: actual_text.ActualText) -> None:
        pymupdf = mupdf()
        flags = pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_CLIP | pymupdf.TEXT_COLLECT_VECTORS
        page = pdf.load_page(index)
        rotation = page.rotation
        if not rotation and _rotate_key(pdf, page.xref, turns) not in ("null", "0"):
            page.set_rotation(0)  # /Rotate 45: only quarter turns exist, and readers drop others
        width, height = size_of(page)
        raw = page.get_textpage(clip=pymupdf.INFINITE_RECT(), flags=flags).extractRAWDICT()
        raw, words = actual_text.drawn(page, raw, flags) if said.on(page) else (raw, "")
        self.otherwise = actual_text.remark(words, index + 1) if words else ""
        outside = take_outside(page, raw, width, height)
        self.hidden = remark([*take_hidden(page, raw), *outside], index + 1)
        print_once(raw)
        shapes = sum([block["type"] == 3 for block in raw["blocks"]])
        upright = all_upright(raw)
        way = 0 if upright else page_way(raw, rotation)
        frame = upright_frame(way, width, height)
        if way:
            turn_page(raw, frame)
        aside = None if upright else aside_frame(raw)
        self.lines = page_lines(raw, index + 1, frame, aside)
        self.rules = page_rules(raw, aside)
        self.height = width if way % 2 else height
        self.page = Page(index + 1, width, height, rotation)
        self.look = self._looked(page, shapes)

    def _looked(self, page: Any, shapes: int) -> Look:
        """Return what the page shows besides its lines."""
        words = sum([line.text.count(" ") + 1 for line in self.lines])
        few = needs_look(words)
        return Look(
            self.page.number,
            words,
            picture_share(page) if few else 0.0,
            few and labelled(" ".join(line.text for line in self.lines)),
            shapes,
            damage_of(mupdf().TOOLS.mupdf_warnings()),
        )


def _rotate_key(pdf: Any, xref: int, known: dict[int, str], levels: int = _PARENTS) -> str:
    """Return a page's /Rotate as written, its own or the one it inherits; keep it in `known`."""
    if xref not in known:
        kind, value = pdf.xref_get_key(xref, "Rotate")
        if kind == "null":
            kind, parent = pdf.xref_get_key(xref, "Parent")
            up = kind == "xref" and levels > 1
            value = _rotate_key(pdf, int(parent.split()[0]), known, levels - 1) if up else "null"
        known[xref] = str(value)
    return known[xref]
