"""Doses: the quantities that are given to animals or put on cells, told from reagents and measured values."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from vivex.numerals import written_out
from vivex.quantities import Found, Quantity, canonical, find, show
from vivex.recognize.kinds import NAMED, Context, Kind, Value
from vivex.recognize.spans import Span
from vivex.units import kind, split
from vivex.vocabulary import pattern

SOURCE = "grammar:dose@1"
SURE = re.compile(
    r"(?:mg|g|[\u00b5\u03bcum]g|mcg|ng|ml|mL|[\u00b5\u03bcu][lL]|mol|U|IU|units?)\s?(?:of\s\S+|[A-Z]\S+)?\s?"
    r"(?:/\s?(?:\d+\s?)?k?g\b|kg\s?[-\u2212\u207b]|per (?:\d+ )?(?:k?g|gram|kilogram|mouse|rat|animal)|"
    r"/\s?(?:mouse|rat|animal|kg)|\u00b7\s?kg)"
    r"|\bc?Gy\b|kg\s?[-\u2212\u207b]\s?[1\u00b9]",
)
# what is measured, recorded or run at, and how long or warm it was: no doses by nature
_UNLIKELY = frozenset("frequency current voltage loudness pressure gas-pressure".split())
_NEVER = frozenset("time months temperature length energy food-energy".split())
_BY_ROUTE = rf"{pattern('routes', 'anatomical', 'abbreviation')}|oral"
# Both are for text in small letters: where case is to be ignored, re tries every word at every character.
GIVEN = re.compile(
    rf"{pattern('giving', 'cue')}|{_BY_ROUTE}|an(?:a)?esthe|sedat|euthan|inhibitor|agonist|antagonist|vehicle".lower()
)
REAGENT = re.compile(
    r"buffer|antibod|\bgel\b|sds|page|tris|hepes|edta|egta|nacl|kcl|mgcl|cacl|primer|pcr|dntp|lysis|lysate|"
    r"homogeni[sz]|fixed|"
    r"paraformaldehyde|formalin|formaldehyde|pfa|triton|tween|stained|staining|blocked|blocking|wash|"
    r"centrifug|embedded|mounted|"
    r"sucrose|reaction|extract(?:ed|ion) |column|mobile phase|hplc|cdna|rna was|protein (?:was|were)|membrane|"
    r"transfer|agarose|"
    r"dilut|loaded|eluted|resuspended|fbs|fetal bovine|fetal calf|penicillin|streptomycin|glutamine|dmem|rpmi|"
    r"medium|acsf|"
    r"pipette|internal solution|bath solution|electrode|ligat|serum|collected|blood samples?|samples|aliquot|"
    r"quantified|assay"
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
    for found in possible(text):
        score = dose_score(text, found)
        if score >= 0.5:
            yield Span(found.start, found.end, "dose", {}, SOURCE, score)


@functools.lru_cache(maxsize=64)
def possible(text: str) -> tuple[Found, ...]:
    """Return the quantities that may be doses by what they measure; kept, for they are asked for twice."""
    return tuple(
        found
        for found in find(text)
        if kind(found.quantity.unit) not in _NEVER and all(value.low >= 0 for value in found.quantity.values)
    )


def follows_reagent(text: str, end: int) -> bool:
    """Tell whether what the quantity measures out is a reagent by name."""
    return bool(_FOLLOWS_REAGENT.match(text, end))


def dose_score(text: str, found: Found) -> float:
    """Return how likely the quantity is a dose, from its unit and the words around it."""
    unit = found.quantity.unit
    what = kind(unit)
    before, after = text[max(0, found.start - 120) : found.start], text[found.end : found.end + 80]
    sentence_before = re.split(r"[.;]\s+(?=[A-Z])", before)[-1]
    sentence_after = re.split(r"[.;]\s+(?=[A-Z])", after)[0]
    near = sentence_before[-60:] + " " + sentence_after[:40]
    low = near.lower()
    if SURE.search(written_out(text[found.start : found.end])[0]):
        return 0.95
    given = bool(GIVEN.search(low))
    reagent = bool(REAGENT.search(low)) or bool(_FOLLOWS_REAGENT.match(after))
    if not unit:
        return 0.8 if given and not reagent else 0.2
    if unit.startswith("{cells}"):
        return 0.8 if given and not reagent else 0.3
    if unit in ("%", "[ppth]"):
        return (
            0.7
            if re.search(r"diet|drinking water|w/w|isoflurane|chow|vehicle|solution of|inhal|DSS", near)
            and not _FOLLOWS_REAGENT.match(after)
            else 0.2
        )
    if what in _UNLIKELY:
        return 0.2
    if _concentration(unit):
        return 0.8 if given and not reagent else (0.6 if re.search(r"\(\s?$", before) and not reagent else 0.2)
    return 0.75 if given and not reagent else 0.3


def decided_doses(text: str) -> Iterable[Span]:
    """Return the quantities that the fitted decision takes for doses."""
    from vivex.recognize.decide import decided

    return decided(text, "dose")


def offered(text: str) -> Iterator[Span]:
    """Yield every quantity, however unlikely a dose."""
    for found in possible(text):
        yield Span(found.start, found.end, "dose", {}, SOURCE, round(dose_score(text, found), 2))


def _concentration(unit: str) -> bool:
    head, per = split(unit)
    return kind(head) == "molar" or (len(per) == 1 and kind(per[0]) == "volume" and kind(head) in _DISSOLVED)


_DISSOLVED = frozenset("mass amount activity international-units".split())


def dose_value(written: str) -> dict[str, Any]:
    """Return amounts, unit (UCUM), per, canonical amounts and unit, and the normal form of a dose as written."""
    found = next(find(written), None)
    if found is None:
        bare = next(find(written, bare=True), None)
        amounts = list(bare.quantity.amounts) if bare else []
        return {"amounts": amounts, "unit": "", "per": "", "canonical": {}, "normal": written}
    quantity = replace(found.quantity, comparator="")
    unit = quantity.unit or "1"
    return {
        "amounts": list(quantity.amounts),
        "unit": unit,
        "per": quantity.per if quantity.unit else "count",
        "canonical": _canonical(quantity),
        "normal": show(quantity),
    }


def _canonical(quantity: Quantity) -> dict[str, Any]:
    """Return the amounts in the unit to which doses of the kind are compared."""
    values = (canonical(replace(quantity, values=(value,))) for value in quantity.values)  # in the order written
    amounts = [amount for one in values for amount in one.amounts]
    return {"amount": amounts[0], "amounts": amounts, "unit": canonical(quantity).unit or "1"}


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the amounts in UCUM units; agent, route and schedule are bound to them later."""
    return {**dose_value(written), "agent": "", "route": "", "schedule": ""}


KIND = Kind(
    label="dose",
    colour="#FFE08A",
    find=decided_doses,
    joining=NAMED["model"],
    normal=normal,
    propose=offered,
    named=frozenset(("DOSE", "DOSAGE")),
)
