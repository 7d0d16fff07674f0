"""With which method an outcome was measured, as its sentence says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vivex.document import Document
from vivex.recognize.relations.clauses import by_sentence
from vivex.recognize.spans import Span

# How outcomes are measured, as named after "by", "using", "with" or before "showed".
METHOD = re.compile(
    r"(?:(?:Western|immuno)[- ]?blot(?:ting|s)?|(?:quantitative\s)?(?:real[- ]time\s)?(?:q?RT-?q?PCR|qPCR|RT-PCR)|"
    r"real[- ]time PCR|ELISA(?:\s(?:kits?|assays?))?|enzyme-linked immunosorbent assays?|immunohistochemi(?:stry|cal "
    r"staining)|"
    r"immunofluorescence(?:\sstaining)?|flow cytometry|FACS|in situ hybridi[sz]ation|(?:micro-?|\u00b5)CT|(?:f?MRI|"
    r"magnetic resonance imaging)|echocardiography|DE?XA|PET(?:/CT)?|HPLC|LC-MS(?:/MS)?|mass spectrometry|"
    r"(?:dual-)?luciferase (?:reporter )?assays?|MTT assays?|CCK-8(?:\sassays?)?|TUNEL(?:\s(?:assays?|staining))?|"
    r"Annexin V[- /A-Za-z]{0,12}staining|transwell assays?|wound[- ]healing assays?|scratch assays?|"
    r"patch[- ]clamp(?:\srecordings?)?|electrophysiolog\w+|RNA[- ]?seq(?:uencing)?|microarrays?|aggregometry|laser "
    r"Doppler(?:\sflowmetry)?|tail-cuff(?:\s\w+)?|telemetry|spectrophotometry|glucometers?|"
    r"(?:H&E|hematoxylin and eosin|Masson['\u2019]?s? trichrome|[Ss]afranin[- ]O(?:/[Ff]ast [Gg]reen)?|[Tt]oluidine "
    r"blue|[Aa]lcian blue|[Oo]il [Rr]ed O|Nissl|TTC|[Pp]icrosirius red|[Aa]lizarin red)\s?stain(?:ing|s)?|"
    r"(?:Morris )?water maze|open[- ]field(?:\stest)?|elevated plus[- ]maze|rotarod(?:\stest)?|von Frey(?:\s\w+)?|"
    r"Hargreaves(?:\stest)?|hot[- ]plate(?:\stest)?|forced swim(?:ming)? test|tail suspension test)",
)
_BY = re.compile(
    r"(?:\bby|\busing|\bwith|\bvia|\bin|\bthrough|\bon)\s(?:(?:a|an|the|means of)\s)?(?:[A-Za-z-]+\s){0,3}$"
)


def measured(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, each outcome without a method with the one by which its sentence says it was measured."""
    text = document.reading
    found: dict[tuple[int, int], str] = {}
    open_ones = [s for s in spans if s.label == "outcome" and not s.value.get("method")]
    for sentence in by_sentence(document, open_ones):
        if not sentence.inside:
            continue
        methods = [m.span() for m in METHOD.finditer(text, sentence.start, sentence.end)]
        for span in sentence.inside:
            after = [m for m in methods if m[0] >= span.end and _BY.search(text[span.end : m[0]])]
            if after:
                found[span.start, span.end] = text[slice(*after[0])]
    return [
        replace(s, value={**s.value, "method": found[s.start, s.end]})
        if s.label == "outcome" and not s.value.get("method") and (s.start, s.end) in found
        else s
        for s in spans
    ]
