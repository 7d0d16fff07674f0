"""Every coefficient that suits an item, for every comparison of a review."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vivex.agreement.alpha import krippendorff_alpha
from vivex.agreement.coefficients import cohen_kappa, fleiss_kappa, gwet_ac1, gwet_ac2, pabak, percent
from vivex.agreement.numbers import comparable, icc, in_one_unit, mean_absolute_difference, within
from vivex.agreement.result import Agreement
from vivex.agreement.span_agreement import span_f1, value_f1
from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS
from vivex.labels import is_entity
from vivex.people.ratings import COMPARISONS, PEOPLE, Pair, Ratings
from vivex.people.values import answers, compared, kind, order
from vivex.quantities import Quantity, find, read
from vivex.questions import NOT_REPORTED, shown

POOLED = {"judgement": "syrcle", "reporting": "reporting", "field": "form", "entity": "entities"}
LEADING = {"judgement": "kappa", "reporting": "kappa", "field": "f1", "entity": "f1_overlap"}  # shown in the plots
TOLERANCE = 0.05  # of the larger number


@dataclass(frozen=True, slots=True)
class Row:
    """Give one coefficient of one item in one comparison."""

    comparison: str
    raters: str  # "mk × th", or "all"
    item: str  # a label, or a pooled name: syrcle, reporting, form, entities
    coefficient: str
    result: Agreement


@dataclass(frozen=True, slots=True)
class Confusion:
    """Count how two sides' categories of an item meet (first side in rows)."""

    comparison: str
    item: str
    categories: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def measure(
    ratings: Ratings, *, comparisons: Sequence[str] = COMPARISONS, resamples: int = 2000, seed: int = 0
) -> list[Row]:
    """Return the coefficients of every comparison: over all raters, then for each pair of them."""
    rows: list[Row] = []
    for comparison in comparisons:
        mine = [p for p in ratings.pairs if p.comparison == comparison]
        duos = sorted({p.raters for p in mine})
        for raters, part in [("all", mine)] + [(" × ".join(d), [p for p in mine if p.raters == d]) for d in duos]:
            if raters != "all" and len(duos) == 1:
                continue
            for item, pairs in _items(part):
                for name, result in _coefficients(pairs, ratings, resamples, seed).items():
                    rows.append(Row(comparison, raters, item, name, result))
    return rows


def confusions(ratings: Ratings, *, comparisons: Sequence[str] = COMPARISONS) -> list[Confusion]:
    """Return how categories meet, for each judgement and reporting item and for all of a kind."""
    found = []
    for comparison in comparisons:
        mine = [p for p in ratings.pairs if p.comparison == comparison]
        for item, pairs in _items(mine):
            categories = order(pairs[0].label)
            if categories is None:
                continue
            first, second, _ = _categorical(pairs)
            counts = tuple(
                tuple(sum(a == x and b == y for a, b in zip(first, second)) for y in categories) for x in categories
            )
            found.append(Confusion(comparison, item, tuple(categories), counts))
    return found


def _items(pairs: Sequence[Pair]) -> Iterable[tuple[str, list[Pair]]]:
    """Yield each pooled kind and each label with its pairs."""
    for sort, name in POOLED.items():
        of = [p for p in pairs if kind(p.label) == sort]
        if of:
            yield name, of
        for label in sorted({p.label for p in of}, key=_place):
            yield label, [p for p in of if p.label == label]


def _place(label: str) -> tuple[int, str]:
    """Return where a label stands: in the order of SYRCLE and of the reporting items, others by name."""
    tail = label.partition(".")[2]
    known = {"syrcle": SYRCLE_ITEMS, "reporting": REPORTING_ITEMS}.get(label.partition(".")[0], ())
    return (known.index(tail) if tail in known else 0, label)


def _coefficients(pairs: list[Pair], ratings: Ratings, resamples: int, seed: int) -> dict[str, Agreement]:
    options = {"resamples": resamples, "seed": seed}
    sort = kind(pairs[0].label)
    if sort == "entity":
        return _entity(pairs, ratings, options)
    if sort == "field":
        return _field(pairs, options)
    found = _chance_corrected(*_categorical(pairs), order(pairs[0].label) or [], sort == "judgement", options)
    if pairs[0].comparison == PEOPLE and len({r for p in pairs for r in p.raters}) > 2:
        found |= _many(pairs, options)
    return found


def _categorical(pairs: Sequence[Pair]) -> tuple[list[Any], list[Any], list[Hashable]]:
    """Return both sides' categories and the study of each item; items are outcomes where a judgement is per outcome."""
    first: list[Any] = []
    second: list[Any] = []
    clusters: list[Hashable] = []
    for pair in pairs:
        one, other = (dict(answers(side, pair.label)) for side in (pair.first, pair.second))
        for group in sorted({*one, *other}):
            first.append(one.get(group))
            second.append(other.get(group))
            clusters.append(pair.study)
    return first, second, clusters


def _chance_corrected(
    first: list[Any],
    second: list[Any],
    clusters: list[Hashable],
    categories: list[str],
    ordered: bool,
    options: dict[str, int],
) -> dict[str, Agreement]:
    both: Any = {"categories": categories, "clusters": clusters, **options}
    sides = [first, second]
    found = {
        "percent": percent(sides, **both),
        "kappa": cohen_kappa(first, second, **both),
        "ac1": gwet_ac1(sides, **both),
        "alpha": krippendorff_alpha(sides, **both),
        "pabak": pabak(sides, **both),
    }
    if ordered:
        found |= {
            "kappa_linear": cohen_kappa(first, second, "linear", **both),
            "kappa_quadratic": cohen_kappa(first, second, "quadratic", **both),
            "ac2": gwet_ac2(sides, "quadratic", **both),
            "alpha_ordinal": krippendorff_alpha(sides, "ordinal", **both),
        }
    return found


def _many(pairs: Sequence[Pair], options: dict[str, int]) -> dict[str, Agreement]:
    """Return the coefficients that take three raters and more at once."""
    cells: dict[tuple[str, str, str], dict[str, Any]] = {}
    for pair in pairs:
        for rater, side in zip(pair.raters, (pair.first, pair.second), strict=True):
            for group, answer in answers(side, pair.label):
                cells.setdefault((pair.study, pair.label, group), {})[rater] = answer
    raters = sorted({r for cell in cells.values() for r in cell})
    units = sorted(cells)
    table = [[cells[u].get(r) for u in units] for r in raters]
    categories = order(pairs[0].label) or []
    clusters = [u[0] for u in units]
    counts = [[sum(v == c for v in cells[u].values()) for c in categories] for u in units]
    both: Any = {"categories": categories, "clusters": clusters, **options}
    return {
        "fleiss": fleiss_kappa(counts, clusters=clusters, **options),
        "percent": percent(table, **both),
        "ac1": gwet_ac1(table, **both),
        "alpha": krippendorff_alpha(table, **both),
        "pabak": pabak(table, **both),
    }


def _field(pairs: Sequence[Pair], options: dict[str, int]) -> dict[str, Agreement]:
    first: dict[str, set[tuple[str, Hashable]]] = {}
    second: dict[str, set[tuple[str, Hashable]]] = {}
    study_of: dict[str, Hashable] = {}
    reported: tuple[list[str], list[str]] = ([], [])
    same: tuple[list[str], list[str]] = ([], [])
    clusters: list[Hashable] = []
    for pair in pairs:
        key = "|".join((pair.study, pair.label, *pair.raters))
        one, other = compared((pair.first, pair.second), pair.label)
        first[key], second[key] = _given(one), _given(other)
        study_of[key] = pair.study
        clusters.append(pair.study)
        for column, side in zip(reported, (first[key], second[key]), strict=True):
            column.append("reported" if side else "not reported")
        same[0].append("alike")
        same[1].append("alike" if first[key] == second[key] else "apart")
    categories = ["not reported", "reported"]
    both: Any = {"categories": categories, "clusters": clusters, **options}
    found = {
        "f1": value_f1(first, second, clusters=study_of, **options),
        "same": percent(list(same), categories=["alike", "apart"], clusters=clusters, **options),
        "reported_percent": percent(list(reported), **both),
        "reported_kappa": cohen_kappa(*reported, **both),
        "reported_ac1": gwet_ac1(list(reported), **both),
    }
    return found | (_numbers(pairs, options) if len({p.label for p in pairs}) == 1 else {})


def _given(said: Iterable[tuple[str, Hashable]]) -> set[tuple[str, Hashable]]:
    return {(group, answer) for group, answer in said if answer != NOT_REPORTED}


def _numbers(pairs: Sequence[Pair], options: dict[str, int]) -> dict[str, Agreement]:
    """Return the coefficients of a field whose values are quantities, over the studies with one value on each side."""
    both: list[tuple[Quantity, Quantity]] = []
    clusters: list[Hashable] = []
    written: list[str] = []
    for pair in pairs:
        sides = [_given(side) for side in compared((pair.first, pair.second), pair.label)]
        if any(len(side) != 1 for side in sides):
            continue
        said = [_quantities(str(answer)) for side in sides for _, answer in side]
        if not all(said):
            return {}
        if any(len(found) > 1 or len(found[0].values) > 1 for found in said):
            continue  # several doses are no number
        both.append((said[0][0], said[1][0]))
        clusters.append(pair.study)
        texts = (shown(a.value) for side in (pair.first, pair.second) for a in side if a.label == pair.label)
        written += [f.quantity.unit for text in texts for f in find(text, bare=True)]
    if len(both) < 3:
        return {}
    one_unit = in_one_unit(both, written)
    each_in_its_own = comparable(both)
    by_study: Any = {"clusters": clusters, **options}
    return {
        "exact": within(*each_in_its_own, **by_study),
        "within_5_percent": within(*each_in_its_own, TOLERANCE, relative=True, **by_study),
        "mean_absolute_difference": mean_absolute_difference(*one_unit, **by_study),
        "icc": icc(list(one_unit), **by_study),
    }


def _quantities(answer: str) -> list[Quantity]:
    """Return the quantity that an answer is, with its sign, or those that it names."""
    whole = read(answer)
    return [whole] if whole is not None else [found.quantity for found in find(answer, bare=True)]


def _entity(pairs: Sequence[Pair], ratings: Ratings, options: dict[str, int]) -> dict[str, Agreement]:
    first: dict[str, list[tuple[int, int]]] = {}
    second: dict[str, list[tuple[int, int]]] = {}
    study_of: dict[str, Hashable] = {}
    texts: dict[str, str] = {}
    for pair in pairs:
        key = "|".join((pair.study, pair.label, *pair.raters))
        study_of[key], texts[key] = pair.study, ratings.texts.get(pair.study, "")
        for spans, side in ((first, pair.first), (second, pair.second)):
            spans[key] = sorted({(a.evidence[0].start, a.evidence[0].end) for a in side if a.evidence})
    both: Any = {"clusters": study_of, **options}
    return {f"f1_{m}": span_f1(first, second, m, texts=texts, **both) for m in ("exact", "overlap", "token")}


def leading(rows: Iterable[Row], *, raters: str = "all") -> list[Row]:
    """Return the rows that the plots show: the leading coefficient of each item."""
    return [r for r in rows if r.raters == raters and r.coefficient == LEADING[_sort(r.item)]]


def _sort(item: str) -> str:
    return next((s for s, name in POOLED.items() if name == item), "") or ("entity" if is_entity(item) else kind(item))
