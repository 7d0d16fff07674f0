"""Fonts that name their glyphs in a way MuPDF can't read: named again, before the text is taken.

Typesetters' fonts call the degree sign "C14" or the ligature Th "T_h"; read as they are, "37 °C" loses its sign and
"The" its h. The names below are the code points of TeX's symbol fonts (cmsy, cmmi) and of Adobe's Symbol font.
"""

from __future__ import annotations

import re
from typing import Any

LIGATURES = (
    0xE0A0  # private-use code points that stand for letters set as one glyph, until `characters` spells them out
)
SPELLED = (
    "Th",
    "ft",
    "tt",
    "ct",
    "st",
    "fj",
    "ffj",
    "tf",
    "ty",
    "tty",
    "fft",
    "fb",
    "fh",
    "fk",
    "gy",
    "sp",
    "ti",
    "tti",
)

_CMSY = {
    0: "−", 1: "⋅", 2: "×", 3: "∗", 4: "÷", 5: "⋄", 6: "±", 7: "∓", 14: "°", 15: "•", 16: "≍", 17: "≡", 20: "≤",
    21: "≥", 24: "∼", 25: "≈", 26: "⊂", 27: "⊃", 28: "≪", 29: "≫", 32: "←", 33: "→", 34: "↑", 35: "↓", 36: "↔", 39: "≃",
    41: "⇒", 47: "∝", 48: "′", 49: "∞", 50: "∈", 53: "△", 106: "|", 112: "√", 121: "†", 122: "‡", 123: "§", 124: "¶",
}  # fmt: skip
_CMMI = dict(zip(range(11, 34), "αβγδεζηθικλμνξπρστυφχψω"))
_SYMBOL = {
    45: "−", 97: "α", 98: "β", 99: "χ", 100: "δ", 101: "ε", 103: "γ", 107: "κ", 108: "λ", 109: "μ", 112: "π", 113: "θ",
    114: "ρ", 115: "σ", 116: "τ", 119: "ω", 68: "Δ", 163: "≤", 165: "∞", 174: "→", 176: "°", 177: "±", 178: "″",
    179: "≥", 180: "×", 183: "•", 184: "÷", 185: "≠", 187: "≈", 162: "′", 172: "←", 173: "↑", 175: "↓", 210: "®",
    211: "©", 212: "™", 214: "√",
}  # fmt: skip
# In Elsevier's and Springer's symbol font the names of fractions and Icelandic letters stand for = ( ) +.
_RENAMED = {"onequarter": "equal", "eth": "parenleft", "Thorn": "parenright", "thorn": "plus", "Eth": "bracketleft"}
_NAME = re.compile(r"/([^\s/\[\]()<>]+)")
_CODED = re.compile(r"C(\d{1,3})$")
_STRANGE = re.compile(r"/C\d{1,3}(?=[/\s\]])|/[A-Za-z](?:_[a-z])+(?=[/\s\].])|/onequarter|/[Tt]horn")
_TEX = re.compile(r"cmsy|TeX_CM_Maths_Symbols|CM_Symbols", re.IGNORECASE)


_STRANGERS = "\ufffd¼ÞðþÐ"
_HEADLESS = re.compile(r"T(?<=\bT)(?:e|is|ese|ey|ere|at|erefore|ough) [a-z]")  # a literal first: searched for fast


def garbled(text: str) -> bool:
    """Tell whether a text looks like one whose fonts need mending."""
    return any(char in text for char in _STRANGERS) or _HEADLESS.search(text) is not None


def mend(pdf: Any) -> None:
    """Rename the glyphs of the fonts that need it, in memory; call before the first page is loaded."""
    seen: set[int] = set()
    for number in range(pdf.page_count):
        for font in pdf.get_page_fonts(number):
            if font[0] > 0 and font[0] not in seen and font[2] in ("Type1", "TrueType", "MMType1"):
                seen.add(font[0])
                _mend_font(pdf, font[0], font[3])


def _mend_font(pdf: Any, xref: int, name: str) -> None:
    kind, names = pdf.xref_get_key(xref, "Encoding/Differences")
    if kind != "array":
        if _TEX.search(name) and pdf.xref_get_key(xref, "Encoding")[0] == "null":
            entries = " ".join(f"{code} /uni{ord(char):04X}" for code, char in _CMSY.items())
            pdf.xref_set_key(xref, "Encoding", f"<</Type/Encoding/Differences[{entries}]>>")
        return
    if not _STRANGE.search(names):
        return
    coded = bool(re.search(r"/C\d", names))
    mended = _NAME.sub(lambda match: "/" + _renamed(match.group(1), name, coded), names)
    if mended != names:
        base = pdf.xref_get_key(xref, "Encoding/BaseEncoding")
        base_entry = f"/BaseEncoding{base[1]}" if base[0] == "name" else ""
        pdf.xref_set_key(xref, "Encoding", f"<</Type/Encoding{base_entry}/Differences{mended}>>")


def _renamed(glyph: str, font: str, coded: bool) -> str:
    """Return a name that says which character a glyph is."""
    code = _CODED.match(glyph)
    if code:
        number = int(code.group(1))
        if "4C4E46" in font:  # large brackets
            return glyph
        tables = (_SYMBOL, _CMSY) if "Sym" in font else (_CMMI, _CMSY) if "4C4E51" in font else (_CMSY, _SYMBOL)
        char = tables[0].get(number) or tables[1].get(number)
        return f"uni{ord(char):04X}" if char else glyph
    if coded and glyph in _RENAMED:
        return _RENAMED[glyph]
    letters = glyph.split(".")[0].replace("_", "")
    if "_" in glyph and letters in SPELLED:
        return f"uni{LIGATURES + SPELLED.index(letters):04X}"
    return glyph
