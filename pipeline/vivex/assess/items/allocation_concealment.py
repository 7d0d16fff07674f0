"""Item 3: whether the person who allocated could foresee the group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.items.sequence_generation import alternates
from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "allocation_concealment"

_CUE = re.compile(r"envelop|allocat|predict|web|enrol|randomi|hidden|group")
_ALLOCATING = pattern(r"\b(?:allocat\w*|assign(?:ing|ment)\b|randomi[sz]\w*|enrol\w*|coming group)\b")
_ENVELOPE = re.compile(r"\benvelopes?\b")
_SEALED = re.compile(r"\bsealed\b|\bopaque\b")
_NOT_SEALED = re.compile(r"\btransparent\b")
_DENIED = pattern(r"\b(?:not|no)\b[- ]?(?:\w+ ){0,5}?conceal\w*(?! (?:platform|electrode))")
_FORESEE = pattern(r"\b(?:foresee\w*|guess\w*)\b")
_NEG = re.compile(r"\b(?:not|unable)\b")
_HIDDEN = pattern(r"\bconceal\w*\b|\bhidden from\b")
_FROM_ALLOCATOR = pattern(r"\bfrom the\b")
_CENTRAL = pattern(r"\bcentral\b[^.;]{0,50}\ballocat\w*", r"\bweb[- ]?\b[^.;]{0,40}\bassignments?")
_UNINVOLVED = pattern(r"\bnot (?:involved|part of)", r"\bhad no (?:\w+ )?part", r"\bthird party")
_BY_WHOM = pattern(r"\b(?:allocat(?:ed|ion)|randomi[sz]ation)\b")
_OPEN_LIST = pattern(r"\blist\b[^.;]{0,60}\bknown\b")
_HEDGE = re.compile(r"\b(?:not known|not documented|possibl[ey])\b")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about concealment of the allocation."""
    if not reading.own or reading.kind == "table" or not _CUE.search(reading.text):
        return
    found = _concealment(reading.text, reading)
    if found:
        signal, answer, strength, why = found
        yield Indication(ITEM, signal, answer, strength, ((reading.start, reading.end),), why)


def _concealment(text: str, reading: FoldedSentence) -> tuple[str, str, float, str] | None:
    hedged, allocating = bool(_HEDGE.search(text)), bool(_ALLOCATING.search(text))
    if _ENVELOPE.search(text) and (allocating or re.search(r"\b(?:animals?|each)\b", text)):
        if _NOT_SEALED.search(text):
            return "foreseeable", "yes", 0.8, "envelopes that did not conceal"
        if _SEALED.search(text) and not hedged:
            return ("concealed", "yes", 0.95, "sealed, opaque or numbered envelopes or containers")
        return ("concealed", "mentioned", 0.6, "envelopes, not said to be sealed or opaque")
    if not allocating:
        return None
    if hedged and re.search(r"\b(?:predict|know|conceal)", text):
        return ("concealed", "mentioned", 0.5, "leaves open whether allocation was concealed")
    if _DENIED.search(text):
        return "foreseeable", "yes", 0.9, "says that allocation was not concealed"
    if any(_FORESEE.search(c) and _NEG.search(c) for c in reading.clauses) and re.search(r"allocat|group", text):
        return "concealed", "yes", 0.9, "the allocator could not foresee the group"
    if _HIDDEN.search(text) and _FROM_ALLOCATOR.search(text):
        return "concealed", "yes", 0.85, "the list was kept from those who allocate"
    if _CENTRAL.search(text):
        return "concealed", "yes", 0.85, "central or remote allocation"
    if _OPEN_LIST.search(text) and not _NEG.search(text) and re.search(r"\blist", text):
        return "foreseeable", "yes", 0.85, "the allocation list was open"
    if _UNINVOLVED.search(text) and _BY_WHOM.search(text) and re.search(r"\bby\b", text):
        return "concealed", "yes", 0.8, "a third person allocated"
    if alternates(text) and "serpentine" not in text:
        return "foreseeable", "yes", 0.75, "alternation can be foreseen"
    return None
