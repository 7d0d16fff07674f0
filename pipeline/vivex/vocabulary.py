"""The field's words, read by every room: animals, routes, verbs of giving, people …, from data/vocabulary/<kind>.tsv.

A row is a term: its name, the words that say it, its class, and what else is known of it (columns of the file). Words
are separated by `|` and written in a small notation that README.md beside the files explains: a blank is any white
space, `-` any hyphen or dash, `~` joined, spaced or hyphenated, `(s)` may be absent, `(a/b)` one of these or absent,
`*` any letters, `#` figures. Case is the caller's matter: fragments hold no flags.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from vivex.errors import UnknownName

FOLDER = Path(__file__).parent / "data" / "vocabulary"
ANIMALS = ("animal", "species", "young", "female", "male", "breed")  # classes of "animals" that are nouns
DASHES = r"\-\u2010-\u2015\u2212"  # inside a character class
_LETTERS = r"A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff"  # what a word goes on with; not ² or ¹
START, END = rf"(?<![{_LETTERS}])", rf"(?![{_LETTERS}])"
_PART = re.compile(r"\((?P<optional>[^()]*)\)|(?P<one>.)", re.DOTALL)
_SIGNS = {" ": r"\s+", "-": rf"\s?[{DASHES}]\s?", "*": r"\w{0,40}", "#": r"\d{1,12}"}


@dataclass(frozen=True, slots=True)
class Term:
    """Hold a term: what a reviewer calls it, the words that say it (in the files' notation), classes, columns."""

    name: str
    words: tuple[str, ...]
    class_: str
    columns: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return what a further column of the file says ("" where it says nothing)."""
        return self.columns.get(column, "")


@functools.cache
def terms(kind: str) -> tuple[Term, ...]:
    """Return the terms of a kind in the order of its file."""
    path = FOLDER / f"{kind}.tsv"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in FOLDER.glob("*.tsv")))
        raise UnknownName(f"{path}: there is no vocabulary of that name; the known ones are {known}")
    header, *rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    found = []
    for row in rows:
        cells = dict(itertools.zip_longest(header, row, fillvalue=""))
        name, words, class_ = cells.pop("name"), cells.pop("words"), cells.pop("class", "")
        found.append(Term(name, tuple(words.split("|")), class_, MappingProxyType(cells)))
    return tuple(found)


def of_class(kind: str, *classes: str) -> Iterator[Term]:
    """Yield the terms that are of any of the classes, all where none is named; "give noun" wants both in one term."""
    wanted = [frozenset(class_.split(" ")) for class_ in classes]
    for term in terms(kind):
        own = frozenset(term.class_.split(" "))
        if not wanted or any(each <= own for each in wanted):
            yield term


@functools.cache
def pattern(kind: str, *classes: str, whole: bool = True) -> str:
    """Return a fragment that matches the words of a kind (of the classes), the longest first; `whole`: whole words."""
    found = {each for term in of_class(kind, *classes) for word in term.words for each in _spelt(word)}
    if not found:
        raise UnknownName(f"vocabulary {kind}: no term is of class {' or '.join(classes)}")
    listed = _joined([pieces(word) for word in sorted(found)])
    return f"{START}(?:{listed}){END}" if whole else f"(?:{listed})"


@functools.cache
def expression(kind: str, *classes: str) -> re.Pattern[str]:
    """Return the expression of `pattern`, compiled for letters of either case."""
    return re.compile(pattern(kind, *classes), re.IGNORECASE)


def _joined(words: Sequence[tuple[str, ...]]) -> str:
    """Return alternatives in which words that begin alike share their beginning, the longer tried first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for word in words:
        if word:
            by_first.setdefault(word[0], []).append(word[1:])
    listed = "|".join(first + _joined(rest) for first, rest in by_first.items())
    if len(by_first) > 1 or (listed and () in words):
        listed = f"(?:{listed})"
    return f"{listed}?" if listed and () in words else listed


def pieces(wording: str) -> tuple[str, ...]:
    """Return the expression of one wording without choices, piece by piece."""
    wording = wording.replace(". ", ".")
    last = len(wording) - 1
    return tuple(
        r"\.\s?" if sign == "." and at < last else _SIGNS.get(sign) or re.escape(sign)
        for at, sign in enumerate(wording)
    )


def _spelt(word: str) -> Iterator[str]:
    """Yield what a word in the files' notation stands for, choice by choice; stems keep their sign."""
    choices: list[tuple[str, ...]] = []
    for part in _PART.finditer(word):
        if (one := part["one"]) is None:
            choices.append(("", *(w for choice in part["optional"].split("/") for w in _spelt(choice))))
        else:
            choices.append(("", "-", " ") if one == "~" else (one,))
    yield from ("".join(chosen) for chosen in itertools.product(*choices))


def wordings(word: str) -> tuple[str, ...]:
    """Return the plain wordings that a word in the files' notation stands for, none for a stem."""
    return () if "*" in word or "#" in word else tuple(dict.fromkeys(_spelt(word)))


@functools.cache
def written(kind: str, *classes: str) -> frozenset[str]:
    """Return the words of a kind as its file writes them, capitals kept, for kinds that are lists of plain words."""
    return frozenset(w for term in of_class(kind, *classes) for word in term.words for w in wordings(word))


@functools.cache
def lookup(kind: str, *classes: str) -> Mapping[str, Term]:
    """Return wording -> term, wordings as `plain` writes them; where two terms share one, the first has it."""
    found: dict[str, Term] = {}
    for term in of_class(kind, *classes):
        for word in term.words:
            for wording in wordings(word):
                found.setdefault(plain(wording), term)
    return MappingProxyType(found)


def plain(text: str) -> str:
    """Return the text in lower case with one kind of hyphen and of blank, as `lookup` has its keys."""
    text = re.sub(rf"\s?[{DASHES}]\s?", "-", text.strip())
    return re.sub(r"\s+", " ", re.sub(r"(?<=\.)\s+", "", text)).lower()


def named(kind: str, text: str, *classes: str) -> Term | None:
    """Return the term that the whole text says, or None."""
    return lookup(kind, *classes).get(plain(text))


_GIVING = re.compile(r"^(?:by|via)\s{1,3}|\s{1,3}(?:injections?|administration|route)$", re.IGNORECASE)


def said(kind: str, text: str) -> Term | None:
    """Return the term that the whole text says, as a person may word it ("by i.p. injection"), or None."""
    return named(kind, _GIVING.sub("", text.strip()))


def route_of(text: str) -> Term | None:
    """Return the route that a phrase tells: the first in it, a narrower one before it, class manner only if alone.

    "Injected intravenously into the tail vein" tells intravenous (tail vein), "a bolus i.v. injection" intravenous.
    """
    found = [term for match in _routes().finditer(text) if (term := named("routes", match.group()))]
    found.sort(key=lambda term: "manner" in term.class_.split(" "))
    told = found[0] if found else None
    for term in found[1:]:
        if told is not None and term["broader"] == told.name:
            told = term
    return told


@functools.cache
def _routes() -> re.Pattern[str]:
    return re.compile(pattern("routes"), re.IGNORECASE)
