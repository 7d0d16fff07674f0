"""Routes of administration: adverbs, nouns, abbreviations, and the place into which something is put."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.kinds import NAMED, Context, Kind, Value, lowered
from vivex.recognize.spans import Span, longest
from vivex.vocabulary import pattern, route_of

SOURCE = "grammar:route@1"
_PLACE = pattern("routes", "anatomical", whole=False)  # intraperitoneal, subcutaneous: stands alone
_ADJECTIVE = pattern("routes", "anatomical", "adjective", whole=False)  # and oral, topical …: with a noun, as adverb
_ABBREVIATION = r"i\.\s?p\.|i\.\s?v\.|s\.\s?c\.|i\.\s?m\.|i\.\s?c\.\s?v\.|i\.\s?t\.|i\.\s?n\.|ip|iv|sc|im|icv"
_KIND = rf"(?:{_ADJECTIVE}|tail[\s-]v(?:ei|ai)n|{_ABBREVIATION})"
_ACT = (
    rf"(?:{pattern('giving', 'give noun', 'put noun', whole=False)}|applications?|immuni[sz]ations?|perfusions?|route)"
)
_ABBREVIATED = (
    # i.p. … and "I.P.", but not the initials of a name ("I. P. Smith")
    r"(?<![A-Za-z.])(?:i\.\s?(?:p|v|m|c\.\s?v|c\.?v|g|t|a|n|d|th|vt|pl|cer|o|art|b)\.?(?![A-Za-z.]*\.[A-Z])|"
    r"I\.(?:P|V|M|C\.V|G)\.|s\.\s?c\.|S\.C\.|p\.\s?o\.|P\.O\.|per os|i\.pl\.)(?![A-Za-z])"
)
_BARE = r"(?<![A-Za-z0-9-])(?:ip|iv|sc|im|icv|ig|po|IP|IV|SC|IM|ICV|PO|SQ)(?![A-Za-z0-9-])"
_SIDE = r"(?:lateral|right|left|caudal|jugular|femoral|saphenous|penile|portal|marginal|dorsal|ear|tail|external)"
_VESSEL = (
    rf"(?:{_SIDE}\s){{0,3}}"
    r"(?:tail|ear|portal|jugular|femoral|saphenous|caudal|penile|carotid|marginal ear)\s(?:veins?|artery)"
)
_STOP = (
    r"(?:and|of|with|at|to|in|for|using|or|were|was|on|by|from|as|via|every|once|before|after|daily|through|"
    r"that|which|under|"
    r"according|followed|when|until|per|prior|twice|is|are|where|while|then|a|an|over|during|within|along|"
    r"together|without|not|enhanced|"
    r"immediately|separately|because|so|but|if|had|has|have)"
)
_SITE = rf"(?!{_STOP}\b)[A-Za-z0-9-]+(?:\s(?!{_STOP}\b)[A-Za-z0-9-]+){{0,4}}"
_DETERMINER = r"(?:the|each|both the|both|one of the|left|right|mouse|rat|their|its|a|an|either|bilateral)"
_PUT_IN = r"\s(?:injected|infused|inoculated|implanted|transplanted)"
_INTO_SITE = rf"\s(?:in|into)\s(?:the|both|each)\s(?:{_VESSEL}|{_SITE}(?:\sor\s{_SITE})?)"
# "oral" alone is a route in brackets, between commas, and before what is given by mouth
_ORAL = (
    r"(?<=\()oral(?=\))|(?<=[,;]\s)oral(?=[,;)])|"
    r"(?<![A-Za-z])oral(?=\s(?:glucose tol|mixed|dos|treatment|glucose load|supplement))"
)
_FORMS = {
    "adv": rf"(?<![A-Za-z]){_ADJECTIVE}(?<=ly)(?:(?:{_PUT_IN})?{_INTO_SITE})?",
    "phrase": rf"(?<![A-Za-z]){_KIND}\s(?:(?!and|or)[a-z]+\s)?{_ACT}(?:\s(?:in|into)\s(?:the|both)\s{_VESSEL})?",
    "gav": r"(?<![A-Za-z])(?:(?:oral|orogastric|intragastric|gastric)\s)?gavaged?(?![A-Za-z])|"
    r"(?:in|via|through|on|with)\s(?:the\s|their\s)?drinking[\s-]water",
    "vessel": rf"(?:into|via|through|in)\s(?:the\s|a\s)?{_VESSEL}|tail[\s-]v(?:ei|ai)n(?:\sinjections?)?",
    "abbr": _ABBREVIATED,
    "bare": _BARE,
    "kind": rf"(?<![A-Za-z]){_PLACE}(?![A-Za-z])|(?<![A-Za-z])inhalation(?![A-Za-z])|"
    rf"(?<![A-Za-z])microinject(?:ions?|ed)(?![A-Za-z])|dietary administration|{_ORAL}",
}
ROUTE = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()), re.IGNORECASE)
_TWO_SITES = rf"both\s(?:the\s)?{_SITE}\sand\s(?:the\s)?(?!{_STOP}\b)[A-Za-z0-9-]+"
_INTO = re.compile(
    r"(?:(?:bilaterally|unilaterally|directly)\s)?(?:into|(?P<to>to|around|in))\s"
    rf"(?:{_TWO_SITES}|{_DETERMINER}\s{_SITE})"
)
_PUT = re.compile(rf"{pattern('giving', 'into')}\s[^.;]{{0,60}}$", re.IGNORECASE)
_PUT_AT = re.compile(r"(?:inject|infus)(?:ed|ing|ions?)\s(?:[A-Za-z0-9-]+\s){0,2}$", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"(?:cages?|arena|maze|chambers?|box|boxes|tubes?|vectors?|plasmids?|medium|media|buffer|database|room|"
    r"groups?|syringes?|bottles?|water|"
    r"plates?|wells?|cannulae?|gel|columns?|locus|genome|site of|mice|rats|animals|animal|solution|bath|"
    r"baseline|same|study|model|analysis|cells)$"
)
_TISSUE = re.compile(
    r"\s(?:[WB]AT\b|white adipose|brown adipose|depots?\b|"
    r"fat|tissue|adipose|tumou?rs?\b(?! inject)|pressure|macrophages?|cells?|lavage|fluid|space|cavity|"
    r"h(?:a)?emorrhage|calcium|Ca|"
    r"signal|domain|staining|levels?|concentrations?|accumulation|expression|xenograft|implant|nerve|vein\b|"
    r"recording|electrode|lymph|"
    r"metasta|epithelial|neoplas|growth|electromyo|optical|T cells|B cells|network|connectiv|circuit|synap|"
    r"inhibit|lesion|abscess|"
    r"adhesion|scar|wall|branch|arter|system|hypertension|glucose (?:level|conc)|temperature|muscle fibers|collateral)",
    re.IGNORECASE,
)
_GIVING = re.compile(rf"mg|ml|\u00b5g|\u03bcg|\d\s?%|{pattern('giving', 'cue')}", re.IGNORECASE)
_AMOUNT = re.compile(r"\d\s?(?:[\u00b5\u03bcum]?g|[m\u00b5\u03bcu][lL]|IU|U)\b|inject|administ|given|treated")
_PRECIPITATE = re.compile(
    r"precipit|co-?IP|lysate|western|antibod|blot|\bDNA\b|input|affinity|beads|"
    r"groups?\s(?:I+V?\s?[,and]+\s?)*IV\b|\bIV\s?(?:,|and|or)\s?V\b",
    re.IGNORECASE,
)

_NUMBERED = re.compile(  # "collagenase IV", "type IV": a number
    r"(?:collagenases?|collagens?|types?|stages?|grades?|class|phase|factor|group|figure|table|step)\s$", re.IGNORECASE
)


def find_route(text: str) -> Iterator[Span]:
    """Yield the route mentions of `text`."""
    yield from longest([*_named(text), *_places(text)])


def _named(text: str) -> Iterator[Span]:
    for match in ROUTE.finditer(text):
        start, end = match.span()
        near = text[max(0, start - 70) : end + 60]
        if match["bare"] and (
            _PRECIPITATE.search(near) or not _AMOUNT.search(near) or _NUMBERED.search(text[max(0, start - 14) : start])
        ):
            continue
        if match["kind"] and _TISSUE.match(text, end):
            continue
        if match["phrase"] and re.match(r"\s(?:site|cannula|needle|pump)", text[end:]):
            end = match.end()
        if match["abbr"] and not _GIVING.search(near) and not re.search(r"[,(]\s?$", text[:start]):
            continue
        yield Span(start, end, "route", {}, SOURCE, 0.9)


def _places(text: str) -> Iterator[Span]:
    """Yield "into the lateral ventricle" where something is put there."""
    for match in _INTO.finditer(text):
        before = text[max(0, match.start() - 90) : match.start()]
        if match["to"] and not _PUT_AT.search(before):
            continue
        if _PUT.search(before) and not _NO_PLACE.search(match.group()):
            yield Span(match.start(), match.end(), "route", {}, SOURCE, 0.7)


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the route's usual name, or its own words."""
    name = route_of(written)
    return {"normal": name.name if name else lowered(written)}


KIND = Kind(
    label="route",
    colour="#FFC89E",
    find=find_route,
    joining=NAMED["model"],
    normal=normal,
    named=frozenset(("ROUTE",)),
)
