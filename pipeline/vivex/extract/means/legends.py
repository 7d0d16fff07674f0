"""What a table's caption and notes, or the paper's Methods, say of its figures: which error, how many animals."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vivex.document import Document, Table
from vivex.extract.means.laid_table import LaidTable, Piece
from vivex.extract.means.table_roles import CI, SD, SEM
from vivex.group_means import size
from vivex.quantities import count
from vivex.sentences import split
from vivex.vocabulary import pattern

_NOTES = ("footnote", "other")  # kinds of blocks that may be a table's notes, right behind it
_MOST = 4  # blocks behind a table that may be its notes
_EQUALS = re.compile(
    r"\bn\s{0,3}[=\ufffd:]\s{0,3}(?P<n>\d{1,9}(?:\s{0,3}[-–]\s{0,3}\d{1,9})?)(?!\s{0,3}[.,]?\d)(?!\s?%)", re.IGNORECASE
)
_EACH = re.compile(
    r"\bn\s{0,3}=\s{0,3}(?P<n>\d{1,9})\s{0,3}(?:\w{1,30}\s)?(?:/|per|in each|for each|each)\s{0,3}(?:\w{1,30}\s)?group",
    re.IGNORECASE,
)
_PER_GROUP = re.compile(
    r"\b(?P<n>\d{1,3}|[a-z]{3,9})\s{1,3}(?:\w{1,30}\s{1,3})?\w{1,30}\s{0,3}"  # "eight rats", "8 male rats"
    r"(?:per|in each|in every|/|for each)\s{0,3}(?:\w{1,30}\s)?group",
    re.IGNORECASE,
)
_MEDIANS = re.compile(r"\bmedians?\b|\binterquartile\b|\bIQR\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Legend:
    """Hold the error's type, "" where it isn't told; how many animals, for all groups or by group; where it is said."""

    error_type: str = ""
    n: str = ""
    n_of: Mapping[str, str] = field(default_factory=dict)  # group, lower case
    medians: bool = False
    bracketed: bool = False  # it says "mean (SD)"
    places: tuple[Piece, ...] = ()


def legend(
    document: Document, table: Table, laid: LaidTable, groups: Sequence[str], *, animals: bool = False
) -> Legend:
    """Return what is said of a table's figures; what caption and notes leave open, the paper's Methods may tell.

    How many animals a group had only where the table is of `animals`: its groups are those of the paper.
    """
    said = [*_around(document, table), *laid.notes]
    kinds = {kind: p for p in said for kind in errors_in(p.text)}
    medians = any(_MEDIANS.search(p.text) for p in said)
    sizes = {n: p for p in said for n in sizes_in(p.text)}
    found = next(iter(kinds)) if len(kinds) == 1 else ""
    places = [kinds[found]] if found else []
    if not kinds and (told := error_in_methods(document)) is not None:
        found, places = told[0], [told[1]]
    n = next(iter(sizes)) if len(sizes) == 1 else ""
    places += [sizes[n]] if n else []
    by_group = {} if n else _by_group(said, groups)
    if animals and not sizes and (everywhere := size_in_methods(document)) is not None:
        n, places = everywhere[0], [*places, everywhere[1]]
    return Legend(
        found,
        n,
        by_group,
        medians and not any(re.search(r"(?i)\bmeans?\b", p.text) for p in said),
        any(_brackets().search(p.text) for p in said),
        tuple(dict.fromkeys(places)),
    )


def _around(document: Document, table: Table) -> list[Piece]:
    """Return the table's caption and the notes right behind it."""
    found = []
    if table.caption is not None:
        found.append(document.blocks[table.caption])
    for block in document.blocks[table.block + 1 : table.block + 1 + _MOST]:
        if block.kind not in _NOTES:
            break
        found.append(block)
    return [Piece(document.reading[b.start : b.end], b.start, b.end) for b in found]


def errors_in(text: str) -> set[str]:
    """Return which errors a caption or note says its figures have."""
    return {kind for kind in (SD, SEM, CI) if _saying(kind).search(text)}


@functools.cache
def _saying(kind: str) -> re.Pattern[str]:
    """Return the expression of a statement that figures are means with an error of this kind."""
    words = pattern("table_heads", kind)
    spelt = "standard deviation" if kind == SD else "standard error" if kind == SEM else "confidence interval"
    return re.compile(
        rf"(?:±|\+/-|\bmeans?\b[^.;]{{0,50}}?|\b(?:values?|data|results?)\b[^.;]{{0,50}}?"
        rf"\b(?:expressed|presented|shown|given|reported|represented)\b[^.;]{{0,40}}?)\s{{0,3}}\(?{words}|\b{spelt}s?\b",
        re.IGNORECASE,
    )


@functools.cache
def _brackets() -> re.Pattern[str]:
    kinds = "|".join(pattern("table_heads", kind) for kind in (SD, SEM, CI))
    return re.compile(rf"means?\s{{0,3}}[(\[,]\s{{0,3}}(?:±\s{{0,3}})?(?:{kinds})", re.IGNORECASE)


@functools.lru_cache(maxsize=8)
def error_in_methods(document: Document) -> tuple[str, Piece] | None:
    """Return the one error that the paper's text says its means have, with the sentence; None where it says two."""
    found: dict[str, Piece] = {}
    for sentence in _sentences(document, ("methods", "other")):
        if re.search(r"(?i)\bmeans?\b", sentence.text):
            for kind in errors_in(sentence.text):
                found.setdefault(kind, sentence)
    return next(iter(found.items())) if len(found) == 1 else None


@functools.lru_cache(maxsize=8)
def size_in_methods(document: Document) -> tuple[str, Piece] | None:
    """Return the one number of animals that Methods gives every group, with the sentence; None where it gives several.

    "Ten animals per group", "(n = 8 per group)", "n = 8 in each group".
    """
    found: dict[str, Piece] = {}
    for sentence in _sentences(document, ("methods",)):
        for match in (*_PER_GROUP.finditer(sentence.text), *_EACH.finditer(sentence.text)):
            if number := count(match["n"]):
                found.setdefault(str(number), sentence)
    return next(iter(found.items())) if len(found) == 1 else None


def _sentences(document: Document, roles: Sequence[str]) -> Iterator[Piece]:
    """Yield the sentences of the running text in sections of these roles."""
    for block in document.body():
        if block.kind in ("paragraph", "list") and document.role_at(block.start) in roles:
            words = document.reading[block.start : block.end]
            yield from (Piece(words[a:b], block.start + a, block.start + b) for a, b in split(words))


def sizes_in(text: str) -> list[str]:
    """Return the numbers of animals (or samples) that a caption or note says its figures rest on."""
    found = [size(m["n"]) for m in _EQUALS.finditer(text)]
    for match in (*_PER_GROUP.finditer(text), *_resting_on().finditer(text)):
        number = count(match["n"])
        if number:
            found.append(str(number))
    return list(dict.fromkeys(found))


@functools.cache
def _resting_on() -> re.Pattern[str]:
    kinds = "|".join(pattern("table_heads", kind) for kind in (SD, SEM))
    what = (
        r"(?:independent\s|separate\s|different\s)?(?:animals|rats|mice|rabbits|replicates?|experiments|samples|"
        r"determinations|observations|measurements|replications|repetitions|birds|pigs|dogs|sheep)"
    )
    return re.compile(
        rf"(?:\bmeans?\b|{kinds})[^.;]{{0,30}}?\b(?:of|from|for)\s(?:at\sleast\s)?(?P<n>\d{{1,3}}|[a-z]{{3,9}})\s{what}",
        re.IGNORECASE,
    )


def _by_group(said: Iterable[Piece], groups: Sequence[str]) -> dict[str, str]:
    """Return the number of animals of each group that one sentence names together with its "n = …"."""
    found: dict[str, set[str]] = {}
    for piece in said:
        for start, end in split(piece.text):
            sentence = piece.text[start:end]
            sizes = {size(m["n"]) for m in _EQUALS.finditer(sentence)}
            named = {g for g in groups if re.search(rf"(?<!\w){re.escape(g)}(?!\w)", sentence)}
            begins = {g for g in named if sentence.startswith(g)}  # "RVE did as the RE group, but with … (n = 6)"
            if len(sizes) == 1:
                for group in begins or named:
                    found.setdefault(group.lower(), set()).update(sizes)
    return {group: next(iter(sizes)) for group, sizes in found.items() if len(sizes) == 1}
