"""Genes, transcripts and proteins: symbols by lexicon and shape, full names, families, complexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vivex.recognize.abbreviations import find_abbreviations
from vivex.recognize.gene_ids import PROTEIN_WORDS, gene_value
from vivex.recognize.kinds import NAMED, Context, Kind, Value, found
from vivex.recognize.lexicon import genes, genes_named, phrase_key, words
from vivex.recognize.spans import Span, longest

SOURCE = "grammar:gene@1"
TOKEN = re.compile(
    r"[A-Za-z\u0370-\u03ff\u00b5][A-Za-z0-9\u0370-\u03ff\u00b5]*"
    r"(?:[-\u2010\u2011\u2013.][A-Za-z0-9\u0370-\u03ff]+)*"
    r"(?:/(?:\d[\d/]*|[\u03b1-\u03c9](?![A-Za-z\u0370-\u03ff])))*(?:\+(?=\s))?"  # "ERK1/2", "RORα/γ", "Nkx2.5+ "
    r"|(?<!\d)\d+[-\u2010]?[A-Z][A-Za-z0-9-]*"  # "5-HT2A"
)
_FAMILY = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"NF-?\s?[\u03baK\u043ak]\s?[\u03b2B]|I\u03baB(?:\u03b1|-\u03b1)?|PI3K|PI-3K|Akt|AKT|PKB|mTOR(?:C[12])?|"
    r"MTOR|MAPKs?|ERK(?:1/2|s)?|Erk(?:1/2)?|JNKs?|p38|AMPK\u03b1?|PKA|PKC\w?|"
    r"[HKNR]?-?Ras|[HKN]-?RAS|[ABC]?-?Raf(?:-1)?|c?-?Src|Myc|Rho[A-C]?|Rac1?|Bak|Fas|Mdm2|Wnt\w{0,3}|"
    r"WNT\w{0,3}|Notch\d?|Hedgehog|Hh|Smads?\d*(?:/\d)*|TLRs?\d*|NLRP3|iNOS|eNOS|nNOS|COX-?[12]|NOX\d|Nox\d|"
    r"VEGFR?\w?\d?|PDGFR?\w{0,3}|EGFR?|FGFR?\d*|IGFR?-?\d*\w?|"
    r"TGF-?[\u03b2\u03b1B]\d?|BMPs?-?\d*|TNF-?[\u03b1\u03b2]?|IFN-?[\u03b1\u03b2\u03b3]|"
    r"IL-?\d+\w?(?:[-]?[\u03b1\u03b2R])*|MMPs?-?\d*|TIMPs?-?\d*|caspases?-?\d*(?:/\d+)*|Caspases?-?\d*|"
    r"Bcl-?2|BCL-?2|Bcl-?[xX][lL]|Bax|BAX|Bad|Bim|GSK-?3(?:\u03b2|\u03b1|b)?|HIF-?1?(?:\u03b1|a)?|HO-1|"
    r"SODs?\d?|Mn-?SOD|CAT(?=\s?(?:activit|and|,))|GPx\d?|GSH-Px|NADPH oxidases?|"
    r"MHC(?:[ -]class)?(?:\s?-?I{1,2})?|NMDARs?|AMPARs?|GABA\s?A?Rs?|nAChRs?|GFP|EGFP|eGFP|YFP|EYFP|RFP|"
    r"mCherry|tdTomato|DsRed|mTomato|LacZ|lacZ|Cre(?:ER(?:T2)?)?|cre|luciferase|"
    r"Ig[GMAE]\d?\w?|CD\d+\w{0,2}|Ly-?6[GC]|F4/80|Ki-?67|BrdU(?!.)|NeuN|GFAP|Iba-?1|DAPI(?!.)|\u03b1-?SMA|"
    r"H2AX|\u03b3-?H2AX|c-?[Ff]os|c-?[Mm]yc|c-?[Jj]un|c-?[Kk]it|"
    r"p16\s?(?:Ink4a|INK4a|INK4A)|p19\s?(?:Arf|ARF)|p15\s?Ink4b|p27\s?(?:Kip1|KIP1)|"
    r"p21\s?(?:Cip1|Waf1|CIP1|WAF1)|p57\s?Kip2|HLA-[A-Z](?:,[A-Z])*|4E-BP[12]?|BSA|OVA|HRP|mIgG|hIgG|"
    r"TCR(?:\u03b1\u03b2|\u03b3\u03b4|\u03b2|\u03b4)?|GCaMP\w*|ChR2|TdTomato|ZsGreen|BFP|CFP|"
    r"CreER\s?T2?|Stat\d?(?:/\d)*|STAT\d?(?:/\d)*|Jak\d?|JAK\d?|Nrf2|CaMKII\w?|mGluRs?\d?|mGluR\d|GluN\d\w?|"
    r"GluA\d|Nav\d\.\d|Cav\d\.\d|Ca v \d(?:\.\d)?|Kir\d\.\d|ER\u03b1|ER\u03b2|PPAR-?[\u03b3\u03b1\u03b4]|"
    r"p38\u03b1(?:/\u03b2)?|"
    r"LC3(?:-?I{1,2}|B)?|p62|p53|p21|p27|p16|p65|p50|p-?(?=[A-Z])"
    r")(?![A-Za-z0-9])"
)
_NAMES = re.compile(
    r"(?<![A-Za-z])(?:(?:(?:metabotropic|ionotropic|group [I]{1,3}|[\u03b1\u03b2\u03b3]\d?)\s)?(?:NMDA|"
    r"AMPA(?:/kainate)?|kainate|GABA\s?[AB]?|D[1-5]|5-HT\s?\d\w?|purinergic|nuclear|androgen|EGF|VEGF|PDGF|"
    r"glutamate|dopamine|serotonin|estrogen|oestrogen|androgen|glucocorticoid|insulin|cannabinoid|opioid|"
    r"acetylcholine|adenosine|nicotinic acetylcholine|"
    r"muscarinic|ryanodine|leptin|T[- ]cell|B[- ]cell|toll-like|vitamin D|progesterone|histamine|melanocortin|"
    r"ghrelin|oxytocin|adrenergic|chemokine|IL-\d+|TNF|LDL|IGF-1|"
    r"transferrin)\s(?:auto)?(?:receptors?)(?:[\s-](?:\d\w?(?![A-Za-z])|alpha|beta|\u03b1|\u03b2))?"
    r"|(?:(?:[TLNPR]-type\s)?(?:voltage-gated\s|calcium-activated\s|small conductance\s)*(?:Ca\s?2\+|calcium|"
    r"sodium|potassium|K\+|Na\+|GIRK|SK|BK|HCN|TRP\w*|KCNQ|Kv\S*|K\s?ATP)\schannels?)"
    r"|(?:firefly|renilla|fly-?|gaussia|nano)\s?luciferase|cre recombinase|"
    r"enhanced (?:green|yellow) fluorescent protein|(?:\u03b2|beta)-?gal(?:actosidase)?|"
    r"[\u03b1\u03b2]\w?\s?integrins?|F-actin|inducible NO synthase|cholinesterase|HbA1c|ovalbumin|"
    r"angiotensin[- ]II(?:\s(?:type\s)?(?:1|I|2) receptor)?|adrenocorticotropic hormone|neurotrophins?|"
    r"neuroligins?|collagenase(?:\s(?:type\s)?(?:I|II|IV|P))?|cytochrome P450(?:\s\w+)?|"
    r"cytochrome (?:c )?oxidase|serine hydrolases?|janus kinase|synapsin|transthyretin|ezrin|"
    r"protein kinase (?:[ABCG]|C\w)|"
    r"MAP kinases?|receptor tyrosine kinases?|glucose transporters?|toll-like receptor(?:\s?|-)\d|"
    r"nuclear factor[- ](?:kappa\s?B|\u03baB)|leukemia inhibitory factor"
    r"|collagens?(?:\s(?:type\s)?(?:I{1,3}|IV|V|VI|X|XI|\d{1,2})(?![A-Za-z]))?|"
    r"type\s(?:I{1,3}|IV|V|X|\d{1,2})\scollagen|aggrecan|insulin|albumin|thrombin|fibrin(?:ogen)?|fibronectin|"
    r"laminin|elastin|keratins?|vimentin|desmin|nestin|"
    r"actin|(?:\u03b2|beta)[- ]actin|(?:\u03b1|alpha)[- ]smooth muscle actin|smooth muscle actin|tubulins?|"
    r"(?:\u03b2|beta|\u03b1|alpha)[- ]?(?:III\s)?tubulin|(?:\u03b1|\u03b2|\u03b3|beta|alpha|"
    r"[ab])[- ](?:catenin|tubulin)|cadherins?|[ENP]-cadherin|integrins?|"
    r"h(?:a)?emoglobin|myoglobin|myosin|troponin(?:\s[ITC])?|leptin|ghrelin|adiponectin|resistin|glucagon|"
    r"gastrin|secretin|oxytocin|vasopressin|prolactin|renin|"
    r"calcitonin|osteocalcin|osteopontin|sclerostin|erythropoietin|thrombopoietin|"
    r"interleukins?(?:[- ]\d+(?:[\u03b1\u03b2])?(?:\s(?:alpha|beta))?)?|"
    r"interferons?(?:[- ](?:\u03b1|\u03b2|\u03b3|alpha|beta|gamma))?|"
    r"tumou?r necrosis factor(?:[- ](?:\u03b1|alpha))?|transforming growth factor(?:[- ](?:\u03b2|"
    r"beta)\s?\d?)?|(?:vascular|nerve|insulin-like|epidermal|hepatocyte|fibroblast|platelet-derived|"
    r"transforming|keratinocyte|connective tissue|basic fibroblast|heparin-binding|glial|colony-stimulating|"
    r"stem cell) (?:epidermal |endothelial |nerve |fibroblast |like )?growth factor(?:[- ](?:\d|\u03b2|alpha|"
    r"beta|I{1,2}))?|brain-derived neurotrophic factor|"
    r"cyclooxygenases?(?:-?\d)?|lipoxygenases?|superoxide dismutases?|catalase|"
    r"glutathione (?:peroxidase|reductase|S-transferase)|lactate dehydrogenase|creatine kinase(?:-MB)?|"
    r"myeloperoxidase|"
    r"alanine (?:amino|trans)transferase|alanine transaminase|aspartate (?:amino|trans)transferase|"
    r"aspartate transaminase|alkaline phosphatase|acid phosphatase|tyrosine hydroxylase|acetylcholinesterase|"
    r"choline acetyltransferase|"
    r"horseradish peroxidase|green fluorescent protein|luciferase|streptavidin|protease|proteasomes?|"
    r"cytochrome c|ferritin|transferrin|ubiquitin|calmodulin|caveolin(?:-\d)?|connexin\s?-?\d*|occludin|"
    r"claudin-?\d*|"
    r"parvalbumin|somatostatin|neuropeptide Y|substance P|cholecystokinin|synaptophysin|dystrophin|amylase|"
    r"lipase|trypsin|pepsin|elastase|collagenase|hyaluronidase|matrix metalloproteinases?(?:-\d+)?|"
    r"monoamine oxidase(?:\s[AB])?|xanthine oxidase|nitric oxide synthase|inducible nitric oxide synthase|"
    r"C-reactive protein|heat shock proteins?(?:\s?\d+)?|histone H\d\w?|cohesin|caspases?(?:-\d+)?|"
    r"cathepsin\s[A-Z])(?![A-Za-z])",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:anti|phospho|pan|p|phosphorylated|pro|pre|si|sh|pAAV|AAV|rh|rm|h|m|non|Ad|LV|total|t|cleaved|r|"
    r"recombinant)[-\u2010](?=[A-Za-z\u0370-\u03ff])"
)
_SUFFIX = re.compile(
    r"[-\u2010\u2013](?:positive|negative|deficient|null|mediated|dependent|independent|induced|expressing|"
    r"treated|like|specific|KO|WT|mutant|knockout|floxed|driven|transgenic|overexpressing|"
    r"cre|Cre|FITC|PE|APC|Cy\d|conjugated|related|containing|stimulated|activated|responsive|inhibitor|siRNA|"
    r"shRNA|tagged|EGFP|eGFP|GFP|mCherry|luc|Fc|IR|ir|reporter|regulated|associated|binding|"
    r"free|coated|labeled|labelled|immunoreactive|cells?|derived|type|based|null|signaling|signalling|"
    r"targeting|targeted|linked|high|low|hi|lo|mimic|inhibitors?|knockdown|silenced|transfected|loaded|rich|"
    r"primed|secreting|producing|encoding|evoked)$"
)
_STRONG = re.compile(
    r"\s?(?:mRNA|gene\b|transcripts?\b|promoter|morphants?|mutants?\b|morpholino|locus|\+/[-\u2212+]|"
    r"[-\u2212]\s?/\s?[-\u2212]|-null|-deficient|expression\b|siRNA|shRNA|allele)"
)
_CUE = re.compile(
    r"\s?(?:mRNA|gene|protein|expression|promoter|locus|transcripts?|receptor|levels?|siRNA|shRNA|antibod|"
    r"knockdown|overexpression|knockout|-?/-|-null|kinase|signaling|signalling|phosphorylation|"
    r"activity|allele|mutant|mutation|knock|deletion|-deficient|-Cre|-cre|\+/\u2212|\u2212/\u2212|conditional|"
    r"inhibitor|agonist|antagonist|\+\s)"
)


def find_gene(text: str) -> Iterator[Span]:
    """Yield the gene mentions of `text`."""
    spans = longest([*_symbols(text), *_patterned(text), *_full_names(text)])
    other = {short for short, long in find_abbreviations(text).items() if not gene_like(long)}
    mirna = {i for s in found("mirna", text) for i in range(s.start, s.end)}
    for span in spans:
        if text[span.start : span.end] not in other and span.start not in mirna:
            yield span


def gene_like(long: str) -> bool:
    """Tell whether what an abbreviation stands for reads like a gene or protein."""
    return bool(genes_named(long) or genes(long) or PROTEIN_WORDS.search(long))


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
        if match.group().lower() in ("albumin", "actin", "collagenase", "trypsin", "insulin") and re.match(
            r"\s(?:syringes?|needles?|solution|coated)", text[match.end() :]
        ):
            continue
        yield Span(match.start(), match.end(), "gene", {}, SOURCE, 0.85)


_NO_PROTEIN = frozenset(
    "protein proteins begin origin margin remain certain skin brain pain contain obtain maintain explain vein "
    "resin toxin heparin vitamin base bases case cases phase phases disease diseases increase increases "
    "decrease decreases release "
    "release purchase database likewise chase please cease erase response dose antigen nitrogen hydrogen "
    "oxygen estrogen androgen pathogen glycogen origins margins toxins veins remains basin thin again gain "
    "main within strain strains chain "
    "chains train trains domain domains drain grain plain retain sustain attain captain curtain villain "
    "bargain antitoxin lectin protease enzyme proteases kinase kinases phosphatase phosphatases polymerase "
    "transferase hydrolase oxidase reductase "
    "dehydrogenase synthase ligase nuclease isomerase mutase peptidase caspase cadherins hemolysin endotoxin "
    "exotoxin rapamycin eosin cytokeratin melatonin serotonin dopamine creatinine bilirubin biotin avidin "
    "fluorescein rhodamine "
    "agarose gelatin dextrin digoxin toxoid lignin pectin saponin quercetin aspirin penicillin streptomycin "
    "ivermectin".split()
)
_TELLING = re.compile(r"[A-Z0-9\u0370-\u03ff]")
_LOWER_PROTEIN = re.compile(r"[a-z]{5,}(?:in|ins|ase|ases|ogen)")
_PROTEIN = re.compile(r"[A-Za-z]?[a-z]{4,}(?:in|ins|ase|ases|ogen|ulin|elin)")
_FROM_SLASH = re.compile(r"/.*$")
_LETTER_AT_END = re.compile(r"-[a-d]$|-?[\u03b1-\u03c9]$")
_LOWER, _TITLE = re.compile(r"[a-z]+"), re.compile(r"[A-Z][a-z]{2,}")
_DIGIT, _LETTERS = re.compile(r"\d"), re.compile(r"[A-Za-z]{2}|^p\d\d")
_WORD = re.compile(r"[A-Za-z0-9\u0370-\u03ff]+")
_STOP = re.compile(r"[.;:()]\s|\n")
_SEQUENCE = re.compile(r"[ACGTU]{3,}")


_NO_SYMBOL = re.compile(r"mi[Rr]s?|miRNAs?")  # "pre-miR" without a number names no miRNA and no gene


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
        if len(written) < 2 or written.isdigit() or _NO_SYMBOL.fullmatch(written):
            continue
        if written.lower() in stop and not (written[1:] != written[1:].lower() and _STRONG.match(text, end)):
            continue
        if not (_TELLING.search(written) or _LOWER_PROTEIN.fullmatch(written) or _STRONG.match(text, end)):
            continue
        if _SEQUENCE.fullmatch(written) and re.search(
            r"[ACGTU]{3}\s?$|^\s?[ACGTU]{3}", text[max(0, start - 4) : start] + "|" + text[end : end + 4]
        ):
            continue
        score = _score(written, text, end)
        if score >= 0.5:
            yield Span(start, end, "gene", {}, SOURCE, score)


def _score(written: str, text: str, end: int) -> float:
    """Return how likely a token is a gene: from its listing, its shape, and the word after it."""
    known = genes(written) or genes(_FROM_SLASH.sub("", written)) or genes(_LETTER_AT_END.sub("", written))
    if not known:
        return 0.0
    symbol = any(how in "sp" for _, how in known)
    cue = bool(_CUE.match(text, end))
    if _PROTEIN.fullmatch(written):  # "vinculin", "gankyrin"
        return 0.75 if written.lower() not in _NO_PROTEIN else 0.0
    if written.lower() in words("english") and not cue:
        return 0.0 if len(written) < 3 or not written.isupper() else 0.6 if symbol and len(written) > 3 else 0.3
    if _LOWER.fullmatch(written):  # "dbh mutant", "tk promoter": lower case as in zebrafish
        return 0.6 if symbol and written not in words("english") and len(written) < 6 else 0.0
    if _TITLE.fullmatch(written):
        if written.lower() in words("english") or not symbol:
            return 0.6 if cue and symbol else 0.3
        return 0.8
    if symbol:
        return 0.9 if len(written) > 2 or cue else 0.3
    if _DIGIT.search(written) and _LETTERS.search(written):
        return 0.8
    return 0.7 if cue or len(written) > 3 else 0.45


def _full_names(text: str) -> Iterator[Span]:
    starts = words("gene_name_starts")
    tokens = [m.span() for m in _WORD.finditer(text)]
    for i, (start, _) in enumerate(tokens):
        first = phrase_key(text[start : tokens[i][1]])
        if first not in starts:
            continue
        for length in range(min(6, len(tokens) - i), 1, -1):
            end = tokens[i + length - 1][1]
            if end - start > 70 or _STOP.search(text, start, end):
                continue
            if genes_named(text[start:end]):
                yield Span(start, end, "gene", {}, SOURCE, 0.85)
                break


def unambiguous(written: Iterable[str]) -> frozenset[str]:
    """Return the human symbols that a paper names without ambiguity, of all its gene mentions as written."""
    symbols = set()
    for words_of_it in set(written):
        found = {g.symbol for g, how in genes(words_of_it) if how == "s"}
        if len(found) == 1:
            symbols |= found
    return frozenset(symbols)


def normal(written: str, known: Value, context: Context) -> Value:
    """Return symbol, ids and candidates in the light of the paper's species, abbreviations and other genes."""
    long = context.abbreviations.get(written, "")
    return gene_value(written, species=context.species, seen=context.symbols, long=long)


KIND = Kind(
    label="gene",
    colour="#A6D8FF",
    find=find_gene,
    joining=NAMED["model"],
    normal=normal,
    named=frozenset(("GENE", "GENE_OR_GENE_PRODUCT", "PROTEIN", "DNA", "RNA", "GENE/PROTEIN", "GENE-Y", "GENE-N")),
    repeats=0.5,
)
