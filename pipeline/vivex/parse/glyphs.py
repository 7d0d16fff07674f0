"""Glyphs as a reader sees them: symbol fonts, accents, odd spaces, ligatures, superscripts."""

from __future__ import annotations

import functools
import re
import unicodedata

from vivex.numerals import SQUARED
from vivex.parse.fonts import LIGATURES, SPELLED

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
# Typesetters' fonts, by the end of their name, whose letters are Greek in the alphabet's order, or stand for signs.
_ALPHABET = dict(zip("abcdefghijklmnopqrstuvwx", "αβγδεζηθικλμνξοπρστυφχψω")) | dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWX", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ")
)
_ALPHABET["l"] = "μ"
_ALPHABET["k"] = "λ"
_ALPHABET["m"] = "ν"
_GREEK = {k: v for k, v in _SYMBOL.items() if k.isascii() and k.isalpha()}
_TYPESETTERS = (
    (
        re.compile(
            r"^(?:Symbol|StandardSym(?:bols)?)(?:MT|PS|PSMT|Std|Prop|L)?(?:[,-]?(?:Bold|Italic|Oblique|Regular|"
            r"Roman))*$"
        ),
        _GREEK,
    ),
    (re.compile(r"AdvPSMP(?:10|13)$|AdvMP13"), _ALPHABET),
    (re.compile(r"AdvPS3F4C13$"), {k: v for k, v in _SYMBOL.items() if k.isascii() and k.isalpha()} | {"U": "Ω"}),
    (re.compile(r"AdvPS4731B1$"), {"N": "∞"}),
    (re.compile(r"AdvPSMP4$"), {"\\": "<", "[": ">"}),
    (re.compile(r"AdvTir_symb$"), {"9": "×", "?": "+", "\\": "<", "[": ">", "-": "−"}),
    (re.compile(r"AdvPS44A44B$"), {"e": "–"}),
    (re.compile(r"AdvPS3FDD77$"), {"w": "∼"}),
)
_DINGBATS = re.compile(r"wingding|webding|dingbat", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|demi|semibold|medium$|-md|\.b\.?$|-b$|advot[0-9a-f]+\.b|cmbx", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|\.i\.?$|-it\b|-i$|cmti|cmmi", re.IGNORECASE)
_ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "˚": "\u030a", "¸": "\u0327",
    "ˇ": "\u030c", "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "˝": "\u030b", "˛": "\u0328",
}  # fmt: skip
PLAIN = re.compile(r"[\x20-\x5f\x61-\x7e“”‘’–—°±×µα-ωΑ-Ω−©®•…′≤≥é]*")  # what stays as it is, but for odd fonts
_REWRITES = {
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ", "\t": " ",
    "\u2010": "-", "\u2011": "-", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u2060": "", "\ufffe": "",
    "\uffff": "", "\u2212": "−", "\uf0b0": "°",
}  # fmt: skip


@functools.lru_cache(maxsize=512)
def style(font: str, flags: int) -> tuple[str, bool, bool, bool]:
    """Return a font's name without subset tag, whether it is bold and italic, and whether its characters mislead."""
    name = font.split("+", 1)[-1]
    bold = bool(flags & 16) or bool(_BOLD.search(name))
    italic = bool(flags & 2) or bool(_ITALIC.search(name))
    return name, bold, italic, bool(_signs(name)) or bool(_DINGBATS.search(name))


@functools.lru_cache(maxsize=512)
def _signs(name: str) -> dict[str, str]:
    """Return what the characters of a font stand for, where they mislead."""
    if _PI_FONT.search(name):
        return _PI
    return next((signs for pattern, signs in _TYPESETTERS if pattern.search(name)), {})


def relabelled(part: str, font: str) -> str:
    """Return the characters that the letters of a font stand for."""
    signs = _signs(font.split("+", 1)[-1])
    return "".join([signs.get(c, c) for c in part]) if signs else " " * len(part)


def rewritten(part: str, lefts: list[float], right: float, font: str) -> tuple[str, list[float]]:
    """Return the characters as read, with their left edges: symbol fonts, accents, odd spaces, ligatures."""
    out: list[str] = []
    edges: list[float] = []
    symbol, dingbat, pi = "symbol" in font.lower(), _DINGBATS.search(font), _signs(font.split("+", 1)[-1])
    if pi is _GREEK and any("\uf000" <= char <= "\uf0ff" for char in part):
        pi = {}  # the font's own code points: its plain letters are letters
    odd, after = symbol or bool(pi) or dingbat is not None, 0
    for i, char in enumerate(part):
        if i < after:
            continue
        pending = bool(out) and out[-1].startswith("\0")
        if not odd and not pending and (plain := PLAIN.match(part, i)) and plain.end() > i:
            after = plain.end()
            out += part[i:after]
            edges += lefts[i:after]
            continue
        code = ord(char)
        if 0xF000 <= code <= 0xF0FF:
            char = " " if dingbat else _SYMBOL.get(chr(code - 0xF000), chr(code - 0xF000) if code < 0xF07F else "•")
        elif symbol and char in _SYMBOL and code > 0x7F and char not in "°±":
            char = char if char in "×µ÷®©" else _SYMBOL[char]
        elif pi and char in pi:
            char = pi[char]
        elif dingbat:
            char = " "
        elif char in _REWRITES:
            char = _REWRITES[char]
        elif LIGATURES <= code < LIGATURES + len(SPELLED):
            char = SPELLED[code - LIGATURES]
        elif 0xFB00 <= code <= 0xFB06 or 0x1D400 <= code <= 0x1D7FF or 0xFF01 <= code <= 0xFF5E or SQUARED.match(char):
            char = unicodedata.normalize("NFKC", char)
        elif code < 32 or 0x7F <= code < 0xA0:
            char = " "
        elif unicodedata.combining(char) and out:
            composed = unicodedata.normalize("NFC", out[-1] + char)
            if len(composed) == 1:
                out[-1] = composed
                continue
        elif char in _ACCENTS:
            following = part[i + 1 : i + 2]
            wide = lefts[i + 1] - lefts[i - 1] if 0 < i < len(lefts) - 1 else 0.0
            if out and out[-1].isalpha() and -0.5 <= lefts[i] - lefts[i - 1] < 0.6 * wide:
                composed = unicodedata.normalize("NFC", out[-1] + _ACCENTS[char])
                if len(composed) == 1:
                    out[-1] = composed
                    continue
            if (
                following.isalpha()
                and i + 1 < len(lefts)
                and abs(lefts[i + 1] - lefts[i]) < 2.5
                and not part[i - 1 : i].isdigit()
            ):
                composed = unicodedata.normalize("NFC", ("i" if following == "ı" else following) + _ACCENTS[char])
                if len(composed) == 1:
                    out.append("\0" + composed)
                    edges.append(lefts[i])
                    continue
        if pending:
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
