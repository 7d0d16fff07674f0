"""Cell types and cell lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.lexicon import keys, phrase_key
from vivex.recognize.spans import Span, longest

SOURCE = "grammar:cell@1"
# tokens of a name before its head: markers, tissues, adjectives; never plain function or change words
_MODIFIER = (
    r"(?:(?!(?:the|of|in|and|or|these|those|all|both|with|to|from|by|for|on|were|was|are|is|as|at|that|which|their|its|our|this|each|other|some|more|many|most|several|few|"
    r"various|different|no|not|than|between|using|into|per|after|before|during|when|where|total|single|individual|number|numbers|percentage|proportion|ratio|loss|"
    r"treated|transfected|infected|cultured|isolated|injected|washed|plated|remaining|adjacent|surrounding|normal|control|controls|viable|live|dead|dying|apoptotic|"
    r"positive|negative|stained|labeled|labelled|expressing|recorded|these|resulting|target|only|also|new|wild-type|mutant|mouse|human|rat|murine|rabbit|whole|present|"
    r"increased|decreased|reduced|enhanced|purified|sorted|host|donor|recipient|two|three|million|induced|any|such|but|produced|recruited|activated|additional|stimulated|"
    r"however|furthermore|interestingly|moreover|healthy|naive|nearby|major|specific|different|primary cultured|we|cells?|showed|had|have|has|lines?|against|within|through|via|because|if|how|among|under)\b)"
    r"[A-Za-z0-9\u0370-\u03ff][A-Za-z0-9\u0370-\u03ff/+\u2212-]*\s(?:\+\s)?)"
)
_HEAD = (
    r"(?:(?:inter|moto|astro)?neurons?|neurones?|macrophages?|microglia|monocytes?|lymphocytes?|leukocytes?|leucocytes?|neutrophils?|eosinophils?|basophils?|granulocytes?|erythrocytes?|thymocytes?|splenocytes?|"
    r"hepatocytes?|chondrocytes?|osteocytes?|astrocytes?|oligodendrocytes?|adipocytes?|podocytes?|keratinocytes?|melanocytes?|enterocytes?|cardiomyocytes?|myocytes?|oocytes?|spermatocytes?|pericytes?|"
    r"synoviocytes?|tenocytes?|reticulocytes?|megakaryocytes?|(?:pre)?adipocytes?|pneumocytes?|colonocytes?|cholangiocytes?|trophoblasts?|fibroblasts?|osteoblasts?|myoblasts?|osteoclasts?|odontoblasts?|neuroblasts?|"
    r"myofibroblasts?|myotubes?|platelets?|spermatozoa|sperm|spermatids?|spermatogonia|blastocysts?|glia|motoneurons?|MSNs?|satellite glia|progenitors|neurospheres?|organoids?)(?![A-Za-z-])"
)
_CELLS = r"(?:stem cells?|progenitor cells?|precursor cells?|(?<![A-Za-z])cells?)(?![A-Za-z-])"
_GENERIC = re.compile(r"^(?:the\s)?cells?$|^stem cells?$", re.IGNORECASE)
_TYPE = re.compile(
    r"(?:[A-Za-z0-9+\u2212\u03b1-\u03c9-]*(?:T|B|NK|NKT|Treg|Th\d+|Tfh|ES|iPS|mast|hair|beta|alpha|delta|\u03b2|\u03b1|Schwann|Purkinje|Golgi|granule|pyramidal|ganglion|stem|tumou?r|cancer|carcinoma|leukemi[ac]|leukaemi[ac]|lymphoma|"
    r"melanoma|glioma|glioblastoma|epithelial|endothelial|stromal|mesenchymal|hematopoietic|haematopoietic|dendritic|myeloid|lymphoid|immune|plasma|muscle|smooth muscle|satellite|glial|neural|neuronal|germ|somatic|islet|acinar|"
    r"Leydig|Sertoli|Kupffer|stellate|mononuclear|marrow|spleen|splenic|lymph node|mesangial|tubular|podocyte|goblet|Paneth|crypt|luminal|basal|myoepithelial|mammary|retinal|M\u00fcller|photoreceptor|bipolar|amacrine|fusiform|"
    r"supporting|interstitial|amoeboid|blood|progenitor|precursor|embryonic|pluripotent|multipotent|effector|memory|regulatory|cytotoxic|helper|killer|chromaffin|endocrine|neuroendocrine|senescent|red blood|white blood|"
    r"synovial|nucleus pulposus|bone|trophoblast|granulosa|theca|cumulus|HeLa|follicular|inflammatory|phagocytic|fibroblast-like|epidermal|dermal|skin|lung|liver|kidney|renal|hepatic|cardiac|alveolar|airway|bronchial|intestinal|gastric|colonic|prostate|ovarian|breast|cortical|hippocampal|cerebellar|spinal|pancreatic|pituitary|adrenal|thyroid|corneal|lens|taste|sensory|motor|ependymal|choroid|oligodendrocyte|neuroepithelial|radial glial|place|grid|mitral|stellate|Cajal|parietal|chief|foam|giant|mural|perivascular|osteoprogenitor|osteogenic|chondrogenic|CRC|HCC|LL[C2]|AML|CLL|ALL|GBM)[-\s])"
)
_LINES = re.compile(
    r"(?<![A-Za-z0-9])(?:HEK[- ]?293[TAFH]?(?:[- ]?(?:FT|T/17))?|293[TF]T?|HeLa(?:[- ]?S3)?|Hela|MCF[- ]?(?:7|10A)|MDA[- ]MB[- ]?\d{3}|4T1|T47D|SK[- ]?BR[- ]?3|BT[- ]?(?:474|549|20)|A549|H1299|H460|H1975|PC[- ]?(?:3|9|12)|LNCaP|DU[- ]?145|"
    r"22Rv1|HT[- ]?(?:29|1080|22)|HCT[- ]?(?:116|15|8)|SW[- ]?(?:480|620|1353|1990)|Caco[- ]?2|LoVo|DLD[- ]?1|RKO|CT26|MC38|HepG2|Hep3B|Huh[- ]?7|SMMC[- ]?7721|SK[- ]?Hep[- ]?1|LO2|L02|HL[- ]?(?:60|7702|1)|U937|THP[- ]?1|"
    r"K562|Jurkat|Raji|Ramos|MOLM[- ]?13|MV4[- ]?11|RAW\s?264\.7|J774(?:\.?A1)?|BV[- ]?2|N9|NIH[- ]?3T3|3T3[- ]?L1|Swiss 3T3|C2C12|L6|H9[cC]2|AC16|INS[- ]?1E?|MIN6|\u03b2TC\d|CHO(?:[- ]?K1)?|COS[- ]?[17]|Cos[- ]?7|Vero(?:\sE6)?|"
    r"BHK[- ]?21|MDCK|LLC(?:[- ]PK1)?|B16(?:[- ]?F(?:10|1|0))?|A375|SK[- ]?MEL[- ]?\d+|U[- ]?87(?:\s?MG)?|U[- ]?251|T98G|LN229|C6|GL261|SH[- ]?SY5Y|SK[- ]N[- ]\w+|Neuro[- ]?2[aA]|N2[aA]|NSC[- ]?34|HT22|IMR[- ]?(?:32|90)|WI[- ]?38|"
    r"HUVECs?|HMEC[- ]?1|HMVECs?|bEnd\.?3|EA\.hy926|ARPE[- ]?19|HK[- ]?2|NRK[- ]?(?:52E|49F)|HaCaT|MG[- ]?63|Saos[- ]?2|U2[- ]?OS|MC3T3(?:[- ]?E1)?|ATDC5|C28/I2|CHON[- ]?001|OVCAR[- ]?\d|SKOV[- ]?3|A2780|SiHa|CaSki|C33A|"
    r"AGS|MGC[- ]?803|SGC[- ]?7901|BGC[- ]?823|MKN[- ]?\d+|PANC[- ]?1|MIA\s?PaCa[- ]?2|BxPC[- ]?3|AsPC[- ]?1|KPC|EMT6|E0771|EO771|TS/A|LM2|P19|F9|D3|E14|H9|H1|R1|KYSE[- ]?\d+|Eca[- ]?109|TE[- ]?1|MLE[- ]?12|BEAS[- ]?2B|16HBE|"
    r"Sf9|S2|hTERT[- ]RPE1|RPE[- ]?1|MS1|HPAECs?|PASMCs?|VSMCs?|SMCs|HASMCs?|MEFs?|pMEFs?|BMDMs?|BMDCs?|PBMCs?|BMSCs?|BM[- ]?MSCs?|MSCs?|hMSCs?|ADSCs?|ASCs|SMSCs?|hUC[- ]?MSCs?|UC[- ]?MSCs?|ESCs|mESCs?|hESCs?|iPSCs?|"
    r"HSCs?|HSPCs?|NSCs|NPCs?|OPCs?|EPCs?|ECs|LECs?|FLSs?|NPs|CAFs?|RGCs?|PSCs|DCs|pDCs?|MDSCs?|Tregs?|T\s?reg|Th(?:0|1|2|9|17|22)|CTLs?|NK|TAMs?|SCs|RBCs?|BMMCs?|PECs)(?![A-Za-z0-9]|[-]?(?:induced|ion))"
)
_ALONE = frozenset(
    (
        "C6",
        "L6",
        "S2",
        "H1",
        "H9",
        "R1",
        "F9",
        "D3",
        "P19",
        "TE-1",
        "AGS",
        "NK",
        "LLC",
        "KPC",
        "N9",
        "MS1",
        "NPs",
        "SCs",
        "E14",
    )
)


def find_cell(text: str) -> Iterator[Span]:
    """Yield the cell mentions of `text`."""
    yield from longest([*_heads(text), *_cells(text), *_lines(text)])


def _heads(text: str) -> Iterator[Span]:
    for match in re.finditer(rf"(?<![A-Za-z0-9-]){_MODIFIER}{{0,4}}?(?P<head>(?<![A-Za-z0-9]){_HEAD})", text):
        start = match.start()
        yield Span(start, match.end(), "cell", {}, SOURCE, 0.8)


def _cells(text: str) -> Iterator[Span]:
    for match in re.finditer(rf"(?<![A-Za-z0-9])(?:{_MODIFIER}){{1,4}}?{_CELLS}", text):
        written = match.group()
        if _GENERIC.match(written) or (
            re.match(
                r"\s(?:lines?|culture|death|cycle|viability|proliferation|count|body|bodies|density|surface|membrane|number)\b",
                text[match.end() :],
            )
            and not _TYPE.search(written)
        ):
            continue
        key = phrase_key(written)
        if key in keys("cells") or _TYPE.search(written):
            yield Span(match.start(), match.end(), "cell", {}, SOURCE, 0.8)


def _lines(text: str) -> Iterator[Span]:
    for match in _LINES.finditer(text):
        if match.group() in _ALONE and not re.match(r"\s(?:cells?|lines?|tumou?rs?|glioma)\b", text[match.end() :]):
            continue
        yield Span(match.start(), match.end(), "cell", {}, SOURCE, 0.85)
