"""What a table's cell says: a mean with its error, a bare number, or neither; marks of significance are passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vivex.extract.means.table_roles import is_unit
from vivex.group_means import number
from vivex.numerals import fold
from vivex.units import units

_LONGEST = 80  # characters of a cell that may be a number
_RAISED = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_SIGNS = re.compile(rf"[*∗⁎†‡§¶#$‖∥@{_RAISED}]+")
_LETTERS = re.compile(r"(?<=\d)\s?[a-z]{1,4}(?:\s?,\s?[a-z]{1,4}){0,8},?(?=\s{0,3}(?:±|\+/-|\+-|\(|$))")
_LEFT = re.compile(r"(?:\s{0,3},){1,9}\s{0,3}(?=±|\(|$)")  # commas between marks that are gone
_NUMBER = r"-?(?:\d(?:[\d,]{0,14}\d)?(?:\.\d{1,9})?|\.\d{1,9})(?:\s?x\s?10(?:\^-?\d{1,9}|[⁻⁰¹²³⁴-⁹]{1,4}))?"
_PLUS_MINUS = re.compile(
    rf"\s{{0,3}}(?P<mean>{_NUMBER})\s{{0,3}}(?:±|\+/-|\+-)\s{{0,3}}(?P<error>{_NUMBER})\s{{0,3}}"
    r"(?:\(\s{0,3}n\s{0,3}=\s{0,3}(?P<n>\d{1,9})\s{0,3}\)|\([^()±]{1,30}\)|(?P<unit>[^\d()±]{1,12}))?\s{0,3}"
)
_BRACKET = re.compile(
    rf"\s{{0,3}}(?P<mean>{_NUMBER})\s{{0,3}}\(\s{{0,3}}(?:±\s{{0,3}})?(?P<error>{_NUMBER})\s{{0,3}}\)\s{{0,3}}"
)
_LIMITS = re.compile(
    rf"\s{{0,3}}(?P<mean>{_NUMBER})\s{{0,3}}[(\[]\s{{0,3}}(?P<low>{_NUMBER})\s{{0,3}}(?:-|to|,|;)\s{{0,3}}(?P<high>{_NUMBER})\s{{0,3}}[)\]]\s{{0,3}}"
)
_ALONE = re.compile(rf"\s{{0,3}}(?P<mean>{_NUMBER})\s{{0,3}}")


@dataclass(frozen=True, slots=True)
class CellFigures:
    """Hold a mean and its error as written, "" where there is none; how the error stands: ±, brackets or limits."""

    mean: str
    error: str = ""
    stands: str = ""  # "±", "()", "limits" or ""
    n: str = ""
    unit: str = ""


def cell_figures(text: str) -> CellFigures | None:
    """Return what a cell says where it is a number, alone or with an error, and nothing else; None where it isn't."""
    if len(text) > _LONGEST:
        return None
    plain = _unmarked(text)
    for pattern, stands in ((_PLUS_MINUS, "±"), (_LIMITS, "limits"), (_BRACKET, "()"), (_ALONE, "")):
        if found := pattern.fullmatch(plain):
            said = found.groupdict()
            if (unit := (said.get("unit") or "").strip()) and not is_unit(unit):
                return None
            parts = [_decimal(said[k]) for k in ("mean", "error", "low", "high") if said.get(k)]
            if any(not part for part in parts):
                return None
            return CellFigures(parts[0], " to ".join(parts[1:]), stands, said.get("n") or "", unit)
    return None


def _unmarked(text: str) -> str:
    """Return the cell's text, folded, without marks of significance: stars, raised letters, letters behind figures."""
    plain = fold(_SIGNS.sub(" ", text)).replace("×", "x").replace("·", ".")
    plain = _LETTERS.sub(lambda found: " " if _marks(found.group()) else found.group(), plain)
    return _LEFT.sub("", plain)


def _marks(letters: str) -> bool:
    """Tell whether letters behind a figure mark significance ("a", "ab", "b, c") and are no unit."""
    for word in re.findall(r"[a-z]+", letters):
        if len(word) > 1 and (word in units()[1] or list(word) != sorted(set(word))):
            return False
    return True


def _decimal(written: str) -> str:
    """Return a written number as plain figures, its last zeros kept; "" where it is none."""
    plain = written.replace(" ", "")
    if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", plain):
        return plain
    if re.fullmatch(r"-?\.\d{1,9}", plain):
        return plain.replace(".", "0.")
    value = number(written)
    if value is None:
        return ""
    shown = str(value.numerator) if value.denominator == 1 else f"{float(value):.12g}"
    return "" if "e" in shown else shown
