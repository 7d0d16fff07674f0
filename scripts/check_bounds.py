"""Run every expression and finder of the package on repeated items, so that no list hangs a paper.

    python scripts/check_bounds.py

An expression is run on 250 characters of each item; where that takes long enough to be measured, on 1,000, 2,000 and
4,000 too: its time may at most double with the text, and a constant. A finder may take a second for 10,000 characters
(all together, with relations and the form, five).
The processor's time counts, so that a busy machine makes no difference. Minutes; the test (tests/test_bounds.py) runs
the finders on 2,000.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator

import vivex
from vivex.document import Block, Document, Section

# What papers repeat: lists of numbers, citations, sequences, groups, units, brackets, rules of hyphens, empty cells.
ITEMS = (
    "0, ", "1,000, ", "1.5 ", "0.5–", "12", "¹²,", "⁵⁻⁶", "10^", "1/", "1-", "1 ± 2 ", "±", "%", "n = 3, ",
    "a b ", "A", "ACGT", "ab ", "a-", "β-", "é", "x ", "a1", "IL-", "miR-1/", "A. ", "a.", "e.g. ",
    "(", "()", "[1] ", "“", "; ", "- ", "-", ".", " ", "\t", "\n",
    "mg/kg ", "1 mg/kg, ", "µg·kg⁻¹ ", "5 days, ", "mice ", "and ", "the rats and ", "word, ", "Word ", "group ",
    "male and female ", "not ", "1,", "3 × 10", "five ", "days 1, 3, ", "10⁵ cells, ", "male¹² ", "group I, ",
    "5 mg ", "2½ ", "½", "1⁄2", "㎎/㎏ ",
)  # fmt: skip
TAIL = "!"  # a text that ends otherwise than it goes on makes an expression try again
SHORT = 250  # characters of an expression's first text
SEEN = 0.0005  # seconds for the short text from which on it is run on longer ones
SURE = 0.1  # seconds that are no matter of growth: a text that takes less is followed by a longer one
DOUBLE, CONSTANT = 2.6, 0.03  # how much longer twice the text may take, and the clock's own noise, in seconds
LONG, LIMIT = 10_000, 1.0  # characters and seconds of a finder
ALL, ALL_LIMIT = "recognise and extract", 5.0  # every finder, what relates mentions, and every field of the form
PACKAGE = sorted(module.name for module in pkgutil.walk_packages(vivex.__path__, "vivex."))


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the processor's seconds that the work takes."""
    begin = time.process_time()
    work(text)
    return time.process_time() - begin


def repeated(item: str, length: int) -> str:
    """Return the item over and over, and an end that is none."""
    return (item * (length // len(item) + 1))[:length] + TAIL


def grows(work: Callable[[str], object], item: str) -> str:
    """Return how the work's time grows where more than twofold with twice the text, else ""."""
    if seconds(work, repeated(item, SHORT)) < SEEN:
        return ""
    took: list[float] = []
    for length in (1000, 2000, 4000):
        text = repeated(item, length)
        took.append(seconds(work, text))
        if len(took) > 1 and took[-1] > DOUBLE * took[-2] + CONSTANT:
            took[-1] = min(took[-1], seconds(work, text))
            took[-2] = max(took[-2], seconds(work, repeated(item, length // 2)))
            if took[-1] >= SURE and took[-1] > DOUBLE * took[-2] + CONSTANT:
                times = ", ".join(f"{each:.2f} s" for each in took)
                return f"{item!r}: {times} for 1,000, 2,000, 4,000 characters"
    return ""


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


def expressions() -> dict[str, re.Pattern[str]]:
    """Return the compiled expressions of the package, each once, by where they stand."""
    found: dict[re.Pattern[str], str] = {}
    for name in PACKAGE:
        for key, value in vars(importlib.import_module(name)).items():
            for number, pattern in enumerate(held(value)):
                found.setdefault(pattern, f"{name}.{key}[{number}]")
    return {place: pattern for pattern, place in found.items()}


def growing(patterns: Iterable[tuple[str, re.Pattern[str]]]) -> list[str]:
    """Return a line for each item on which an expression's time grows too fast."""
    slow = []
    for place, pattern in patterns:
        for item in ITEMS:
            if told := grows(lambda text, p=pattern: sum(1 for _ in p.finditer(text)), item):  # type: ignore[misc]
                slow.append(f"{place} on {told}")
    return slow


def paper(text: str) -> Document:
    """Return a paper of one paragraph in Methods."""
    blocks = (Block("paragraph", 0, len(text), 0),)
    return Document(study="s", text=text, blocks=blocks, sections=(Section(("Methods",), "methods"),))


def finders() -> dict[str, Callable[[str], object]]:
    """Return what reads a passage or a paper, by name."""
    from vivex import headings, marks, quantities, schedules, sentences
    from vivex.assess.examine import examine
    from vivex.codebook import template
    from vivex.extract.propose import propose
    from vivex.parse.text import parse_text
    from vivex.recognize.abbreviations import find_abbreviations
    from vivex.recognize.entities import Entities
    from vivex.recognize.kinds import finders as grammars
    from vivex.recognize.kinds import kinds

    def every(find: Callable[[str], Iterable[object]]) -> Callable[[str], object]:
        return lambda text: sum(1 for _ in find(text))

    entities, asked = Entities(grammars()), template("invivo")

    def line(text: str) -> object:
        document = paper(text)
        return propose(document, entities(document), asked)

    found: dict[str, Callable[[str], object]] = {
        "sentences": every(sentences.split),
        "quantities": every(quantities.find),
        "quantity": quantities.read,
        "frequencies": every(schedules.find_frequencies),
        "schedule": schedules.read,
        "citation marks": marks.citation_marks,
        "heading": headings.role_of,
        "abbreviations": find_abbreviations,
        "text file": lambda text: parse_text(text.encode(), study="s", params={}),
        "assess": lambda text: examine(paper(text)),
        ALL: line,
    }
    for kind in kinds():
        found[kind.label] = every(kind.find)
        if kind.propose is not None:
            found[f"{kind.label} proposed"] = every(kind.propose)
    return found


def hanging(find: Callable[[str], object], length: int, limit: float) -> list[str]:
    """Return a line for each item of which a text of this length takes the finder longer than the limit, in seconds."""
    slow = []
    for item in ITEMS:
        text = repeated(item, length)
        took = seconds(find, text)
        if took > limit and (took := min(took, seconds(find, text))) > limit:
            slow.append(f"{item!r}: {took:.1f} s for {length} characters")
    return slow


def main() -> int:
    """Print what is slow, and each finder's longest time; return 1 where anything is."""
    patterns = expressions()
    slow = growing(patterns.items())
    print(f"{len(patterns)} expressions on {len(ITEMS)} items: {len(slow)} grow too fast")
    for name, find in sorted(finders().items()):
        longest = max((seconds(find, repeated(item, LONG)), item) for item in ITEMS)
        print(f"{name}: at most {longest[0]:.2f} s for {LONG} characters, of {longest[1]!r}", flush=True)
        limit = ALL_LIMIT if name == ALL else LIMIT
        if longest[0] > limit:
            slow += [f"{name} on {told}" for told in hanging(find, LONG, limit)]
    print("\n".join(slow))
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
