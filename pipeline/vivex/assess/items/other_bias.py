"""Item 10: unit of analysis, pooled samples, replaced animals, and interests of authors and funders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "other_bias"

_PART = r"(?:cells?|neurons?|slices?|images?|trials?|channels)"
_SMALL_CELL = (
    r"(?:cells?|neurons?|recordings?|slices?|spines?|synapses?|boutons?|pairs|trials|sections|probes|"
    r"fibres|embryos)"
)
_CELL_N = re.compile(
    rf"\bn ?[=:≥>] ?\d+(?: ?(?:-|,|/) ?\d+)* (?:\w+[- ]){{0,3}}?{_SMALL_CELL}\b|\bn (?:is|=|refers to|"
    rf"represents) (?:the )?numbers? of (?:\w+ ){{0,2}}{_SMALL_CELL}\b|"
    rf"\bn indicates (?:number of )?{_SMALL_CELL}|\b\d+ (?:\w+[- ]){{0,3}}?{_SMALL_CELL} (?:from|"
    r"of) (?:\d+|two|three|four|six) (?:\w+[- ]){0,2}?(?:mice|rats|fish)\b|"
    rf"\bnumbers? of {_SMALL_CELL} are indicated|\b\d+ ?/ ?\d+ neurons\b"
)
_INDEPENDENT = re.compile(
    rf"\b{_PART}\b[^.;]{{0,120}}\b(?:treated|considered|taken|counted|used|"
    r"included)\b[^.;]{0,60}\bindependent\w*|\b(?:each|every|individual|"
    rf"both) (?:\w+ )?{_PART}\b[^.;]{{0,60}}\b(?:independent|counted as)|"
    rf"\b{_PART} pooled from (?:all )?mice\b|\bpooled across sessions\b"
)
_ANIMAL_UNIT = re.compile(
    r"\b(?:animal|mouse|rat|litter|dam|cage|pen|individual)s?\b[^.;]{0,50}\b(?:experimental units?|"
    r"statistical units?|units? of)|\bexperimental units?\b[^.;]{0,40}\b(?:pen|dog)|"
    r"\bunits? of analysis\b[^.;]{0,40}\bdam|\beach (?:point|symbol|dot) represents (?:an?|one|"
    r"a single) (?:individual )?mouse|\baveraged (?:for|across) (?:each )?(?:animal|mouse|subject)|"
    r"\bmean (?:\w+ )?per animal|\bone (?:value|pup) per (?:litter|sow)|\bnested within\b|"
    r"\brandom (?:effect|factor|intercept)s?\b|\bmixed models?\b|\bnumber of (?:animals|mice|"
    r"brains)\b[^.;]{0,20}\bn\b|\bn (?:is|refers to) (?:the )?number of animals"
)
_POOLED = re.compile(r"\bpool(?:ed|s|ing)?\b")
_POOL_INDEPENDENT = re.compile(r"\bpool\w*\b[^;]{0,120}\bindependent|\bpooled\b[^.;]{0,40}\ball mice")
_ANIMAL = pattern(r"\b{ANIMAL}\b")
_NO_INTEREST = re.compile(
    r"\b(?:no|not|none|absence)\b[^.;]{0,70}\b(?:interests?|stake)\b|\bnothing to (?:disclose|declare)|"
    r"\babsence of any commercial|\bno disclosures?"
)
_INTEREST = re.compile(
    r"\bconflicts? of interests?|\bconflicting interests?|\bfinancial interests?|\bstake\b|\bnothing to "
    r"disclose|\bcompeting interest\w*"
)
_NOTHING = re.compile(r"\b(?:no|none|nil|nothing|not)\b")
_OTHER_AUTHORS = re.compile(r"\bother authors declare")
_FUND = re.compile(r"\b(?:fund\w*|support\w*|financ\w*|grant\w*|paid for|paid by)\b")
_PUBLIC = re.compile(
    r"\b(?:universit\w*|national|ministry|foundation|council|research fund|charit\w*|public|government\w*|"
    r"dfg|state|no role|trust)\b"
)
_STAKE = re.compile(
    r"\b(?:employeds?\b[^.;]{0,60}\bproducer|\b(?:are|was) (?:\w+ )?(?:employees?|"
    r"inventors?)\b[^.;]{0,60}\bof\b|financ\w*\b[^.;]{0,70}\bproducer|"
    r"\bindustry\b[^.;]{0,60}\bfund\w*\b|\bpatents?\b[^.;]{0,60}\b(?:pending|author)|"
    r"\bshareholders?\b|\breceived (?:\w+ ){0,3}honorari\w+)"
)
_STAKE_NEG = re.compile(r"\bno\b[^.;]{0,60}\bshares")
_REPLACED = pattern(
    r"\breplac(?:ed|ing)\b[^.;]{0,60}\bwith ?(?:\w+ ){0,2}{ANIMAL}|\bdied\b[^.;]{0,80}\bwere replaced\b|"
    r"\breplacement {ANIMAL}"
)


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about units, pools, replacements and interests."""
    text = reading.text
    if reading.foreign or (reading.human and "author" not in text) or reading.future:
        return
    span = ((reading.start, reading.end),)

    def made(signal: str, answer: str, strength: float, why: str) -> Indication:
        return Indication(ITEM, signal, answer, strength, span, why)

    if _INDEPENDENT.search(text) and not re.search(r"\bindependent animals", text) and not _unit_is_animal(text):
        yield made("unit", "parts", 0.9, "parts of an animal are treated as independent units")
    elif _CELL_N.search(text):
        yield made(
            "unit", "parts_as_n", 0.6 if reading.kind == "caption" else 0.5, "cells, samples or trials are counted as n"
        )
    if _ANIMAL_UNIT.search(text) and not re.search(r"\brather than (?:animals?|litters?)", text):
        yield made("unit", "animal", 0.7, "the animal (or litter, cage) is the unit, or nesting is modelled")
    if (
        _POOLED.search(text)
        and _ANIMAL.search(text)
        and not reading.in_vitro
        and _POOL_INDEPENDENT.search(text)
        and not re.search(r"\bdata from", text)
    ):
        yield made("pooled", "yes", 0.7, "samples of several animals pooled and treated as independent")
    elif _POOLED.search(text) and _ANIMAL.search(text):
        yield made("pooled", "mentioned", 0.3, "samples pooled")
    if _REPLACED.search(text):
        yield made("replaced", "yes", 0.85, "lost animals were replaced by new ones")
    stake = _STAKE.search(text)
    statement = reading.on_interests or reading.role in ("statements", "other")
    if stake and statement and not _STAKE_NEG.search(text):
        yield made("interest", "stake", 0.85, "an author or funder has a stake in the result")
        return
    declared = re.search(r"\bauthors?\b", text) and re.search(r"\b(?:declare|disclos)", text)
    if reading.on_interests or declared or _INTEREST.search(text):
        if _OTHER_AUTHORS.search(text):
            yield made("interest", "partial", 0.6, "the statement covers only the other authors")
        elif _NO_INTEREST.search(text) or (reading.on_interests and _NOTHING.search(text)):
            yield made("interest", "none", 0.8, "no interest with a stake is declared")
        else:
            yield made("interest", "mentioned", 0.3, "an interest statement")
    if (
        _FUND.search(text)
        and _PUBLIC.search(text)
        and re.search(r"\b(?:grants?|fund(?:ed|ing|s)?|support(?:ed)?|paid|work|study)\b", text)
        and reading.role in ("statements", "other")
    ):
        yield made("funding", "public", 0.5, "public or charitable funding")


def _unit_is_animal(text: str) -> bool:
    return bool(re.search(r"\bmouses?\b[^.;]{0,25}\bas n\b", text))
