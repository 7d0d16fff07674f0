"""Routes of administration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.spans import Span

SOURCE = "grammar:route@1"
_INTRA = (
    r"intra[\s-]?(?:peritoneal|venous|muscular|gastric|thecal|articular|nasal|cranial|dermal|ventricular|cerebral|cerebroventricular|"
    r"tracheal|vitreal|ocular|colonic|rectal|vesical|cardiac|arterial|tumou?ral|hippocampal|striatal|plantar|parenchymal|cisternal|"
    r"bronchial|pulmonary|uterine|ovarian|hepatic|portal|renal|splenic|osseous|medullary|femoral|tibial|duodenal|jejunal|"
    r"coronary|myocardial|pleural|lesional|spinal|cutaneous|tympanic|cochlear|testicular|synovial|discal|oral|carotid|epidermal|vaginal|"
    r"buccal|cavernous|caval|coelomic|cavitary|luminal|mammary|nigral|accumbal|amygdal(?:a|ar)|bulbar)"
)
_KIND = (
    rf"(?:{_INTRA}|sub(?:[\s-])?(?:cutaneous|retinal|lingual|dural|arachnoid|conjunctival|mucosal|plantar|dermal|periosteal|renal capsule)|"
    r"percutaneous|transdermal|epidural|topical|oral|rectal|nasal|parenteral|retro-?orbital|peri-?articular|perineural|"
    r"systemic|epicutaneous|orogastric|nasogastric|stereota(?:x)?ic|enteral|peroral|per oral|hydrodynamic|tail[\s-](?:vein|vain)|in utero|i\.?p\.?|i\.?v\.?|s\.?c\.?|i\.?m\.?)"
)
_ACT = (
    r"(?:micro-?)?(?:injections?|infusions?|administrations?|gavages?|instillations?|deliver(?:y|ies)|inoculations?|implantations?|"
    r"applications?|electroporations?|transplantations?|route|dosing|immuni[sz]ation|bolus)"
)
_ABBREVIATED = (
    r"(?<![A-Za-z.])(?:i\.\s?(?:p|v|m|c\.\s?v|c\.?v|g|t|a|n|d|th|vt|pl|cer|o|art)\.?|I\.(?:P|V|M|C\.V|G)\.|s\.\s?c\.|S\.C\.|p\.\s?o\.|P\.O\.|per os|per oral|"
    r"i\.pl\.|i\.cv\.)(?![A-Za-z])"
)
_BARE = r"(?<![A-Za-z0-9-])(?:ip|iv|sc|im|icv|ig|po|IP|IV|SC|IM|ICV|IG|PO|SQ|IT)(?![A-Za-z0-9-])"
_VESSEL = r"(?:(?:lateral|right|left|caudal|jugular|femoral|saphenous|penile|portal|marginal|dorsal|ear|tail|external)\s){0,3}(?:tail\s|ear\s|portal\s|jugular\s|femoral\s)?(?:veins?|artery)"
ROUTE = re.compile(
    rf"(?P<adv>(?:{_INTRA}|sub-?cutaneous|sub-?retinal|percutaneous|transdermal|topical|oral|rectal|stereota(?:x)?ic(?:al)?|systemic(?:al)?|epicutaneous)ly(?:\sinjected)?(?:\sinto\sthe\s{_VESSEL})?)"
    rf"|(?P<phrase>(?<![A-Za-z]){_KIND}\s(?:\([^()]{{1,12}}\)\s)?{_ACT})"
    rf"|(?P<gav>(?:by\s)?(?<![A-Za-z])(?:oral\s|orogastric\s|intragastric\s|gastric\s)?gavaged?|(?:in|via|through|on|with)\s(?:the\s|their\s)?drinking[\s-]water)"
    rf"|(?P<vessel>(?:into|via|through|in)\s(?:the\s|a\s)?{_VESSEL}|tail[\s-](?:vein|vain)(?:\sinjections?)?)"
    rf"|(?P<abbr>{_ABBREVIATED}(?:\s(?:injections?|administration|infusions?))?)"
    rf"|(?P<bare>{_BARE})"
    rf"|(?P<kind>(?<![A-Za-z]){_INTRA}|(?<![A-Za-z])sub-?cutaneous(?!ly)|(?<![A-Za-z])in utero(?:\s(?:electroporation|injection))?|inhalation|microinject(?:ion|ed)|dietary administration)",
    re.IGNORECASE,
)
_TISSUE = re.compile(
    r"\s(?:fat|tissue|adipose|tumou?rs?\b(?! inject)|pressure|glucose|insulin|(?:glucose|insulin) tolerance|macrophages?|cells?|lavage|fluid|"
    r"space|cavity|haemorrhage|hemorrhage|calcium|Ca|signal|domain|staining|levels?|concentrations?|accumulation|expression|xenograft|"
    r"implant|nerve|vein\b|recording|electrode|lymph|metasta|epithelial|neoplas|growth|electromyo|optical|T cells|B cells|network|connectiv)",
    re.IGNORECASE,
)
_GIVING = re.compile(r"mg|ml|\u00b5g|\u03bcg|\d\s?%|inject|admin|given|dose|treat|deliver|infus|gavage", re.IGNORECASE)


def find_route(text: str) -> Iterator[Span]:
    """Yield the route mentions of `text`."""
    for match in ROUTE.finditer(text):
        start, end = match.span()
        near = text[max(0, start - 70) : end + 60]
        if match["bare"]:
            written = match["bare"]
            if written not in ("ip", "iv", "sc", "im", "icv", "IP", "SC", "IV", "IM", "ICV", "po", "PO", "ig"):
                continue
            if not re.search(r"\d\s?(?:[\u00b5\u03bcum]?g|[m\u00b5\u03bcu][lL])", near) and not re.match(
                r"[\s)]*inject", text[end:]
            ):
                continue
        if match["kind"] and _TISSUE.match(text, end):
            continue
        if match["abbr"] and not _GIVING.search(near) and not re.search(r"[,(]\s?$", text[:start]):
            continue
        if match["gav"] and match.group().lower().startswith("by "):
            start += 3
        while text[start] == " ":
            start += 1
        yield Span(start, end, "route", {}, SOURCE, 0.9)
