"""Quantities with units: numbers, lists, ranges and powers of ten, read into amounts and a UCUM unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MINUS = "[-\u2010-\u2015\u2212]"
_SUPERSCRIPT = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b\u207a", "0123456789-+")
_SUP = "[\u2070\u00b9\u00b2\u00b3\u2074-\u2079\u207b]"
_WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_PLAIN = r"\d{1,12}(?:[.\u00b7]\d+|(?:,\d{3})+(?:\.\d+)?|,\d{1,2})?"
_TIMES = r"\s?[\u00d7xX*\u2217\u22c5\u00b7]\s?"
_POWER = rf"10(?:{_SUP}+|\s?\^\s?{MINUS}?\s?\d{{1,2}}|\s?{MINUS}?\s?\d{{1,2}}(?!\d|\.\d))"
_LOST = r"(?:\d\.)?10\s\d{1,2}(?=\s?/\s?m[lL]|\s(?:viral\s)?(?:cells|particles|CFU|cfu|PFU|pfu|vg|GC|TU|genome|bacteria|spores|parasites|copies)\b)"  # "10 6 cells"
_SCIENCE = rf"(?:{_LOST}|{_PLAIN}{_TIMES}{_POWER}|10(?:{_SUP}+|\s?\^\s?{MINUS}?\d{{1,2}})|\d(?:\.\d+)?[eE]\+?\d{{1,2}})"
NUMBER = rf"(?:{_SCIENCE}|{_PLAIN}(?:\s(?:million|billion))?)"
_RANGE = rf"(?:\s?(?:{MINUS}|~|/)\s|(?:{MINUS}|~|/)|\sto\s)"  # no "260-270 \u2014200 mg": a dash before the amount
_COMMA = r"\s?,\s?"
_LAST = r"(?:\s?,?\s?(?:and|or|&|versus|vs\.?)\s(?:\([A-Za-z]\)\s?)?|\s?\u00b1\s?)"
_ITEM = rf"{NUMBER}(?:{_RANGE}{NUMBER})?"
# "5, 10 and 20"; what follows an "and" with a comma is another list ("on days 7 and 22, 8 µL")
NUMBERS = rf"(?>{_ITEM}(?:{_COMMA}{_ITEM}){{0,11}}(?:{_LAST}{_ITEM}){{0,3}})"

_MASS = r"(?:kg|mg|[\u00b5\u03bcu]g|mcg|microg|ng|pg|fg|g|grams?|milligrams?|micrograms?|nanograms?|kilograms?)"
_AMOUNT = r"(?:m|[\u00b5\u03bcu]|n|p|f)?mol(?:e?s)?|m?Eq"
_MOLAR = r"(?:m|[\u00b5\u03bcu]|n|p|f)?M"
_VOLUME = r"(?:m|[\u00b5\u03bcu]|n|d|c)?[lL]|cc|millilit(?:er|re)s?|microlit(?:er|re)s?|lit(?:er|re)s?"
_ACTIVITY = r"(?:[kmM]|mega)?(?:IU|U)(?!V)|[Uu]nits?|UI|international units"
_RADIATION = r"c?m?Gy|m?Sv|rads?|[kMG]Bq|[\u00b5\u03bcum]?Ci"
_COUNT = (
    r"(?:viral|virus|vector|lentiviral|AAV|genome|exosome|EV)?\s?(?:particles|copies|genomes)|vg|v\.g\.|GC|gc|[Pp][Ff][Uu]s?|"
    r"[Cc][Ff][Uu]s?|TU|[Ii]\.?[Uu]\.?|TCID\s?50|(?:LD|EID|ED|IC)\s?50|infectious units|plaque[- ]forming units|"
    r"colony[- ]forming units|transducing units|vesicles|exosomes|EVs|spores|bacteria|MOI"
)
_CELLS = r"cells?"
_OTHER = r"%|\u2030|ppm|ppb|mmHg|mm\sHg|J/cm2|mJ/cm2|W/cm2|mW/cm2|dB(?:\sSPL)?|Hz|kHz|MHz|mA|[\u00b5\u03bcupn]A|V|kPa|atm|ATA|degrees"
_UNIT1 = rf"(?:{_MASS}|{_AMOUNT}|{_MOLAR}|{_VOLUME}|{_ACTIVITY}|{_RADIATION}|{_COUNT}|{_OTHER})"
_BODY = r"(?:\s(?:of\s)?(?:body[\s-]?(?:weight|wt\.?|mass)|b\.?\s?w\.?t?\.?|BW|bwt|b\.wt\.?))"
_SUBJECT = (
    r"(?:mouse|mice|rat|rats|animal|head|bird|fish|rabbit|dog|pig|egg|eye|ear|ovary|knee|joint|site|side|hemisphere|paw|flank|"
    r"injection|dose|well|dish|plate|flask|implant|embryo|larva|day|d|h|hr|hour|min|minute|s|sec|week|wk|month|hole|pellet|diet|"
    r"chow|food|feed|m2|m\^2|cm2|cells|cell|kcal|serving|subject|patient|person|individual|mole|time|tooth|muscle|TA|limb|leg)"
)
_PER = (
    rf"(?:\s?/\s?(?:\d+\s?)?(?:{_MASS}(?:{_BODY})?|{_VOLUME}|{_SUBJECT})(?![A-Za-z])"
    rf"|\s?[\u00b7\u22c5.*]?\s?(?:kg|g|mL|ml|L|l|d|day|h|min|s|cm|m2)\s?(?:{MINUS}|\u207b)\s?(?:1|\u00b9)(?!\d)"
    rf"|\sper\s(?:\d+\s?)?(?:{_MASS}|gram|kilogram|{_VOLUME}|{_SUBJECT})(?![A-Za-z])(?:{_BODY})?)"
)
_INNER = r"(?:\sof\s[A-Za-z\-]+|\s(?!of|and|or|in|per|by|for)[A-Za-z\-]{2,20})"  # "1 mg BPIS/g", "100 mg of BrdU/kg"
_RATIO = r"(?:\s?\(?\s?(?:w/w|w/v|v/v|wt/wt|wt/vol|vol/vol|w:v|w:w|v:v)\s?\)?)"
UNIT = rf"{_UNIT1}(?![A-Za-z0-9])(?:{_INNER}(?=/(?:kg|g)\b))?(?:{_PER}){{0,3}}(?:{_BODY})?(?:{_RATIO})?"
QUANTITY = re.compile(
    rf"(?<![A-Za-z0-9.,\u0370-\u03ff])(?<![A-Za-z]-)(?P<numbers>{NUMBERS}|\b(?:one|two|three|four|five|six|ten)(?=\s(?:units?|IU|mg|ml)\b))"
    rf"(?P<gap>[-\s\u00a0\u2009\u202f]?)(?:(?P<unit>{UNIT})|(?P<cells>{_CELLS}(?:{_PER})?)(?![A-Za-z]))"
)
SCIENCE = re.compile(rf"(?<![A-Za-z0-9.,])(?P<numbers>{_PLAIN}{_TIMES}{_POWER})(?![A-Za-z0-9%])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold a quantity as written: its span, its amounts, its unit as written ("" where none is)."""

    start: int
    end: int
    amounts: tuple[float, ...]
    unit: str
    cells: bool = False


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities of `text`: numbers with a unit, and bare powers of ten."""
    position = 0
    match, bare = QUANTITY.search(text), SCIENCE.search(text)
    while True:
        if match and match.start() < position:
            match = QUANTITY.search(text, position)
        if bare and bare.start() < position:
            bare = SCIENCE.search(text, position)
        if bare and (
            match is None
            or bare.start() < match.start()
            or (bare.start() == match.start() and bare.end() > match.end())
        ):
            yield Quantity(bare.start(), bare.end(), amounts(bare["numbers"]), "")
            position = bare.end()
            continue
        if match is None:
            return
        pair = re.fullmatch(rf"({NUMBER})\s?,\s?({NUMBER})", match["numbers"])
        # "Lipofectamine 2000, 800 ng": a list of two without "and" rises
        if pair and number(pair[1]) >= number(pair[2]):
            position = match.start() + pair.start(2)
            continue
        position = match.end()
        cells = match["cells"]
        yield Quantity(match.start(), match.end(), amounts(match["numbers"]), match["unit"] or cells or "", bool(cells))


def amounts(written: str) -> tuple[float, ...]:
    """Return the numbers of a list or range as written."""
    word = _WORDS.get(written.strip().lower())
    if word is not None:
        return (float(word),)
    if re.fullmatch(r"(?:\d\.)?10\s\d{1,2}", written.strip()):  # a power that lost its superscript
        return (number(written),)
    alone = re.sub(r"\u00b1\s?[\d.]+", "", written)
    apart = re.sub(r"10([⁰¹²³⁴-⁹]+)[⁻⁼]([⁰¹²³⁴-⁹]+)", r"10\1 10\2", alone)  # a range of exponents
    return tuple(number(m.group()) for m in re.finditer(NUMBER, apart))


def number(written: str) -> float:
    """Return the value of one number as written: "1,000", "0·5", "1×10^11", "10¹¹", "2 million", "1e6"."""
    plain = written.strip().replace("\u2212", "-").replace("\u2013", "-")
    scale = 1.0
    for word, factor in (("million", 1e6), ("billion", 1e9)):
        if plain.endswith(word):
            plain, scale = plain[: -len(word)].strip(), factor
    power = re.fullmatch(rf"(?:(?P<base>{_PLAIN}){_TIMES})?10(?P<exp>[⁺⁻]?[⁰¹²³⁴-⁹]+|\s?\^?\s?-?\s?\d+)", plain)
    if power and (power["base"] or re.search(rf"{_SUP}|\^", power["exp"])):
        exponent = power["exp"].translate(_SUPERSCRIPT).replace("^", "").replace(" ", "")
        return _plain(power["base"] or "1") * 10.0 ** int(exponent)
    if lost := re.fullmatch(r"(?:(\d)\.)?10\s(\d{1,2})", plain):  # "10 6 cells", "5.10 4 cells"
        return float(lost[1] or 1) * 10.0 ** int(lost[2])
    if re.fullmatch(r"\d(?:\.\d+)?[eE]\+?\d{1,2}", plain):
        return float(plain)
    return _plain(plain) * scale


def _plain(written: str) -> float:
    written = written.replace("\u00b7", ".")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", written):
        written = written.replace(",", "")
    return float(written.replace(",", "."))
