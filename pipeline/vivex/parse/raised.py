"""Raised marks inside text that is still being gathered: enclosed in noncharacters, then taken out with their places."""

from __future__ import annotations

import re

from vivex.marks import citation_marks

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: no text holds them
_ENCLOSED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_JOINED = re.compile(f"{CLOSE}([,;–‑\\s-]*){OPEN}")
LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
SUPERSCRIPT = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")


def enclosed(mark: str) -> str:
    """Return a mark enclosed for `taken_out`; "" where it holds nothing."""
    inner = mark.replace(OPEN, "").replace(CLOSE, "").strip()
    return f"{OPEN}{inner.translate(SUPERSCRIPT)}{CLOSE}" if inner else ""


def taken_out(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Return a text without its marks, and each mark with the offset at which it stood."""
    if OPEN in text or CLOSE in text:
        text = _JOINED.sub(r"\1", text)
    elif text.isascii():
        return text, []
    found: list[tuple[int, str]] = []
    parts: list[str] = []
    size = last = 0
    for match in _ENCLOSED.finditer(text):
        piece = text[last : match.start()]
        following = text[match.end() : match.end() + 1]
        if piece.endswith(" ") and not following.isalnum():
            piece = piece.rstrip(" ")
        parts.append(piece)
        size += len(piece)
        found.append((size, match.group(1)))
        last = match.end()
    parts.append(text[last:])
    text = "".join(parts).replace(OPEN, "").replace(CLOSE, "")
    return _without(text, found)


def _without(text: str, found: list[tuple[int, str]]) -> tuple[str, list[tuple[int, str]]]:
    """Return a text without the marks that its wording gives away, all marks in order."""
    cuts = citation_marks(text)
    if not cuts:
        return text, found
    parts: list[str] = []
    last = size = 0
    marks: list[tuple[int, str]] = []
    moved = iter([*found, (len(text) + 1, "")])
    at, mark = next(moved)
    for start, end in [*cuts, (len(text), len(text))]:
        while at <= start and at <= len(text):
            marks.append((at - last + size, mark))
            at, mark = next(moved)
        parts.append(text[last:start])
        size += start - last
        if end > start:
            marks.append((size, text[start:end].strip()))
        last = end
        while at < last:
            marks.append((size, mark))
            at, mark = next(moved)
    return "".join(parts), marks
