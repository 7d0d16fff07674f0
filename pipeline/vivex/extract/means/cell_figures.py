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
_LETTERS = re.compile(r"(?<=\d)\s?[a-z]{1,4}(?:\s?,\s?[a-z]{1,4})*,?(?=\s*(?:±|\+/-|\+-|\(|$))")
_LEFT = re.compile(r"(?:\s*,)+\s*(?=±|\(|$)")  # commas between marks that are gone
_NUMBER = r"-?(?:\d(?:[\d,]*\d)?(?:\.\d+)?|\.\d+)(?:\s?x\s?10(?:\^-?\d+|[⁻⁰¹²³⁴-⁹]+))?"
_PLUS_MINUS = re.compile(
    rf"\s*(?P<mean>{_NUMBER})\s*(?:±|\+/-|\+-)\s*(?P<error>{_NUMBER})\s*"
    r"(?:\(\s*n\s*=\s*(?P<n>\d+)\s*\)|\([^()±]{1,30}\)|(?P<unit>[^\d()±]{1,12}))?\s*"
)
_BRACKET = re.compile(rf"\s*(?P<mean>{_NUMBER})\s*\(\s*(?:±\s*)?(?P<error>{_NUMBER})\s*\)\s*")
_LIMITS = re.compile(
    rf"\s*(?P<mean>{_NUMBER})\s*[(\[]\s*(?P<low>{_NUMBER})\s*(?:-|to|,|;)\s*(?P<high>{_NUMBER})\s*[)\]]\s*"
)
_ALONE = re.compile(rf"\s*(?P<mean>{_NUMBER})\s*")


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
    if re.fullmatch(r"-?\d+(?:\.\d+)?", plain):
        return plain
    if re.fullmatch(r"-?\.\d+", plain):
        return plain.replace(".", "0.")
    value = number(written)
    if value is None:
        return ""
    shown = str(value.numerator) if value.denominator == 1 else f"{float(value):.12g}"
    return "" if "e" in shown else shown
