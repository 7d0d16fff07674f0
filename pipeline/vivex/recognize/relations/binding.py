"""What belongs together: a dose with its agent, route and schedule; an outcome with the method that measured it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vivex.document import Document
from vivex.recognize.spans import Span
from vivex.sentences import split

_CLAUSE = re.compile(r";\s|\.\s(?=[A-Z])|\)\s?,?\s(?:or|and)\s(?=[A-Za-z-]+\s?\()")
_OF = re.compile(r"\s?(?:\([^()]*\)\s?)?(?:of|of the)\s$|^\s?$|^\sof\s(?:the\s)?$")


def sentence_spans(document: Document) -> list[tuple[int, int]]:
    """Return the sentences of the text, block by block."""
    if not document.blocks:
        return list(split(document.reading))
    return [(b.start + s, b.start + e) for b in document.blocks for s, e in split(document.reading[b.start : b.end])]


# How outcomes are measured, as named after "by", "using", "with" or before "showed".
METHOD = re.compile(
    r"(?:(?:Western|immuno)[- ]?blot(?:ting|s)?|(?:quantitative\s)?(?:real[- ]time\s)?(?:q?RT-?q?PCR|qPCR|RT-PCR)|real[- ]time PCR|ELISA(?:\s(?:kits?|assays?))?|enzyme-linked immunosorbent assays?|immunohistochemi(?:stry|cal staining)|"
    r"immunofluorescence(?:\sstaining)?|flow cytometry|FACS|in situ hybridi[sz]ation|(?:micro-?|\u00b5)CT|(?:f?MRI|magnetic resonance imaging)|echocardiography|DE?XA|PET(?:/CT)?|HPLC|LC-MS(?:/MS)?|mass spectrometry|"
    r"(?:dual-)?luciferase (?:reporter )?assays?|MTT assays?|CCK-8(?:\sassays?)?|TUNEL(?:\s(?:assays?|staining))?|Annexin V[- /A-Za-z]{0,12}staining|transwell assays?|wound[- ]healing assays?|scratch assays?|"
    r"patch[- ]clamp(?:\srecordings?)?|electrophysiolog\w+|RNA[- ]?seq(?:uencing)?|microarrays?|aggregometry|laser Doppler(?:\sflowmetry)?|tail-cuff(?:\s\w+)?|telemetry|spectrophotometry|glucometers?|"
    r"(?:H&E|hematoxylin and eosin|Masson['\u2019]?s? trichrome|[Ss]afranin[- ]O(?:/[Ff]ast [Gg]reen)?|[Tt]oluidine blue|[Aa]lcian blue|[Oo]il [Rr]ed O|Nissl|TTC|[Pp]icrosirius red|[Aa]lizarin red)\s?stain(?:ing|s)?|"
    r"(?:Morris )?water maze|open[- ]field(?:\stest)?|elevated plus[- ]maze|rotarod(?:\stest)?|von Frey(?:\s\w+)?|Hargreaves(?:\stest)?|hot[- ]plate(?:\stest)?|forced swim(?:ming)? test|tail suspension test)",
)
_BY = re.compile(
    r"(?:\bby|\busing|\bwith|\bvia|\bin|\bthrough|\bon)\s(?:(?:a|an|the|means of)\s)?(?:[A-Za-z-]+\s){0,3}$"
)


def measured(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, each outcome without a method of its own with the one by which its sentence says it was measured."""
    text = document.reading
    sentences = sentence_spans(document)
    starts = [s for s, _ in sentences]
    methods: dict[int, list[tuple[int, int]]] = {}
    out = []
    for span in spans:
        if span.label == "outcome" and not span.value.get("method"):
            index = bisect.bisect_right(starts, span.start) - 1
            if index >= 0 and span.end <= sentences[index][1]:
                begin, end = sentences[index]
                if index not in methods:
                    methods[index] = [m.span() for m in METHOD.finditer(text, begin, end)]
                after = [m for m in methods[index] if m[0] >= span.end and _BY.search(text[span.end : m[0]])]
                if after:
                    span = replace(span, value={**span.value, "method": text[slice(*after[0])]})
        out.append(span)
    return out


def bound(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans with each dose's agent, route and schedule filled in ("" where none stands by it)."""
    beside = {
        (span.start, span.end): inside
        for _, _, inside in by_sentence(document, spans)
        for span in inside
        if span.label == "dose"
    }
    out = []
    for span in spans:
        if span.label != "dose":
            out.append(span)
            continue
        near = beside.get((span.start, span.end), [])
        doses = [s for s in near if s.label == "dose"]
        value = dict(span.value)
        agent = _agent(document.reading, span, [s for s in near if s.label == "agent"], doses)
        value["agent"] = agent.value.get("normal") or document.reading[agent.start : agent.end] if agent else ""
        for label in ("route", "schedule"):
            found = _nearest(document.reading, span, [s for s in near if s.label == label], doses)
            value[label] = document.reading[found.start : found.end] if found else ""
        out.append(replace(span, value=value))
    return out


def by_sentence(document: Document, spans: Sequence[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield the start and end of each sentence with the spans that begin in it, in reading order."""
    ordered = sorted(spans, key=lambda s: s.start)
    index = 0
    for start, end in sentence_spans(document):
        while index < len(ordered) and ordered[index].start < start:
            index += 1
        inside = []
        while index < len(ordered) and ordered[index].start < end:
            inside.append(ordered[index])
            index += 1
        yield start, end, inside


def _agent(text: str, dose: Span, agents: Sequence[Span], doses: Sequence[Span]) -> Span | None:
    """Return the agent given at the dose: "DOSE of AGENT", "DOSE AGENT", "AGENT (DOSE", "AGENT at DOSE", else the nearest before it."""
    best, best_cost = None, 1e9
    for agent in agents:
        if agent.start < dose.end and dose.start < agent.end:
            return agent
        if agent.start >= dose.end:
            between = text[dose.end : agent.start]
            if len(between) > 60 or "(" in between or any(dose.end <= d.start < agent.start for d in doses):
                continue
            direct = bool(re.fullmatch(r"\)?\s?(?:solution\s)?(?:of\s(?:the\s)?)?", between)) and (
                between.strip() != ")"
            )
            cost = 0.0 if direct else 40 + len(between)
        else:
            between = text[agent.end : dose.start]
            if len(between) > 160:
                continue
            crossed = sum(agent.end <= d.start < dose.start for d in doses)
            listed = crossed and re.fullmatch(r"[^;()]*", between)
            opened = bool(re.fullmatch(r"\s?\((?:[^()]*[,;:]\s?)?", between)) or bool(
                re.fullmatch(
                    r"\s(?:at|was|were)?\s?(?:a\s)?(?:\w+\s)?(?:doses?|concentrations?)?\s?(?:of)?\s?", between
                )
            )
            cost = (1.0 if opened else 10 + len(between) * 0.5) + (0 if listed else 30 * crossed)
            if re.search(r";|\.\s", between):
                cost += 60
        if cost < best_cost:
            best, best_cost = agent, cost
    return best if best_cost < 110 else None


def _nearest(text: str, dose: Span, candidates: Sequence[Span], doses: Sequence[Span]) -> Span | None:
    """Return the nearest candidate of the clause; where the sentence holds but one, that one serves all its doses."""
    best, best_cost = None, 1e9
    for candidate in candidates:
        if candidate.start >= dose.end:
            between = text[dose.end : candidate.start]
            crossed = sum(dose.end <= d.start < candidate.start for d in doses)
            cost = len(between) * 0.5
        else:
            between = text[candidate.end : dose.start]
            crossed = sum(candidate.end <= d.start < dose.start for d in doses)
            cost = 8 + len(between)
        cost += 25 * crossed + (40 if re.search(r";", between) else 0)
        if cost < best_cost:
            best, best_cost = candidate, cost
    return best if best is not None and (best_cost < 120 or len(candidates) == 1) else None
