"""Running text of JATS elements: raised marks and powers as characters, formulae as plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from xml.etree import ElementTree

from vivex.marks import plain
from vivex.numerals import written_out
from vivex.parse.formulae import mathml, tex
from vivex.parse.nesting import outermost
from vivex.parse.raised import LETTERS, SUPERSCRIPT, enclosed, without

_NOTES = {"bibr", "fn", "table-fn", "aff", "corresp", "author-notes"}  # what an <xref> that is a mark points to
_SIGNS = re.compile(r"[\d\s,;.()\[\]+=*†‡§¶#–−⁻-]+|[a-z](?:,\s?[a-z])*")


def caption_of(element: ElementTree.Element) -> str:
    """Return label and caption of a figure or table, without the figures and tables inside it."""
    label, caption = element.find("label"), element.find("caption")
    if caption is None:
        return "" if element.tag == "fig-group" else cleaned(text_of(label))
    others = outermost(caption, {"fig", "table-wrap"})  # blocks of their own
    parts = [text_of(part, without=others) for part in caption] or [text_of(caption)]
    return " ".join(filter(None, (cleaned(text_of(label)), cleaned(" ".join(parts)))))


def text_of(element: ElementTree.Element | None, *, without: Sequence[ElementTree.Element] = ()) -> str:
    """Return an element's text; superscript numbers and signs as Unicode superscripts."""
    if element is None:
        return ""
    skipped = set(map(id, without))
    out: list[str] = []

    def walk(node: ElementTree.Element) -> None:
        if id(node) in skipped or not isinstance(node.tag, str):
            return
        if node.tag == "math":
            out.append(mathml(node))
            return
        if node.tag == "tex-math":
            out.append(tex("".join(node.itertext())))
            return
        if node.tag == "sup" and _is_mark(node):
            out.append(enclosed("".join(node.itertext())))
            return
        if node.tag == "xref" and node.get("ref-type") in _NOTES and _all_raised(node):
            out.append(enclosed("".join(node.itertext())))
            return
        inner = "".join(node.itertext()) if node.tag == "sup" else ""
        if re.fullmatch(r"[a-e](?:,\s?[a-e])*", inner):
            out.append(inner.translate(LETTERS))
            return
        if inner and len(inner) <= 12 and not any(c.isalpha() for c in inner):
            out.append(inner.translate(SUPERSCRIPT))
            return
        if node.text:
            out.append(node.text)
        formula = any(child.tag == "math" for child in node)
        for child in node:
            if not (formula and child.tag == "tex-math"):  # the same said twice
                walk(child)
            if child.tail:
                out.append(child.tail)
        if node.tag in ("p", "title", "break", "list-item", "disp-formula"):
            out.append(" ")

    walk(element)
    return "".join(out)


def _is_mark(raised: ElementTree.Element) -> bool:
    """Tell whether a <sup> holds references to citations or notes, or what parts two of them."""
    inner = "".join(raised.itertext()).strip()
    if any(child.tag == "xref" and child.get("ref-type") in _NOTES for child in raised):
        return _SIGNS.fullmatch(inner) is not None
    return inner in (",", ";", "–", "-")


def _all_raised(reference: ElementTree.Element) -> bool:
    """Tell whether all that an <xref> prints is raised."""
    inner = "".join(reference.itertext()).strip()
    raised = "".join("".join(child.itertext()) for child in reference.iter("sup")).strip()
    return inner != "" and inner == raised and _SIGNS.fullmatch(inner) is not None


def cleaned(text: str) -> str:
    """Return a text with plain letters for mathematical, wide and squared ones, and one space for each white space."""
    text = re.sub("[\U0001d400-\U0001d7ff\uff01-\uff5e]", lambda match: plain(match.group()), text)
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", written_out(text)[0])).strip()
    return text


def bare(element: ElementTree.Element | None) -> str:
    """Return an element's text without its raised marks."""
    return without(cleaned(text_of(element)))
