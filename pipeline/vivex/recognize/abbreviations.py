"""Abbreviations and what they stand for, by the algorithm of Schwartz and Hearst (2003), as in scispaCy's detector."""

from __future__ import annotations

import functools
import re

from vivex.document import Document
from vivex.recognize.spans import readable

_PAREN = re.compile(r"\(([^()]{1,80})\)")
_WORD = re.compile(r"\S+")


@functools.lru_cache(maxsize=4)
def abbreviations_of(document: Document) -> dict[str, str]:
    """Return what the paper's abbreviations stand for, as first defined."""
    found: dict[str, str] = {}
    for block in readable(document):
        for short, long in find_abbreviations(document.reading[block.start : block.end]).items():
            found.setdefault(short, long)
    return found


def find_abbreviations(text: str) -> dict[str, str]:
    """Return short form -> long form, the first definition of each; reads "long form (SF)" and "SF (long form)"."""
    found: dict[str, str] = {}
    for match in _PAREN.finditer(text):
        inner = re.split(r"[;,]\s", match[1])[0].strip()
        before = text[max(0, match.start() - 200) : match.start()].rstrip()
        before = re.split(r"(?<=[a-z)])[.;]\s|\n\n|[()]", before)[-1]
        if _is_short(inner):
            words = [m.span() for m in _WORD.finditer(before)]
            reach = min(len(inner) + 5, len(inner) * 2)
            begin = words[-reach][0] if len(words) >= reach else 0
            long = _long_form(inner, before[begin:])
            if long:
                found.setdefault(inner, long)
        else:
            short = re.search(r"\S+$", before)
            if short and _is_short(short.group()) and len(inner.split()) > 1:
                long = _long_form(short.group(), match[1].split(";")[0].strip())
                if long and match[1].startswith(long[:4]):
                    found.setdefault(short.group(), long)
    return found


def _is_short(text: str) -> bool:
    return (
        2 <= len(text) <= 12
        and len(text.split()) <= 2
        and any(c.isalpha() for c in text)
        and (text[0].isalnum() or text[0] in "αβγδκ")
        and not re.fullmatch(
            r"[a-z]{5,}|[Ff]igs?\.?.*|[Nn]\s?=.*|\d+.*%?|[ivx]+|[a-z]|i\.[pvmcg].*|s\.c\.|p\.o\.|e\.g.*|i\.e.*", text
        )
    )


def _long_form(short: str, candidate: str) -> str:
    """Return the shortest end of `candidate` that has the letters of `short` in order, the first at a word's start."""
    i, j = len(short) - 1, len(candidate) - 1
    # a plural s of the short form ("SMSCs") need not stand in the long form's last letter only
    while i >= 0:
        letter = short[i].lower()
        if not letter.isalnum():
            i -= 1
            continue
        while j >= 0 and (candidate[j].lower() != letter or (i == 0 and j > 0 and candidate[j - 1].isalnum())):
            j -= 1
        if j < 0:
            return ""
        i -= 1
        j -= 1
    long = candidate[j + 1 :].strip(" ,;:")
    if len(long) <= len(short) or short in long.split() or len(long.split()) > len(short) * 2 + 2:
        return ""
    return long
