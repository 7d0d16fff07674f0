"""Species words, with their NCBI taxon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex import vocabulary
from vivex.recognize.spans import Span

SOURCE = "grammar:species@1"
_PATTERN = re.compile(rf"(?<![A-Za-z]-){vocabulary.pattern('animals', 'named')}", re.IGNORECASE)
_VIRUS_OR_LINE = re.compile(r"\s(?:leuka?emia|sarcoma) virus|\s?(?:-1|-2)\b")
_FOOD = re.compile(r"\s(?:oil|meal|gelatin|skin gelatin|milk|liver oil|tank|serum albumin)\b", re.IGNORECASE)
_EATEN = frozenset(("fish", "cow", "bovine", "calf"))


def find_species(text: str) -> Iterator[Span]:
    """Yield the species mentions of `text`."""
    for match in _PATTERN.finditer(text):
        written = match.group()
        if written.isupper() and len(written) <= 4:  # CAT, BAT, RAT: acronyms
            continue
        if _VIRUS_OR_LINE.match(text, match.end()) or (written.lower() in _EATEN and _FOOD.match(text, match.end())):
            continue
        yield Span(match.start(), match.end(), "species", normal(written), SOURCE, 0.95)


def normal(written: str) -> dict[str, str]:
    """Return the common English name of an animal and its NCBI taxon; the words as written where it isn't known."""
    found = vocabulary.named("animals", written, "named") or vocabulary.named("animals", written.rstrip("s"), "named")
    if found is None:
        return {"normal": vocabulary.plain(written), "taxon": ""}
    return {"normal": found.name, "taxon": found["taxon"]}
