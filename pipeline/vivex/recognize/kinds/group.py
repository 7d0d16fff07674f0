"""Groups: the experimental groups of the paper, from lists, "the X group (n = 8)" and abbreviations.

A paragraph alone is read here; their one name, n and role over the paper, and what is given to whom, is in
relations.groups.
"""

from __future__ import annotations

from collections.abc import Iterator

from vivex.document import Document
from vivex.recognize.joining import Joining
from vivex.recognize.kinds import Context, Kind, Value
from vivex.recognize.relations.groups import groups_of
from vivex.recognize.spans import Span


def find_group(text: str) -> Iterator[Span]:
    """Yield the groups that a paragraph names."""
    if "roup" in text or "ohort" in text:
        yield from groups_of(Document("", text), ())


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the group's name as its paragraph gives it, with its n and its role."""
    return {"normal": written, "n": None, "role": "", **known}


KIND = Kind(
    label="group",
    colour="#D9D2C3",
    find=find_group,
    joining=Joining(0.0, 0.5, "grammar"),
    normal=normal,
    named=frozenset(("GROUP",)),
)
