"""Outcomes in parts: the head concept, the analyte or tissue, and the named method."""

from __future__ import annotations

import re
from typing import Any

# Named tests and stains: (pattern, head concept)
METHODS = (
    (r"Morris water maze|water maze|MWM", "spatial memory"),
    (r"Y[- ]maze|radial[- ](?:arm )?maze|Barnes maze", "spatial memory"),
    (r"open[- ]field", "locomotor activity"),
    (r"elevated (?:plus|zero)[- ]maze|light[-/ ]dark box", "anxiety-like behaviour"),
    (r"forced swim(?:ming)?|tail[- ]suspensions?|sucrose preference", "depression-like behaviour"),
    (r"novel object recognition|object recognition", "recognition memory"),
    (r"fear conditioning|passive avoidance", "associative memory"),
    (r"rota[- ]?rod|beam walk|grip strength", "motor coordination"),
    (r"von Frey|Hargreaves|hot[- ]plate|tail[- ]flick|paw withdrawal|acetone test", "nociception"),
    (r"Safranin[- ]?O|toluidine blue|Alcian blue|OARSI|Mankin|Saf-O", "cartilage histology"),
    (r"Masson|picrosirius|Sirius red|trichrome", "fibrosis"),
    (r"TUNEL|Annexin V", "apoptosis"),
    (r"TTC|triphenyltetrazolium", "infarct size"),
    (r"H\s?&\s?E|h(?:a)?ematoxylin", "histology"),
    (r"Oil Red O", "lipid accumulation"),
    (r"Nissl", "neuronal survival"),
    (r"MTT|CCK-?8|WST-1|MTS", "cell viability"),
    (r"EdU|BrdU|Ki-?67", "proliferation"),
    (r"transwell|scratch|wound healing assay", "migration"),
    (r"OGTT|IPGTT|GTT|glucose tolerance", "glucose tolerance"),
    (r"ITT|insulin tolerance", "insulin sensitivity"),
    (r"echocardiograph", "cardiac function"),
    (r"micro-?\s?CT|\u00b5CT", "bone morphometry"),
    (r"DXA|DEXA|bone mineral density|BMD", "bone mineral density"),
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
    for pattern, concept in METHODS:
        if found := re.search(
            rf"(?<![A-Za-z])(?:{pattern})(?:[- ](?:test|staining|assay|score|scores|maze))?", text, re.IGNORECASE
        ):
            method, head = found.group(), concept
            break
    analyte = ""
    for pattern, concept in HEADS:
        if found := re.search(rf"(?<![A-Za-z])(?:{pattern})(?=$|\s(?:of|for)\s)", text):
            head = head or concept
            before, after = text[: found.start()].strip(), text[found.end() :].strip()
            after = re.sub(r"^(?:of|for)\s(?:the\s)?", "", after)
            analyte = after or before
            break
    return {"head": head or text.lower(), "analyte": "" if method and analyte == text else analyte, "method": method}
