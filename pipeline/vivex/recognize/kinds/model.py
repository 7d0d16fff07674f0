"""Disease and injury models, and the procedures that induce them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.kinds import Kind
from vivex.recognize.spans import Span, longest
from vivex.vocabulary import pattern

SOURCE = "grammar:model@1"
_ORGAN = (
    r"(?:kidney|lung|liver|spinal cord|brain|nerve|muscle|head|cartilage|renal|myocardial|hepatic|intestinal|cerebral|"
    r"sciatic nerve|ischemic|ischaemic|traumatic brain|reperfusion)"
)
_INJURY = (
    rf"(?:acute\s)?{_ORGAN}\s(?:ischa?emi[ac][-/ ]?(?:and\s)?(?:reperfusion)?\s?)?(?:injury|damage|failure|lesion)"
)
_DISEASE = rf"(?:{_INJURY}|{pattern('diseases', 'disease', whole=False)})"
_INDUCED = re.compile(
    r"(?<![A-Za-z0-9\u0370-\u03ff/-])"
    rf"(?:[A-Za-z0-9\u0370-\u03ff/-]{{1,40}}(?:\s[A-Za-z0-9-]{{1,30}})?)[-\u2010\u2013 ](?:induced|mediated|"
    r"evoked|associated)\s(?:(?:acute|chronic|experimental|bone|rat|mouse|renal|hepatic|cardiac|paw|lung|"
    rf"liver|brain|kidney)\s){{0,2}}{_DISEASE}(?![A-Za-z])",
    re.IGNORECASE,
)
_MANNER = (
    r"(?i:(?:transient|permanent|focal|bilateral|unilateral|distal|partial|left|right|global|chronic|sham)\s){0,2}"
)
_PROCEDURE = re.compile(rf"(?<![A-Za-z0-9]){_MANNER}{pattern('diseases', 'procedure', whole=False)}(?![A-Za-z])")
_MODEL_OF = re.compile(
    rf"(?:(?<![A-Za-z0-9-])(?P<before>(?:[A-Za-z0-9-]{{1,30}}\s){{0,3}}{_DISEASE})\s(?:(?:mouse|rat|animal|"
    r"rodent|murine)\s)?models?|"
    rf"models?\s(?:of|for)\s(?P<after>(?:[A-Za-z0-9-]{{1,30}}\s){{0,3}}?{_DISEASE}))(?![A-Za-z])",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"^(?:(?:[a-z]+(?:ed|ing|ates?|ents?)|a|an|the|in|of|this|our|with|and|for|to|this|that|these|established|"
    r"using|used|animal|well-established|several|new|novel|mouse|rat|murine|rodent|by|from|on|as|during|"
    r"underlying|attenuating|after|against|treating|preventing|following|ameliorating|reducing|agent|"
    r"inhibitor|under|whether|also|well|cause|causes|prevent|attenuates?|between)\s)+",
    re.IGNORECASE,
)


_COURSE = (
    r"(?:(?:neonatal|acute|chronic|experimental|relapsing-remitting|obese|focal|transient|ischemic|ischaemic|low grade|"
    r"high grade)\s)?"
)
_NAMED_DISEASE = (
    r"(?:[A-Z][a-z]+(?:'s)?)\s[Ss]yndrome|breast cancer(?!\scells?)|(?:[A-Z]{2,6}\d?|[A-Z]\.\s?[a-z]+)\sinfection|"
    r"(?:[A-Z][-A-Za-z0-9]*\s)?(?:[Aa]llografts?|[Xx]enografts?)"
)
_STANDING = re.compile(
    rf"(?<![A-Za-z0-9-]){_COURSE}(?:{pattern('diseases', 'standing', whole=False)}|{_NAMED_DISEASE})(?![A-Za-z-])"
)
_NAMED = re.compile(
    r"(?<![A-Za-z0-9-])(?P<name>[A-Z][A-Za-z0-9/-]{1,14})\s(?:(?:mouse|rat|animal|murine|rodent)\s)?models?(?![A-Za-z])"
)
_NOT_NAME = re.compile(
    r"(?:The|This|Our|A|An|In|Mouse|Rat|Animal|These|Both|Disease|All|Such|Linear|Mixed|Cox|ANOVA|Statistical|"
    r"PK|PD|Hill|Markov|Bayesian|GLM|KO|WT|Mathematical|[A-Z][a-z]+ed)"
)


def find_model(text: str) -> Iterator[Span]:
    """Yield the model mentions of `text`."""
    yield from longest(_all(text))


def _all(text: str) -> Iterator[Span]:
    for match in _INDUCED.finditer(text):
        start = match.start()
        if skip := _SKIP.match(text[start : match.end()]):
            start += skip.end()
        yield Span(start, match.end(), "model", {}, SOURCE, 0.8)
    for match in _STANDING.finditer(text):
        yield Span(match.start(), match.end(), "model", {}, SOURCE, 0.6)
    for match in _NAMED.finditer(text):
        if not _NOT_NAME.fullmatch(match["name"]):
            yield Span(match.start("name"), match.end("name"), "model", {}, SOURCE, 0.55)
    for match in _PROCEDURE.finditer(text):
        if match.group().lower() in ("diabetic", "obese", "hypertensive", "epileptic") and not re.match(
            r"\s(?:mice|mouse|rats?|animals?|group|rabbits?|groups?|db/db|wounds?|controls?|littermates)\b",
            text[match.end() :],
        ):
            continue
        yield Span(match.start(), match.end(), "model", {}, SOURCE, 0.7)
    for match in _MODEL_OF.finditer(text) if "model" in text.lower() else ():
        name = "before" if match["before"] else "after"
        start = match.start(name)
        if skip := _SKIP.match(text[start : match.end(name)]):
            start += skip.end()
        yield Span(start, match.end(name), "model", {}, SOURCE, 0.6)


KIND = Kind(
    label="model",
    colour="#F7C1E0",
    find=find_model,
    named=frozenset(("DISEASE", "CANCER")),
)
