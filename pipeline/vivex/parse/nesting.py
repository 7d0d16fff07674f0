"""Elements of XML within elements: how deep they may lie, and which of them are the outermost of their name."""

from __future__ import annotations

from collections.abc import Collection
from xml.etree import ElementTree

from vivex.errors import UnreadablePaper

DEEPEST = 200  # levels that are read as structure; articles have some twenty
_HOLDERS = {"abstract", "body", "sec", "app", "boxed-text", "ack", "notes", "glossary", "fn-group", "floats-group"}


def flattened(root: ElementTree.Element, *, deepest: int = DEEPEST) -> int:
    """Make a paragraph of their section of what lies deeper than that many levels; return how many elements did.

    Raise UnreadablePaper where no section holds them.
    """
    lost = 0
    waiting: list[tuple[ElementTree.Element, int, tuple[ElementTree.Element, ElementTree.Element] | None]] = []
    waiting.append((root, 0, None))
    while waiting:
        element, depth, place = waiting.pop()
        if depth < deepest:
            holds = element.tag in _HOLDERS
            waiting += [(child, depth + 1, (element, child) if holds else place) for child in element]
        elif len(element):
            lost += sum(1 for _ in element.iter()) - 1
            if place is None:
                raise UnreadablePaper(
                    "unsupported", f"the XML nests its <{element.tag}> {depth} deep; export it again or use the PDF"
                )
            _hoisted(element, *place)
    return lost


def _hoisted(element: ElementTree.Element, holder: ElementTree.Element, before: ElementTree.Element) -> None:
    """Empty an element, its text now a paragraph after a child of a section."""
    paragraph = ElementTree.Element("p")
    paragraph.text = " ".join("".join(element.itertext()).split())
    holder.insert(list(holder).index(before) + 1, paragraph)
    element.text = None
    element[:] = []


def outermost(element: ElementTree.Element, tags: Collection[str]) -> list[ElementTree.Element]:
    """Return the elements of these names inside another that lie in no other of them, in order."""
    found, waiting = [], list(reversed(element))
    while waiting:
        inner = waiting.pop()
        if inner.tag in tags:
            found.append(inner)
        else:
            waiting += reversed(inner)
    return found
