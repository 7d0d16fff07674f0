"""Item 3: whether the person who allocated could foresee the group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.items.sequence_generation import alternates
from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "allocation_concealment"

_CUE = re.compile(
    r"envelop|opaque|conceal|allocat|assign|foresee|predict|anticipat|central|telephone|phone|web|list|"
    r"sequence|schedule|code|third|independent|alternat|serpentine|enrol|randomi|pharmac|hidden|secret|"
    r"in advance|group"
)
_ALLOCATING = pattern(
    r"\b(?:allocat\w*|assign(?:ed|ing|ment|ments)\b|randomi[sz]\w*|allott?\w*|group assignments?|enrol\w*|"
    r"(?:next|coming|upcoming) (?:group|treatment|animal|assignment)|come next|came next|"
    r"put (?:\w+ ){0,3}into (?:their |the )?groups|distribut\w* (?:the )?{ANIMAL})\b"
)
_ENVELOPE = re.compile(r"\benvelopes?\b|\bopaque (?:containers?|vials|bags)\b")
_SEALED = re.compile(r"\bsealed\b|\bopaque\b|\b(?:sequentially|serially|consecutively)[- ]numbered|\bunmarked\b")
_NOT_SEALED = re.compile(r"\b(?:not sealed|unsealed|transparent|open envelopes?|not opaque|translucent|see-?through)\b")
_DENIED = pattern(
    r"\b(?:not|never|no|without|lack of|nor|un)\b[- ]?(?:\w+ ){0,5}?conceal\w*(?! (?:platform|electrode))",
    r"\bnot (?:blinded|masked) to (?:the )?(?:randomi\w+|allocation|assignment) (?:list|sequence|schedule)",
    r"\bunconcealed\b|\bconcealment\b[^.;]{0,40}\b(?:not|never|omitted|impossible|infeasible|waived)\b",
)
_FORESEE = pattern(
    r"\b(?:foresee\w*|foreseen|anticipat\w*|predict\w*|guess\w*|"
    r"(?:know|knew|seen?|known|accessed|viewed|inspected|learn\w*)\b[^.;]{0,40}\b(?:in advance|beforehand|"
    r"before|next))\b"
)
_NEG = re.compile(r"\b(?:not|cannot|can't|n't|unable|impossible|never|neither|nor|no one|nobody|none|without|no)\b")
_HIDDEN = pattern(
    r"\bconceal\w*\b|\b(?:was|were) locked (?:away|up)\b|\b(?:kept|held|remained|stayed|stored) (?:it |them |"
    r"the (?:list|sequence|code) )?(?:hidden|secret|locked|concealed|away|undisclosed|inaccessible|"
    r"confidential)\b|\bhidden from\b",
    r"\bnot (?:disclosed|revealed|accessible|available|shown|known) (?:to|until)|"
    r"\b(?:did not|didn't) (?:hold|have|possess|see) (?:the |any )?(?:key|code|list|access)|"
    r"\bno access to (?:the )?(?:\w+ )?(?:list|key|code|sequence|schedule)",
    r"\b(?:reveal|disclos|releas|announc|communicat|unveil)\w*\b[^.;]{0,60}\b(?:only (?:after|when|once|at)|"
    r"one (?:at a time|by one)|once\b[^.;]{0,40}\b(?:enrol|enter|includ)|"
    r"after\b[^.;]{0,40}\b(?:enrol|enter|includ|consent))",
)
_FROM_ALLOCATOR = pattern(
    r"\b(?:enrol\w*|allocat(?:ing|or|ed)|assign(?:ing|ment|ments|ed)|includ(?:ing|ed) the|"
    r"until (?:each|the|all|after)|from (?:those|the|all|everyone|anyone|investigators?|staff)|person making|"
    r"randomi[sz]\w*|entered|entering)\b"
)
_AFTER_STUDY = re.compile(r"\b(?:until|after) (?:\w+ ){0,4}(?:analy|scor|evaluat|assess|data collection|complet)")
_CENTRAL = pattern(
    r"\bcentral(?:ly|i[sz]ed)?\b[^.;]{0,50}\b(?:web|randomi|allocat|assign|telephone|service|office|unit|"
    r"pharmacy|system|database)\w*",
    r"\b(?:web|internet|telephone|phone)[- ]?(?:based|line)?\b[^.;]{0,40}\b(?:allocat\w*|"
    r"randomi[sz]ation (?:service|system)|assignments?)|\b(?:by|via|over the|by means of) (?:telephone|phone|"
    r"e-?mail)\b",
)
_UNINVOLVED = pattern(
    r"\bnot (?:otherwise |further |directly |in any way |himself |herself )?(?:involved|participat\w*|"
    r"taking part|associated|engaged|connected|part of)|\buninvolved\b",
    r"\b(?:had|having|has|took|taking|takes|played|with|by) no (?:\w+ )?(?:contact|part|role|involvement|"
    r"connection|share|stake)|\bdid not (?:take part|participate|see)|\bnever (?:saw|met|handled|entered)",
    r"\boutside (?:of )?(?:the|our) (?:laborator|lab|team|group|study|project|department|institute)\w*|"
    r"\b(?:at|from|in) another (?:site|institut\w*|department|centre|center|laborator\w*)|"
    r"\bindependent (?:of|from|statistician|person|third|party|colleague|pharmac\w+|office|centre|center|body|"
    r"institut\w+)|\bthird (?:party|person)|\bexternal (?:statistician|person|party)|\bno one else",
)
_BY_WHOM = pattern(
    r"\b(?:allocat(?:ed|ing|ion)|assign(?:ed|ing|ments?)|randomi[sz](?:ed|ing|ation)|allott\w*|list|sequence)\b"
)
_MEASURE = re.compile(r"\b(?:scor|count|assess|analy|evaluat|measur|grad|quantif)\w*")
_CODED = re.compile(
    r"\bidentified only by (?:an? )?(?:\w+ )?(?:codes?|numbers?)|"
    r"\bcoded (?:animals|containers|vials|bottles|syringes)|\b(?:vials?|syringes?|bottles?|"
    r"containers?) (?:were|was) coded"
)
_OPEN_LIST = pattern(
    r"\bopen (?:allocation |random\w* |assignment )?(?:list|schedule|table|sequence)|\bfull view\b|"
    r"\bconsult(?:ed)? the (?:\w+ ){0,3}list",
    r"\b(?:list|schedule|sequence|table|assignments?)\b[^.;]{0,60}\b(?:open(?:ly)?|visible|accessible|posted|"
    r"pinned|displayed|hung|hanging|lying|in (?:front|hand)|before (?:her|him|them)|at hand|known)\b",
)
_KNEW_NEXT = pattern(
    r"\b(?:aware of|knew|knows|known to|informed (?:of|about)|able to (?:foresee|anticipate|predict|see)|"
    r"could (?:foresee|anticipate|predict|see|read|look up|tell)|foresaw|knowing)\b[^.;]{0,60}\b(?:next|"
    r"upcoming|coming|forthcoming|following|allocation (?:list|sequence)|list|sequence|schedule|came next|"
    r"would (?:be|get|receive|go))\b"
)
_ACTOR = pattern(
    r"\b(?:person|people|technician|investigators?|experimenters?|researchers?|who|allocator|staff|authors?|"
    r"anyone|those|{PERSON}|{CARER}|{ASSESSOR})\b"
)
_HEDGE = re.compile(
    r"\b(?:whether|cannot tell|can't tell|unknown|not known|unclear|not (?:documented|recorded|reported)|"
    r"in retrospect|possibl[ey]|may have|might have|perhaps|presumably)\b"
)


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
    if _ENVELOPE.search(text) and (allocating or re.search(r"\b(?:groups?|treatments?|animals?|each)\b", text)):
        if _NOT_SEALED.search(text):
            return "foreseeable", "yes", 0.8, "envelopes that did not conceal"
        if _SEALED.search(text) and not hedged:
            return "concealed", "yes", 0.95, "sealed, opaque or numbered envelopes or containers"
        return "concealed", "mentioned", 0.6, "envelopes, not said to be sealed or opaque"
    if not allocating:
        return None
    if hedged and re.search(r"\b(?:foresee|anticipat|predict|aware|know|conceal)", text):
        return "concealed", "mentioned", 0.5, "leaves open whether allocation was concealed"
    if _DENIED.search(text):
        return "foreseeable", "yes", 0.9, "says that allocation was not concealed"
    if any(_FORESEE.search(c) and _NEG.search(c) for c in reading.clauses) and re.search(
        r"\bassign|allocat|group|enrol|next", text
    ):
        return "concealed", "yes", 0.9, "the allocator could not foresee the group"
    if (
        _HIDDEN.search(text)
        and _FROM_ALLOCATOR.search(text)
        and not _AFTER_STUDY.search(text)
        and not re.search(r"\bplatform\b|\belectrode", text)
    ):
        return "concealed", "yes", 0.85, "the list was kept from those who allocate"
    if re.search(r"\bneither\b[^.;]*\b(?:allocat|assign|enrol)\w*[^.;]*\bkn[eo]w", text):
        return "concealed", "yes", 0.85, "the allocator did not know the treatment"
    if _CENTRAL.search(text):
        return "concealed", "yes", 0.85, "central or remote allocation"
    if (
        _OPEN_LIST.search(text)
        and not _NEG.search(text)
        and re.search(r"\blist|schedule|sequence|table|assignments\b", text)
    ):
        return "foreseeable", "yes", 0.85, "the allocation list was open"
    if _KNEW_NEXT.search(text) and not _NEG.search(text) and _ACTOR.search(text) and "blind" not in text:
        return "foreseeable", "yes", 0.85, "the allocator knew the coming group"
    if (
        _UNINVOLVED.search(text)
        and _BY_WHOM.search(text)
        and not _MEASURE.search(text)
        and re.search(r"\b(?:by|who|held|prepared|made|person|statistician|colleague|third)\b", text)
    ):
        return "concealed", "yes", 0.8, "a third person allocated"
    if _CODED.search(text) and _NEG.search(text):
        return "concealed", "yes", 0.8, "coded animals or containers at allocation"
    if alternates(text) and "serpentine" not in text and not re.search(r"\bneurons?|\bepochs?|random", text):
        return "foreseeable", "yes", 0.75, "alternation can be foreseen"
    if re.search(
        r"\ballocation conceal|\bconcealed allocation|\b(?:allocated|assigned|allocation|"
        r"assignment)\b.{0,40}\bby (?:the|an?|one|another) (?:\w+ )?(?:author|technician|person|investigator|"
        r"researcher|colleague|student|statistician)",
        text,
    ):
        return "concealed", "mentioned", 0.4, "says who allocated, not whether it was concealed"
    return None
