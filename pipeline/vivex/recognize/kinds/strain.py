"""Strains, stocks, breeds and genotypes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.kinds import NAMED, Context, Kind, Value
from vivex.recognize.lexicon import genes, key_of, keys, words
from vivex.recognize.spans import Span, longest

SOURCE = "grammar:strain@1"
D = r"(?:\s?[-\u2010-\u2015\u2212]\s?|\s)"
# canonical name: pattern
STRAINS: dict[str, str] = {
    "Sprague-Dawley": (
        rf"(?:Harlan )?[Ss]prague{D}?[Dd]awl[e]?y|(?<![A-Za-z])SD(?=\s(?:rats?|male|female|dams|pups)\b)|"
        r"(?<=\bmale )SD\b|(?<=\bfemale )SD\b|(?<=\badult )SD\b"
    ),
    "Wistar Kyoto": rf"Wistar{D}Kyoto|WKY(?:/[A-Z][A-Za-z]*)?",
    "Wistar": r"Wistar(?:{D}?Han(?:nover)?)?|HanWistar|Han Wistar|RccHan:WIST".replace("{D}", D),
    "Long-Evans": rf"[Ll]ong{D}?Evan'?\s?'?s?(?![a-z])",
    "Lewis": r"Lewis(?=\srats?\b|\s\(|\sinbred)|LEW/[A-Z][A-Za-z]*",
    "Fischer 344": (
        rf"(?:Fischer|Fisher|F){D}?344(?!\d)|Fis(?:c)?her(?=\srats?)|F344(?:/[A-Z][A-Za-z]*)?|"
        rf"F344(?:/[A-Z][A-Za-z]*)?(?:{D}BN)?"
    ),
    "Brown Norway": rf"Brown{D}Norway",
    "Lister Hooded": rf"Lister{D}[Hh]ooded|Hooded Lister",
    "Zucker": r"Zucker(?:\s(?:diabetic fatty|fatty|obese|lean))?(?:\s\(fa/fa\))?",
    "Goto-Kakizaki": rf"Goto{D}Kakizaki",
    "Dahl salt-sensitive": rf"Dahl{D}(?:[Ss]alt{D}[Ss]ensitive|SS|S)",
    "spontaneously hypertensive": rf"[Ss]pontaneously{D}[Hh]ypertensive|SHR(?:SP)?(?:/[A-Z][A-Za-z]*)?",
    "Holtzman": r"Holtzman",
    "BALB/c": (
        r"BALB\s?/\s?[cC](?:[A-Z][A-Za-z]*)?(?:{D}?nu(?:/nu)?(?![a-z]))?(?:[\s-]?nude)?|"
        r"Balb\s?/\s?[cC](?:J|AnN\w*)?|BALB/cJ|BALBc|BALB-c"
    ).replace("{D}", D),
    "C57BL/6J-Chr (consomic)": r"(?:B6|C57BL/6J?)-Chr\s?[0-9XYM]+(?:\s?A/J|\s?PWD)?",
    "C57BL/6J": r"C57BL6/J|C57\s?[Bb][Ll]\s?/\s?6\s?J(?!\w)|C57B6/?J|B6/J",
    "C57BL/6N": r"C57\s?[Bb][Ll]\s?/\s?6\s?N(?:\w{1,4})?(?!\w)",
    "C57BL/6": (
        r"C57\s?[Bb][Ll]\s?/?\s?-?6(?:JRj|JOlaHsd|JArc)?(?![0-9])|C57\s?[Bb]\s?/\s?6J?|C57/[Bb][Ll]6J?|C57BL6J?|"
        r"C57\s?black\s?6|C57BL/10\w*|C57BL/Ka\w*|C57BL"
    ),
    "B6": r"(?<![A-Za-z0-9-])B6(?=\sand\s|\s(?:mice|mouse|wild|WT|background|strain|recipients|controls?)|\.)",
    "C3H": r"C3H(?:/[A-Z][A-Za-z]*)?",
    "DBA": r"DBA\s?/\s?[12](?:J|N|Lac[A-Z]\w*)?",
    "129": r"(?<![A-Za-z0-9.])129(?:/?S[vV](?:/?[A-Z]\w*)?|S\d(?:/[A-Z]\w*)?|P\d/\w+|X1/\w+|/Ola\w*|T2/\w*)",
    "CBA": r"CBA(?:/[A-Z][A-Za-z]*|(?=\s(?:mice|mouse)))",
    "FVB": r"FVB(?:/NJ?|/N\w*)?",
    "A/J": r"(?<![A-Za-z/])A/J(?![A-Za-z])",
    "AKR": r"AKR/[JN]",
    "SJL": r"SJL(?:/J)?",
    "ICR": r"(?<![A-Za-z])ICR(?![A-Za-z])",
    "CD-1": (
        r"(?<![A-Za-z])CD\s?-?\s?1(?=\s(?:male|female|strain|mice|mouse|\(ICR\)|\[ICR\]|nude|IGS|outbred|dams|"
        r"pups|males|females))|Crl:CD-?1(?:\(ICR\))?"
    ),
    "Swiss": (
        r"Swiss(?:[- ][Ww]ebster|[- ][Aa]lbino|[- ]ICR)?(?=\s(?:mice|mouse|albino|strain|male|female)|"
        r"[- ][Ww]ebster)(?:[- ][Ww]ebster)?(?:[- ][Aa]lbino)?"
    ),
    "CF-1": r"(?<![A-Za-z0-9])CF-1(?![A-Za-z0-9])",
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
    "C57BL/6 hybrid": (
        r"B6C3F1(?:/J)?|B6D2F1(?:/J)?|B6CBAF1|CB6F1|BDF1|B6SJL(?:F1)?(?:/J)?|B6129\w*|B10\.\w+|"
        r"BTBR(?:\s?T\+\s?\S+)?"
    ),
}
_ALL = (
    re.compile(  # a name begins where no small letter goes before: that spares most places of a text the trial of each
        "(?<![a-z])(?:" + "|".join(f"(?P<s{i}>{pattern})" for i, pattern in enumerate(STRAINS.values())) + ")"
    )
)
_CANON = list(STRAINS)
_M = "[-\u2010-\u2015\u2212]"
_ANIMALS = (
    r"(?:mice|mouse|rats?|animals?|littermates?|pups|embryos?|males?|females?|mutants?|line|lines|"
    r"heterozygotes|homozygotes|controls?|hearts?|zebrafish|larvae)"
)
_ALLELE = (
    rf"(?:{_M}\s?/\s?{_M}|\+\s?/\s?(?:{_M}|\+|neo|fl|lox|f|F|KI)(?![A-Za-z])|{_M}\s?/\s?\+|"
    rf"(?:fl|flox|f|loxP|lox|floxed|F|Fl|FL|KI|ki|m|neo)\s?/\s?(?:fl|flox|f|loxP|lox|\+|{_M}|F|Fl|FL|KI|ki|m|"
    r"neo|Y|y)(?![A-Za-z0-9])|\s?/\s?Y(?![A-Za-z]))"
)
_NAME = r"(?:\[[A-Za-z]+\])?[A-Za-z\u0370-\u03ff][A-Za-z0-9\u0370-\u03ff]*(?:[-./][A-Za-z0-9\u0370-\u03ff]+){0,3}"
_CRE = r"(?:[Cc]re(?:[-/]?ER)?(?:\s?T2?|T2)?(?:\s?\+)?|CreERT2)"
_KO = (
    r"(?:(?:germline |conditional |total |global )?(?:knock-?out)|"
    r"(?:single |double |compound )?mutants?(?=\s(?:mice|mouse|embryos|animals|fish|zebrafish|rats|neurons|"
    r"larvae|phenotype))|-?(?:deficient|null)|KO|cKO|CKO|LKO|DKO|dKO|TKO|iKO|KI|null|knock-?outs?|knock-?ins?|"
    r"deficient|haploinsufficient|DTG)"
)
_JOIN = r"\s?(?:;|::|:)\s?|\s"
_PART = rf"{_NAME}(?:\s?\(?{_ALLELE}\)?|[- ]{_CRE}(?![a-z])|\s?tm\d[A-Za-z.0-9]*|[- ]{_KO}(?![A-Za-z]))"
_SYMBOL = r"[A-Z][a-z]{1,4}\d+[a-z]?"  # the mouse gene before a driver: "Abc1 driver CKO"
_GLUED = r"[A-Z][A-Za-z0-9]{1,9}(?:-[A-Z])?[Cc]re(?:[-/]?ER)?(?:\s?T2)?(?:\s?\+|\s?Tg/\+)?(?![A-Za-z])"  # "Xyz1Cre +"
_GENOTYPE = re.compile(
    rf"(?<![A-Za-z0-9.\u0370-\u03ff])(?P<geno>(?:{_SYMBOL}\s(?={_NAME}\s?c?[CKTD]KO\b))?{_PART}(?:\s?(?:;|::|"
    rf":)\s?{_GLUED}|(?:{_JOIN}){_PART}|\s?;\s?{_NAME}(?:\sm)?(?=\s(?:mice|animals|mutant))|"
    r"\s?/\s?Y(?![A-Za-z]))*)"
    r"|"
    r"(?P<tg>(?<![A-Za-z])Tg\s?\([^()\s]{2,40}(?:\s?[A-Z]\d?\s?)?\)(?:\s?[0-9A-Z][A-Za-z0-9]*(?=[\s,.;)]))?"
    r"(?:\s?;\s?(?:Tg\s?)?\([^()\s]{2,40}\))*)"
    rf"|(?<![A-Za-z0-9])(?P<abbr>c?KO|LKO|CKO|DKO|dKO|cKO)(?=\s{_ANIMALS})"
)
_BEFORE_ANIMALS = re.compile(
    rf"(?<![A-Za-z0-9.\u0370-\u03ff/-])(?P<name>(?:{_NAME}\s)?{_NAME})\s(?:transgenic\s|mutant\s|knockout\s|"
    r"reporter\s|conditional\s)?(?=(?:mice|mouse|rats|littermates)\b)"
)
_REPORTER = re.compile(
    r"[-](?:[Cc]re(?:ER)?(?:T2)?|E?GFP|eGFP|EYFP|YFP|mCherry|tdTomato|lacZ|LacZ|luc|Sp|Tg|tg|TG|KO|cKO|null|"
    r"CKO|flox|tTA|rtTA)\b"
)
_DRIVER = re.compile(
    r"(?<![A-Za-z0-9.:-])[A-Z][A-Za-z0-9]{1,9}-[Cc]re(?:ER(?:T2)?)?(?![A-Za-z])(?!\s(?:virus|vector|"
    r"recombinase|plasmid|AAV))"
)
_PLAIN_WORDS = re.compile(
    r"(?:[Tt]he|[Tt]hese|[Tt]hose|[Tt]his|but|and|of|in|on|with|for|wild|control|mice|both|from|to|or|groups?|"
    r"either|vs|were|was|produce|that|these|all|as|by|at|are|is|between|using|whereas|when|than|after|before|"
    r"female|male|adult|young|old|aged|homozygous|heterozygous|mutant|transgenic|conditional|knockout|"
    r"pregnant|na\u00efve|sham|WT|wt|littermate|age-matched|the|an|a|her|our|sex-matched|"
    r"null|deficient|genotypes?|alleles?|mice|embryos?|mouse|lacking|carrying|crossed|double|single|triple|"
    r"background|both|into|not|these|those|only|other|C57|cells?|neurons?|tissue|wild-type|vehicle|"
    r"[a-z]+ed|[a-z]+ing|[a-z]+ly)\b",
)
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9.])[A-Z][A-Za-z0-9]*(?:[/.-][A-Za-z0-9]+){0,3}(?=\s(?:mice|rats|mouse strain|strain)\b)"
)


def find_strain(text: str) -> Iterator[Span]:
    """Yield the strain mentions of `text`."""
    genotypes = list(_genotypes(text))
    named = []
    for match in _ALL.finditer(text):
        if match.end() > match.start():
            name = _CANON[int(str(match.lastgroup)[1:])]
            named.append(Span(match.start(), match.end(), "strain", {"normal": name}, SOURCE, 0.95))
    for match in _TOKEN.finditer(text):
        if re.search(r"[A-Z].*[A-Z0-9/]", match.group()) and (known := keys("strains").get(key_of(match.group()))):
            named.append(Span(match.start(), match.end(), "strain", {"normal": known}, SOURCE, 0.7))
    yield from longest([*named, *genotypes])


def _genotypes(text: str) -> Iterator[Span]:
    for match in _GENOTYPE.finditer(text):
        start, end = match.span()
        while word := _PLAIN_WORDS.match(text, start, end):
            if word.end() >= end or text[word.end()] not in " -":
                break
            start = word.end() + 1
        written = text[start:end]
        if not written[:1].isalpha() and not written.startswith("["):
            continue
        if match["geno"] and (
            back := re.search(r"(?<![A-Za-z0-9])(?:B6|C57BL/6J?|C57Bl/6|FVB|BALB/c)-\s?$", text[:start])
        ):
            start = back.start()
            written = text[start:end]
        if match["geno"] and not _is_genotype(written, text[end : end + 20]):
            continue
        yield Span(start, end, "strain", {"normal": re.sub(r"\s+", " ", written)}, SOURCE, 0.8)
    for match in _DRIVER.finditer(text):
        if not re.match(r"(?:AAV|GFP|CMV|EGFP|eGFP|Ad|LV|pAAV|hSyn|CAG|mCherry|adeno|adenovirus|lenti)", match.group()):
            yield Span(match.start(), match.end(), "strain", {"normal": match.group()}, SOURCE, 0.7)
    for match in _BEFORE_ANIMALS.finditer(text):
        start, end = match.span("name")
        first, _, second = match["name"].partition(" ")
        if second:
            if _PLAIN_WORDS.fullmatch(first) or not (
                _REPORTER.search(first) or _symbol(first) or first.startswith("miR")
            ):
                start += len(first) + 1
                first = ""
            if _PLAIN_WORDS.fullmatch(second):
                if not first:
                    continue
                end = start + len(first)
        written = text[start:end]
        last = written.split(" ")[-1]
        if _PLAIN_WORDS.fullmatch(written) or not (_REPORTER.search(written) or _symbol(last)):
            continue
        yield Span(start, end, "strain", {"normal": written}, SOURCE, 0.7)


def _symbol(word: str) -> bool:
    """Tell whether the word is a gene symbol of the shape that names a line ("Disc1", "ApoE", "GHRH-KO")."""
    if (
        not re.search(r"[A-Z]", word)
        or len(word) < 3
        or word.lower() in words("gene_stop")
        or word in ("STZ", "EAE", "DSS", "OVX", "HFD", "MCAO", "BDL", "CIA")
    ):
        return False
    return any(how in "sp" for _, how in genes(word)) and bool(re.search(r"\d|[a-z]", word[1:]))


def _is_genotype(written: str, after: str) -> bool:
    written = re.sub(r"^(?:B6|C57BL/6J?|C57Bl/6|FVB|BALB/c)-\s?", "", written)
    head = re.split(r"[\s(]|(?<=[a-z0-9])[-](?=[CKnkdDL])", written)[0]
    if re.fullmatch(r"\W*", head) or _PLAIN_WORDS.fullmatch(head):
        return False
    if re.search(_ALLELE, written):
        return (len(head) > 1 and not re.fullmatch(r"(?:CD\d+|MHC\w*|[a-z]{4,}|[A-Z]|GFP|RFP)", head)) or bool(
            re.match(rf"\s(?:\S+\s)?{_ANIMALS}", after)
        )
    if re.match(rf"\s(?:\([^()]*\)\s)?(?:\S+\s)?{_ANIMALS}", after):
        return True
    return bool(re.search(r"(?:miR|let)-", written)) or (
        bool(genes(head)) and not re.search(r"[- ]deficient$", written)
    )


def canonical(written: str) -> str:
    """Return the canonical name of a strain as written, or "" where it isn't one of the common ones."""
    match = _ALL.match(written + " mice")
    return _CANON[int(str(match.lastgroup)[1:])] if match and match.end() >= len(written) - 2 and match.end() else ""


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the strain's canonical name; what the rules read in its place counts first."""
    return {
        "normal": canonical(written) or keys("strains").get(key_of(written)) or re.sub(r"\s+", " ", written),
        **known,
    }


KIND = Kind(
    label="strain",
    colour="#E3D5F7",
    find=find_strain,
    joining=NAMED["model"],
    normal=normal,
    named=frozenset(("STRAIN",)),
    repeats=0.7,
)
