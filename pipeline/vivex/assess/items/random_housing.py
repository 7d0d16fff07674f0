"""Item 4: where cages and animals were placed during the experiment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "random_housing"

_PLACE = r"(?:cages?|tanks?|pens?|aquari\w*)"
_UNIT = r"(?:cages?|tanks?|pens?|boxes)"
_PLACED = r"(?:position\w*|put|assign\w*|distribut\w*)"
_RANDOM = r"random\w*"
_CUE = re.compile(r"cage|tank|\bpens\b|aquari|rack|room|hous|stable|shed\b")
_RANDOM_PLACE = pattern(
    rf"\bpositions? of (?:\w+ )?{_UNIT}\b[^.;]{{0,70}}\b{_RANDOM}",
    rf"\b{_RANDOM}[^.;]{{0,50}}\b{_UNIT} positions?s?",
    rf"\b{_UNIT}\b[^.;,]{{0,50}}\b{_PLACED}\b[^.;,]{{0,30}}\b{_RANDOM}|\b{_UNIT}\b[^.;,]{{0,40}}\b{_RANDOM} "
    rf"{_PLACED}\b(?! to (?:\w+ )?(?:{{GROUP}}|experimental))",
    rf"\b{_RANDOM} (?:\w+ ){{0,2}}{_PLACED} (?:(?!groups?\b|treatments?\b)[\w-]+ ){{0,3}}(?:in|to|"
    rf"among) (?:(?!groups?\b|treatments?\b|diets?\b)[\w-]+ ){{0,4}}{_PLACE}\b",
    rf"\b{_PLACED} randomly among (?:(?!groups?\b|treatments?\b|diets?\b)[\w-]+ ){{0,4}}{_PLACE}\b",
    rf"\brandom locations?[^.;]{{0,50}}\b{_PLACE}",
    r"\ballocated to the pens according to a randomi",
)
_NOT_PLACE = pattern(r"\btanks?\b[^.;]{0,80}\brandom\w* assigned to (?:\w+ ){0,4}{GROUP}")
_ROTATED = pattern(
    rf"\b{_UNIT}\b[^.;]{{0,60}}\b(?:rotated|changed (?:\w+ )?places?|turned)\b[^.;]{{0,50}}\b(?:weekly|daily|"
    r"every)"
)
_ALL_GROUPS = r"(?:different (?:\w+ )?treatments?|either [^.;]{1,60} or )"
_TOGETHER = r"co-?housed"
_MIXED = pattern(rf"\b{_TOGETHER}\b[^.;]{{0,80}}\b{_ALL_GROUPS}")
_DENIED = pattern(rf"\b{_UNIT}\b[^.;]{{0,50}}\b ?not\b (?:\w+ ){{0,3}}randomly")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about the placing of cages."""
    if not reading.own or reading.role == "discussion" or reading.kind == "table" or not _CUE.search(reading.text):
        return
    found = _housing(reading.text)
    if found:
        signal, answer, strength, why = found
        yield Indication(ITEM, signal, answer, strength, ((reading.start, reading.end),), why)


def _housing(text: str) -> tuple[str, str, float, str] | None:
    if _DENIED.search(text):
        return "groups_apart", "yes", 0.9, "says that cages were not placed at random"
    if _RANDOM_PLACE.search(text) and not _NOT_PLACE.search(text):
        return ("random_placement", "yes", 0.9, "cages, tanks or animals were placed at random")
    if _ROTATED.search(text):
        return "random_placement", "yes", 0.8, "cages or tanks changed places regularly"
    if _MIXED.search(text):
        return "random_placement", "yes", 0.8, "animals of all groups shared cages"
    if re.search(r"\b(?:housed|caged|in cages|were kept|were maintained|polycarbonate|polypropylene)\b", text):
        return "random_placement", "mentioned", 0.2, "housing described, placement not"
    return None
