"""Raised marks inside text that is still being gathered: enclosed in noncharacters until their places are known."""

from __future__ import annotations

import re

from vivex.marks import citation_marks

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: no text holds them
_ENCLOSED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_JOINED = re.compile(f"{CLOSE}(\\s*[,;–‑-]\\s*|){OPEN}")
LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
SUPERSCRIPT = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")


def enclosed(mark: str) -> str:
    """Return a mark enclosed for `placed`; "" where it holds nothing."""
    inner = mark.replace(OPEN, "").replace(CLOSE, "").strip()
    return f"{OPEN}{inner.translate(SUPERSCRIPT)}{CLOSE}" if inner else ""


def placed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text with its marks in place, and the range of each, enclosed or given away by its wording."""
    if OPEN not in text and CLOSE not in text:
        return text, citation_marks(text)
    text = _JOINED.sub(r"\1", text)
    found: list[tuple[int, int]] = []
    parts: list[str] = []
    size = last = 0
    for match in _ENCLOSED.finditer(text):
        parts += [text[last : match.start()], match.group(1)]
        start = size + match.start() - last
        size = start + len(match.group(1))
        found.append((start, size))
        last = match.end()
    whole = "".join([*parts, text[last:]]).replace(OPEN, "").replace(CLOSE, "")
    taken = {offset for start, end in found for offset in range(start, end)}
    told = [span for span in citation_marks(whole) if taken.isdisjoint(range(*span))]
    return whole, sorted([*found, *told])


def without(text: str) -> str:
    """Return a text without its marks."""
    whole, marks = placed(text)
    for start, end in reversed(marks):
        whole = whole[:start] + whole[end:]
    return whole
