"""Lay an article out in two columns: flow rows, put figures and tables at the head of columns, add running heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from setting import Op, Row, face, paragraph, width, words

NOTICE = "Fictitious example written for vivex: no such animals, authors or data exist."
WIDTH, HEIGHT = 595.0, 842.0


@dataclass(frozen=True)
class Look:
    """Hold what makes one journal look unlike another."""

    body: str
    heads: str
    size: float
    leading: float
    margin: float
    gutter: float
    accent: tuple[float, float, float]
    citations: str = "bracket"  # or super
    numbered: bool = False
    run_in: bool = False  # headings of the second level stand in the first line of their paragraph
    boxed_abstract: bool = False
    ligatures: bool = False
    capitals: bool = False  # main headings in capitals
    top: float = 62.0
    bottom: float = 782.0

    @property
    def column(self) -> float:
        return (WIDTH - 2 * self.margin - self.gutter) / 2

    @property
    def across(self) -> float:
        return WIDTH - 2 * self.margin


LOOKS = {
    "numbered": Look(
        body="times",
        heads="helvetica",
        size=10.2,
        leading=12.6,
        margin=52,
        gutter=20,
        accent=(0.05, 0.25, 0.45),
        numbered=True,
    ),
    "runin": Look(
        body="stix",
        heads="stix",
        size=10.0,
        leading=12.4,
        margin=50,
        gutter=18,
        accent=(0.45, 0.08, 0.12),
        citations="super",
        run_in=True,
    ),
    "boxed": Look(
        body="times",
        heads="helvetica",
        size=10.1,
        leading=12.5,
        margin=54,
        gutter=22,
        accent=(0.0, 0.38, 0.33),
        boxed_abstract=True,
        ligatures=True,
        capitals=True,
    ),
    "modern": Look(
        body="dejavu", heads="helvetica", size=8.6, leading=12.4, margin=54, gutter=20, accent=(0.35, 0.2, 0.5)
    ),
}


@dataclass
class Float:
    """Hold a figure or table: its marks in a box of a given height, over one column or both."""

    height: float
    ops: list[Op]
    wide: bool


@dataclass
class Sheet:
    """Hold the marks of one page."""

    ops: list[Op] = field(default_factory=list)


def flow(
    items: Sequence[Row | Float], look: Look, front: float, *, last_bottom: float | None = None, last: int = -1
) -> list[Sheet]:
    """Return pages with the items placed; the first page's columns start at `front`, page `last` ends at a height."""
    sheets: list[Sheet] = []
    waiting: list[Float] = []
    column, top, y, bottom = 2, 0.0, 0.0, 0.0

    def left() -> float:
        return look.margin + column * (look.column + look.gutter)

    def put(placed: Float, x: float, at: float) -> float:
        """Mark the float and return the height at which what follows may start."""
        sheets[-1].ops += [op.moved(x, at) for op in placed.ops]
        return at + placed.height + 12

    def turn() -> None:
        """Go to the next column, or page, and put what waits first at its head; floats keep their order."""
        nonlocal column, top, y, bottom
        column += 1
        if column > 1:
            column = 0
            sheets.append(Sheet())
            top = front if len(sheets) == 1 else look.top
            bottom = last_bottom if last_bottom and len(sheets) - 1 == last else look.bottom
            while waiting and waiting[0].wide and (top == look.top or top + waiting[0].height < look.bottom - 180):
                top = put(waiting.pop(0), look.margin, top)
        y = top
        while (
            waiting
            and not waiting[0].wide
            and (y + waiting[0].height <= bottom or y == look.top)
            and y < top + 0.4 * (bottom - top) + 1
        ):
            y = put(waiting.pop(0), left(), y)

    turn()
    for item in items:
        if isinstance(item, Float):
            if not waiting and not item.wide and y > top and y + 8 + item.height <= bottom:
                y = put(item, left(), y + 8)
            elif not waiting and item.wide and column == 0 and y + 48 < bottom - item.height - 14:
                bottom -= item.height + 14
                put(item, look.margin, bottom + 14)
            else:
                waiting.append(item)
            continue
        while y + max(item.need, item.height) > bottom + 0.01:
            turn()
        if item.space and y == top:
            continue
        sheets[-1].ops += [op.moved(left(), y) for op in item.ops]
        y += item.height
    while waiting:
        column = 1 if waiting[0].wide else column
        turn()
    return sheets


def balanced(items: Sequence[Row | Float], look: Look, front: float) -> list[Sheet]:
    """Return the pages with the two columns of the last one about as long as each other."""
    sheets = flow(items, look, front)
    last, best = len(sheets) - 1, sheets
    low, high = look.top + 40, look.bottom
    while high - low > 4:
        middle = (low + high) / 2
        tried = flow(items, look, front, last_bottom=middle, last=last)
        if len(tried) == len(sheets):
            best, high = tried, middle
        else:
            low = middle
    return best


def front_matter(article: dict[str, Any], look: Look) -> tuple[list[Op], float]:
    """Return the marks of the title block across both columns and the height at which the columns start."""
    ops: list[Op] = []
    y = 50.0
    margin, across = look.margin, look.across

    def put(
        source: str,
        size: float,
        leading: float,
        *,
        family: str = look.body,
        gap: float = 4,
        inset: float = 0,
        **style: Any,
    ) -> None:
        nonlocal y
        bold, italic = style.pop("bold", False), style.pop("italic", False)
        stream = words(
            source,
            family,
            size,
            bold=bold,
            italic=italic,
            citations=look.citations,
            ligatures=look.ligatures and family == look.body,
        )
        for row in paragraph(stream, across - 2 * inset, leading, **style):
            ops.extend(op.moved(margin + inset, y) for op in row.ops)
            y += row.height
        y += gap

    put(article["kind"], 8.5, 12, family=look.heads, colour=look.accent, align="left", bold=look.boxed_abstract, gap=6)
    put(article["title"], 16.5, 20, family=look.heads, bold=True, align="left", gap=7)
    put(article["authors"], 10.5, 13.5, align="left", gap=4)
    for line in article["affiliations"]:
        put(line, 8, 10, align="left", italic=not look.boxed_abstract, gap=0)
    y += 3
    put(article["dates"], 8, 10, align="left", gap=9)
    box_top = y
    inset = 10.0 if look.boxed_abstract else 0.0
    y += inset
    parts = article["abstract"]
    if look.boxed_abstract:
        put("ABSTRACT", 9.5, 13, family=look.heads, bold=True, align="left", inset=inset, colour=look.accent, gap=1)
        for name, text in parts.items():
            put(f"**{name}:** {text}", look.size - 0.4, look.leading - 0.4, inset=inset, gap=2)
    else:
        ops.append(Op("line", (margin, y - 4, margin + across, y - 4), colour=look.accent, line=0.8))
        put("Abstract", 10.5, 14, family=look.heads, bold=True, align="left", gap=1)
        put(
            " ".join(f"**{name}.** {text}" if look.run_in else text for name, text in parts.items()),
            look.size - 0.3,
            look.leading - 0.3,
            gap=5,
        )
    put(
        f"**Keywords:** {article['keywords']}",
        look.size - 0.6,
        look.leading - 0.6,
        inset=inset,
        align="left",
        gap=inset - 2,
    )
    if look.boxed_abstract:
        tint = tuple(0.9 + 0.1 * c for c in look.accent)
        ops.insert(0, Op("rect", (margin, box_top, margin + across, y), colour=look.accent, fill=tint, line=0.6))
    else:
        y += 4
        ops.append(Op("line", (margin, y, margin + across, y), colour=look.accent, line=0.8))
    return ops, y + 12


def running(article: dict[str, Any], look: Look, number: int) -> list[Op]:
    """Return the running head, foot and notice of a page; page numbers go on from the article's first page."""
    page = str(article["first_page"] + number)
    small, name, grey = 7.4, face(look.heads), (0.25, 0.25, 0.25)
    right = WIDTH - look.margin
    ops = []

    def text(x: float, y: float, string: str, align: str = "left", colour: Any = grey, fname: str = name) -> None:
        shift = {"left": 0.0, "right": width(string, fname, small), "centre": width(string, fname, small) / 2}[align]
        ops.append(Op("text", (x - shift, y), string, fname, small, colour))

    journal = f"{article['journal']} {article['volume']}"
    if number == 0:
        text(look.margin, 34, journal, colour=look.accent, fname=face(look.heads, bold=True))
        text(right, 34, f"doi: {article['doi']}", "right")
    elif look.run_in:
        text(look.margin if number % 2 else right, 34, page, "left" if number % 2 else "right")
        text(WIDTH / 2, 34, article["short_authors"] if number % 2 else article["short_title"], "centre")
    else:
        text(look.margin, 34, article["short_authors"])
        text(right, 34, article["short_title"] if look.boxed_abstract else journal, "right")
    ops.append(Op("line", (look.margin, 40, right, 40), colour=look.accent, line=0.5))
    text(look.margin, 812, NOTICE, colour=(0.55, 0.05, 0.05))
    if number == 0 or not look.run_in:
        text(right, 812, f"Page {number + 1}" if look.numbered else page, "right")
    return ops


def page_ops(article: dict[str, Any], items: Sequence[Row | Float], look: Look) -> list[list[Op]]:
    """Return the marks of every page of the article."""
    front, y = front_matter(article, look)
    sheets = balanced(items, look, y)
    return [running(article, look, n) + (front if n == 0 else []) + sheet.ops for n, sheet in enumerate(sheets)]
