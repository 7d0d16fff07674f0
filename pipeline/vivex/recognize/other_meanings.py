"""What reads like a gene or an animal and is a tool of a method: a cell line, 16S rRNA, a tag, an antibody's host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from vivex.document import Document
from vivex.recognize.abbreviations import abbreviations_of
from vivex.recognize.kinds.cell import line_of
from vivex.recognize.kinds.gene import gene_like
from vivex.recognize.spans import Span
from vivex.vocabulary import END, START, pattern

# the gene by which bacteria are told apart, what an antibody carries, drivers
_TOOL = re.compile(
    r"16S(?:\s(?:rRNA|rDNA|ribosomal\s(?:RNA|DNA)))?(?:\sgenes?)?|horseradish\speroxidase|"
    r"(?:strept)?avidin|HRP|GAL4",
    re.IGNORECASE,
)
_CARRIED = re.compile(r"(?:coupled|conjugated|linked|labell?ed|bound)\s(?:to|with)\s(?:an?\s)?$|anti-?\w{2,12}[\s-]$")
_DRIVER = re.compile(r"[-\u2010\u2011]\s?$")
_DRIVES = re.compile(r"[\s/-](?:drivers?|lines?|stocks?|flies|UAS|activat\w+)\b", re.IGNORECASE)
_CARRIES = re.compile(r"[\s-](?:conjugated|coupled|linked|labell?ed|tagged|fused)\b", re.IGNORECASE)
_TAG = re.compile(r"(?:[\s-]?(?:epitope\s)?tag(?:s|ged)?)\b", re.IGNORECASE)
_TAGS = frozenset("flag ha his gst myc c-myc v5 hs his6 strep halo snap mbp t7 e".split())
# "goat anti-rabbit", "rabbit polyclonal", "mouse IgG2a", "donkey serum": whose blood a reagent is from
_MADE_IN = re.compile(
    r"s?\s(?:anti[-\u2010\u2011\s]|(?:poly|mono)clonal|\u03b1-|anti(?:bod(?:y|ies)|ser(?:um|a))\b|Ig[GMAE]\d?\w?\b|"
    r"immunoglobulins?\b|sera\b|isotype)|\s(?:F\(ab|Alexa|Cy[235]\b|secondary\santibod)",
    re.IGNORECASE,
)
_SERUM = re.compile(r"\s(?:calf\s)?serum(?!\s(?:levels?|concentrations?|samples?|was|were|from))\b", re.IGNORECASE)
_BLOCKS = re.compile(r"(?:normal|f(?:o?e)tal|\d\s?%|non-?immune|pre-?immune)\s?$", re.IGNORECASE)
# "caecal ligation and puncture", "dorsal horn", "amino acid": what an abbreviation of no gene stands for ends so
_NO_GENE = re.compile(rf"{pattern('other_meanings')}$", re.IGNORECASE)
_MEASURED = re.compile(r"(?:fasting|fasted)\s(?:(?:blood|plasma|serum)\s)?(?:glucose|insulin)", re.IGNORECASE)
_ILL = re.compile(
    rf"(?:{pattern('other_meanings', 'condition', 'operation')}|{START}\w{{2,40}}(?:itis|osis|pathy|oma){END})$",
    re.IGNORECASE,
)
_STEM = re.compile(r"\d{0,2}\sgroups?\b")
_AGAINST = re.compile(r"(?<![A-Za-z])(?:anti[-\u2010\u2011\s]|\u03b1-)$", re.IGNORECASE)


def without_other_meanings(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans without genes that are none, and with animals that are only a reagent's marked as such.

    No gene is what is read into a cell line's name ("AGS cells"), a tool's or a tag's, and an abbreviation that means
    something else. An antibody's host keeps its mention with value["purpose"] "bench": it is no animal of the study.
    """
    text = document.reading
    meant = abbreviations_of(document)
    other = {short: long for short, long in meant.items() if not gene_like(long)}
    strains, agents = (Counter(text[s.start : s.end] for s in spans if s.label == x) for x in ("strain", "agent"))
    lines = {line for s in spans if s.label == "cell" and (line := line_of(text[s.start : s.end]))}
    cells = {(s.start, s.end) for s in spans if s.label == "cell"}
    kept = []
    for span in spans:
        if span.label == "gene":
            written = text[span.start : span.end]
            if (span.start, span.end) in cells or written in lines or is_tool(text, span.start, span.end):
                continue
            if written in other and (span.source.startswith("grammar:") or _NO_GENE.search(other[written])):
                continue
        elif span.label == "agent" and not given(text, span, strains, agents, meant):
            continue
        elif span.label == "species" and of_reagent(text, span.start, span.end):
            span = replace(span, value={**span.value, "purpose": "bench"})
        kept.append(span)
    return kept


def given(text: str, span: Span, strains: Counter[str], agents: Counter[str], meant: Mapping[str, str]) -> bool:
    """Tell whether an agent may be given: no strain, no illness or operation by its abbreviation."""
    written = text[span.start : span.end]
    if _MEASURED.fullmatch(written) or (strains[written] and strains[written] >= agents[written]):
        return False
    if _ILL.search(meant.get(written, "")):
        return False
    return not ("+" in written and _STEM.match(text, span.end))  # "in the CLP+D groups"


def is_tool(text: str, start: int, end: int) -> bool:
    """Tell whether a gene's name stands for a tool: "16S rRNA", an antibody "coupled to peroxidase", a "FLAG tag"."""
    written = text[start:end]
    if written.lower() in _TAGS and _TAG.match(text, end):
        return True
    if not _TOOL.fullmatch(written):
        return False
    if written.startswith("16"):
        return True
    before = text[max(0, start - 40) : start]
    if written.lower() == "gal4":
        return _DRIVER.search(before) is not None or _DRIVES.match(text, end) is not None
    return _CARRIED.search(before) is not None or _CARRIES.match(text, end) is not None


def of_reagent(text: str, start: int, end: int) -> bool:
    """Tell whether an animal's name says whose antibody or serum a reagent is, or against whose it works."""
    if _MADE_IN.match(text, end) or _AGAINST.search(text[max(0, start - 6) : start]):
        return True
    return _SERUM.match(text, end) is not None and _BLOCKS.search(text[max(0, start - 12) : start]) is not None
