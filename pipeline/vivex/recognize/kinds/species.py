"""Species words, with their NCBI taxon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from vivex import vocabulary
from vivex.recognize.kinds import Context, Joining, Kind, Value
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
        yield Span(match.start(), match.end(), "species", listed(written), SOURCE, 0.95)


def listed(written: str) -> dict[str, str]:
    """Return the common English name of an animal and its NCBI taxon; the words as written where it isn't known."""
    found = vocabulary.named("animals", written, "named") or vocabulary.named("animals", written.rstrip("s"), "named")
    if found is None:
        return {"normal": vocabulary.plain(written), "taxon": ""}
    return {"normal": found.name, "taxon": found["taxon"]}


def main_animal(written: Iterable[str]) -> str:
    """Return the species that a paper is about, of all its mentions as written; "" where it names none."""
    named = (vocabulary.named("animals", words, "named") for words in written)
    counts = Counter(term.name if term else "" for term in named)
    # people are mentioned in every animal study; an animal that is named at all comes first
    animals = Counter({k: n for k, n in counts.items() if k not in ("human", "", "rodent", "rabbit", "goat")})
    return (animals or counts).most_common(1)[0][0] if counts else ""


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the animal's common name and NCBI taxon; what the rules read in its place counts first."""
    return {**listed(context.abbreviations.get(written, written)), **known}


KIND = Kind(
    label="species",
    colour="#D9C2F0",
    find=find_species,
    joining=Joining(0.0, 0.9, "grammar"),
    normal=normal,
    named=frozenset(("SPECIES", "ORGANISM", "TAXON")),
)
