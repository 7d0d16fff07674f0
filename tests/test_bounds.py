"""No expression and no finder grows faster than its text: a list of numbers or a sequence hangs no paper."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

import vivex

# What papers repeat: lists of numbers, citations, sequences, groups, units, brackets, rules of hyphens, empty cells.
ITEMS = (
    "0, ", "1,000, ", "1.5 ", "0.5–", "12", "¹²,", "⁵⁻⁶", "10^", "1/", "1-", "1 ± 2 ", "±", "%", "n = 3, ",
    "a b ", "A", "ACGT", "ab ", "a-", "β-", "é", "x ", "a1", "IL-", "miR-1/", "A. ", "a.", "e.g. ",
    "(", "()", "[1] ", "“", "; ", "- ", "-", ".", " ", "\t", "\n",
    "mg/kg ", "1 mg/kg, ", "µg·kg⁻¹ ", "5 days, ", "mice ", "and ", "the rats and ", "word, ", "Word ", "group ",
    "male and female ", "not ",
)  # fmt: skip
TAIL = "!"  # a text that ends otherwise than it goes on makes an expression try again
LENGTH = 2000
LONG = 10_000
LIMIT = 2  # seconds for a long text: one on a quiet machine
# A patient measure, for the machine may be busy: four times the text may take 24 times the time (sixteen times where an
# expression is tried at each place and looks ahead from there; most are only tried at one), or a quarter second.
GROWTH, SURE = 24, 0.25


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the processor's seconds that the work takes."""
    begin = time.process_time()
    work(text)
    return time.process_time() - begin


def repeated(item: str, length: int) -> str:
    """Return the item over and over."""
    return (item * (length // len(item) + 1))[:length] + TAIL


def grows(work: Callable[[str], object], item: str) -> str:
    """Return how the work's time grows with the text where it does so too fast, else ""."""
    quarter = seconds(work, repeated(item, LENGTH // 4))
    if quarter > 1:
        return f"{item!r}: {quarter:.1f} s for {LENGTH // 4} characters"
    if quarter < SURE / 4**3:  # even the cube of the length would stay within the sure time
        return ""
    whole = seconds(work, repeated(item, LENGTH))
    if whole <= SURE:
        return ""
    quarter = min(quarter, seconds(work, repeated(item, LENGTH // 4)))
    whole = min(whole, seconds(work, repeated(item, LENGTH)))
    return f"{item!r}: {quarter:.2f} s, then {whole:.2f} s" if whole > max(SURE, GROWTH * quarter) else ""


def held(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """Yield the compiled expressions in a value: in tuples, lists, sets, mappings, dataclasses."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 6 and isinstance(value, dict):
        for key, inner in value.items():
            yield from held(key, depth + 1)
            yield from held(inner, depth + 1)
    elif depth < 6 and isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from held(inner, depth + 1)
    elif depth < 6 and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from held(getattr(value, name, None), depth + 1)


def expressions(room: str) -> dict[str, re.Pattern[str]]:
    """Return the compiled expressions of a room's modules, each once, by where they stand."""
    found: dict[re.Pattern[str], str] = {}
    for name in MODULES:
        if name.split(".")[1] == room:
            for key, value in vars(importlib.import_module(name)).items():
                for number, pattern in enumerate(held(value)):
                    found.setdefault(pattern, f"{name}.{key}[{number}]")
    return {place: pattern for pattern, place in found.items()}


MODULES = sorted(module.name for module in pkgutil.walk_packages(vivex.__path__, "vivex."))
ROOMS = sorted({name.split(".")[1] for name in MODULES})


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
def test_no_expression_grows_faster_than_its_text(room: str) -> None:
    slow = []
    for place, pattern in expressions(room).items():
        for item in ITEMS:
            if told := grows(lambda text, p=pattern: sum(1 for _ in p.finditer(text)), item):
                slow.append(f"{place} on {told}")
    assert slow == []


def finders() -> dict[str, Callable[[str], object]]:
    """Return what reads a block or a paper, by name."""
    from vivex import quantities, sentences
    from vivex.assess.examine import examine
    from vivex.codebook import template
    from vivex.document import Block, Document, Section
    from vivex.extract.propose import propose
    from vivex.recognize.abbreviations import find_abbreviations
    from vivex.recognize.kinds import kinds

    def paper(text: str) -> Document:
        blocks = (Block("paragraph", 0, len(text), 0),)
        return Document(study="s", text=text, blocks=blocks, sections=(Section(("Methods",), "methods"),))

    def every(find: Callable[[str], Iterable[Any]]) -> Callable[[str], object]:
        return lambda text: sum(1 for _ in find(text))

    found: dict[str, Callable[[str], object]] = {
        "sentences": every(sentences.split),
        "quantities": every(quantities.find),
        "quantity": quantities.read,
        "abbreviations": find_abbreviations,
        "assess": lambda text: examine(paper(text)),
        "extract": lambda text: propose(paper(text), (), template("invivo")),
    }
    for kind in kinds():
        found[f"{kind.label}"] = every(kind.find)
        if kind.propose is not None:
            found[f"{kind.label} proposed"] = every(kind.propose)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(finders()))
def test_no_finder_hangs(name: str) -> None:
    find, slow = finders()[name], []
    for item in ITEMS:
        took = seconds(find, repeated(item, LONG))
        if took > LIMIT and min(took, seconds(find, repeated(item, LONG))) > LIMIT:
            slow.append(f"{item!r}: {took:.1f} s")
    assert slow == []
