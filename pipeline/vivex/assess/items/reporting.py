"""The eight reporting items: what is merely stated, method or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

_POWER = re.compile(
    r"\bpower (?:analys[ei]s|calculations?)|\bsample[- ]sizes?\b[^.;]{0,60}\b(?:calculat\w*|"
    r"determin\w*|estimat\w*|based on|ensure)|\b(?:calculat\w*|determin\w*|"
    r"estimat\w*) (?:\w+ ){0,4}(?:sample[- ]sizes?|number of animals)|"
    r"\bgroup sizes? (?:\w+ ){0,4}(?:based on|chosen)|\b(?:\d{2} ?%|"
    r"statistical) power\b[^.;]{0,60}\bto"
)
_POWER_NEG = re.compile(
    r"\b(?:no|not)\b[^.;]{0,60}\b(?:power|sample[- ]size|calculation)|\bsample[- ]sizes? (?:\w+ ){1,2}not "
    r"(?:calculat|determin|estimat)"
)
_LEFT_OUT = r"(?:excluded|omitted|discarded|rejected|left out|withdrawn from|not included in|disregarded)"
_EXCLUDED = pattern(
    r"\b(?:{ANIMAL}|subject|data(?: ?sets?)?|outliers?|recordings?|neurons?|cells|trials?|units?|"
    rf"samples)\b[^.;]{{0,110}}\b(?:were|was|are|been|being) (?:\w+ ){{0,3}}{_LEFT_OUT}",
    r"\b(?:we|they) (?:\w+ ){0,2}(?:excluded?|omitted|discarded)\b|\bexclusion criteri|\bexclude (?:\w+ "
    r"){0,2}{ANIMAL}\b",
    r"\b{ANIMAL}\b[^.;]{0,70}\b(?:died\b|were lost|was lost|dropped out|had to be (?:euthani\w*|removed)|"
    r"succumbed|was euthani[sz]ed when)",
    r"(?<!no )\bmortality (?:rate )?(?:was|of)\b(?! observed)|\bdeaths? (?:was|were)\b|"
    r"\bonly (?:\w+ ){0,3}(?:{ANIMAL}|experiments)\b[^.;]{0,110}\bwere used (?:for|"
    r"in) (?:the )?(?:data )?(?:analys|post)",
    r"\b{ANIMAL}\b[^.;]{0,60}\bwhich displayed\b[^.;]{0,60}\bwere chosen for experiment|"
    r"\ball (?:\w+ )?(?:animals|data|rats)\b[^.;]{0,40}\bincluded in (?:the )?analys\w+\b(?! (?:were|"
    r"was|are|had|have|received|underwent)\b)|\bremoved from the experiment",
)
_EXCLUDED_TRAP = re.compile(
    r"\bexclu\w* (?:the possibility|that)|\b(?:cannot|"
    r"to) (?:be )?exclude(?:d)?\b(?! (?:\w+ ){0,3}(?:mice|rats|animals|data|outliers))|\b(?:dead|fitc|"
    r"aqua)(?: and [\w-]+)*(?: positive)? cells?\b[^.;]{0,40}\bexcluded"
)
_COI = re.compile(r"\bauthors? (?:\w+ ){0,3}declared? (?:\w+ ){0,4}no\b|\bno competing\b|\bconflict of interests?\b")
_WELFARE = re.compile(
    r"\b(?:accordance|adher\w*|guidelines?|according to)\b[^;]{0,160}\b(?:animal (?:care|studies)|"
    r"nih guid\w*|iaec|use of animals)\b|\b(?:animal experiment\w*|ethic\w*|"
    r"home office)\b[^;]{0,160}\b(?:approv\w*|accordance|guidelines?)|\biacuc\b|\b(?:animal|"
    r"institutional) (?:\w+ ){0,3}committees?\b|\bethics? (?:committee|board)|\bguide for the care"
)
_WELFARE_TRAP = re.compile(r"\b(?:human samples|patients?|volunteers)\b")
_HOUSING = re.compile(
    r"\b\d{1,2}[- ]?(?:hr?s?)?[- ]?(?:light)?\s?[-:/–]\s?\d{1,2}[- ]?(?:hr?s?)?[- ]?(?:dark|l\b)|"
    r"\blight[- /:–]+dark\b|\b(?:photoperiod|light cycle|lights? on|12:12)\b|\b(?:housed|kept|"
    r"maintained|reared|raised|accommodated|held|bred)\b[^.;]{0,130}\b(?:cages?|temperature|°c|"
    r"pathogen[- ]free|barrier|pens?\b|aquari\w*|singly|light|animal facility|conditions)|\b(?:cages?|"
    r"light)\b[^.;]{0,100}\b(?:kept|maintained|housing)\b|\bfood and water[^.;]{0,50}\bad lib|"
    r"\bad libitum access to water|\bgroup[- ]?housed\b|\bhoused in groups|"
    r"\bspecific[- ]pathogen[- ]free\b"
)
_ANIMAL = pattern(r"\b{ANIMAL}\b|\bhoused\b|\bcages?\b")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield the reporting items that the sentence states (or denies)."""
    text = reading.text
    span = ((reading.start, reading.end),)

    def made(item: str, answer: str, strength: float) -> Indication:
        return Indication(f"reporting.{item}", "stated", answer, strength, span)

    if reading.role != "introduction" and not reading.foreign:
        if _POWER.search(text) and not reading.human:
            yield made("sample_size_calculation", "no" if _POWER_NEG.search(text) else "yes", 0.8)
        excluded = _EXCLUDED_TRAP.sub(" ", text)
        if _EXCLUDED.search(excluded) and not reading.in_vitro and not reading.human and reading.role != "statements":
            yield made("exclusions", "yes", 0.8 if reading.role == "methods" else 0.7)
        if (
            _HOUSING.search(text)
            and _ANIMAL.search(text)
            and not reading.in_vitro
            and reading.role not in ("discussion", "statements")
        ):
            yield made("temperature_or_housing", "yes", 0.85 if reading.role == "methods" else 0.6)
    if reading.on_interests or (_COI.search(text) and reading.role not in ("introduction", "results")):
        yield made("conflict_of_interest", "yes", 0.9)
    if (
        _WELFARE.search(text)
        and reading.role not in ("introduction", "results", "discussion")
        and (_ANIMAL.search(text) or "animal" in text or re.search(r"\bethic", text))
        and not _WELFARE_TRAP.search(text)
    ):
        yield made("animal_welfare", "yes", 0.9)
