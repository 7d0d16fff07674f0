"""Units: UCUM names, ways of writing them (data/vocabulary/units.tsv), the unit in which each kind is compared."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from vivex.vocabulary import terms

_BASES = {
    "mass": "mg", "volume": "mL", "amount": "umol", "molar": "umol/L", "activity": "U", "international-units": "[iU]",
    "absorbed-dose": "Gy", "dose-equivalent": "Sv", "radioactivity": "Bq", "equivalents": "eq", "current": "mA",
    "frequency": "Hz", "fluence": "J/cm2", "irradiance": "W/cm2", "time": "d", "months": "mo", "length": "mm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold a unit: its UCUM name, what it measures, how many of that kind's base unit it is, its printed form."""

    name: str
    kind: str
    factor: Fraction
    printed: str


@functools.cache
def units() -> tuple[Mapping[str, Unit], Mapping[str, Unit]]:
    """Return the units by UCUM name, and by each way of writing them (the micro sign as u)."""
    named: dict[str, Unit] = {}
    written: dict[str, Unit] = {}
    for term in terms("units"):
        named[term.name] = unit = Unit(term.name, term.class_, Fraction(term["factor"]), term.words[0])
        written |= dict.fromkeys(term.words, unit)
    return named, written


def _words(*kinds: str) -> str:
    """Return an expression for the units of these kinds (all without), the longest first."""
    chosen = (w for w, unit in units()[1].items() if not kinds or unit.kind in kinds)
    return "|".join(BLANK.join(map(re.escape, w.split(" "))) for w in sorted(chosen, key=lambda w: (-len(w), w)))


BLANK = "[ \u00a0]"  # a blank of a folded text
_BODY = (
    rf"(?:{BLANK}(?:of{BLANK})?(?:body[ \u00a0-]?(?:weight|wt\.?|mass)|b\.?{BLANK}?w\.?t?\.?|BW|bwt|b\.wt\.?)"
    r"(?![A-Za-z]))"
)
_SUBJECT = (
    r"(?:mouse|mice|rats?|animals?|head|birds?|fish|rabbits?|dogs?|pigs?|eggs?|eye|ear|ovary|knee|joint|site|side|"
    r"hemisphere|paw|flank|injection|dose|well|dish|plate|flask|implant|embryos?|larvae?|hole|pellet|diet|chow|food|feed|"
    r"m2|m\^2|cm2|cells?|kcal|serving|subject|patient|person|individual|mole|time|tooth|muscle|TA|limb|leg)"
)
_CLOCK = r"(?:days?|d|hours?|hr|h|minutes?|min|seconds?|sec|s|weeks?|wk|months?|mo)"
_RATIO = rf"(?:{BLANK}?\(?{BLANK}?(?P<basis>w/w|w/v|v/v|wt/wt|wt/vol|vol/vol|w:v|w:w|v:v){BLANK}?\)?)"
# "1 mg BPIS/g", "100 mg of BrdU/kg": what is given stands inside the unit
_INNER = rf"(?:{BLANK}(?:of{BLANK}[A-Za-z-]{{1,30}}|(?!of|and|or|in|per|by|for)[A-Za-z-]{{2,20}})(?=/k?g\b))"
_ANIMALS = frozenset(
    "mouse rat animal rabbit dog pig fish bird head subject patient person individual embryo egg larva".split()
)


@functools.cache
def unit_pattern() -> re.Pattern[str]:
    """Return the expression of a unit with what it is per, on a folded text."""
    mass, volume = _words("mass"), _words("volume")
    what = rf"(?:(?:{mass})(?:{_BODY})?|(?:{volume})|{_CLOCK}|{_SUBJECT})(?![A-Za-z])"
    per = (
        rf"(?:{BLANK}?/{BLANK}?(?:\d{{1,5}}{BLANK}?)?{what}"
        rf"|{BLANK}?/{BLANK}?\((?:kg|g){BLANK}?[\u00b7.*]?{BLANK}?{_CLOCK}\)"
        rf"|{BLANK}?[\u00b7.*]?{BLANK}?(?:[kK]?g|m[lL]|[lL]|{_CLOCK}|mouse|rat|animal){_RAISED_ONE}|{BLANK}?[\u00b7.*]?{BLANK}?c?m{_RAISED_TWO}"
        rf"|\u00b7{_CLOCK}(?![A-Za-z-])"
        rf"|{BLANK}per{BLANK}(?:\d{{1,5}}{BLANK}?)?{what}(?:{_BODY})?)"
    )
    return re.compile(
        rf"(?:(?P<head>{_words()})(?![A-Za-z0-9])(?:{_INNER})?|(?={BLANK}?(?:/|per{BLANK}){BLANK}?(?:[um]?[lL]|[um]?g|[kK]g)(?![A-Za-z])))"
        rf"(?P<per>(?:{per}){{0,3}})(?P<body>{_BODY})?(?:{_RATIO})?(?![A-Za-z])"
    )


_RAISED_ONE = rf"{BLANK}?(?:\^?{BLANK}?[({{]?-|\u207b){BLANK}?[1\u00b9][)}}]?(?!\d)"
_RAISED_TWO = rf"{BLANK}?(?:\^?{BLANK}?[({{]?-|\u207b){BLANK}?[2\u00b2][)}}]?(?!\d)"
_ONE_PER = re.compile(
    rf"(?:{BLANK}?/{BLANK}?|{BLANK}per{BLANK}|{BLANK}?[\u00b7.*]?{BLANK}?)\(?(?P<many>\d{{1,5}}(?={BLANK}?[A-Za-z]))?{BLANK}?(?P<what>[A-Za-z]+(?:\^?2)?)"
    rf"(?:{_BODY})?(?P<raised>{_RAISED_ONE}|{_RAISED_TWO})?\)?"
)


def kind(unit: str) -> str:
    """Return what a UCUM unit measures before what it is per: mass, volume, time ..., or "" for none."""
    known = units()[0].get(split(unit)[0])
    return known.kind if known else ""


_NAMED = {"d": "day", "wk": "week", "mo": "month", "a": "year"}


def shown_unit(unit: str, *, one: bool = False) -> str:
    """Return a UCUM unit as papers print it; time in words, of `one` in the singular."""
    if unit in _NAMED:
        return _NAMED[unit] + ("" if one else "s")
    head, parts = split(unit)
    known = units()[0].get(head)
    printed = known.printed if known else head.removeprefix("1").strip("{}[]")
    if printed.startswith("u"):
        printed = "\u00b5" + printed[1:]
    for part in parts:
        plain = re.sub(r"[(){}]", "", part).replace(".", " ")
        printed += "/" + re.sub(r"(?<![A-Za-z])u(?=[gL])", "\u00b5", _NAMED.get(plain, plain))
    return printed


def split(unit: str) -> tuple[str, list[str]]:
    """Return a UCUM unit's head (a unit of the file, "mol/L" too) and its denominators."""
    head = unit
    parts: list[str] = []
    while head not in units()[0] and "/" in head:
        head, _, part = head.rpartition("/")
        parts.insert(0, part)
    return head, parts


def ucum(match: re.Match[str]) -> tuple[str, str, str]:
    """Return a matched unit in UCUM, what it is per, and the basis of a ratio."""
    head = units()[1][re.sub(BLANK, " ", match["head"])] if match["head"] else None
    name = head.name if head else ""
    per = "" if head is None else "count" if head.kind == "count" else "volume" if head.kind == "molar" else ""
    for one in _ONE_PER.finditer(match["per"] or ""):
        unit, per = _divided(one["what"], "2" in (one["raised"] or "") or "\u00b2" in (one["raised"] or ""), per)
        name += f"/({one['many']}.{unit})" if one["many"] not in (None, "1") else f"/{unit}"
    basis = (match["basis"] or "").replace(":", "/").replace("wt", "w").replace("vol", "v")
    if not per:
        ratio = basis or (head is not None and head.kind == "ratio")
        per = "ratio" if ratio else "mass" if match["body"] else ""
    return name if head else "1" + name, per, basis


def _divided(what: str, squared: bool, per: str) -> tuple[str, str]:
    """Return the UCUM name of a denominator, and what the whole is per with it."""
    unit = units()[1].get(what)
    if squared or what in ("m2", "m^2", "cm2"):
        return what.replace("^", "") if what[-1] == "2" else what + "2", "area"
    if unit is not None and unit.kind == "mass":
        return unit.name, "mass"
    if unit is not None and unit.kind == "volume":
        return unit.name, per if per == "mass" else "volume"
    if unit is not None and unit.kind in ("time", "months"):
        return unit.name, per if per not in ("", "count") else "time"
    single = {"mice": "mouse", "larvae": "larva"}.get(
        what.lower(), what if what in ("TA", "dose") else what.rstrip("s")
    )
    if per != "mass":
        per = "animal" if single in _ANIMALS else per or "item"
    return f"{{{single}}}", per


def scale(unit: str) -> tuple[Fraction, str]:
    """Return the factor and the name of the unit in which quantities of a UCUM unit are compared."""
    named = units()[0]
    head, parts = split(unit)
    known = named.get(head)
    factor, name = (known.factor, _BASES.get(known.kind, head)) if known else (Fraction(1), head)
    if known and known.kind not in _BASES:
        factor = Fraction(1)
    for part in parts:
        many = re.fullmatch(r"\((\d+)\.(.+)\)", part)
        divisor, what = (Fraction(many[1]), many[2]) if many else (Fraction(1), part)
        divider = named.get(what)
        if divider and divider.kind == "mass":
            factor, name = factor / (divisor * divider.factor / 10**6), name + "/kg"
        elif divider and divider.kind == "volume":
            molar = name == "umol"
            factor, name = (
                factor / (divisor * divider.factor / (1000 if molar else 1)),
                name + ("/L" if molar else "/mL"),
            )
        else:
            factor, name = factor / divisor, f"{name}/{what}"
    return factor, name
