"""Signs set in fonts of their own, whose characters say another thing (µ is m, ± is 6, = is ¼): told by their use.

Fonts that are known are mended in `fonts` and `glyphs`; here a font counts that sets nothing but a few short pieces.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from vivex.parse.lines import Line, Span

_DISTINCT = 6  # characters that such a font sets at most
_SHARE = 0.05  # of the paper's characters at most
_SHORT = 3  # characters of a piece at most
_MOST = 0.6  # share of a character's uses that must tell the same sign
_NUMBER = r"\d{1,9}(?:[.,·]\d{1,9})?"
_UNIT = r"(?:[gLlMmAUs]|mol|Ci|gram|lit(?:er|re)|mole|kat|IU)(?![a-z]{2})"
_MEAN = r"(?:means?|averages?|values?|mean values?)\s{0,4}\(?$"
_SPREAD = r"\s{0,4}(?:S\.?\s?[DE]|s\.?[de]\.?|standard|SEM)"


@dataclass(frozen=True, slots=True)
class Usage:
    """Say which sign a character stands for where it is used so."""

    sign: str
    before: str
    after: str


_RULES: dict[str, tuple[Usage, ...]] = {
    "m": (Usage("µ", r"(?:\d\s{0,4}|[/(\s]|^)$", _UNIT),),
    "6": (Usage("±", rf"{_NUMBER}\s{{0,4}}%?\s{{0,4}}$", rf"\s{{0,4}}{_NUMBER}"), Usage("±", _MEAN, _SPREAD)),
    "¼": (Usage("=", r"[A-Za-z)\]²]\s{0,4}$", r"\s{0,4}[\d.<(−–-]"),),
    "5": (Usage("=", r"\b[A-Za-z]\s{1,4}$|\)\s{1,4}$", rf"\s{{1,4}}[−-]?\.?{_NUMBER}"),),
    ",": (Usage("<", r"(?:\b[PpnNrRFtq]|values?)\s{0,4}$", r"\s{0,4}0?\.?\d"),),
    ".": (Usage(">", r"(?:\b[PpnNrRFtq]|values?)\s{1,4}$", r"\s{1,4}0?\.?\d"),),
    "2": (
        Usage("−", r"(?:(?:at|to|of|from|and|or|was|by|is)\s{1,4}|[(\[=≤<>]\s{0,4}|10)$", r"\d"),
        Usage("−", r"[A-Za-z]\d?$", r"(?:/|\ufffd)2|\s|$"),
    ),
    "3": (Usage("×", rf"{_NUMBER}\s{{0,4}}$", r"\s{0,4}10(?![.\d])|\s{0,4}10[⁰¹²³⁴-⁹⁻]|\s{0,4}g\b"),),
    "8": (Usage("°", r"\d\s{0,4}$", r"\s{0,4}[CF]\b"),),
    "$": (Usage("≥", r"(?:^|[\sA-Za-z(])$", r"\s{0,4}\.?\d"),),
    "#": (Usage("≤", r"(?:^|[\sA-Za-z(])$", r"\s{0,4}\.?\d"),),
    "a": (Usage("α", r"(?:TNF|IFN|TGF|ER|HIF-?1|IL-\d{1,2}|PPAR|-)\s?-?$", r""),),
    "b": (Usage("β", r"(?:TGF|IFN|GSK-?3|ER|IL-\d{1,2}|PPAR|A|-)\s?-?$", r""),),
    "g": (Usage("γ", r"(?:IFN|PPAR|-)\s?-?$", r""),),
    "k": (Usage("κ", r"NF\s?-?$", r"B"),),
}
_COMPILED = {
    char: [(rule.sign, re.compile(f"(?:{rule.before})"), re.compile(f"(?:{rule.after})")) for rule in rules]
    for char, rules in _RULES.items()
}


def read_signs(lines: Sequence[Line]) -> list[str]:
    """Replace signs that fonts of their own misname, in place; return what the reviewer is to be warned of."""
    uses: defaultdict[tuple[str, str], list[tuple[Line, int, Span]]] = defaultdict(list)
    fonts = _sign_fonts(lines)
    for line in lines if fonts else ():
        for span in line.spans:
            if span.font in fonts:
                for at in range(span.start, min(span.end, len(line.text))):
                    uses[span.font, line.text[at]].append((line, at, span))
    read: dict[str, tuple[int, str]] = {}
    unsure: dict[str, tuple[int, str]] = {}
    for (font, char), places in sorted(uses.items()):
        plain = _plain(char)
        told = [_told(line, at, span, plain) for line, at, span in places]
        signs = Counter(sign for sign in told if sign)
        if not signs:
            continue
        sign, count = signs.most_common(1)[0]
        if count < _MOST * len(places):
            line, at, _ = places[0]
            unsure.setdefault(char, (line.page, _around(line, at)))
            continue
        minus = list(uses.get((font, "\ufffd"), ())) if sign == "−" else []
        for line, at, span in places:
            _put(line, at, "⁻" if span.raised and sign == "−" else sign)
        for line, at, _ in minus:
            _put(line, at, "/")
        line, at, _ = places[0]
        read.setdefault(sign, (line.page, _around(line, at)))
    return _warnings(read, unsure)


def _sign_fonts(lines: Sequence[Line]) -> set[str]:
    """Return the fonts that set nothing but a few short pieces of a few characters."""
    chars: defaultdict[str, Counter[str]] = defaultdict(Counter)
    long: Counter[str] = Counter()
    total = sum([len(line.text) for line in lines])
    sizes: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        for span in line.spans:
            sizes[span.font] += span.end - span.start
    common = {font for font, size in sizes.items() if size > 2 * _SHARE * total}  # also without the blanks
    for line in lines:
        for span in line.spans:
            if span.font in common:
                continue
            piece = line.text[span.start : span.end].strip()
            if piece:
                if len(chars[span.font]) <= _DISTINCT:
                    chars[span.font].update(piece)
                long[span.font] += len(piece) > _SHORT
    return {
        font
        for font, found in chars.items()
        if len(found) <= _DISTINCT and long[font] == 0 and sum(found.values()) <= _SHARE * total
    }


def _plain(char: str) -> str:
    return {"²": "2", "³": "3", "⁵": "5", "⁶": "6", "⁸": "8"}.get(char, char)


def _told(line: Line, at: int, span: Span, char: str) -> str:
    """Return the sign that a use tells, or ""."""
    before, after = line.text[:at], line.text[at + 1 :]
    if span.raised:
        return "−" if char == "2" and re.search(r"(?:10|[A-Za-zµ])$", before) and re.match("[¹²³⁴-⁹]", after) else ""
    if span.size < 0.85 * line.size:
        return ""  # an index
    for sign, left, right in _COMPILED.get(char, ()):
        if _ends_so(left, before) and right.match(after):
            return sign
    return ""


def _ends_so(left: re.Pattern[str], before: str) -> bool:
    return left.search(before[-24:]) is not None


def _put(line: Line, at: int, sign: str) -> None:
    line.text = line.text[:at] + sign + line.text[at + 1 :]


def _around(line: Line, at: int) -> str:
    """Return the words around a character of a line."""
    start = line.text.rfind(" ", 0, max(0, at - 8)) + 1
    return line.text[start : at + 12].strip()


def _warnings(read: dict[str, tuple[int, str]], unsure: dict[str, tuple[int, str]]) -> list[str]:
    found = []
    if read:
        signs = "; ".join(f'{sign} in "{words}" (page {page})' for sign, (page, words) in sorted(read.items()))
        found.append(f"signs in fonts of their own were read by how they are used, check them: {signs}")
    for char, (page, words) in sorted(unsure.items()):
        found.append(f'page {page}: "{char}" in "{words}" is set in a font of its own and may be another sign')
    return found
