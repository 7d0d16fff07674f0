"""Doses: the quantities that are given to animals or put on cells, told from reagents and measured values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vivex.recognize.dose_units import dose_value
from vivex.recognize.kinds import Context, Joining, Kind, Value
from vivex.recognize.quantity import Quantity, find_quantities
from vivex.recognize.spans import Span

SOURCE = "grammar:dose@1"
SURE = re.compile(
    r"(?:mg|g|[\u00b5\u03bcum]g|mcg|ng|ml|mL|[\u00b5\u03bcu][lL]|mol|U|IU|units?)\s?(?:of\s\S+|[A-Z]\S+)?\s?"
    r"(?:/\s?(?:\d+\s?)?k?g\b|kg\s?[-\u2212\u207b]|per (?:\d+ )?(?:k?g|gram|kilogram|mouse|rat|animal)|"
    r"/\s?(?:mouse|rat|animal|kg)|\u00b7\s?kg)"
    r"|\bc?Gy\b|kg\s?[-\u2212\u207b]\s?[1\u00b9]",
)
_CONCENTRATION = re.compile(
    r"(?:[m\u00b5\u03bcunp]?M|[m\u00b5\u03bcunp]?g/\s?(?:m|[\u00b5\u03bcu]|d)?[lL]|U/\s?m[lL]|IU/\s?m[lL]|mol/[lL])$"
)
GIVEN = re.compile(
    r"inject|administ|treat|gavage|given|receiv|infus|dos(?:e|ed|ing|age)|expos|stimulat|incubated with|"
    r"i\.p\.|i\.v\.|s\.c\.|i\.m\.|p\.o\.|"
    r"\bip\b|\biv\b|\bsc\b|intra(?:peritoneal|ven|musc|gastr|thec|artic|nasal|crani|derm|ventric)|subcutan|"
    r"oral|anesthe|anaesthe|"
    r"inocul|implant|transplant|deliver|supplement|drinking water|diet|fed\b|inhal|challenge|pretreat|"
    r"pre-treat|immuni[sz]|sedat|"
    r"inhibitor|agonist|antagonist|transfect|puff|perfus(?:ed with|ion of)|irradiat|bolus|presence of|vehicle|euthan",
    re.IGNORECASE,
)
REAGENT = re.compile(
    r"buffer|antibod|\bgel\b|SDS|PAGE|Tris|HEPES|EDTA|EGTA|NaCl|KCl|MgCl|CaCl|primer|PCR|dNTP|lysis|lysate|"
    r"homogeni[sz]|fixed|"
    r"paraformaldehyde|formalin|formaldehyde|PFA|Triton|Tween|stained|staining|blocked|blocking|wash|"
    r"centrifug|embedded|mounted|"
    r"sucrose|reaction|extract(?:ed|ion) |column|mobile phase|HPLC|cDNA|RNA was|protein (?:was|were)|membrane|"
    r"transfer|agarose|"
    r"dilut|loaded|eluted|resuspended|FBS|fetal bovine|fetal calf|penicillin|streptomycin|glutamine|DMEM|RPMI|"
    r"medium|ACSF|aCSF|"
    r"pipette|internal solution|bath solution|electrode|ligat|serum|collected|blood samples?|samples|aliquot|"
    r"quantified|assay",
    re.IGNORECASE,
)
_FOLLOWS_REAGENT = re.compile(
    r"\s?(?:of\s)?(?:Tris|HEPES|EDTA|EGTA|NaCl|KCl|MgCl|CaCl|NaH|Na2|KH|MgSO|glucose\b|sucrose|"
    r"paraformaldehyde|formalin|formaldehyde|PFA|"
    r"Triton|Tween|SDS|NP-?40|agarose|gel|acrylamide|FBS|FCS|BSA|bovine serum|fetal|horse serum|goat serum|"
    r"normal|penicillin|"
    r"streptomycin|glutamine|L-glutamine|DTT|PMSF|dNTP|primer|cDNA|RNA|DNA|protein|total|sodium|potassium|"
    r"ethanol\b|methanol|"
    r"confidence|CI\b|of (?:the|all|cells|mice|animals|control|total|patients)|reduction|increase|decrease|"
    r"humidity|CO\s?2|O\s?2|"
    r"tissue|polyacrylamide|SDS-PAGE|milk|skim|hydrogen|H\s?2\s?O\s?2|acetic|glycerol|NaOH|HCl|identity|similar|power)",
)


def find_dose(text: str) -> Iterator[Span]:
    """Yield the dose mentions of `text`."""
    for quantity in find_quantities(text):
        score = dose_score(text, quantity)
        if score >= 0.5:
            yield Span(quantity.start, quantity.end, "dose", {}, SOURCE, score)


def follows_reagent(text: str, end: int) -> bool:
    """Tell whether what the quantity measures out is a reagent by name."""
    return bool(_FOLLOWS_REAGENT.match(text, end))


def dose_score(text: str, quantity: Quantity) -> float:
    """Return how likely the quantity is a dose, from its unit and the words around it."""
    unit = quantity.unit
    before, after = text[max(0, quantity.start - 120) : quantity.start], text[quantity.end : quantity.end + 80]
    sentence_before = re.split(r"[.;]\s+(?=[A-Z])", before)[-1]
    sentence_after = re.split(r"[.;]\s+(?=[A-Z])", after)[0]
    near = sentence_before[-60:] + " " + sentence_after[:40]
    if SURE.search(text[quantity.start : quantity.end]):
        return 0.95
    given = bool(GIVEN.search(near))
    reagent = bool(REAGENT.search(near)) or bool(_FOLLOWS_REAGENT.match(after))
    if not unit:
        return 0.8 if given and not reagent else 0.2
    if quantity.cells:
        return 0.8 if given and not reagent else 0.3
    if re.match(r"\s?(?:%|\u2030)", unit):
        return (
            0.7
            if re.search(r"diet|drinking water|w/w|isoflurane|chow|vehicle|solution of|inhal|DSS", near)
            and not _FOLLOWS_REAGENT.match(after)
            else 0.2
        )
    if re.match(r"(?:k|M)?Hz|mA|V|dB|[\u00b5u\u03bc]A|kPa|atm|mmHg", unit):
        return 0.2
    if _CONCENTRATION.search(unit):
        return 0.8 if given and not reagent else (0.6 if re.search(r"\(\s?$", before) and not reagent else 0.2)
    return 0.75 if given and not reagent else 0.3


def decided_doses(text: str) -> Iterable[Span]:
    """Return the quantities that the fitted decision takes for doses."""
    from vivex.recognize.decide import decided

    return decided(text, "dose")


def offered(text: str) -> Iterator[Span]:
    """Yield every quantity, however unlikely a dose."""
    for quantity in find_quantities(text):
        yield Span(quantity.start, quantity.end, "dose", {}, SOURCE, round(dose_score(text, quantity), 2))


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the amounts in UCUM units; agent, route and schedule are bound to them later."""
    return {**dose_value(written), "agent": "", "route": "", "schedule": ""}


KIND = Kind(
    label="dose",
    colour="#FFE08A",
    find=decided_doses,
    joining=Joining(0.65, 0.9, "grammar"),
    normal=normal,
    propose=offered,
    named=frozenset(("DOSE", "DOSAGE")),
)
