"""From scored values to proposals: which are said, once each, and with which evidence."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from vivex.extract.reading import Line
from vivex.extract.value_features import Group

RANKED = 24  # values of a field that are ranked at all
SUREST = 0.99
LISTED, BESIDE_LIST = 3, 0.5  # groups that a paper names, from which a phrase beside them is half as probable
DOUBTFUL = 0.3  # below, a value that no recogniser backs isn't said
_EXACT = (
    "n_total",
    "n_per_group",
    "dose",
    "duration",
    "frequency",
    "age",
    "weight",
    "species",
    "sex",
    "route",
    "mirna",
    "target_gene",
)


_GIVEN = ("dose", "route", "frequency", "duration", "intervention")
ELSEWHERE = frozenset(("anaesthesia", "test", "measurement", "sampling", "housing"))
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_NOT = re.compile(r"\b(?:not|no|non|without|un\w+ed)\b")
_ADDED = re.compile(r" ?(?:\+|&) ?| (?:plus|treated with) ")
_BRACKETS = re.compile(r" ?\([^()]*\)")


@functools.lru_cache(maxsize=1 << 16)
def words_of(value: str) -> frozenset[str]:
    """Return a value's words, for telling whether two values say the same."""
    return frozenset(re.findall(r"[^\W_]+(?:[./%-][^\W_]+)*", value.lower()))


def alike(field: str, a: str, b: str) -> bool:
    """Tell whether a second value would repeat the first: equal, or phrases that agree in most words."""
    if a == b:
        return True
    if field in _EXACT:
        return False
    a, b = _BRACKETS.sub("", a), _BRACKETS.sub("", b)
    if field == "strain":
        one, two = re.sub(r"[^\w/+−]", "", a), re.sub(r"[^\w/+−]", "", b)
        return one.startswith(two) or two.startswith(one) or f" {a} " in f" {b} " or f" {b} " in f" {a} "
    if field == "groups" and (
        _NUMBERS.findall(a) != _NUMBERS.findall(b) or bool(_NOT.search(a)) != bool(_NOT.search(b))
    ):
        return False  # "at 100 mg/kg" and "at 200 mg/kg", "mated" and "not mated" are two groups
    if field == "groups" and (_adds(a, b) or _adds(b, a)):
        return False
    if f" {a} " in f" {b} " or f" {b} " in f" {a} ":
        return True
    x, y = words_of(a), words_of(b)
    same = 0.85 if field == "groups" else 0.6  # "low dose" and "high dose" are two groups
    return bool(x and y) and 2 * len(x & y) / (len(x) + len(y)) >= same


def _adds(a: str, b: str) -> bool:
    """Tell whether a group's name is another's with something added: "OA" and "OA + exosome"."""
    return (
        _ADDED.match(b, len(a)) is not None if b.startswith(a) else b.endswith(a) and bool(_ADDED.search(b[: -len(a)]))
    )


def ranked(field: str, groups: Sequence[Group], probabilities: Sequence[float]) -> list[tuple[Group, float]]:
    """Return the best of the groups in order, leaving out those that repeat a better one."""
    order = sorted(range(len(groups)), key=lambda i: (-probabilities[i], groups[i].members[0].start, groups[i].key))
    kept: list[tuple[Group, float]] = []
    for i in order:
        own = named(groups[i])
        if not any(
            alike(field, groups[i].key, g.key) and not (own and _goes_on(groups[i].key, g.key)) for g, _ in kept
        ):
            kept.append((groups[i], float(probabilities[i])))
            if len(kept) == RANKED:
                break
    return kept


def named(group: Group) -> bool:
    """Tell whether the paper names it as an experimental group."""
    return group.field == "groups" and any(m.way.startswith("mention:group") for m in group.members)


def beside_list(field: str, order: Sequence[tuple[Group, float]]) -> list[tuple[Group, float]]:
    """Return the ranked values; where a paper lists its groups, phrases that are none of those count less."""
    if field != "groups" or sum(named(g) for g, _ in order) < LISTED:
        return list(order)
    return sorted(((g, p if named(g) else p * BESIDE_LIST) for g, p in order), key=lambda said: -said[1])


def listed(field: str, order: Sequence[tuple[Group, float]]) -> list[tuple[Group, float]]:
    """Return the ranked values; the amounts that one mention of a dose lists ("5, 10 or 20 mg/kg") are as probable."""
    if field != "dose":
        return list(order)
    best: dict[tuple[int, int], float] = {}
    for group, p in order:
        for place in _places(group):
            best[place] = max(best.get(place, 0.0), p)
    return sorted(((g, max([p, *(best[at] for at in _places(g))])) for g, p in order), key=lambda said: -said[1])


def _places(group: Group) -> set[tuple[int, int]]:
    return {(m.start, m.end) for m in group.members if m.way.startswith("mention:")}


def _goes_on(a: str, b: str) -> bool:
    """Tell whether one name is the other with several words more: "sham" and "sham with oil in the water"."""
    x, y = words_of(a), words_of(b)
    return (x < y or y < x) and abs(len(x) - len(y)) > 1


def choose(
    order: Sequence[tuple[Group, float]], *, threshold: float, least: float, most: int
) -> list[tuple[Group, float]]:
    """Return those of the ranked values that are said; the best alone may be as weak as `least`.

    A value that no recogniser backs and that is improbable isn't said.
    """
    order = [(g, p) for g, p in order if not asked_of_another(g)]
    number = sum(p >= threshold for _, p in order[:most]) or int(bool(order) and order[0][1] >= min(threshold, least))
    return [(g, p) for g, p in order[:number] if p >= DOUBTFUL or backed(g)]


def announced(order: Sequence[tuple[Group, float]], lines: Sequence[Line]) -> list[tuple[Group, float]]:
    """Return the best value that a mention of the title gives, else of the abstract, or nothing.

    What is modelled is told there: of 28 annotated papers with a model in their title none reports no model, and the
    most frequent one of the title is right in 17.
    """
    for place in ("title", "abstract"):
        for group, p in order:
            if any(
                place in (lines[m.line].kind, lines[m.line].role) and m.way == "mention:model" for m in group.members
            ):
                return [(group, p)]
    return []


def asked_of_another(group: Group) -> bool:
    """Tell whether every mention of the value is for something else than treatment or model: a test, a sampling …"""
    purposes = [m.purpose for m in group.members if m.way.startswith("mention:")]
    return group.field in _GIVEN and bool(purposes) and all(p in ELSEWHERE for p in purposes)


def sure(probability: float) -> float:
    """Return a probability as it is shown: two digits, and nothing is certain."""
    return round(min(probability, SUREST), 2)


def backed(group: Group) -> bool:
    """Tell whether a recogniser backs the value, or a part of it."""
    return any(m.backed for m in group.members)
