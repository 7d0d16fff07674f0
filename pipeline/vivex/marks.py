"""Text as a reader takes it in: raised citation marks told from powers, ions and isotopes; odd letters and spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_DIGIT = "[⁰¹²³⁴-⁹]"
_FIRST = "[¹²³⁴-⁹]"
_NUMBER = f"{_FIRST}{_DIGIT}{{0,2}}(?!{_DIGIT})"
# "¹²", "¹²,¹³", "¹²⁻¹⁴", "[¹²]"; single raised letters mark the notes of tables
_RUN = re.compile(
    rf"(?P<open>[\[⁽(]?)(?<!{_DIGIT})(?P<run>{_NUMBER}(?:\s?[,;⁻–‑-]\s?{_NUMBER})*)(?P<close>[\]⁾)]?)|"
    r"(?P<note>[ᵃ-ᵉ](?:,\s?[ᵃ-ᵉ])*)"
)
_ANY = re.compile(f"{_FIRST}|[ᵃ-ᵉ]")
_TEN = re.compile(r"(?<![\d.,])10$")
_LENGTH = re.compile(
    r"(?<![^\W\d_])(?:[mcdkn]?m|[µμu]m|ft|inch|inches|(?:centi|milli|micro|deci|kilo)?(?:meters?|metres?)|px|pixels?)$|"
    r"\d\s?in$"
)
_TIME = re.compile(r"[/·.]\s?(?:s|sec|min|h|hr|d)$")
_SINGLE = re.compile(r"(?<![^\W_])(?<![-–])[^\W\d_]$")
_NAMED = re.compile(
    r"(?:groups?|vitamins?|types?|proteins?|factors?|hepatitis|arms?|panels?|and|or|,)\s+[^\W\d_]$", re.IGNORECASE
)
_MEASURE = re.compile(
    r"(?:(?<![^\W\d_])[^\W\d_]{1,2}|length|width|height|diameter|radius|axis|side|thickness|distance|depth|size|sd|"
    r"sem)$",
    re.IGNORECASE,
)  # what a formula squares: "length × width² / 2"
_MASS = re.compile(r"(?<![^\W\d_])(?:[kmµμun]?g|[mµμun]?[lL]|I?U|h|d|wk|mo)$")
_OPERATOR_BEFORE = re.compile(r"(?:[×*÷√=+]|(?<=\s)x)\s*(?:\(\s*)?[^\W\d_]+$")
_OPERATOR_AFTER = re.compile(r"\s{0,4}(?:[×*/÷=+]|x\s)")
_FACTORIAL = re.compile(r"[\s-]{0,4}(?:full\s{1,4}|fractional\s{1,4})?factorial", re.IGNORECASE)
_ISOTOPES = {
    "H": "3", "C": "13 14", "N": "15", "O": "15 18", "F": "18", "Na": "22 24", "P": "32 33", "S": "35", "Ca": "45 47",
    "Cr": "51", "Fe": "59", "Co": "57 60", "Cu": "64", "Ga": "67 68", "Rb": "86", "Sr": "85 90", "Y": "90", "Zr": "89",
    "Tc": "99", "In": "111", "I": "123 124 125 131", "Lu": "177", "Re": "188", "Tl": "201", "Ac": "225",
}  # fmt: skip
_AFTER = ".,;:!?)]}%\"'”’»*†‡§®™°"  # signs that end a phrase: what is raised after them is a mark
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def citation_marks(text: str, *, before: str = "") -> list[tuple[int, int]]:
    """Return the ranges of `text` that hold marks of citations or notes, without powers ("10⁵", "cm²", "Ca²⁺", "¹⁸F").

    `before` is what precedes `text` on the same line of thought. A space that only parts a mark from its word is
    part of the range.
    """
    if text.isascii() or not _ANY.search(text):
        return []
    found: list[tuple[int, int]] = []
    for match in _RUN.finditer(text):
        start, end = _bounds(match)
        left = (before + text[:start])[-60:]
        if found and found[-1][1] == start:
            left = (before + text[: found[-1][0]])[-60:]
        if text[start] in "²³" and end - start > 1 and _LENGTH.search(left.rstrip(" ")):
            left, start = left + text[start], start + 1  # "kg/m²⁸": a square, then a mark
        if _is_mark(left, text[start:end].strip("[]()⁽⁾"), text[end : end + 20]):
            while start and text[start - 1] == " " and (end == len(text) or not text[end].isalnum()):
                start -= 1
            found.append((start, end))
    return found


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    """Return the range of a run, with brackets that open and close around it."""
    if match["note"]:
        return match.span("note")
    if match["open"] and match["close"]:
        return match.span()
    return match.span("run")


def _is_mark(left: str, run: str, right: str) -> bool:
    """Tell whether a raised run after `left` and before `right` is a mark rather than a power, charge or isotope."""
    base = left.rstrip(" ")
    apart = len(base) < len(left)
    if not base or base[-1] in "\n\t⁻⁺⁼-−–" or right[:1] in tuple("⁻⁺⁼+⁰"):
        return False
    if right[:1] in tuple("-−") and not right[1:2].isalpha():
        return False
    if right[:1].isalnum() and (apart or not base[-1].isalnum()):
        return False  # "of ¹⁸F-FDG", "(¹H"
    last = base[-1]
    if last in "²³" and not apart:
        return True
    if last.isdigit():
        return not _is_power(base, run, right)
    if last.isalpha():
        return not _is_unit_or_variable(base, run, right)
    if last == ")" and run in ("²", "³"):
        inner = base[base.rfind("(") :]
        return not (_OPERATOR_AFTER.match(right) or re.search(r"\s[−–+×*/-]\s", inner))
    return last in _AFTER


def _is_power(base: str, run: str, right: str) -> bool:
    """Tell whether a run after a number is its exponent."""
    if _TEN.search(base):
        return not re.search(r"[,;]", run)
    if len(run) > 1 or not run.translate(_PLAIN).isdigit():
        return False
    return bool(_FACTORIAL.match(right) or _OPERATOR_AFTER.match(right))


def _is_unit_or_variable(base: str, run: str, right: str) -> bool:
    """Tell whether a run after letters is the power of a unit or variable, or the number of an isotope."""
    square = run in ("²", "³")
    if square and _LENGTH.search(base):
        return True
    if square and _TIME.search(base):
        return True
    if _MASS.search(base):
        return False
    if square and _MEASURE.search(base) and (_OPERATOR_AFTER.match(right) or _OPERATOR_BEFORE.search(base)):
        return True
    if square and _SINGLE.search(base) and not _NAMED.search(base):
        return True
    element = re.search(r"(?<![^\W_])[A-Z][a-z]?$", base)
    return element is not None and run.translate(_PLAIN) in _ISOTOPES.get(element.group(), "").split()


_LINE_ENDS = str.maketrans("\r\n", "  ")
# spaces, full-width, mathematical
_ODD = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\uff01-\uff5e\U0001d400-\U0001d7ff]")

_SEVERAL = re.compile("[\u2103\u2109\u3371-\u33df\ufb00-\ufb06]")  # "㎎", "℃", "ﬁ": one sign for several letters


def marks_of(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the ranges of citation marks in text[start:end], in offsets of `text`."""
    return [(start + low, start + high) for low, high in citation_marks(text[start:end])]


def as_read(text: str, running: Iterable[tuple[int, int]], marks: Iterable[tuple[int, int]] = ()) -> str:
    """Return `text`, as long as it was, as finders of words read it.

    Odd letters and spaces are plain; `marks`, and marks and line ends inside the ranges of `running` text, are spaces.
    """
    ascii_only = text.isascii()
    if not ascii_only:
        text = _ODD.sub(lambda match: plain(match.group()), text)
    spans = list(running)
    blanks = [*marks, *(mark for span in spans for mark in ([] if ascii_only else marks_of(text, *span)))]
    wrapped = [span for span in spans if text.find("\n", *span) >= 0]
    if not blanks and not wrapped:
        return text
    out = list(text)
    for start, end in blanks:
        out[start:end] = " " * (end - start)
    for start, end in wrapped:
        out[start:end] = "".join(out[start:end]).translate(_LINE_ENDS)
    return "".join(out)


def plain(character: str) -> str:
    """Return the plain letter, digit, sign or space that a variant of it stands for, where it is one character."""
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def spelled_out(text: str, signs: re.Pattern[str] = _SEVERAL) -> tuple[str, Sequence[int]]:
    """Return `text` with signs that stand for several letters ("㎎", "ﬁ") spelled out, and where each character stood.

    The places are one more than the characters: the last is the length of `text`. A text without such is itself.
    """
    if text.isascii() or not signs.search(text):
        return text, range(len(text) + 1)
    out, places = [], []
    for place, character in enumerate(text):
        letters = unicodedata.normalize("NFKC", character) if signs.match(character) else character
        out.append(letters)
        places += [place] * len(letters)
    return "".join(out), [*places, len(text)]
