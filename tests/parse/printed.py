"""Typeset small papers for the tests: two columns, headings, furniture, footnotes, tables."""

from __future__ import annotations

import pymupdf

from vivex.document import Document
from vivex.parse.lines import Line, Span
from vivex.parse.page import Body
from vivex.parse.paragraphs import Group, measure
from vivex.parse.pdf import parse_pdf

BODY, BOLD, ITALIC = "tiro", "tibo", "tiit"
WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, GUTTER = 50, 545, 20
COLUMN = (RIGHT - LEFT - GUTTER) / 2


def wrapped(text: str, font: str = BODY, size: float = 10, width: float = COLUMN, indent: float = 0) -> list[str]:
    """Return the lines of a text set to a width."""
    lines, line = [], ""
    for word in text.split(" "):
        trial = f"{line} {word}".strip()
        if pymupdf.get_text_length(trial, font, size) > width - (indent if not lines else 0) and line:
            lines.append(line)
            line = word
        else:
            line = trial
    return [*lines, line]


class Paper:
    """Set blocks one under another, column by column, page by page."""

    def __init__(self, *, head: str = "Journal of Knees 2024, 12:34", columns: int = 2) -> None:
        self.pdf, self.head, self.columns = pymupdf.open(), head, columns
        self.page = None
        self.new_page()

    def new_page(self) -> None:
        """Begin a page with its running head and number."""
        self.page = self.pdf.new_page(width=WIDTH, height=HEIGHT)
        self.column, self.y = 0, 80.0
        self.page.insert_text((LEFT, 40), self.head, fontname=BODY, fontsize=8)
        self.page.insert_text((WIDTH / 2, HEIGHT - 30), str(self.pdf.page_count), fontname=BODY, fontsize=8)

    @property
    def width(self) -> float:
        """Return the width of a column."""
        return COLUMN if self.columns == 2 else RIGHT - LEFT

    @property
    def x(self) -> float:
        """Return the left edge of the current column."""
        return LEFT + self.column * (COLUMN + GUTTER)

    def line(self, text: str, font: str = BODY, size: float = 10, indent: float = 0, step: float = 1.2) -> None:
        """Set one line, in the next column or page where this one is full."""
        if self.y > HEIGHT - 80:
            if self.column + 1 < self.columns:
                self.column, self.y = self.column + 1, self.top
            else:
                self.new_page()
        self.page.insert_text((self.x + indent, self.y), text, fontname=font, fontsize=size)
        self.y += step * size

    top = 80.0

    def wide(self, text: str, font: str = BODY, size: float = 10, after: float = 8) -> None:
        """Set a block over the full width."""
        for line in wrapped(text, font, size, RIGHT - LEFT):
            self.page.insert_text((LEFT, self.y), line, fontname=font, fontsize=size)
            self.y += 1.2 * size
        self.y += after
        self.top = self.y

    def heading(self, text: str, font: str = BOLD, size: float = 12) -> None:
        """Set a heading."""
        self.y += 8
        self.line(text, font, size)
        self.y += 3

    def paragraph(self, text: str, indent: float = 12, size: float = 10) -> None:
        """Set a paragraph with its first line indented."""
        for i, line in enumerate(wrapped(text, BODY, size, self.width, indent)):
            self.line(line, size=size, indent=indent if i == 0 else 0)

    def bytes(self) -> bytes:
        """Return the PDF."""
        return self.pdf.tobytes()


FILLER = (
    "The animals were kept in pairs under a cycle of twelve hours and had free access to water and standard chow. "
    "All measurements were repeated after one week by a second observer who did not know the groups. "
    "Sections were stained with safranin and scored by two readers, and the mean of both was used for analysis. "
)


def paper() -> bytes:
    """Return a two-column paper of three pages with the usual parts."""
    made = Paper()
    made.y = 90
    made.wide("Exosomes of synovial stem cells slow the loss of cartilage in rats", BOLD, 18)
    made.wide("Anna Berg, Carl Dahl and Eva Falk", BODY, 11)
    made.wide("Department of Orthopaedics, University of Nowhere, Nowhere. E-mail: a.berg@example.org", BODY, 8)
    made.wide("Abstract", BOLD, 11, after=2)
    made.wide("Background: Loss of cartilage has no cure. " + FILLER + "We conclude that exosomes slow it.", BODY, 9)
    made.wide("Keywords: cartilage; exosome; rat", BODY, 8)
    for name, count in (("Introduction", 4), ("Materials and methods", 0)):
        made.heading(name)
        for n in range(count):
            made.paragraph(f"Paragraph {n + 1} of the introduction begins here. " + FILLER)
    for sub in ("Animals", "Surgery", "Statistical analysis"):
        made.heading(sub, ITALIC, 10)
        for n in range(2):
            made.paragraph(f"Under {sub.lower()} stands text number {n + 1}. " + FILLER)
    made.heading("Results")
    for n in range(6):
        made.paragraph(f"Result {n + 1} is told in this paragraph. " + FILLER)
    made.heading("Discussion")
    for n in range(3):
        made.paragraph(f"Thought {n + 1} follows. " + FILLER)
    made.heading("Acknowledgements")
    made.paragraph("We thank the keepers of the animals for their patience and their care over the years.")
    made.heading("References")
    for n in range(1, 9):
        made.paragraph(
            f"{n}. Author A, Writer B. A study of the knee, part {n}. J Knees. 2020;{n}:1-9.", indent=0, size=8
        )
    return made.bytes()


def parsed(data: bytes, **params: object) -> Document:
    """Return the Document of a PDF's bytes."""
    return parse_pdf(data, study="s", params=params)


def made(*pages: str, **save: object) -> bytes:
    """Return the bytes of a PDF with one page for each text."""
    pdf = pymupdf.open()
    for text in pages:
        page = pdf.new_page()
        if text:
            page.insert_text((72, 100), text.split("\n"), fontsize=10)
    return pdf.tobytes(**save)


def kinds(document: Document, kind: str) -> list[str]:
    """Return the texts of the blocks of a kind."""
    return [document.slice(b) for b in document.blocks if b.kind == kind]


# -- lines as the parser holds them, without a file: every character half a type size wide

TYPE = Body(frozenset({"Body"}), 10.0, 12.0)


def set_line(text: str, x: float = 50, y: float = 100, *, size: float = 10, font: str = "Body", **more: object) -> Line:
    """Return a line with its baseline at y; further attributes of Line by name."""
    edges = [x + 0.5 * size * i for i in range(len(text) + 1)]
    bold, italic = bool(more.pop("bold", False)), bool(more.pop("italic", False))
    page, column = int(str(more.pop("page", 1))), int(str(more.pop("column", 0)))
    spans = [Span(0, len(text), size, font, bold, italic, False)]
    ends = (x, y - 0.82 * size, edges[-1], y + 0.24 * size)
    line = Line(page, 0, text, edges, *ends, y, size, font, bold, italic, spans, column=column)
    for name, value in more.items():
        setattr(line, name, value)
    return line


def set_lines(*texts: str, y: float = 100, **more: object) -> list[Line]:
    """Return lines one under another."""
    step = 1.2 * float(str(more.get("size", 10)))
    return [set_line(text, y=y + step * i, **more) for i, text in enumerate(texts)]


def set_group(*texts: str, kind: str = "", **more: object) -> Group:
    """Return a group of lines one under another."""
    return measure(Group(set_lines(*texts, **more), kind=kind))
