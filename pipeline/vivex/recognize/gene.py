"""Genes, transcripts and proteins: symbols by lexicon and shape, full names, families, complexes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.lexicon import genes, genes_named, keys, phrase_key, words
from vivex.recognize.spans import Span, longest

SOURCE = "grammar:gene@1"
TOKEN = re.compile(
    r"[A-Za-z\u0370-\u03ff\u00b5][A-Za-z0-9\u0370-\u03ff\u00b5]*(?:[-\u2010\u2011\u2013.][A-Za-z0-9\u0370-\u03ff]+)*(?:/\d[\d/]*\b)?(?:\+(?=\s))?|\d+[-\u2010][A-Za-z][A-Za-z0-9-]*"
)
_NOT_GENE_AFTER = re.compile(r"\s?(?:cells? line|mice\b)")
_FAMILY = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"NF-?\s?[\u03baK\u043ak]\s?[\u03b2B]|I\u03baB(?:\u03b1|-\u03b1)?|PI3K|PI-3K|Akt|AKT|PKB|mTOR(?:C[12])?|MTOR|MAPKs?|ERK(?:1/2|s)?|Erk(?:1/2)?|JNKs?|p38|AMPK\u03b1?|PKA|PKC\w?|"
    r"Wnt\w{0,3}|WNT\w{0,3}|Notch\d?|Hedgehog|Hh|Smads?\d*(?:/\d)*|TLRs?\d*|NLRP3|iNOS|eNOS|nNOS|COX-?[12]|NOX\d|Nox\d|VEGFR?\w?\d?|PDGFR?\w{0,3}|EGFR?|FGFR?\d*|IGFR?-?\d*\w?|"
    r"TGF-?[\u03b2\u03b1B]\d?|BMPs?-?\d*|TNF-?[\u03b1\u03b2]?|IFN-?[\u03b1\u03b2\u03b3]|IL-?\d+\w?(?:[-]?[\u03b1\u03b2R])*|MMPs?-?\d*|TIMPs?-?\d*|caspases?-?\d*(?:/\d+)*|Caspases?-?\d*|"
    r"Bcl-?2|BCL-?2|Bcl-?[xX][lL]|Bax|BAX|Bad|Bim|GSK-?3(?:\u03b2|\u03b1|b)?|HIF-?1?(?:\u03b1|a)?|HO-1|SODs?\d?|Mn-?SOD|CAT(?=\s?(?:activit|and|,))|GPx\d?|GSH-Px|NADPH oxidases?|"
    r"MHC(?:[ -]class)?(?:\s?-?I{1,2})?|NMDARs?|AMPARs?|GABA\s?A?Rs?|nAChRs?|GFP|EGFP|eGFP|YFP|EYFP|RFP|mCherry|tdTomato|DsRed|mTomato|LacZ|lacZ|Cre(?:ER(?:T2)?)?|cre|luciferase|"
    r"Ig[GMAE]\d?\w?|CD\d+\w{0,2}|Ly-?6[GC]|F4/80|Ki-?67|BrdU(?!.)|NeuN|GFAP|Iba-?1|DAPI(?!.)|\u03b1-?SMA|H2AX|\u03b3-?H2AX|c-?[Ff]os|c-?[Mm]yc|c-?[Jj]un|c-?[Kk]it|"
    r"LC3(?:-?I{1,2}|B)?|p62|p53|p21|p27|p16|p65|p50|p-?(?=[A-Z])"
    r")(?![A-Za-z0-9])"
)
_NAMES = re.compile(
    r"(?<![A-Za-z])(?:(?:\S+\s)?(?:NMDA|AMPA|GABA\s?[AB]?|glutamate|dopamine|serotonin|estrogen|oestrogen|androgen|glucocorticoid|insulin|cannabinoid|opioid|acetylcholine|adenosine|nicotinic acetylcholine|"
    r"muscarinic|ryanodine|leptin|T[- ]cell|B[- ]cell|toll-like|vitamin D|progesterone|histamine|melanocortin|ghrelin|oxytocin|adrenergic|chemokine|IL-\d+|TNF|LDL|IGF-1|transferrin)\s(?:receptors?)(?:\s(?:\d\w?|alpha|beta|\u03b1|\u03b2))?"
    r"|collagens?(?:\s(?:type\s)?(?:I{1,3}|IV|V|VI|X|XI|\d{1,2})(?![A-Za-z]))?|type\s(?:I{1,3}|IV|V|X|\d{1,2})\scollagen|aggrecan|insulin|albumin|thrombin|fibrin(?:ogen)?|fibronectin|laminin|elastin|keratins?|vimentin|desmin|nestin|"
    r"actin|(?:\u03b2|beta)[- ]actin|(?:\u03b1|alpha)[- ]smooth muscle actin|smooth muscle actin|tubulins?|(?:\u03b2|beta|\u03b1|alpha)[- ]?(?:III\s)?tubulin|(?:\u03b2|beta)[- ]catenin|cadherins?|[ENP]-cadherin|integrins?|"
    r"h(?:a)?emoglobin|myoglobin|myosin|troponin(?:\s[ITC])?|leptin|ghrelin|adiponectin|resistin|glucagon|gastrin|secretin|oxytocin|vasopressin|prolactin|renin|"
    r"calcitonin|osteocalcin|osteopontin|sclerostin|erythropoietin|thrombopoietin|interleukins?(?:[- ]\d+(?:[\u03b1\u03b2])?(?:\s(?:alpha|beta))?)?|interferons?(?:[- ](?:\u03b1|\u03b2|\u03b3|alpha|beta|gamma))?|"
    r"tumou?r necrosis factor(?:[- ](?:\u03b1|alpha))?|transforming growth factor(?:[- ](?:\u03b2|beta)\s?\d?)?|[A-Za-z-]+ (?:epidermal |endothelial |nerve |fibroblast |like )?growth factor(?:[- ](?:\d|\u03b2|alpha|beta|I{1,2}))?|brain-derived neurotrophic factor|"
    r"cyclooxygenases?(?:-?\d)?|lipoxygenases?|superoxide dismutases?|catalase|glutathione (?:peroxidase|reductase|S-transferase)|lactate dehydrogenase|creatine kinase(?:-MB)?|myeloperoxidase|"
    r"alanine (?:amino|trans)transferase|alanine transaminase|aspartate (?:amino|trans)transferase|aspartate transaminase|alkaline phosphatase|acid phosphatase|tyrosine hydroxylase|acetylcholinesterase|choline acetyltransferase|"
    r"horseradish peroxidase|green fluorescent protein|luciferase|streptavidin|protease|proteasomes?|cytochrome c|ferritin|transferrin|ubiquitin|calmodulin|caveolin(?:-\d)?|connexin\s?-?\d*|occludin|claudin-?\d*|"
    r"parvalbumin|somatostatin|neuropeptide Y|substance P|cholecystokinin|synaptophysin|dystrophin|amylase|lipase|trypsin|pepsin|elastase|collagenase|hyaluronidase|matrix metalloproteinases?(?:-\d+)?|"
    r"monoamine oxidase(?:\s[AB])?|xanthine oxidase|nitric oxide synthase|inducible nitric oxide synthase|C-reactive protein|heat shock proteins?(?:\s?\d+)?|histone H\d\w?|cohesin|caspases?(?:-\d+)?|cathepsin\s[A-Z])(?![A-Za-z])",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:anti|phospho|pan|p|phosphorylated|pro|pre|si|sh|pAAV|AAV|rh|rm|h|m|non|Ad|LV|total|t|cleaved|r|recombinant)[-\u2010](?=[A-Za-z\u0370-\u03ff])"
)
_SUFFIX = re.compile(
    r"[-\u2010\u2013](?:positive|negative|deficient|null|mediated|dependent|independent|induced|expressing|treated|like|specific|KO|WT|mutant|knockout|floxed|driven|transgenic|overexpressing|"
    r"cre|Cre|FITC|PE|APC|Cy\d|conjugated|related|containing|stimulated|activated|responsive|inhibitor|siRNA|shRNA|tagged|EGFP|eGFP|GFP|mCherry|luc|Fc|IR|ir|reporter|regulated|associated|binding|"
    r"free|coated|labeled|labelled|immunoreactive|cells?|derived|type|based|null|signaling|signalling|targeting|targeted|linked|high|low|hi|lo|mimic|inhibitors?|knockdown|silenced|transfected|loaded|rich|primed|secreting|producing|encoding|evoked)$"
)
_SHAPE = re.compile(
    r"(?=.*[A-Z])(?=.*\d)[A-Za-z]{1,6}-?\d{1,4}[A-Za-z]?\d{0,2}|[A-Z][a-z]{1,5}\d{1,3}[a-z]?\d?|[A-Z]{3,7}"
)
_CUE = re.compile(
    r"\s?(?:mRNA|gene|protein|expression|promoter|locus|transcripts?|receptor|levels?|siRNA|shRNA|antibod|knockdown|overexpression|knockout|-?/-|-null|kinase|signaling|signalling|phosphorylation|"
    r"activity|allele|mutant|mutation|knock|deletion|-deficient|-Cre|-cre|\+/\u2212|\u2212/\u2212|conditional|inhibitor|agonist|antagonist|\+\s)"
)


def find_gene(text: str) -> Iterator[Span]:
    """Yield the gene mentions of `text`."""
    yield from longest([*_symbols(text), *_patterned(text), *_full_names(text)])


def _patterned(text: str) -> Iterator[Span]:
    for match in _FAMILY.finditer(text):
        if match.group().endswith("-") or match.group() in ("p", "Bad"):
            continue
        yield Span(match.start(), match.end(), "gene", {}, SOURCE, 0.9)
    for match in _NAMES.finditer(text):
        if match.group().lower() in ("fasting insulin",) or re.match(
            r"(?:the|and|of|in|with|by|to|for)\s", match.group().lower()
        ):
            continue
        yield Span(match.start(), match.end(), "gene", {}, SOURCE, 0.85)


def _symbols(text: str) -> Iterator[Span]:
    stop = words("gene_stop")
    for match in TOKEN.finditer(text):
        start, end = match.span()
        written = match.group().rstrip("+.")
        end = start + len(written)
        while prefix := _PREFIX.match(written):
            start += prefix.end()
            written = written[prefix.end() :]
        while suffix := _SUFFIX.search(written):
            end = start + suffix.start()
            written = written[: suffix.start()]
        if len(written) < 2 or written.lower() in stop or written.isdigit():
            continue
        if not (re.search(r"[A-Z0-9\u0370-\u03ff]", written) or re.match(r"[a-z]{3,6}\d", written)):
            continue
        score = _score(written, text, end)
        if score >= 0.5:
            yield Span(start, end, "gene", {}, SOURCE, score)


def _score(written: str, text: str, end: int) -> float:
    known = genes(written)
    if not known:
        return 0.0
    capital_word = bool(re.fullmatch(r"[A-Z][a-z]{2,}", written))
    symbol = any(how == "s" for _, how in known)
    cue = bool(_CUE.match(text, end))
    if capital_word:
        return 0.6 if (symbol or cue) and phrase_key(written) not in words("english") and cue else 0.3
    if symbol:
        return 0.9 if len(written) > 2 or cue else 0.3
    if re.search(r"\d", written) and re.search(r"[A-Za-z]{2}", written):
        return 0.8
    return 0.7 if cue or len(written) > 3 else 0.45


def _full_names(text: str) -> Iterator[Span]:
    starts = words("gene_name_starts")
    tokens = [m.span() for m in re.finditer(r"[A-Za-z0-9\u0370-\u03ff]+", text)]
    names = keys("genes.names")
    for i, (start, _) in enumerate(tokens):
        first = phrase_key(text[start : tokens[i][1]])
        if first not in starts:
            continue
        for length in range(min(6, len(tokens) - i), 1, -1):
            end = tokens[i + length - 1][1]
            if end - start > 70 or re.search(r"[.;:()]\s|\n", text[start:end]):
                continue
            if phrase_key(text[start:end]) in names and genes_named(text[start:end]):
                yield Span(start, end, "gene", {}, SOURCE, 0.85)
                break
