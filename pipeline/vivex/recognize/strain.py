"""Strains, stocks, breeds and genotypes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.lexicon import key_of, keys
from vivex.recognize.spans import Span

SOURCE = "grammar:strain@1"
D = "[-\u2010-\u2015\u2212 ]"
# canonical name: pattern
STRAINS: dict[str, str] = {
    "Sprague-Dawley": rf"Sprague{D}?\s?-?Dawl[e]?y|(?<![A-Za-z])SD(?=\srats?\b)",
    "Wistar Kyoto": rf"Wistar{D}Kyoto|WKY(?:/[A-Z][A-Za-z]*)?",
    "Wistar": r"Wistar(?:{D}?Han(?:nover)?)?|HanWistar|Han Wistar|RccHan:WIST".replace("{D}", D),
    "Long-Evans": rf"Long{D}?Evans",
    "Lewis": r"Lewis(?=\srats?\b|\s\(|\sinbred)|LEW/[A-Z][A-Za-z]*",
    "Fischer 344": rf"(?:Fischer|Fisher|F){D}?344(?:/[A-Z][A-Za-z]*)?|F344(?:/[A-Z][A-Za-z]*)?(?:{D}BN)?",
    "Brown Norway": rf"Brown{D}Norway",
    "Lister Hooded": rf"Lister{D}[Hh]ooded|Hooded Lister",
    "Zucker": r"Zucker(?:\s(?:diabetic fatty|fatty|obese|lean))?(?:\s\(fa/fa\))?",
    "Goto-Kakizaki": rf"Goto{D}Kakizaki",
    "Dahl salt-sensitive": rf"Dahl{D}(?:[Ss]alt{D}[Ss]ensitive|SS|S)",
    "spontaneously hypertensive": rf"[Ss]pontaneously{D}[Hh]ypertensive|SHR(?:SP)?(?:/[A-Z][A-Za-z]*)?",
    "Holtzman": r"Holtzman",
    "BALB/c": r"BALB\s?/\s?[cC](?:[A-Z][A-Za-z]*)?(?:{D}?nu(?:/nu)?)?(?:\s?nude)?|Balb\s?/\s?[cC](?:J|AnN\w*)?|BALB/cJ|BALBc|BALB-c".replace(
        "{D}", D
    ),
    "C57BL/6J": r"C57\s?[Bb][Ll]\s?/\s?6\s?J(?!\w)|C57B6/?J|B6/J",
    "C57BL/6N": r"C57\s?[Bb][Ll]\s?/\s?6\s?N(?:\w{1,4})?(?!\w)",
    "C57BL/6": r"C57\s?[Bb][Ll]\s?/?\s?-?6(?:JRj|JOlaHsd|JArc)?(?![0-9])|C57\s?[Bb]\s?/\s?6J?|C57/[Bb][Ll]6J?|C57BL6J?|C57\s?black\s?6|C57BL/10\w*|C57BL/Ka\w*|C57BL",
    "B6": r"(?<![A-Za-z0-9-])B6(?=\s(?:mice|mouse|wild|WT|background|strain|recipients|controls?)|\.)",
    "C3H": r"C3H(?:/[A-Z][A-Za-z]*)?",
    "DBA": r"DBA\s?/\s?[12](?:J|N|Lac[A-Z]\w*)?",
    "129": r"(?<![A-Za-z0-9.])129(?:/?S[vV](?:/?[A-Z]\w*)?|S\d(?:/[A-Z]\w*)?|P\d/\w+|X1/\w+|/Ola\w*|T2/\w*)",
    "CBA": r"CBA(?:/[A-Z][A-Za-z]*)?",
    "FVB": r"FVB(?:/NJ?|/N\w*)?",
    "A/J": r"(?<![A-Za-z/])A/J(?![A-Za-z])",
    "AKR": r"AKR/[JN]",
    "SJL": r"SJL(?:/J)?",
    "ICR": r"(?<![A-Za-z])ICR(?![A-Za-z])",
    "CD-1": r"(?<![A-Za-z])CD\s?-?1(?=\s(?:mice|mouse|\(ICR\)|\[ICR\]|nude|IGS|outbred|dams|pups|males|females))|Crl:CD-?1(?:\(ICR\))?",
    "Swiss": r"Swiss(?:[- ][Ww]ebster|[- ][Aa]lbino|[- ]ICR)?(?=\s(?:mice|mouse|albino|strain|male|female)|[- ][Ww]ebster)(?:[- ][Ww]ebster)?(?:[- ][Aa]lbino)?",
    "Kunming": rf"Kun{D}?[Mm]ing",
    "NMRI": r"NMRI(?:{D}?(?:nu/nu|nude))?".replace("{D}", D),
    "ddY": r"(?<![A-Za-z])ddY(?![A-Za-z])",
    "NOD": r"NOD(?:/\w+|\.\w+|\.CB17-[\w-]+)?(?=[ ,./(;-])(?:[/-]?SCID(?:\s?gamma)?|/SCID|-scid)?(?:/[A-Z]\w*)?",
    "NSG": r"(?<![A-Za-z])NSG(?![A-Za-z0-9])",
    "SCID": r"(?:C\.?B-?17[ /-]?)?(?<![A-Za-z])(?:SCID|Scid|scid)(?:[/-][Bb]eige)?(?![A-Za-z])",
    "nude": r"(?<![A-Za-z])(?:athymic\s)?nude(?=\s(?:mice|mouse|rats?))|nu/nu|Foxn1\s?nu",
    "db/db": r"(?<![A-Za-z])db/db(?![A-Za-z])",
    "ob/ob": r"(?<![A-Za-z])ob/ob(?![A-Za-z])",
    "New Zealand White": rf"New{D}Zealand(?:{D}[Ww]hite|{D}[Bb]lack|{D}[Oo]bese)?(?=[ ,.;)])|NZW(?![A-Za-z])",
    "Dunkin-Hartley": rf"(?:Dunkin{D})?Hartley(?=[ ,.;)])",
    "Japanese White": rf"Japanese{D}[Ww]hite",
    "Beagle": r"[Bb]eagles?(?=[ ,.;)])",
    "Yorkshire": r"Yorkshire(?=\s(?:pigs?|swine|cross|piglets))",
    "Gottingen minipig": r"G\u00f6ttingen",
    "Landrace": r"(?:Danish\s|German\s|Swedish\s)?Landrace",
    "Merino": r"Merino(?=\s)",
    "Duroc": r"Duroc(?:\s?\u00d7\s?\w+)*",
    "5xFAD": r"5\s?[x\u00d7X]\s?FAD",
    "APP/PS1": r"APP\s?/\s?PS1(?:dE9)?|APPswe/PS1dE9|APPswe/PSEN1dE9",
    "3xTg-AD": r"3\s?[x\u00d7]\s?Tg(?:-AD)?",
    "mdx": r"(?<![A-Za-z])mdx(?![A-Za-z])",
    "ApoE-/-": r"(?!x)x",
    "Rag": r"(?!x)x",
    "AB": r"(?<![A-Za-z])(?:AB|TL|T\u00fc)(?=\s(?:strain|wild-?type)\s)",
    "N2": r"(?<![A-Za-z])N2(?=\s(?:Bristol|wild|strain))",
    "C57BL/6 hybrid": r"B6C3F1(?:/J)?|B6D2F1|B6CBAF1|CB6F1|BDF1|B6SJL(?:F1)?(?:/J)?|B6129\w*|B10\.\w+|BTBR(?:\s?T\+\s?\S+)?",
}
_ALL = re.compile("|".join(f"(?P<s{i}>{pattern})" for i, pattern in enumerate(STRAINS.values())))
_CANON = list(STRAINS)
_ALLELE = (
    r"(?:[-\u2010-\u2015\u2212]\s?/\s?[-\u2010-\u2015\u2212]|\+\s?/\s?[-\u2010-\u2015\u2212+]|[-\u2010-\u2015\u2212]\s?/\s?\+|"
    r"(?:fl|flox|f|loxP|lox)\s?/\s?(?:fl|flox|f|loxP|lox|\+|[-\u2010-\u2015\u2212])|Fl/Fl|FL/FL|F/F)(?![A-Za-z])"
)
_GENE_NAME = r"[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+){0,3}"
_KNOCKOUT = r"(?:[- ](?:knockout|knock-out|null|deficient|KO|cKO|CKO|transgenic|knock-in|knockin|KI))(?=\s(?:mice|mouse|rats?|animals|pups|embryos|littermates|littermate|controls?|females?|males?))"
_GENOTYPE = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<allele>{_GENE_NAME}\s?\(?{_ALLELE}\)?(?:\s?(?:;|::|:|/)\s?{_GENE_NAME}(?:\s?{_ALLELE}|-?[Cc]re(?:ER)?(?:T2)?(?:\s?\+)?)?)*)"
    rf"|(?<![A-Za-z0-9.])(?P<ko>(?=[A-Za-z0-9-]*[A-Z0-9])[A-Za-z][A-Za-z0-9]*(?:-[0-9][A-Za-z0-9]*|[-.][A-Za-z0-9]+)?{_KNOCKOUT})"
    r"|(?P<tg>Tg\([A-Za-z0-9:.\-/ ]{2,30}\)\s?\w{0,8})"
    r"|(?<![A-Za-z0-9])(?P<cre>[A-Z][A-Za-z0-9]{1,9}[- ][Cc]re(?:ER)?(?:T2)?(?:ER\s?T2)?)(?=\s(?:mice|mouse|transgenic|line|driver))"
    r"|(?<![A-Za-z0-9])(?P<abbr>c?KO|LKO|CKO|DKO|dKO|cKO)(?=\s(?:mice|mouse|animals|rats|embryos|littermates|males|females))"
)
_WORDS = re.compile(r"(?:the|and|of|in|on|with|for|wild|control|mice|both|from|to|or|group|either|vs)\b", re.IGNORECASE)
_CONTEXT = re.compile(r"\s?(?:\([A-Za-z/]+\)\s)?(?:mice|mouse|rats?|strain|background|males?|females?|pups|inbred)\b")
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9.])[A-Z][A-Za-z0-9]*(?:[/.-][A-Za-z0-9]+){0,3}(?=\s(?:mice|rats|mouse strain|strain)\b)"
)


def find_strain(text: str) -> Iterator[Span]:
    """Yield the strain mentions of `text`."""
    taken: list[tuple[int, int]] = []
    for match in _ALL.finditer(text):
        if match.end() == match.start():
            continue
        index = int(str(match.lastgroup)[1:])
        taken.append(match.span())
        yield Span(match.start(), match.end(), "strain", {"normal": _CANON[index]}, SOURCE, 0.95)
    for match in _GENOTYPE.finditer(text):
        start, end = match.span()
        if _WORDS.match(text, start) or any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        yield Span(start, end, "strain", {"normal": re.sub(r"\s+", " ", match.group())}, SOURCE, 0.8)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if any(start < b and a < end for a, b in taken) or not re.search(r"[A-Z].*[A-Z0-9/]", match.group()):
            continue
        if name := keys("strains").get(key_of(match.group())):
            yield Span(start, end, "strain", {"normal": name}, SOURCE, 0.7)


def canonical(written: str) -> str:
    """Return the canonical name of a strain as written, or "" where it isn't one of the common ones."""
    match = _ALL.match(written + " mice")
    return _CANON[int(str(match.lastgroup)[1:])] if match and match.end() >= len(written) - 2 and match.end() else ""
