"""The kinds of entities, one module a label: how it is found by rules, its normal form, and its declaration.

Each module ends in `KIND = Kind(...)`. That and the label's name in `vivex/labels.py` are all that a new entity needs
(docs/adding-an-entity.md); a plug-in declares its Kind in a package of its own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vivex import labels
from vivex.errors import UnknownName
from vivex.marks import spelled_out
from vivex.recognize.joining import NAMED, Joining
from vivex.recognize.spans import Finder, Span

Value = Mapping[str, Any]  # what is known of a mention, as it stands in the annotation


@dataclass(frozen=True, slots=True)
class Context:
    """Hold what normal forms depend on: the paper's main animal, its abbreviations, its unambiguous gene symbols."""

    species: str = ""
    abbreviations: Mapping[str, str] = field(default_factory=dict)  # short form -> long form
    symbols: frozenset[str] = frozenset()


BOTH = Joining(0.0, 0.5, "grammar")
Normal = Callable[[str, Value, Context], Value]
Settle = Callable[[Sequence[Span]], Sequence[Span]]


def plain(written: str, known: Value, context: Context) -> Value:
    """Return the long form of an abbreviation, or the words in lower case where they are ordinary ones."""
    long = context.abbreviations.get(written) or context.abbreviations.get(written.rstrip("s"), "")
    return {"normal": lowered(long or written)} | ({"abbreviation": written} if long else {})


def lowered(written: str) -> str:
    """Return the words with ordinary capitals lowered: "Body weight" is "body weight"; "OARSI score" stays."""
    words = re.sub(r"\s+", " ", written).split(" ")
    return " ".join(w.lower() if re.fullmatch(r"[A-Z]?[a-z\u2019'-]+(?:-[a-z]+)*", w) else w for w in words)


@dataclass(frozen=True, slots=True)
class Kind:
    """Declare a label.

    `find` yields its mentions in the text of one block. `joining` says what stays where a trained model marks it too;
    the default keeps all that the rules find, and what the model alone marks if it is half sure. `normal` returns the
    keys of the mention's value from its words, what `find` knew of it, and the paper; "normal" is what mentions are
    grouped by. `settle` sees all spans of the paper, once each has its value. `propose` yields what the trained model
    is offered as a feature, also what the rules alone would refuse (default: `find`). `named` holds the names by which
    other models call the label. From the confidence `repeats` on the same words are marked elsewhere in the paper.
    """

    label: str
    colour: str
    find: Finder
    joining: Joining = BOTH
    normal: Normal = plain
    settle: Settle | None = None
    propose: Finder | None = None
    named: frozenset[str] = frozenset()
    repeats: float | None = None


def kind(label: str) -> Kind:
    """Return the declaration of a label; raise UnknownName with the known ones."""
    declared = labels.declared(label)
    if not isinstance(declared, Kind):
        raise UnknownName(f"what is registered as the entity {label!r} is no vivex.recognize.kinds.Kind: {declared!r}")
    return declared


def kinds(only: Iterable[str] | None = None) -> tuple[Kind, ...]:
    """Return the declarations of all labels that can be used, in their order, or of those named."""
    return tuple(kind(label) for label in (usable() if only is None else only))


@functools.cache
def _unlike() -> Mapping[str, str]:
    """Return the labels of plug-ins that declare something else than a Kind, each with one line that says so."""
    found = {}
    for label in labels.usable():
        if label not in labels.BUILT_IN:
            try:
                kind(label)
            except UnknownName as error:
                found[label] = str(error)
    return found


def broken() -> list[str]:
    """Return one line for each plug-in's label that can't be recognised: it is passed over."""
    return [*labels.broken(), *_unlike().values()]


def usable() -> tuple[str, ...]:
    """Return the labels that can be recognised, in their order."""
    return tuple(label for label in labels.usable() if label not in _unlike())


def strategy() -> dict[str, Joining]:
    """Return how grammar and model are joined for each label, as declared."""
    return {k.label: k.joining for k in kinds()}


@functools.lru_cache(maxsize=4096)
def found(label: str, text: str) -> tuple[Span, ...]:
    """Return what the label's rules find in a block; kept, for the model is offered the same as a feature."""
    return tuple(spelled(kind(label).find, text))


def spelled(find: Finder, text: str) -> Iterator[Span]:
    """Yield what a finder finds where signs are spelled out ("5 mg" for "5 ㎎"), in characters of `text`."""
    plain_text, places = spelled_out(text)
    if plain_text is text:
        yield from find(text)
        return
    for span in find(plain_text):
        if span.end > span.start:
            yield replace(span, start=places[span.start], end=places[span.end - 1] + 1)


def finders() -> dict[str, Finder]:
    """Return the finder of each label."""
    return {label: functools.partial(found, label) for label in usable()}


__all__ = [
    "NAMED",
    "Context",
    "Joining",
    "Kind",
    "Value",
    "broken",
    "finders",
    "found",
    "kind",
    "kinds",
    "lowered",
    "plain",
    "spelled",
    "strategy",
    "usable",
]
