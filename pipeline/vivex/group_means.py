"""What a group measured on average, as a meta-analysis wants it: read, written and compared in one wording.

    Serum TNF-α [pg/mL], at week 8 | MSC: 24.1 ± 1.2 SEM, n = 8

Before the bar stands what was measured, its unit and when; behind it the group, mean, error, the error's type (SD, SEM
or 95% CI) and the number of animals. What a paper doesn't say is left out. Numbers are kept as written.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction

from vivex.quantities import read

SD, SEM, CI = "SD", "SEM", "95% CI"
HINT = "outcome [unit], at time | group: mean ± error SD, n = 8"  # the wording, for messages

_LONGEST = 2000  # characters of what may be a group's mean
_NUMBER = r"[-−–]?\d(?:[\d,.·]{0,20}\d)?(?:\s?[×x]\s?10\^?[-−⁻]?[\d⁰¹²³⁴-⁹]{1,4})?"
_SAID = re.compile(
    rf"(?P<mean>{_NUMBER})"
    rf"(?:\s?(?:±|\+/-|\+-)\s?(?P<error>{_NUMBER})"
    rf"|\s?\((?:95\s?%\s?CI:?\s?)(?P<low>{_NUMBER})\s?(?:to|,|–)\s?(?P<high>{_NUMBER})\))?"
    r"(?:\s(?P<type>S\.?D\.?|S\.?E\.?M\.?|S\.?E\.?|95\s?%\s?CI))?"
    r"(?:\s?[,;(]?\s?n\s?=\s?(?P<n>\d{1,9}(?:\s?[-–]\s?\d{1,9})?)\)?)?",
    re.IGNORECASE,
)
_OUTCOME = re.compile(r"(?P<outcome>.*?)(?:\s?\[(?P<unit>[^\[\]]*)\])?(?:, at (?P<time>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GroupMean:
    """Hold a group's mean of an outcome; "" where the paper doesn't say. The error of a CI is "low to high"."""

    outcome: str
    group: str
    mean: str
    error: str = ""
    error_type: str = ""  # SD, SEM or 95% CI
    n: str = ""  # a whole number, or a range of them
    unit: str = ""
    time: str = ""


def show_mean(said: GroupMean) -> str:
    """Return a group's mean in the one wording; `read_mean` reads it back."""
    unit = f" [{_inside(said.unit)}]" if said.unit else ""
    time = f", at {_before(said.time)}" if said.time else ""
    n = f", n = {said.n}" if said.n else ""
    return f"{_before(said.outcome)}{unit}{time} | {_flat(said.group)}: {_numbers(said)}{n}"


def _numbers(said: GroupMean) -> str:
    if not said.error:
        return said.mean
    if said.error_type == CI and " to " in said.error:
        return f"{said.mean} ({CI} {said.error})"
    return f"{said.mean} ± {said.error}" + (f" {said.error_type}" if said.error_type else "")


def read_mean(text: str) -> GroupMean | None:
    """Return the group's mean that a text in the one wording says, or None; "+/-" and "SE" are read too."""
    if len(text) > _LONGEST:
        return None
    before, bar, behind = _flat(text, bar=True).partition(" | ")
    group, colon, numbers = behind.rpartition(": ")
    said = _SAID.fullmatch(numbers.strip())
    what = _OUTCOME.fullmatch(before)
    if not (bar and colon and group.strip() and said and what and what["outcome"].strip()):
        return None
    bounds = (said["low"], said["high"]) if said["low"] else ()
    error = f"{_plain(bounds[0])} to {_plain(bounds[1])}" if bounds else _plain(said["error"] or "")
    return GroupMean(
        what["outcome"].strip(),
        group.strip(),
        _plain(said["mean"]),
        error,
        CI if bounds else error_type(said["type"] or ""),
        size(said["n"] or ""),
        (what["unit"] or "").strip(),
        (what["time"] or "").strip(),
    )


def mean_of(value: object) -> str:
    """Return the mean alone of a text in the one wording: what a value's evidence must hold; "" for other texts."""
    said = read_mean(value) if isinstance(value, str) else None
    return "" if said is None else said.mean.removeprefix("-")


def error_type(words: str) -> str:
    """Return SD, SEM or 95% CI for the letters that say so, else ""."""
    letters = re.sub(r"[^A-Za-z]", "", words).upper()
    return {"SD": SD, "SEM": SEM, "SE": SEM, "CI": CI}.get(letters, "")


def size(written: str) -> str:
    """Return a number of animals in the one wording, of a range ("6 - 8") without blanks and with its own dash."""
    return re.sub(r"\s{0,3}[-–]\s{0,3}", "–", written)


def same_mean(said: GroupMean) -> Hashable:
    """Return what is equal for two that say the same: words without case and signs, numbers by value."""
    words = (f"{said.outcome} {said.unit}", said.time, said.group)
    errors = tuple(number(part) for part in said.error.split(" to "))
    return (*map(_bare, words), number(said.mean), errors, said.error_type, said.n)


def number(text: str) -> Fraction | None:
    """Return the exact number that a text is, or None; "" is none."""
    found = read(text) if text else None
    if found is None or len(found.values) != 1 or found.unit or found.comparator:
        return None
    value = found.values[0]
    return value.low if value.low == value.high and value.pm is None else None


def _plain(text: str) -> str:
    """Return a number without marks that only part its thousands, its sign a hyphen."""
    plain = re.sub(r"^[−–]", "-", text)
    return re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", plain)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+|[%+]", text.casefold()))


def _flat(text: str, *, bar: bool = False) -> str:
    """Return the text on one line; a bar in it would be taken for the one that parts."""
    flat = re.sub(r"\s{1,3}", " ", text).strip()
    return flat if bar else flat.replace("|", "/")


def _inside(unit: str) -> str:
    return _flat(unit).replace("[", "(").replace("]", ")")


def _before(text: str) -> str:
    """Return what stands before the bar, without what would be taken for a unit or a time."""
    return re.sub(r",(?= at )", "", _inside(text))
