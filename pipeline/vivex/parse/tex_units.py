"""Units as TeX packages write them (siunitx, units), and the lengths and labels of TeX that nobody reads."""

from __future__ import annotations

import re

_PREFIXES = {
    "pico": "p", "nano": "n", "micro": "μ", "milli": "m", "centi": "c", "deci": "d", "kilo": "k", "mega": "M",
    "giga": "G",
}  # fmt: skip
_UNITS = {
    "gram": "g", "kilogram": "kg", "litre": "L", "liter": "L", "metre": "m", "meter": "m", "mole": "mol", "molar": "M",
    "second": "s", "minute": "min", "hour": "h", "day": "day", "week": "week", "celsius": "°C", "degreeCelsius": "°C",
    "degree": "°", "percent": "%", "dalton": "Da", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W",
    "volt": "V", "ampere": "A", "hertz": "Hz", "gray": "Gy", "becquerel": "Bq", "kelvin": "K", "bar": "bar",
    "unit": "U",
}  # fmt: skip
_WORDS = _PREFIXES | _UNITS | {"squared": "²", "cubed": "³"}
_BEFORE = {"square": "²", "cubic": "³"}  # they stand before the unit that they raise
_OPTIONS = r"\s*(?:\[[^\[\]]*\]\s*)?"
_GROUP = r"\{([^{}]*)\}\s*"
_QUANTITY = re.compile(rf"\\(?:SI|qty){_OPTIONS}{_GROUP}{_GROUP}")
_RANGE = re.compile(rf"\\(?:SIrange|qtyrange){_OPTIONS}{_GROUP}{_GROUP}{_GROUP}")
_SHORT = re.compile(rf"\\unit\s*\[([^\[\]]*)\]\s*{_GROUP}")  # \unit[5]{mg}
_ALONE = re.compile(rf"\\(?:si|unit){_OPTIONS}{_GROUP}")
_NUMBER = re.compile(rf"\\num{_OPTIONS}{_GROUP}")
_POWER = re.compile(r"\s{0,3}[eE]\s{0,3}([+-]?\d{1,4})$")  # of a stripped number
_UNSEEN = re.compile(
    r"\\(?:[hv]space\*?|mspace|[hv]?phantom|label|tag\*?|color|textcolor)\s*\{[^{}]*\}"
    r"|\\(?:[mh]?skip|m?kern)\s*-?[\d.]+\s*(?:mu|pt|em|ex|mm|cm|in)\b"
)
_PIECE = re.compile(r"\\([A-Za-z]+)\s*|([^\\]+)")


def plain_units(source: str) -> str:
    """Return TeX with its quantities of a package as number and unit, and without lengths and labels."""
    if "\\" not in source:
        return source
    source = _UNSEEN.sub(" ", source)
    source = _RANGE.sub(lambda m: f"{_number(m[1])}–{_number(m[2])} {_unit(m[3])} ", source)
    source = _QUANTITY.sub(lambda m: f"{_number(m[1])} {_unit(m[2])} ", source)
    source = _SHORT.sub(lambda m: f"{m[1]} {_unit(m[2])} ", source)
    source = _ALONE.sub(lambda m: f"{_unit(m[1])} ", source)
    return _NUMBER.sub(lambda m: f"{_number(m[1])} ", source)


def _number(text: str) -> str:
    """Return a number as siunitx reads it: 5e6 is five million, +- is ±."""
    text = text.strip().replace("+-", "±").replace("\\pm", "±")
    power = _POWER.search(text)
    return f"{text[: power.start()]} × 10^{{{int(power[1])}}}" if power else text


def _unit(source: str) -> str:
    """Return a unit that is spelled by commands, or as it stands where it is letters."""
    out: list[str] = []
    raising = ""
    for command, letters in _PIECE.findall(source):
        if command == "per":
            out.append("/")
        elif command in _BEFORE:
            raising = _BEFORE[command]
        elif command in _PREFIXES:
            out.append(_PREFIXES[command])
        elif command:
            said = _WORDS.get(command) or (f"μ{command[1:]}" if command[0] == "u" and len(command) > 1 else command)
            out.append(said + raising)
            raising = ""
        else:
            out.append(letters.strip().replace(".", "·").replace("~", " "))
    return "".join(out)
