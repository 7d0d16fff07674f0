"""From a PDF page to printed lines: characters as a reader sees them, each with its left and right edge."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from vivex.parse.fonts import LIGATURES, SPELLED

_SUPERSCRIPT = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_SUPERSCRIPT_LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
# The Symbol font's own code points, which arrive as private-use characters U+F020-U+F0FF.
_SYMBOL = dict(
    zip(
        "abgdezhqiklmnxoprstufcywABGDEZHQIKLMNXOPRSTUFCYWVJj",
        "αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςϑϕ",
    )
) | {
    "\xb0": "°", "\xb1": "±", "\xb4": "×", "\xb8": "÷", "\xa3": "≤", "\xb3": "≥", "\xb9": "≠", "\xbb": "≈", "\xa2": "′",
    "\xb2": "″", "\xb7": "•", "\xae": "→", "\xac": "←", "\xad": "↑", "\xaf": "↓", "\xa5": "∞", "\xd7": "⋅", "\xd6": "√",
    "\xe5": "∑", "\xb6": "∂", "\xb5": "∝", "\xd2": "®", "\xd3": "©", "\xd4": "™", "\xe2": "®", "\xe3": "©", "\xe4": "™",
    "\x2d": "−", "\x40": "≅", "\x5c": "∴", "\x7e": "∼", "\xa7": "♣", "\xa8": "♦", "\xce": "∈", "\xc7": "∩", "\xc8": "∪",
}  # fmt: skip
# Pi fonts whose letters are Greek and whose digits are operators, without a Unicode table of their own.
_PI = {k: v for k, v in _SYMBOL.items() if k.isalpha()} | {
    "1": "+", "2": "−", "3": "×", "4": "÷", "5": "=", "6": "±", "8": "°", ",": "<", ".": ">", "$": "≥", "#": "≤",
}  # fmt: skip
_PI_FONT = re.compile(r"universal-greek|greekwithmathpi|mathematicalpi|mathpi", re.IGNORECASE)
# Elsevier's one-glyph fonts: the letter stands for a sign.
_DASHES = {"AdvPS44A44B": ("e", "–"), "AdvPS3FDD77": ("w", "∼")}
_DINGBATS = re.compile(r"wingding|webding|dingbat", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|demi|semibold|medium$|-md|\.b\.?$|-b$|advot[0-9a-f]+\.b|cmbx", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|\.i\.?$|-it\b|-i$|cmti|cmmi", re.IGNORECASE)
_ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "˚": "\u030a", "¸": "\u0327", "ˇ": "\u030c",
    "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "˝": "\u030b", "˛": "\u0328",
}  # fmt: skip
_PLAIN = re.compile(r"[\x20-\x7e“”‘’–—°±×µα-ωΑ-Ω−©®•…′≤≥é]*")
_SPACED = re.compile(r"\S(?: \S)+(?: ? \S(?: \S)*)* *")
_LONG = re.compile(r"[a-z]{24,}")
_REWRITES = {
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ", "\t": " ",
    "\u2010": "-", "\u2011": "-", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u2060": "", "\ufffe": "", "\uffff": "",
    "\u2212": "−", "\uf0b0": "°",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """Place a horizontal rule: its ends and height on the page, in points."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True, eq=False)
class Span:
    """Mark characters [start, end) of a line that share a font."""

    start: int
    end: int
    size: float
    font: str
    bold: bool
    italic: bool
    raised: bool


@dataclass(slots=True, eq=False)
class Line:
    """Hold one printed line: its characters, the x edge of each (one more than characters), where it stands, its style."""

    page: int
    block: int
    text: str
    edges: list[float]
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    font: str
    bold: bool
    italic: bool
    spans: list[Span] = field(default_factory=list)
    pure: bool = True  # (almost) all of it in one font
    upright: bool = True
    kind: str = ""
    column: int = -1

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return (x0, y0, x1, y1) in points."""
        return (self.x0, self.y0, self.x1, self.y1)


@functools.lru_cache(maxsize=512)
def _style(font: str, flags: int) -> tuple[str, bool, bool]:
    """Return the font's name without subset tag, and whether it is bold and italic."""
    name = font.split("+", 1)[-1]
    bold = bool(flags & 16) or bool(_BOLD.search(name))
    italic = bool(flags & 2) or bool(_ITALIC.search(name))
    return name, bold, italic


def page_lines(raw: dict[str, Any], number: int) -> list[Line]:
    """Return the lines of a page's `rawdict`, in the order of the file, pieces of one printed line joined."""
    lines: list[Line] = []
    for index, block in enumerate(raw["blocks"]):
        previous: Line | None = None
        for item in block.get("lines", ()):
            line = _line(item, number, index)
            if line is None:
                continue
            if previous is not None and _continues(previous, line):
                _append(previous, line)
            else:
                lines.append(line)
                previous = line
    return lines


def page_rules(raw: dict[str, Any]) -> list[Rule]:
    """Return the horizontal rules of a page's `rawdict`, pieces that meet joined, from top to bottom."""
    found = []
    for block in raw["blocks"]:
        if block["type"] == 3:
            x0, y0, x1, y1 = block["bbox"]
            if y1 - y0 < 3 and x1 - x0 > 12:
                found.append(((y0 + y1) / 2, x0, x1))
            elif block["isrect"] and x1 - x0 > 60 and 6 < y1 - y0 < 400 and block["stroked"]:
                found += [(y0, x0, x1), (y1, x0, x1)]
    found.sort()
    joined: list[list[float]] = []
    for y, x0, x1 in found[:2000]:
        for rule in joined[-12:]:
            if abs(rule[2] - y) < 1.5 and x0 < rule[1] + 6 and x1 > rule[0] - 6:
                rule[0], rule[1] = min(rule[0], x0), max(rule[1], x1)
                break
        else:
            joined.append([x0, x1, y])
    return [Rule(*rule) for rule in joined if rule[1] - rule[0] > 30]


def _line(item: dict[str, Any], number: int, block: int) -> Line | None:
    """Return a line of `rawdict`, or None where nothing is printed."""
    text, edges, spans = "", [], []
    weights: dict[tuple[str, bool, bool, float], int] = {}
    base = last = 0.0
    upright = item["dir"][0] > 0.97
    main = max(item["spans"], key=lambda s: (len(s["chars"]) > 1, s["size"], len(s["chars"])), default=None)
    if main is None:
        return None
    largest, level = main["size"], main["origin"][1]
    for span in item["spans"]:
        chars = span["chars"]
        if not chars:
            continue
        font, size = span["font"], span["size"]
        family, bold, italic = _style(font, span["flags"])
        part = "".join([c["c"] for c in chars])
        lefts = [c["bbox"][0] for c in chars]
        right = chars[-1]["bbox"][2]
        if not _PLAIN.fullmatch(part):
            part, lefts = _rewrite(part, lefts, right, font)
        elif font in _DASHES and part.strip() == _DASHES[font][0]:
            part = part.replace(*_DASHES[font])
        elif _PI_FONT.search(font):
            part = "".join([_PI.get(c, c) for c in part])
        elif _DINGBATS.search(font):
            part = " " * len(part)
        if (
            not spans
            and size < 0.75 * largest
            and len(chars) == 1
            and part.isalpha()
            and level - span["origin"][1] < 0.1 * size
        ):
            part = "•"  # a bullet from a font without Unicode names
        raised = size < 0.85 * largest and level - span["origin"][1] > 0.12 * largest and upright
        if raised:
            part = part.translate(_SUPERSCRIPT)
            if len(part.strip()) == 1:
                part = part.translate(_SUPERSCRIPT_LETTERS)
        if not part:
            continue
        start = len(text)
        text += part
        edges += lefts
        last = right
        spans.append(Span(start, len(text), size, family, bold, italic, raised))
        weight = len(part) - part.count(" ")
        if weight:
            key = (family, bold, italic, round(size, 1))
            weights[key] = weights.get(key, 0) + weight
    if not weights:
        return None
    edges.append(last)
    if len(text) > 6 and text[1] == text[3] == " " != text[0] and _SPACED.fullmatch(text):
        text, edges, spans = _closed_up(text, edges, spans)
    elif _LONG.search(text):
        text, edges, spans = _spaced(text, edges, spans, item)
    if "\u00ad" in text[:-1]:
        text, edges, spans = _without_soft_hyphens(text, edges, spans)
    family, bold, italic, size = max(weights, key=weights.__getitem__)
    base = level
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if begin or end != len(text):
        text, edges = text[begin:end], edges[begin : end + 1]
        spans = [
            Span(max(s.start - begin, 0), min(s.end, end) - begin, s.size, s.font, s.bold, s.italic, s.raised)
            for s in spans
            if s.start < end and s.end > begin
        ]
    if not text:
        return None
    if upright:
        x0, x1 = min(edges[0], edges[-1]), max(edges)
        y0, y1 = base - 0.82 * largest, base + 0.24 * largest
    else:
        x0, y0, x1, y1 = item["bbox"]
        edges = []
    pure = len(weights) == 1 or _pure(weights)
    return Line(number, block, text, edges, x0, y0, x1, y1, base, size, family, bold, italic, spans, pure, upright)


def _without_soft_hyphens(text: str, edges: list[float], spans: list[Span]) -> tuple[str, list[float], list[Span]]:
    """Return a line without the soft hyphens inside it; one at the end stays until lines are joined."""
    end = len(text.rstrip())
    keep = [i for i, c in enumerate(text) if c != "\u00ad" or i == end - 1]
    moved, count = [], 0
    for i, c in enumerate(text):
        moved.append(count)
        count += c != "\u00ad" or i == end - 1
    moved.append(count)
    for span in spans:
        span.start, span.end = moved[span.start], moved[span.end]
    return "".join([text[i] for i in keep]), [edges[i] for i in keep] + edges[-1:], spans


def _closed_up(text: str, edges: list[float], spans: list[Span]) -> tuple[str, list[float], list[Span]]:
    """Return a letter-spaced line ("R E S U L T S") without the spaces between letters."""
    text = text.rstrip()
    keep = [i for i, c in enumerate(text) if c != " " or text[i - 1] == " "]
    span = spans[0]
    closed = "".join([text[i] for i in keep])
    return (
        closed,
        [edges[i] for i in keep] + [edges[len(text)]],
        [Span(0, len(closed), span.size, span.font, span.bold, span.italic, False)],
    )


def _spaced(
    text: str, edges: list[float], spans: list[Span], item: dict[str, Any]
) -> tuple[str, list[float], list[Span]]:
    """Return a line with the spaces that a tight setting hides from MuPDF, where words run together."""
    rights = [c["bbox"][2] for s in item["spans"] for c in s["chars"]]
    if len(rights) != len(text):
        return text, edges, spans
    size = item["spans"][0]["size"]
    gaps = [edges[i + 1] - rights[i] for i in range(len(text) - 1) if text[i] != " " and text[i + 1] != " "]
    ordered = sorted(gaps)
    usual = ordered[len(ordered) // 2]
    if ordered[int(0.97 * len(ordered))] - usual < 0.04 * size:
        return text, edges, spans
    limit = usual + max(0.04 * size, 0.5 * (ordered[int(0.97 * len(ordered))] - usual))
    out, places, moved = [], [], []
    for i, char in enumerate(text):
        moved.append(len(out))
        out.append(char)
        places.append(edges[i])
        if i + 1 < len(text) and char != " " and text[i + 1] != " " and edges[i + 1] - rights[i] > limit:
            out.append(" ")
            places.append(rights[i])
    moved.append(len(out))
    for span in spans:
        span.start, span.end = moved[span.start], moved[span.end]
    return "".join(out), [*places, edges[-1]], spans


def _pure(weights: dict[tuple[str, bool, bool, float], int]) -> bool:
    """Tell whether (almost) all characters share a font, or are all bold."""
    total = sum(weights.values())
    bold = sum(n for key, n in weights.items() if key[1])
    return max(weights.values()) > 0.9 * total or bold > 0.95 * total


def _rewrite(part: str, lefts: list[float], right: float, font: str) -> tuple[str, list[float]]:
    """Return the characters as a reader sees them, with their left edges: symbol fonts, accents, odd spaces, ligatures."""
    out: list[str] = []
    edges: list[float] = []
    symbol, dingbat, pi = "symbol" in font.lower(), _DINGBATS.search(font), _PI_FONT.search(font)
    for i, char in enumerate(part):
        code = ord(char)
        if 0xF000 <= code <= 0xF0FF:
            char = " " if dingbat else _SYMBOL.get(chr(code - 0xF000), chr(code - 0xF000) if code < 0xF07F else "•")
        elif symbol and char in _SYMBOL and code > 0x7F and char not in "°±":
            char = char if char in "×µ÷®©" else _SYMBOL[char]
        elif pi:
            char = _PI.get(char, char)
        elif dingbat:
            char = " "
        elif char in _REWRITES:
            char = _REWRITES[char]
        elif LIGATURES <= code < LIGATURES + len(SPELLED):
            char = SPELLED[code - LIGATURES]
        elif 0xFB00 <= code <= 0xFB06:
            char = unicodedata.normalize("NFKC", char)
        elif code < 32 or 0x7F <= code < 0xA0:
            char = " "
        elif unicodedata.combining(char) and out:
            composed = unicodedata.normalize("NFC", out[-1] + char)
            if len(composed) == 1:
                out[-1] = composed
                continue
        elif char in _ACCENTS and code > 0x7F:
            following = part[i + 1 : i + 2]
            if out and out[-1].isalpha() and edges[-1] - 0.5 <= lefts[i] < (lefts[i - 1] + 0.5 if i else 0):
                composed = unicodedata.normalize("NFC", out[-1] + _ACCENTS[char])
                if len(composed) == 1:
                    out[-1] = composed
                    continue
            if following.isalpha() and i + 1 < len(lefts) and abs(lefts[i + 1] - lefts[i]) < 2.5:
                composed = unicodedata.normalize("NFC", ("i" if following == "ı" else following) + _ACCENTS[char])
                if len(composed) == 1:
                    out.append("\0" + composed)
                    edges.append(lefts[i])
                    continue
        if out and out[-1].startswith("\0"):
            out[-1] = out[-1][1:]
            continue
        if len(char) == 1:
            out.append(char)
            edges.append(lefts[i])
        elif char:
            stop = lefts[i + 1] if i + 1 < len(lefts) else right
            for j, letter in enumerate(char):
                out.append(letter)
                edges.append(lefts[i] + (stop - lefts[i]) * j / len(char))
    return "".join(out).replace("\0", ""), edges


def _continues(previous: Line, line: Line) -> bool:
    """Tell whether `line` is a piece of the same printed line as `previous`."""
    if not (previous.upright and line.upright):
        return False
    size = max(previous.size, line.size)
    gap = line.x0 - previous.x1
    if not -0.6 * size < gap < 2.2 * size:
        return False
    drop = line.base - previous.base
    if abs(drop) < 0.2 * size:
        return True
    # a superscript or subscript that stands as a line of its own
    return abs(drop) < 0.55 * size and gap < 0.4 * size and min(len(previous.text), len(line.text)) <= 8


def _append(previous: Line, line: Line) -> None:
    """Add `line` to the end of `previous`."""
    gap = line.x0 - previous.x1
    raised = previous.base - line.base > 0.12 * previous.size and line.size < 0.85 * previous.size
    text = line.text.translate(_SUPERSCRIPT) if raised else line.text
    if gap > 0.12 * previous.size and not raised:
        shift = len(previous.text) + 1
        previous.text += " " + text
    else:
        shift = len(previous.text)
        previous.text += text
        previous.edges.pop()
    previous.edges += line.edges
    previous.spans += [
        Span(s.start + shift, s.end + shift, s.size, s.font, s.bold, s.italic, s.raised or raised) for s in line.spans
    ]
    previous.x1 = max(previous.x1, line.x1)
    if line.font != previous.font and len(line.text) > 0.25 * len(previous.text):
        previous.pure = False
    if len(line.text) > 0.6 * len(text) and line.size > previous.size + 1 and len(line.text) > shift:
        previous.size, previous.base, previous.font = line.size, line.base, line.font
        previous.bold, previous.italic = line.bold, line.italic
    previous.y0, previous.y1 = min(previous.y0, line.y0), max(previous.y1, line.y1)
