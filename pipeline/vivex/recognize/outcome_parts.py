"""Outcomes in parts: the head concept, the analyte or tissue, and the named method."""

from __future__ import annotations

import re
from typing import Any

from vivex.vocabulary import named, pattern

_METHOD = re.compile(
    rf"(?P<name>{pattern('tests', 'method')})(?:[- ](?:test|staining|assay|scores|score|maze))?", re.IGNORECASE
)
# Head nouns: (pattern at the end or before "of", concept)
HEADS = (
    (r"mRNA (?:expression|levels?)|transcripts?|transcription|gene expression", "mRNA expression"),
    (r"protein (?:expression|levels?)|immunoreactivity", "protein expression"),
    (r"expression(?: levels?)?|levels? of expression", "expression"),
    (r"phosphorylation|phosphorylated \S+|p-\S+", "phosphorylation"),
    (r"concentrations?|levels?|contents?|titers?|titres?|amounts?", "level"),
    (r"activit(?:y|ies)|activation", "activity"),
    (r"weights?|mass", "weight"),
    (r"volumes?|sizes?|areas?|diameters?|lengths?|thickness|widths?", "size"),
    (r"numbers?|counts?|densit(?:y|ies)|percentages?|proportions?|fractions?|frequenc(?:y|ies)", "number"),
    (r"scores?|index|indices|grades?", "score"),
    (r"latenc(?:y|ies)|time|durations?", "duration"),
    (r"pressures?", "pressure"),
    (r"rates?", "rate"),
    (r"secretion|release|production|synthesis|excretion|generation|formation", "production"),
    (r"survival|mortality|lifespan|longevity|death", "survival"),
    (r"apoptosis|cell death|necrosis|viability", "cell death"),
    (r"proliferation|growth|regeneration", "growth"),
    (r"migration|invasion|metastas[ie]s", "migration"),
    (r"inflammation|infiltration", "inflammation"),
    (r"behaviou?rs?|memory|learning|locomotion|(?:im)?mobility|preference", "behaviour"),
    (r"function|performance|output|flow", "function"),
)  # fmt: skip


def outcome_value(written: str) -> dict[str, Any]:
    """Return head, analyte and method of an outcome as written ("" where not told)."""
    text = re.sub(r"\s+", " ", written.strip())
    method, head = "", ""
    if found := _METHOD.search(text):
        term = named("tests", found["name"], "method")
        method, head = found.group(), term["concept"] if term else ""
    analyte = ""
    for words, concept in HEADS:
        if found := re.search(rf"(?<![A-Za-z])(?:{words})(?=$|\s(?:of|for)\s)", text):
            head = head or concept
            before, after = text[: found.start()].strip(), text[found.end() :].strip()
            after = re.sub(r"^(?:of|for)\s(?:the\s)?", "", after)
            analyte = after or before
            break
    return {"head": head or text.lower(), "analyte": "" if method and analyte == text else analyte, "method": method}
