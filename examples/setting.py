"""Set marked-up text into justified lines: inline styles, hyphenation, line breaking.

Markup: **bold**, *italic*, ^superscript^, _{subscript}, [@1,2] citation; a no-break space binds, a soft hyphen offers a
break.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

VOWELS = "aeiouyAEIOUY"
ONSETS = set(
    "b c d f g h j k l m n p r s t v w z bl br ch cl cr dr fl fr gh gl gr ph pl pr qu rh sc sh sk sl sm sn sp st sw "
    "th tr "
    "chr phr scr shr spl spr str thr".split()
)
TIGHT, LOOSE = 0.82, 1.75  # a space may shrink or grow to this share of its width before a word is hyphenated
FAMILIES = {
    "times": ("tiro", "tiit", "tibo", "tibi"),
    "helvetica": ("helv", "heit", "hebo", "hebi"),
    "stix": ("STIXGeneral", "STIXGeneralItalic", "STIXGeneralBol", "STIXGeneralBolIta"),
    "dejavu": ("DejaVuSerif", "DejaVuSerif-Italic", "DejaVuSerif-Bold", "DejaVuSerif-BoldItalic"),
    "mono": ("DejaVuSansMono",) * 4,
}


@dataclass(frozen=True)
class Piece:
    """Hold a run of text in one font, size and baseline shift (points, up is positive)."""

    text: str
    font: str
    size: float
    shift: float = 0.0

    @property
    def width(self) -> float:
        return width(self.text, self.font, self.size)


@dataclass(frozen=True)
class Op:
    """Ask for one mark on the page; coordinates are points from the top left of what holds it."""

    kind: str  # text, line, rect, poly, vtext
    at: tuple[float, ...]
    text: str = ""
    font: str = ""
    size: float = 0.0
    colour: tuple[float, float, float] | None = (0, 0, 0)
    fill: tuple[float, float, float] | None = None
    line: float = 0.5

    def moved(self, dx: float, dy: float) -> Op:
        at = tuple(v + (dx if i % 2 == 0 else dy) for i, v in enumerate(self.at))
        return replace(self, at=at)


@dataclass
class Row:
    """Stack up in a column: a height, marks, and how much room must be left for it and what follows."""

    height: float
    ops: list[Op] = field(default_factory=list)
    need: float = 0.0
    space: bool = False  # white space that vanishes at the top of a column


@functools.cache
def font(name: str) -> Any:
    """Return a PyMuPDF font: its built-in ones, or the STIX and DejaVu files that come with matplotlib."""
    import pymupdf

    if name.startswith(("STIX", "DejaVu")):
        import matplotlib

        return pymupdf.Font(fontfile=str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"))
    return pymupdf.Font(name)


@functools.cache
def width(text: str, name: str, size: float) -> float:
    """Return the width of text in points."""
    return float(font(name).text_length(text, fontsize=size))


def face(family: str, bold: bool = False, italic: bool = False) -> str:
    """Return the font name of a family's style."""
    return FAMILIES[family][2 * bold + italic]


def words(
    source: str,
    family: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    citations: str = "bracket",
    ligatures: bool = False,
) -> list[list[Piece]]:
    """Return the words of marked-up text, each a list of pieces."""
    if citations == "super":
        source = re.sub(r"\s?\[@([\d,–]+)\]([.,;]?)", r"\2^\1^", source)
    source = re.sub(r"\[@([\d,–]+)\]", r"[\1]", source)
    out: list[list[Piece]] = [[]]
    b, i, shift = bold, italic, ""
    for token in re.findall(r"\*\*|\*|\^|_\{|\}|[ \n]+|[^*^_} \n]+|_", source):
        if token == "**":
            b = not b
        elif token == "*":
            i = not i
        elif token == "^":
            shift = "" if shift else "sup"
        elif token == "_{":
            shift = "sub"
        elif token == "}":
            shift = ""
        elif token.isspace():
            out.append([])
        else:
            token = token.replace("∗", "*").replace("'", "’")
            if ligatures and not shift:
                token = token.replace("fi", "ﬁ").replace("fl", "ﬂ")
            small = round(size * 0.66, 2) if shift else size
            rise = {"": 0.0, "sup": size * 0.34, "sub": -size * 0.14}[shift]
            out[-1].append(Piece(token, face(family, b, i), small, rise))
    return [word for word in out if word]


def syllable_breaks(word: str) -> list[int]:
    """Return where a plain word may be hyphenated: before the longest onset that English has, three letters kept."""
    if len(word) < 7 or not word.isalpha() or not word.isascii() or not word[1:].islower():
        return []
    breaks = []
    for run in re.finditer(f"(?<=[{VOWELS}])[^{VOWELS}]+(?=[{VOWELS}])", word):
        start, end = run.span()
        onset = next((k for k in range(start, end) if word[k:end].lower() in ONSETS), end - 1)
        if 3 <= onset <= len(word) - 3 and not re.fullmatch(f"[^{VOWELS}]+e[sd]?", word[onset:]):
            breaks.append(onset)
    return breaks


def splits(word: list[Piece]) -> list[tuple[list[Piece], list[Piece]]]:
    """Return the ways to break a word over two lines, the longest first part first."""
    out = []
    for n, piece in enumerate(word):
        if piece.shift:
            continue
        text = piece.text
        places: list[tuple[int, int, str]] = [
            (m.end(), m.end(), "") for m in re.finditer(r"(?<=[A-Za-z]{3})[-–/](?=\w{3})", text)
        ]
        if "\u00ad" in text:
            places += [(m.start(), m.end(), "-") for m in re.finditer("\u00ad", text)]
        elif not places:
            core = re.search(r"[A-Za-zﬁﬂ]+", text)
            if core and not re.search(r"\d", text):
                plain = core.group().replace("ﬁ", "fi").replace("ﬂ", "fl")
                if len(plain) == len(core.group()):
                    places += [(core.start() + k, core.start() + k, "-") for k in syllable_breaks(plain)]
        for left, right, mark in places:
            head = [*word[:n], replace(piece, text=text[:left] + mark)]
            tail = [replace(piece, text=text[right:]), *word[n + 1 :]]
            out.append((head, [p for p in tail if p.text]))
    return out[::-1]


def natural(word: list[Piece]) -> float:
    """Return a word's width in points."""
    return sum(width(p.text.replace("\u00ad", ""), p.font, p.size) for p in word)


def break_lines(
    stream: list[list[Piece]], measure: float, space: float, *, first: float = 0.0, hyphenate: bool = True
) -> list[list[list[Piece]]]:
    """Return lines of words that fit `measure` points, the first line indented by `first`."""
    lines: list[list[list[Piece]]] = []
    line: list[list[Piece]] = []
    used = first
    pending = list(stream)
    while pending:
        word = pending.pop(0)
        wide = natural(word)
        gaps = len(line)
        if used + wide + gaps * space * TIGHT <= measure or not line:
            line.append(word)
            used += wide
            continue
        if hyphenate and (measure - used) / max(1, gaps - 1) > space * LOOSE * 0.75:
            for head, tail in splits(word):
                if used + natural(head) + gaps * space * TIGHT <= measure:
                    line.append(head)
                    pending.insert(0, tail)
                    break
            else:
                pending.insert(0, word)
        else:
            pending.insert(0, word)
        lines.append(line)
        line, used = [], 0.0
    if line:
        lines.append(line)
    return lines


def set_line(line: list[list[Piece]], x: float, y: float, gap: float, space: float, colour: Any) -> list[Op]:
    """Return the text marks of one line; each word keeps the space behind it, as printed text does."""
    ops = []
    for n, word in enumerate(line):
        for k, piece in enumerate(word):
            text = piece.text.replace("\u00ad", "").replace("\u00a0", " ")
            last = k == len(word) - 1
            shown = text + " " if last and n < len(line) - 1 else text
            ops.append(Op("text", (x, y - piece.shift), shown, piece.font, piece.size, colour))
            x += width(text, piece.font, piece.size)
        x += gap
    return ops


def paragraph(
    stream: list[list[Piece]],
    measure: float,
    leading: float,
    *,
    first: float = 0.0,
    hang: float = 0.0,
    align: str = "justify",
    colour: Any = (0, 0, 0),
    hyphenate: bool = True,
) -> list[Row]:
    """Return a row for each line of a paragraph; two lines are kept together at either end."""
    if not stream:
        return []
    size, name = stream[0][0].size, stream[0][0].font
    size = max(p.size for p in stream[0])
    space = width(" ", name, size)
    lines = break_lines(
        stream, measure - hang, space, first=first - hang if hang else first, hyphenate=hyphenate and align == "justify"
    )
    rows = []
    for n, line in enumerate(lines):
        left = first if n == 0 else hang
        room = measure - left - sum(natural(w) for w in line)
        gaps = len(line) - 1
        gap = space
        if align == "justify" and n < len(lines) - 1 and gaps:
            gap = min(room / gaps, space * 3.2)
        elif align == "justify" and gaps and room / gaps < space:
            gap = room / gaps
        x = left if align in ("justify", "left") else (left + (room - gaps * gap) / (2 if align == "centre" else 1))
        need = 2 * leading if (n == 0 and len(lines) > 1) or n == len(lines) - 2 else leading
        rows.append(Row(leading, set_line(line, x, leading * 0.76, gap, space, colour), need))
    return rows
