"""What a reviewer is warned of: pages without text, damage, Methods not found, papers that report no animals."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivex.document import BODY_KINDS, Document
from vivex.vocabulary import pattern

_SCANS = ((0.4, 40), (0.85, 100))  # from this share of the page under pictures, and with fewer words, a page is a scan
_MOSTLY = 0.6  # share of scanned pages from which the paper counts as unread
_STUB = 150  # words that a cover sheet holds at most
_DRAWN = 400  # shapes on a page without text, from which its letters may be drawn
_LOST = re.compile(
    r"corrupt|zlib|flate|premature|truncat|unexpected e(?:of|nd)|end of (?:file|data|stream)|cannot (?:load|find|parse|"
    r"read|open)|"
    r"non-page object|object missing|syntax error|invalid key|not a (?:dict|stream)|broken|ignoring (?:error|stream)",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"font|cmap|icc|colou?r ?space|actualtext|annotation|outline|link|metadata|widget|repeated", re.IGNORECASE
)
_FIGURE = re.compile(
    r"\b(?:supplementary |extended data )?(?:fig(?:ure)?s?\b\.?|scheme|plate|table)\s*\w{0,3}\d", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Look:
    """Say what a page shows besides what was read of it."""

    number: int
    words: int
    picture: float = 0.0  # share of the page that pictures cover; only looked at where words are few
    labelled: bool = False  # a figure's or table's label stands on it
    shapes: int = 0
    damage: str = ""  # MuPDF's first word on data that it could not read

    @property
    def scanned(self) -> bool:
        """Tell whether the page is (almost) a picture only, and none that a label explains."""
        return not self.labelled and any(self.picture >= share and self.words < words for share, words in _SCANS)


def needs_look(words: int) -> bool:
    """Tell whether a page holds so few words that its pictures matter."""
    return words < max(few for _, few in _SCANS)


def labelled(text: str) -> bool:
    """Tell whether a page's few words name a figure or table."""
    return _FIGURE.search(text) is not None


def damage_of(messages: str) -> str:
    """Return the first of MuPDF's messages that tells of lost data, or ""."""
    for line in messages.splitlines():
        if _LOST.search(line) and not _HARMLESS.search(line):
            return line.strip()[:90]
    return ""


def all_scanned(looks: Sequence[Look]) -> bool:
    """Tell whether no page with the paper's own text is left: scans, with stamps or a cover sheet perhaps."""
    scanned = sum(look.scanned for look in looks)
    others = sum(look.words for look in looks if not look.scanned)
    return scanned > 0 and (scanned == len(looks) or (scanned >= _MOSTLY * len(looks) and others < _STUB))


def of_pages(looks: Sequence[Look], *, repaired: bool) -> list[str]:
    """Return the warnings about single pages, and about a damaged file."""
    found: list[str] = []
    lost = 0
    damaged = repaired or any(look.damage for look in looks)
    for look in looks:
        where = f"page {look.number}: "
        if look.scanned:
            found.append(f"{where}a picture with hardly any text (a scan?); what it says was not read, OCR can add it")
        elif look.damage and not look.words:
            lost += 1
            found.append(f"{where}left out, it can't be read ({look.damage}); download the paper again")
        elif look.damage:
            lost += 1
            found.append(f"{where}damaged in the file ({look.damage}); text may be missing, download the paper again")
        elif not look.words and damaged:
            lost += 1
            found.append(f"{where}empty in a damaged file; download the paper again")
        elif not look.words and look.shapes >= _DRAWN:
            found.append(f"{where}no text but many shapes (letters drawn as outlines?); what it says was not read")
    if damaged and lost:
        whole = len(looks) - lost
        found.append(f"the file is damaged: {whole} of {len(looks)} pages could be read whole; download it again")
    return found


_LEAST_TEXT = 1500  # characters of a text that can be expected to have Methods, and animals
_REVIEW = re.compile(
    r"\b(?:systematic|scoping|narrative|literature|mini|critical|comprehensive|umbrella|integrative|brief|short|"
    r"updated?|"
    r"state[- ]of[- ]the[- ]art)[- ]?reviews?\b|\bmeta-?analys[ie]s\b|^(?:a )?reviews? (?:of|on)\b|"
    r"[:.–—-]\s*an?(?: \w+){0,2} review\b|"
    r"[:.–—-]\s*review\b|\breview of the literature\b|\boverview of reviews\b",
    re.IGNORECASE,
)
_FEW_ANIMALS = 3  # mentions of animals up to which a paper full of people is a study of people
_MANY_PEOPLE = 15


def of_paper(document: Document) -> list[str]:
    """Return the warnings about the paper as a whole."""
    found = []
    methods = sum(
        block.end - block.start
        for block in document.blocks
        if block.section is not None
        and document.sections[block.section].role == "methods"
        and block.kind in ("paragraph", "list")
    )
    if not methods and len(document.text) >= _LEAST_TEXT:
        found.append(
            "Methods can't be found (no such heading was recognised); look at what is not reported with more care"
        )
    return [*found, *_kind_of_study(document)]


def _kind_of_study(document: Document) -> list[str]:
    """Return a warning where the paper is plainly no study of animals of its own."""
    title = document.meta.get("title", "")
    if _REVIEW.search(title):
        return ["the title names a review or meta-analysis; a study's own animals are not to be expected"]
    own = " ".join(
        document.slice(block) for block in document.blocks if block.kind in (*BODY_KINDS, "caption", "table")
    )
    if len(own) < _LEAST_TEXT:
        return []
    animals = len(list(itertools.islice(_animals().finditer(own), _FEW_ANIMALS + 1)))
    if not animals:
        return ["no animals are named; is it a study of animals?"]
    people = len(_PEOPLE.findall(own)) if animals <= _FEW_ANIMALS else 0
    if people >= _MANY_PEOPLE:
        return [f"people are named {people} times and animals {animals} times; is it a study of animals?"]
    return []


_PEOPLE = re.compile(
    r"\b(?:patients?|participants|volunteers|outpatients|respondents|caregivers|adolescents)\b", re.IGNORECASE
)


@functools.cache
def _animals() -> re.Pattern[str]:
    return re.compile(rf"{pattern('animals', 'named')}|\banimals?\b", re.IGNORECASE)
