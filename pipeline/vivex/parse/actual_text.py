"""What a PDF says that it shows (`/ActualText`, which MuPDF reads) against what it draws: what is drawn decides.

Publishers use it for soft hyphens, small capitals and glyphs without a name, which say nothing else than is drawn. A
file may as well say something else there, which no reader sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from difflib import SequenceMatcher
from typing import Any

from vivex.parse.mupdf import failures, mupdf

_NAMED = b"ActualText"
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # any character of a name may be written so
_FORM = re.compile(r"/Subtype\s*/Form\b")
_MOST_OBJECTS = 20_000  # of a file with more every page is compared
_LONGEST = 1500  # letters of a difference that is looked at letter by letter
_UNREADABLE = "\ufffd"  # stands for what has no letter
_SHOWN = 60  # characters of the warning's quote


class ActualText:
    """Tell of a file's pages whether they hold something that they say they show."""

    def __init__(self, pdf: Any) -> None:
        self._anywhere: bool | None = None
        self._pdf = pdf

    def on(self, page: Any) -> bool:
        """Tell whether a page, or what all pages may draw on, has such words."""
        if self._anywhere is None:
            self._anywhere = _in_objects(self._pdf)
        return self._anywhere or _names_it(page.read_contents())


def _in_objects(pdf: Any) -> bool:
    """Tell whether an object of a file (an element of its structure, a property, a form) has such words."""
    number = pdf.xref_length()
    if number > _MOST_OBJECTS:
        return True
    for xref in range(1, number):
        with suppress(*failures()):
            written = pdf.xref_object(xref)
            if _NAMED.decode() in written or (_FORM.search(written) and _names_it(pdf.xref_stream(xref) or b"")):
                return True
    return False


def _names_it(content: bytes) -> bool:
    if _NAMED in content:
        return True
    return b"#" in content and _NAMED in _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), content)


def drawn(page: Any, raw: dict[str, Any], flags: int) -> tuple[dict[str, Any], str]:
    """Return a page's `rawdict` as drawn, and the words that it says it shows instead.

    Where both say the same, the page stays as it was (it knows soft hyphens and the names of odd glyphs), with "".
    """
    pymupdf = mupdf()
    seen = page.get_textpage(clip=pymupdf.INFINITE_RECT(), flags=flags | pymupdf.TEXT_IGNORE_ACTUALTEXT)
    lines = [line for block in raw["blocks"] for line in block.get("lines", ())]
    said = ["".join([char["c"] for span in line["spans"] for char in span["chars"]]) for line in lines]
    words = differing("\n".join(said), seen.extractText())
    return (seen.extractRAWDICT(), words) if words else (raw, "")


def differing(said: str, seen: str) -> str:
    """Return the line of what is said that is first seen otherwise; "" where none is."""
    one, two = said.translate(_FOLDED), seen.translate(_FOLDED)
    if one == two:
        return ""
    first = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    last = 0
    while last < min(len(one), len(two)) - first and one[-1 - last] == two[-1 - last]:
        last += 1
    at = next(_pieces(one, two, (first, len(one) - last), (first, len(two) - last)), None)
    if at is None:
        return ""
    places = [place for place, character in enumerate(said) for _ in _FOLDED[ord(character)]]
    place = places[at] if at < len(places) else len(said)
    words = " ".join(said[said.rfind("\n", 0, place) + 1 :].replace("\xad", "").split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 3].rstrip() + "..."


def _pieces(one: str, two: str, left: tuple[int, int], right: tuple[int, int]) -> Iterator[int]:
    """Yield where two texts differ, in letters of the first, but for where only one of them can be read."""
    (a, b), (c, d) = left, right
    if max(b - a, d - c) > _LONGEST:
        yield a
        return
    for kind, i, j, k, m in SequenceMatcher(None, one[a:b], two[c:d], autojunk=False).get_opcodes():
        said, seen = one[a + i : a + j], two[c + k : c + m]
        sign = len(said) == len(seen) == 1 and seen.isascii() and not said.isascii()  # of a font of its own
        if kind == "equal" or sign or _UNREADABLE in seen or not said.strip(_UNREADABLE) + seen:
            continue
        yield a + i


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Co", "Cn", "Cs") or character == _UNREADABLE or (category == "Cc" and not character.isspace()):
        return _UNREADABLE
    return character if category[0] in "LN" or (category == "Sm" and character != "\u2212") else ""


class _Folding(dict[int, str]):
    """The letters, figures and signs of characters; hyphens and case say nothing. Each is made when first asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(map(_kept, unicodedata.normalize("NFKC", chr(code)).casefold()))
        return self[code]


_FOLDED = _Folding()


def remark(words: str, number: int) -> str:
    """Return the warning about a page that says something else than it draws."""
    return f'page {number}: it says that it shows something else than it draws; what is drawn was read ("{words}")'
