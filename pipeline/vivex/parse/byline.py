"""Who wrote the paper, as the lines beneath its title say: names without the marks of their addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_WITHIN = 8  # blocks beneath the title among which the byline begins
_LONGEST = 2400  # characters of a block of names
_PARTED = re.compile(r"(?:[;,|•·∙&]|\band\b|\n)\s*")
_DEGREES = re.compile(
    r"(?<![\w.])(?:Ph\.? ?D|M\.? ?D|M\.?Sc|B\.?Sc|M\.?S|D\.?V\.?M|D\.?Sc|Dr\.? ?med|MBBS|BVSc|MPhil|Prof|Jr|Sr|MPH|RN)"
    r"\b\.?"
)
_MARKS = re.compile(
    r"(?<=[^\W\d_A-Z])(?:ID|iD)\b"  # the sign of an ORCID, read as letters
    r"|\([\d\s,a-z]{1,5}\)|\[[\d\s,]+\]|[^\w\s.’'ʼ‐‑-]|[\d_]|(?<![\w.])[a-z](?![\w.])"
)
_PARTICLES = frozenset("van von der den de del della di da dos du la le ten ter zu zur al el bin ibn y e st".split())
_NO_NAME = frozenset(
    "university universität hospital institute department school college faculty laboratory centre center division "
    "academy received revised accepted published available online correspondence corresponding copyright journal "
    "article research review open access abstract background introduction keywords editor editors citation volume "
    "street road avenue science sciences medicine biology authors contributed history info".split()
)


def authors_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the names in the blocks beneath a title, in their order; none where no block reads like a byline.

    A byline may be set as several blocks, one a line.
    """
    found: list[str] = []
    for number, text in enumerate(texts):
        names = names_in(text)
        if names:
            found += names
        elif number >= _WITHIN or (found and re.search(r"[^\W\d_]{3}", text)):
            break
    return tuple(dict.fromkeys(found)) if _enough(found) else ()


def names_in(text: str) -> list[str]:
    """Return the names that a block lists; none where it says anything else."""
    if len(text) > _LONGEST:
        return []
    parts = [part for part in (_plain(part) for part in _PARTED.split(_bare(text))) if part]
    parts = list(_with_initials(parts))
    names = [part for part in parts if _is_name(part)]
    return names if names and len(names) >= 0.8 * len(parts) else []


def _bare(text: str) -> str:
    """Return a text without raised marks: ¹, ᵃ, *, and the ¹,² between them."""
    kept = "".join(" " if _is_raised(char) else char for char in text)
    kept = re.sub(r"\bby\b(?=\s+[A-Z])", " ", kept)
    return re.sub(r"\bAND\b", "and", kept)


def _is_raised(char: str) -> bool:
    name = unicodedata.name(char, "")
    return name.startswith(("SUPERSCRIPT", "MODIFIER LETTER SMALL", "MODIFIER LETTER CAPITAL", "FEMININE ORDINAL"))


def _plain(part: str) -> str:
    """Return a part of a list without degrees and marks."""
    words = _MARKS.sub(" ", _DEGREES.sub(" ", part))
    return re.sub(r"\s+", " ", words).strip(" .:-–—")


def _with_initials(parts: Iterable[str]) -> Iterable[str]:
    """Yield the parts; initials behind a family name ("Ole, A. B., Bo, C.") belong to it."""
    before = ""
    for part in parts:
        if before and re.fullmatch(r"(?:[A-Z]\.?[ -]?){1,4}", part) and " " not in before:
            yield f"{part} {before}"
            before = ""
            continue
        if before:
            yield before
        before = part
    if before:
        yield before


def _is_name(words: str) -> bool:
    """Tell whether words may be a person's name: two to six, each with a capital or a particle."""
    found = words.split()
    if not 2 <= len(found) <= 6 or _NO_NAME & {word.casefold() for word in found} or "@" in words:
        return False
    large = [word for word in found if word.casefold() not in _PARTICLES]
    shaped = all(re.fullmatch(r"[^\W\d_a-z][\w.’'ʼ‐‑-]*", word) for word in large)
    return len(large) >= 1 and shaped and any(len(re.sub(r"\W", "", word)) > 1 for word in large)


def _enough(names: Sequence[str]) -> bool:
    """Tell whether names are a byline: one alone must be more than a line of two capitals."""
    return len(names) > 1 or (len(names) == 1 and not names[0].isupper())
