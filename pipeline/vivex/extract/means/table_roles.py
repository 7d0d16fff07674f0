"""What the labels of a table name, axis by axis: groups, outcomes, times; what stands in its columns of statistics."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vivex.group_means import size
from vivex.numerals import fold
from vivex.quantities import find
from vivex.units import unit_pattern
from vivex.vocabulary import named, pattern

GROUP, OUTCOME, TIME = "group", "outcome", "time"
N, MEAN, SD, SEM, CI, MEDIAN = "n", "mean", "SD", "SEM", "CI", "median"
STATISTICS = (MEAN, SD, SEM, CI, MEDIAN)
_WORDS = 8  # that a group's name has at most
_LONGEST = 200  # characters of a label
_NAMED = 1.0  # what it weighs that a label over others says what they are

_MARKS = re.compile(r"[*∗⁎†‡§¶#$ᵃ-ᶻ¹²³⁴-⁹]{1,9}$")
_UNIT = re.compile(
    r"(?P<what>.{0,200}?)[\s,]{0,4}[(\[](?P<unit>[^()\[\]]{0,80}(?:\([^()]{0,40}\)[^()\[\]]{0,40}){0,3})[)\]]\s{0,3}(?P<rest>.{0,200})"
)
_SIZE = re.compile(r"[(\[]?\s{0,2}\bn\s{0,2}=\s{0,2}(?P<n>\d{1,9}(?:\s?[-–]\s?\d{1,9})?)\s{0,2}[)\]]?", re.IGNORECASE)
_MOMENT = re.compile(
    r"(?:(?:at|on|after|post|day|days|week|weeks|wk|month|months|hour|hours|year|years|[dwhDWH]|T|t|P)[\s.-]*\d"
    r"|\d{1,9}(?:\.\d{1,9})?\s{0,3}[-–]?\s{0,3}(?:days?|weeks?|wks?|months?|mo|hours?|hrs?|h|min(?:utes?)?|years?|d|w|s|sec)\b)",
    re.IGNORECASE,
)
_STANDING = re.compile(r"(?:baseline|pre|post|before|after|initial|final|end|start|basal)\b", re.IGNORECASE)
_UNIT_SIGNS = re.compile(r"[/%°‰·⁻]|[-−]\s?1\b")
_PLUS = re.compile(r"\w\s?\+\s?\w")


@dataclass(frozen=True, slots=True)
class Level:
    """Hold labels that stand at one height of an axis, one for each of its rows or columns, and what names them."""

    texts: tuple[str, ...]
    naming: str = ""

    @property
    def distinct(self) -> tuple[str, ...]:
        """Return each label once, "" left out."""
        return tuple(dict.fromkeys(t for t in self.texts if t))


def statistic(header: str) -> str:
    """Return which statistic a header names (mean, SD, SEM, CI, median, n), "" where none."""
    if len(header) > _LONGEST:
        return ""
    plain = _MARKS.sub("", header).strip(" :.")
    bare = re.sub(r"[()±\[\]]", " ", plain).strip()
    term = named("table_heads", bare) or named("table_heads", plain)
    if term is not None and term.class_ in (*STATISTICS, N):
        return term.class_
    if re.fullmatch(r"n\s{0,3}[(\[].*", plain):
        return N
    last = re.search(rf"({pattern('table_heads', MEAN)})\s{{0,3}}(?:[(\[][^()]*[)\]])?$", plain, re.IGNORECASE)
    first = re.match(rf"(?:[A-Za-z]+\s)?{pattern('table_heads', MEAN)}\b(?!\s?(?:±|\())", plain, re.IGNORECASE)
    return MEAN if last or first else ""


def error_named(text: str) -> str:
    """Return SD, SEM or CI where a header says it of its figures ("Weight (g) ± SD", "mean (SEM)"), else ""."""
    found = {kind for kind in (SD, SEM, CI) if _behind(kind).search(text)}
    return found.pop() if len(found) == 1 else ""


@functools.cache
def _behind(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:±|\+/-|\(|,|\bmeans?)\s{{0,3}}{pattern('table_heads', kind)}", re.IGNORECASE)


def counts_animals(label: str) -> bool:
    """Tell whether a row's label says that it counts animals: "n", "Rats analysed (n)", "No. of animals"."""
    return statistic(label) == N or bool(re.search(r"\(\s{0,3}n\s{0,3}\)\s{0,3}$|^n\b", label.strip()))


def without_mean(header: str) -> str:
    """Return what a header says beside the statistic that it names: of "Mean weight" "weight"."""
    kind = statistic(header)
    if not kind:
        return header
    rest = re.sub(pattern("table_heads", MEAN), " ", header, flags=re.IGNORECASE) if kind == MEAN else ""
    return re.sub(r"\s{1,3}", " ", rest).strip(" ,:()±")


def without_statistics(text: str) -> str:
    """Return a label without the words that say which statistic its figures are."""
    if len(text) > _LONGEST:
        return text
    kinds = "|".join(pattern("table_heads", kind) for kind in (SD, SEM, CI))
    plain = re.sub(rf"\s{{0,3}}\(?(?:means?\s{{0,3}})?(?:±|\+/-)\s{{0,3}}(?:{kinds})\)?", "", text, flags=re.IGNORECASE)
    return re.sub(
        rf"[\s,]*[(\[]means?\s{{0,3}}[(\[](?:{kinds})[)\]]\s{{0,3}}[)\]]", "", plain, flags=re.IGNORECASE
    ).strip(" ,;:")


def parted(label: str) -> tuple[str, str]:
    """Return what a label names and the unit that it gives in brackets or behind a comma, "" where none."""
    plain = _MARKS.sub("", label).strip()
    if len(plain) > _LONGEST:
        return plain, ""
    found = _UNIT.fullmatch(plain)
    if found and is_unit(found["unit"]):
        rest = f" {found['rest']}" if found["rest"].strip() else ""
        return (found["what"] + rest).strip(" ,"), found["unit"].strip()
    head, comma, tail = plain.rpartition(", ")
    if comma and is_unit(tail):
        return head, tail
    return plain, ""


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit: one that vivex knows, or figures' and letters' signs that only units have."""
    plain = fold(text).strip()
    if not plain or len(plain) > 45 or re.search(r"\bn\s?=", plain):
        return False
    if unit_pattern().fullmatch(plain):
        return True
    word = named("table_heads", plain, "unit")
    return word is not None or (bool(_UNIT_SIGNS.search(plain)) and not re.fullmatch(r"[\d\s.:/+-]+", plain))


def sized(label: str) -> tuple[str, str]:
    """Return a label without its "(n = 8)", and the number, "" where it gives none."""
    found = _SIZE.search(label) if len(label) <= _LONGEST else None
    if found is None:
        return label, ""
    rest = f"{label[: found.start()]} {label[found.end() :]}"
    return re.sub(r"\s{1,3}", " ", rest).strip(" ,;()"), size(found["n"])


def role_scores(level: Level, known: frozenset[str]) -> dict[str, float]:
    """Return how much speaks for a level naming groups, outcomes or times.

    `known` are the names of the paper's groups in lower case.
    """
    texts = level.distinct
    if not texts:
        return dict.fromkeys((GROUP, OUTCOME, TIME), 0.0)
    many = len(texts)
    naming = naming_role(level.naming)
    groups = sum(is_group(t, known) for t in texts)
    controls = any(is_control(t) and len(t.split()) <= _WORDS for t in texts)
    outcomes = sum(is_outcome(t) for t in texts)
    moments = sum(is_moment(t, level.naming) for t in texts)
    return {
        GROUP: groups / many + 0.5 * controls + _NAMED * (naming == GROUP),
        OUTCOME: outcomes / many + _NAMED * (naming == OUTCOME),
        TIME: moments / many + _NAMED * (naming == TIME and moments == many),
    }


def naming_role(naming: str) -> str:
    """Return what a label over others says that they are: group, outcome, time or n; "" where it doesn't."""
    plain, _ = parted(naming)
    term = named("table_heads", plain.strip(" :.")) if plain else None
    if term is not None:
        return term.class_
    if len(plain.split()) > 4:
        return ""
    ends = [role for role in (GROUP, OUTCOME, TIME) if _ending(role).search(plain)]
    return ends[0] if len(ends) == 1 else ""


@functools.cache
def _ending(role: str) -> re.Pattern[str]:
    return re.compile(rf"{pattern('table_heads', role)}$", re.IGNORECASE)


@functools.cache
def _controls() -> re.Pattern[str]:
    return re.compile(pattern("designs", "control"), re.IGNORECASE)


def is_control(label: str) -> bool:
    """Tell whether a label holds a word of control groups (sham, vehicle, control, untreated …)."""
    return bool(_controls().search(label)) or bool(re.match(r"normal\b", label, re.IGNORECASE))


def is_moment(label: str, naming: str = "") -> bool:
    """Tell whether a label is a time: "Day 7", "24 h", "baseline", a bare number under "Day"."""
    plain = label.strip()
    bare = re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?(?:\s{0,3}[-–]\s{0,3}\d{1,9})?", plain)
    if bare:
        return naming_role(naming) == TIME
    return len(plain) < 40 and bool(_MOMENT.match(plain) or _STANDING.match(plain))


def is_group(label: str, known: frozenset[str]) -> bool:
    """Tell whether a label names a group: one of the paper's, or with a control's word, a dose, "treated", "A + B"."""
    plain = " ".join(sized(label)[0].lower().split())
    if len(plain) > _LONGEST or len(plain.split()) > _WORDS:
        return False
    return (
        is_control(label)
        or plain in known
        or bool(_PLUS.search(label))
        or bool(re.search(r"(?i)\b(?:treated|group|dose)\b", label))
        or any(f.quantity.per == "mass" for f in find(label))
    )


@functools.cache
def _endpoints() -> re.Pattern[str]:
    return re.compile(f"{pattern('outcomes', 'head')}|{pattern('tests', 'measure')}", re.IGNORECASE)


def is_caption(label: str) -> bool:
    """Tell whether a header is a sentence rather than a label."""
    return len(label.split()) > _WORDS or bool(re.search(r"[a-z)]\.(?:\s|$)", label))


def is_outcome(label: str) -> bool:
    """Tell whether a label has a unit or a word of endpoints."""
    return bool(parted(label)[1]) or bool(_endpoints().search(label))


def best_role(levels: Sequence[dict[str, float]], role: str) -> float:
    """Return what speaks most for a role among the levels of an axis."""
    return max((scores[role] for scores in levels), default=0.0)


def joined(texts: Iterable[str]) -> str:
    """Return labels joined, each once, those that go on without a comma; dashes that stand for nothing are left out."""
    found = ""
    for text in dict.fromkeys(t for t in texts if t and not re.fullmatch(r"[-–—.\s]+", t)):
        goes_on = bool(re.match(r"\(|\+\s|control|group\b|\d[\d.,]*\s?[µμumkn]?[glMU]", text))
        found += (" " if goes_on else ", ") + text if found else text
    return found
