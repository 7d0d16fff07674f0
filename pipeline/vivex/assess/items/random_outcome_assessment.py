"""Item 6: in what order, or by what choice, animals were assessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "random_outcome_assessment"

_CUE = re.compile(r"random|order|sequence|most|median|best|subset|drawn|lowest")
_NOT_ANIMAL = r"(?:fields?|points?|positions?|days?)"
_SELECT = r"(?:select\w*|chos\w*|pick\w*|taken|drawn)"
_BEASTS = r"{ANIMAL}"
_PICKED = pattern(
    rf"\b{_BEASTS}\b[^.;]{{0,70}}\b(?:(?<!\ba )randomly {_SELECT}|{_SELECT} (?:at random|randomly|by lot))",
    rf"\brandomly {_SELECT} (?:(?!of\b|to\b)[\w-]+ ){{0,4}}?{_BEASTS}\b",
    rf"\brandomly (?:select|choose)\b[^.;]{{0,50}}\b(?:{_BEASTS}|tumou?rs from each)\b",
    r"\btissues? should be randomi[sz]ed\b",
)
_RANDOM_ORDER = pattern(
    r"\b(?:in|with) (?:[\w-]+ ){0,2}(?:random\w*|shuffled) (?:sequence|manner|fashion|list)s?\b",
    r"\borders?\b[^.;]{0,90}\b(?:random\w*|drawn|dic?e)\b",
    r"\brandom[- ](?:order|sequence)\b|\brandomi[sz]ed (?:[\w-]+ ){0,3}order|\bat random times\b|"
    r"\bprocessed randomly\b",
)
_DENIED = pattern(
    r"\b(?:not|no)\b[^.;,]{0,40}\b(?:random(?:ly)? selected|randomi[sz]ed? the order)|"
    r"\border\b[^.;,:]{0,60}\bwas not random"
)
_GROUPWISE = pattern(r"\btreatment by treatment\b")
_SYSTEMATIC = re.compile(r"\btreatment by")
_EXTREME = pattern(
    r"\b{ANIMAL}\b[^.;]{0,60}\b(?:displaying|having|with) the (?:most|best|lowest|"
    r"median)\b[^.;]{0,140}\b(?:selected|taken|microarray\w*)"
)
_STIMULI = re.compile(r"\b(?:odou?r\w*|trials?|presented|doses|treatments?|fields?|stress|diets?|saline)\b")
_STEP = pattern(r"\b{OUTCOME_STEP}\b")
_ANIMAL = pattern(r"\b{ANIMAL}\b|\bgroups?\b")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about the order or choice of the animals assessed."""
    if not reading.own or reading.kind == "table" or not _CUE.search(reading.text):
        return
    if reading.role == "discussion" and not re.search(r"\bwe\b", reading.text):
        return
    found = _order(reading.text, reading)
    if found:
        answer, strength, why = found
        yield Indication(ITEM, "random_selection", answer, strength, ((reading.start, reading.end),), why)


def _order(text: str, reading: FoldedSentence) -> tuple[str, float, str] | None:
    clean = re.sub(
        rf"\brandom\w*[- ](?:[\w-]+ ){{0,3}}{_NOT_ANIMAL}\b|\b{_NOT_ANIMAL} (?:[\w-]+ ){{0,4}}at random", " ", text
    )
    step = bool(_STEP.search(text))
    if _DENIED.search(text) and (step or _ANIMAL.search(text)):
        return "denied", 0.9, "says that the order or choice was not random"
    if _GROUPWISE.search(text) and _SYSTEMATIC.search(text) and step and reading.role in ("methods", "other"):
        return "denied", 0.85, "groups were assessed one after the other"
    if _EXTREME.search(text):
        return "denied", 0.7, "animals were picked by a measured property"
    if _PICKED.search(clean):
        return "yes", 0.85, "animals were picked at random for assessment"
    for clause in reading.clauses if len(reading.clauses) > 1 else (clean,):
        if clause not in text and clause != clean:
            continue
        if _RANDOM_ORDER.search(clause) and (_STEP.search(clause) or _ANIMAL.search(clause)) and not _other(clause):
            return "yes", 0.85, "the order of assessment was random"
    if re.search(r"\border in which|\bsubset of\b[^.;]{0,40}\b(?:animals|mice|rats)", text) and step:
        return "mentioned", 0.4, "speaks of order or choice, not of chance"
    return None


def _other(text: str) -> bool:
    """Tell whether it is stimuli, treatments, cages or groups that are put in order."""
    if re.search(r"\bmass spectromet|\bplates?\b|\binto (?:\w+ ){0,3}groups?\b|\b(?:assigned|allocated)\b", text):
        return True
    return bool(_STIMULI.search(text))
