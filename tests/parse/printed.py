"""Typeset small papers for the tests: two columns, headings, furniture, footnotes, tables."""

from __future__ import annotations

import pymupdf

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
