"""Cell types and cell lines."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from vivex.recognize.abbreviations import find_abbreviations
from vivex.recognize.kinds import NAMED, Kind
from vivex.recognize.lexicon import keys
from vivex.recognize.spans import Span, longest

SOURCE = "grammar:cell@1"
_HEAD = (
    r"(?:(?:inter|moto|astro)?neurons?|neurones?|macrophages?|microglia|monocytes?|lymphocytes?|leukocytes?|leucocytes?|neutrophils?|eosinophils?|basophils?|granulocytes?|erythrocytes?|thymocytes?|splenocytes?|"
    r"hepatocytes?|chondrocytes?|osteocytes?|astrocytes?|oligodendrocytes?|adipocytes?|podocytes?|keratinocytes?|melanocytes?|enterocytes?|cardiomyocytes?|myocytes?|oocytes?|spermatocytes?|pericytes?|"
    r"synoviocytes?|tenocytes?|reticulocytes?|megakaryocytes?|(?:pre)?adipocytes?|pneumocytes?|colonocytes?|cholangiocytes?|trophoblasts?|fibroblasts?|osteoblasts?|myoblasts?|osteoclasts?|odontoblasts?|neuroblasts?|"
    r"myofibroblasts?|myotubes?|platelets?|spermatozoa|sperm|spermatids?|spermatogonia|glia|motoneurons?|MSNs?|satellite glia|progenitors|neurospheres?|amacrines?)(?![A-Za-z-])"
)
_CELLS = r"(?<![A-Za-z])cells?(?![A-Za-z-])(?P<line>\slines?(?![A-Za-z]))?"
# adjectives that name a kind of cell; the words of the Cell Ontology's names are added to them
_KINDS = frozenset(
    "primary cortical hippocampal cerebellar striatal prefrontal spinal sensory motor dopaminergic cholinergic pyramidal principal excitatory inhibitory fast-spiking tumor tumour cancer carcinoma leukemia leukemic leukaemia lymphoma melanoma "
    "glioma glioblastoma neuroblastoma hepatoma sarcoma osteosarcoma breast prostate colon colorectal gastric ovarian lung liver pancreatic renal senescent malignant pre-malignant metastatic undifferentiated differentiated pluripotent "
    "naive naïve effector memory regulatory activated resting quiescent induced synovial bone marrow bone-marrow cord umbilical placental amniotic adipose dental pulp fibroblast-like cumulus granulosa CRC HCC AML CLL GBM TNBC mast NK NKT T B Th Treg reg "
    "ES iPS embryonic neural mesenchymal hematopoietic haematopoietic stem progenitor precursor stem/progenitor satellite Schwann Purkinje Golgi granule ganglion Leydig Sertoli Kupffer Müller Cajal CA1 CA3 DRG DA VIP SST PV SOM RS DG L2/3 L4 L5 "
    "red white peripheral blood mononuclear lymph node splenic spleen peritoneal alveolar microvascular vascular smooth muscle skeletal cardiac aortic venous dermal epidermal airway bronchial tracheal intestinal colonic mammary uterine endometrial "
    "trigeminal dorsal root sympathetic parasympathetic enteric retinal cochlear vestibular inner outer hair supporting taste olfactory mitral tufted glial radial microglial myeloid lymphoid plasmacytoid conventional dendritic antigen-presenting "
    "glutamatergic GABAergic serotonergic glycinergic nociceptive parvalbumin somatostatin projecting projection local nucleus pulposus annulus whole human mouse medium spiny fusiform interstitial theca germ nurse follicle border imaginal tubular proximal "
    "distal mesangial collecting duct parietal chief goblet Paneth tuft enteroendocrine crypt beta alpha delta islet acinar ductal stellate sinusoidal hepatic biliary".split()
)
_NOT_KIND = frozenset(
    "human mouse single mature immature of and or in the to a an with from cell cells type types like other new that whole line by for normal large small long short early late old adult native nuclear unipotent animal eukaryotic primary-cultured number layer system tissue organ body "
    "area zone region stage surface at on near under during upper lower outer-inner first second third dead viable living cultured motile abnormal form mammalian double-positive double-negative treated single-positive DIV WT KO cKO DNA RNA GFP EGFP wild-type control as than this that these those no not all both each some any many most more less only also was were is are be been has have had can may it its we our but if so then when where which who whose into onto over under within without between among during after before since until while via per up down out off again further once here there all any both few other such only own same too very just because about against".split()
)
_SHAPED = re.compile(
    r"(?!DIV\d|WT|KO|DNA|RNA|GFP|EGFP|PBS|CO2|Fig|double-|single-)(?:(?:layer|lamina)|[IV]{1,3}|[A-Z]{2,5}[a-z]?|[A-Za-z]{1,6}\d{1,3}[A-Za-z]{0,3}(?:/\d|[+\u2212-])?|[A-Z]{2,5}[+\u2212]|[\u03b1-\u03c9]{1,2}|[A-Za-z0-9]+[\u03b1-\u03c9]\+?|\S+(?:-positive|-expressing|-derived|-projecting|-lineage|-spiking|-presenting|-like|ergic)|[+\u2212])"
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
_TYPE_NAME = re.compile(
    r"(?:T\s?reg|Treg|Th\d+|Tfh|NK|NKT|CTL|ES|iPS|CD\d+\w?\s?[+\u2212]?|T|B|tumou?r|cancer|stem|mast|SVZ|NO|\w+ed)s?"
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
    yield from longest([*_heads(text), *_cells(text), *_lines(text), *_abbreviated(text)])


def _abbreviated(text: str) -> Iterator[Span]:
    """Yield the abbreviations that the text defines as a kind of cell ("BM-PCs")."""
    for short, long in find_abbreviations(text).items():
        if re.search(rf"(?:\bcells?|{_HEAD})$", long) and not re.search(r"(?:death|line|cycle)$", long):
            stem = short[:-1] if short.endswith("s") else short
            for match in re.finditer(rf"(?<![A-Za-z0-9-]){re.escape(stem)}s?(?![A-Za-z0-9])", text):
                yield Span(match.start(), match.end(), "cell", {}, SOURCE, 0.85)


@functools.cache
def _kinds() -> frozenset[str]:
    """Return the words that may stand before a cell's head noun."""
    listed = keys("cells").words()
    return (_KINDS | listed | {w.capitalize() for w in listed}) - _NOT_KIND


_WORD_BEFORE = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[(/\u2013-]))([^\s()\[\],;:]+)\s$")


def _extended(text: str, start: int, most: int = 5) -> int:
    """Return where the name that ends in the head at `start` begins."""
    kinds = _kinds()
    for _ in range(most):
        match = _WORD_BEFORE.search(text[max(0, start - 40) : start])
        if not match:
            break
        word = match[1]
        if word not in kinds and word.lower() not in _KINDS and not _SHAPED.fullmatch(word):
            break
        if word in ("human", "mouse", "whole", "reg") and word != "reg":
            break
        start -= len(word) + 1
    # a lone sign or number does not begin a name
    while match := re.match(r"(?:[+\u2212]|\d+|and|or)\s", text[start:]):
        start += match.end()
    return start


def _heads(text: str) -> Iterator[Span]:
    for match in re.finditer(rf"(?<![A-Za-z0-9-])(?P<head>{_HEAD})", text, re.IGNORECASE):
        if re.match(r"\s(?:diseases?|disorders?|agonists?)\b", text[match.end() :]):
            continue
        start = _extended(text, match.start(), 4)
        end = match.end()
        if line := re.match(r"\scells?\slines?(?![A-Za-z])", text[end:]):
            end += line.end()
        yield Span(start, end, "cell", {}, SOURCE, 0.8)


def _cells(text: str) -> Iterator[Span]:
    for match in re.finditer(_CELLS, text):
        start = _extended(text, match.start())
        if start == match.start():
            continue
        words = text[start : match.start()].split()
        if re.search(rf"(?:{_HEAD})$", words[-1]) or (
            len(words) == 1
            and re.match(
                r"\s(?:death|cycle|viability|proliferation|counting|count|culture|density)\b", text[match.end() :]
            )
            and not _TYPE_NAME.fullmatch(words[0])
        ):
            continue
        line = not _TYPE_NAME.fullmatch(text[start : match.start()].strip()) and _LINES.fullmatch(
            text[start : match.start()].strip()
        )
        if line or (len(words) == 1 and re.fullmatch(r"[A-Z]+-?\d{2,}[A-Za-z]?", words[0])):
            yield Span(start, match.start() - 1, "cell", {}, SOURCE, 0.8)  # a line's name goes without "cells"
            continue
        yield Span(start, match.end(), "cell", {}, SOURCE, 0.8)


def _lines(text: str) -> Iterator[Span]:
    for match in _LINES.finditer(text):
        if match.group() in _ALONE and not re.match(r"\s(?:cells?|lines?|tumou?rs?|glioma)\b", text[match.end() :]):
            continue
        yield Span(match.start(), match.end(), "cell", {}, SOURCE, 0.85)


KIND = Kind(
    label="cell",
    colour="#AEE5E0",
    find=find_cell,
    joining=NAMED["model"],
    named=frozenset(("CELL", "CELL_TYPE", "CELL_LINE", "CL", "CELLLINE")),
)
