"""Doses in UCUM: unit, what it is per, and the canonical amount (mg/kg, mg, mL, umol/L, particles, cells, Gy)."""

from __future__ import annotations

import re
from typing import Any

from vivex.recognize.quantity import QUANTITY, SCIENCE, amounts

_MICRO = re.compile("[\u00b5\u03bc]")
_BODY = re.compile(r"\s?(?:of\s)?(?:body[\s-]?(?:weight|wt\.?|mass)|b\.?\s?w\.?t?\.?|BW|bwt|b\.wt\.?)(?![A-Za-z])")
_RATIO = re.compile(r"\s?\(?\s?(?:w/w|w/v|v/v|wt/wt|wt/vol|vol/vol|w:v|w:w|v:v)\s?\)?\s*$")
# as written (micro sign as u) -> UCUM
_SIMPLE = {
    "kg": "kg", "g": "g", "gram": "g", "grams": "g", "mg": "mg", "milligram": "mg", "milligrams": "mg", "ug": "ug", "mcg": "ug", "microg": "ug",
    "microgram": "ug", "micrograms": "ug", "ng": "ng", "nanogram": "ng", "nanograms": "ng", "pg": "pg", "fg": "fg",
    "kilogram": "kg", "kilograms": "kg",
    "mol": "mol", "mole": "mol", "moles": "mol", "mols": "mol", "mmol": "mmol", "mmols": "mmol", "umol": "umol", "umols": "umol",
    "nmol": "nmol", "nmols": "nmol", "pmol": "pmol", "pmols": "pmol", "fmol": "fmol", "mEq": "meq", "Eq": "eq",
    "M": "mol/L", "mM": "mmol/L", "uM": "umol/L", "nM": "nmol/L", "pM": "pmol/L", "fM": "fmol/L",
    "L": "L", "l": "L", "liter": "L", "litre": "L", "liters": "L", "litres": "L", "dL": "dL", "dl": "dL", "cl": "cL", "mL": "mL", "ml": "mL", "cc": "mL",
    "milliliter": "mL", "milliliters": "mL", "millilitre": "mL", "millilitres": "mL",
    "uL": "uL", "ul": "uL", "microliter": "uL", "microliters": "uL", "microlitre": "uL", "microlitres": "uL", "nL": "nL", "nl": "nL", "pl": "pL", "pL": "pL",
    "U": "U", "unit": "U", "units": "U", "Unit": "U", "Units": "U", "mU": "mU", "kU": "kU", "IU": "[iU]", "UI": "[iU]", "kIU": "k[iU]", "mIU": "m[iU]",
    "international units": "[iU]", "MIU": "M[iU]", "Gy": "Gy", "cGy": "cGy", "mGy": "mGy", "Sv": "Sv", "mSv": "mSv", "rad": "RAD", "rads": "RAD",
    "Bq": "Bq", "kBq": "kBq", "MBq": "MBq", "GBq": "GBq", "Ci": "Ci", "uCi": "uCi", "mCi": "mCi", "%": "%", "\u2030": "[ppth]", "ppm": "[ppm]", "ppb": "[ppb]",
    "mmHg": "mm[Hg]", "mm Hg": "mm[Hg]", "kPa": "kPa", "atm": "atm", "ATA": "atm", "Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "mA": "mA", "uA": "uA", "pA": "pA", "nA": "nA", "V": "V",
    "dB": "dB", "dB SPL": "dB[SPL]", "J/cm2": "J/cm2", "mJ/cm2": "mJ/cm2", "W/cm2": "W/cm2", "mW/cm2": "mW/cm2", "degrees": "deg", "MOI": "{MOI}",
}  # fmt: skip
_COUNTS = (
    (r"pfus?|plaque[- ]forming units", "[PFU]"),
    (r"cfus?|colony[- ]forming units", "[CFU]"),
    (r"tcid\s?50", "[TCID_50]"),
    (r"eid\s?50", "[EID_50]"),
    (r"(?:ld|ed|ic)\s?50", "{LD50}"),
    (r"i\.?u\.?|infectious units|transducing units|tu", "{TU}"),
    (r"vg|v\.g\.|gc|.*(?:genomes|copies)", "{genomes}"),
    (r".*particles", "{particles}"),
    (r"exosomes|vesicles|evs", "{particles}"),
    (r".*cells?", "{cells}"),
    (r"[a-z0-9]+", "{organisms}"),
)
_TIME = {"day": "d", "d": "d", "h": "h", "hr": "h", "hour": "h", "min": "min", "minute": "min", "s": "s", "sec": "s", "week": "wk", "wk": "wk", "month": "mo"}  # fmt: skip
_TO_MG = {"kg": 1e6, "g": 1e3, "mg": 1.0, "ug": 1e-3, "ng": 1e-6, "pg": 1e-9, "fg": 1e-12}
_TO_ML = {"L": 1e3, "dL": 100.0, "cL": 10.0, "mL": 1.0, "uL": 1e-3, "nL": 1e-6, "pL": 1e-9}
_TO_UMOL = {"mol": 1e6, "mmol": 1e3, "umol": 1.0, "nmol": 1e-3, "pmol": 1e-6, "fmol": 1e-9}
_TO_GY = {"Gy": 1.0, "cGy": 0.01, "mGy": 1e-3, "RAD": 0.01}
_TO_U = {"U": 1.0, "mU": 1e-3, "kU": 1e3, "[iU]": 1.0, "m[iU]": 1e-3, "k[iU]": 1e3, "M[iU]": 1e6}


def dose_value(written: str) -> dict[str, Any]:
    """Return amounts, unit (UCUM), per, canonical amounts and unit, and the normal form of a dose as written."""
    match = QUANTITY.search(written)
    bare = SCIENCE.search(written)
    if match is None and (rate := re.fullmatch(r"((?:\d\.)?10\s\d{1,2})\s?/\s?(m[lL])", written.strip())):
        numbers = amounts(rate[1])
        return {
            "amounts": list(numbers),
            "unit": "1/mL",
            "per": "volume",
            "canonical": _canonical(numbers, "1/mL"),
            "normal": f"{_figure(numbers[0])}/mL",
        }
    if match is None and bare is None:
        numbers = amounts(written) if any(c.isdigit() for c in written) else ()
        return {"amounts": list(numbers), "unit": "", "per": "", "canonical": {}, "normal": written}
    if match is None or (bare is not None and bare.start() < match.start()):
        assert bare is not None
        numbers, unit, per = amounts(bare["numbers"]), "1", "count"
    else:
        numbers = amounts(match["numbers"])
        unit, per = ucum(match["unit"] or match["cells"] or "")
    canonical = _canonical(numbers, unit)
    listed = ", ".join(_figure(n) for n in numbers)
    joiner = "\u2013" if re.search(r"\d\s?(?:[-\u2010-\u2015\u2212~]|to)\s?\d", written) and len(numbers) == 2 else ", "
    listed = joiner.join(_figure(n) for n in numbers)
    shown = {"1": "", "%": "%"}.get(unit, f" {_readable(unit)}")
    return {"amounts": list(numbers), "unit": unit, "per": per, "canonical": canonical, "normal": f"{listed}{shown}"}


def ucum(written: str) -> tuple[str, str]:
    """Return the UCUM unit and what it is per: mass, volume, animal, time, area, ratio, count or nothing."""
    plain = _MICRO.sub("u", written).strip()
    ratio = bool(_RATIO.search(plain))
    plain = _RATIO.sub("", plain)
    body = bool(_BODY.search(plain))
    plain = _BODY.sub("", plain)
    plain = re.sub(
        r"\s?[\u00b7\u22c5.*]?\s?(kg|g|mL|ml|L|l|day|d|h|min|s)\s?[-\u2010-\u2015\u2212\u207b]\s?[1\u00b9]",
        r"/\1",
        plain,
    )
    plain = re.sub(r"\sper\s", "/", plain)
    head, *denominators = [part.strip() for part in re.split(r"/(?!cm2)", plain)] if plain not in _SIMPLE else [plain]
    head = (
        re.sub(r"^([A-Za-z\[\]]+?)\s(?:of\s)?[A-Za-z-]+$", r"\1", head)
        if head.split(" ")[0] in _SIMPLE and head not in _SIMPLE
        else head
    )
    unit, per = _SIMPLE.get(head, ""), ""
    if not unit:
        low = head.lower().strip()
        unit = next((code for pattern, code in _COUNTS if re.fullmatch(pattern, low)), "{" + low + "}" if low else "1")
        per = "count"
    if "/" in unit and "mol" in unit:
        per = "volume"
    for denominator in denominators:
        figure = re.match(r"\d+\s?", denominator)
        what = denominator[figure.end() :] if figure else denominator
        many = figure.group().strip() if figure else ""
        name = _SIMPLE.get(what, "")
        if name in _TO_MG:
            per, part = "mass", name
        elif name in _TO_ML:
            per, part = ("volume" if per != "mass" else per), name
        elif what.lower() in _TIME:
            per, part = per if per not in ("", "count") else "time", _TIME[what.lower()]
        elif re.fullmatch(r"c?m2|m\^2", what):
            per, part = "area", what.replace("^", "")
        else:
            per, part = (
                (
                    per
                    if per == "mass"
                    else "animal"
                    if re.fullmatch(
                        r"mouse|mice|rats?|animal|rabbit|dog|pig|fish|bird|head|subject|patient|person|individual|embryo|egg|larva",
                        what,
                    )
                    else per or "item"
                ),
                "{" + what + "}",
            )
        unit += "/" + (f"({many}.{part})" if many and many != "1" else part)
    if not per:
        per = "ratio" if ratio or unit in ("%", "[ppm]", "[ppb]", "[ppth]") else ("mass" if body else "")
    return unit, per


def _canonical(numbers: tuple[float, ...], unit: str) -> dict[str, Any]:
    """Return the amounts in the unit to which doses of the kind are compared, or {} where the kind has none."""
    head, *rest = unit.split("/")
    table, name = next(
        (
            (t, n)
            for t, n in (
                (_TO_MG, "mg"),
                (_TO_ML, "mL"),
                (_TO_UMOL, "umol"),
                (_TO_GY, "Gy"),
                (_TO_U, "[iU]" if "iU" in head else "U"),
            )
            if head in t
        ),
        ({head: 1.0}, head),
    )
    factor = table[head]
    for part in rest:
        many = re.fullmatch(r"\((\d+)\.(.+)\)", part)
        divisor, base = (float(many[1]), many[2]) if many else (1.0, part)
        if base in _TO_MG:
            factor /= divisor * _TO_MG[base] / 1e6
            name += "/kg"
        elif base in _TO_ML:
            molar = name == "umol"
            factor /= divisor * _TO_ML[base] / (1e3 if molar else 1.0)
            name += "/L" if molar else "/mL"
        else:
            factor /= divisor
            name += "/" + base
    if not numbers:
        return {}
    scaled = [float(f"{n * factor:.6g}") for n in numbers]
    return {"amount": scaled[0], "amounts": scaled, "unit": name}


def _figure(value: float) -> str:
    if value >= 1e5 or (0 < value < 1e-4):
        mantissa, exponent = f"{value:.6e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{mantissa}\u00d710^{int(exponent)}" if mantissa != "1" else f"10^{int(exponent)}"
    return f"{value:.6g}"


def _readable(unit: str) -> str:
    """Return a UCUM unit as papers print it."""
    shown = re.sub(r"^(m|u|n|p|f)?mol/L$", r"\1M", unit)
    shown = shown.replace("[iU]", "IU").replace("mm[Hg]", "mmHg").replace("RAD", "rad")
    shown = re.sub(r"[\[\]{}()]", "", shown).replace("_", "")
    shown = re.sub(r"(?<![A-Za-z])u(?=g|L|M|mol|Ci|A)", "\u00b5", shown)
    return (
        re.sub(r"/(\d+)\.", r"/\1 ", shown).replace("/d", "/day").replace("/dL", "/dL")
        if not shown.endswith("/dL")
        else shown
    )
