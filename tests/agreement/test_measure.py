"""Which coefficients suit an item, and what they rest on."""

from __future__ import annotations

import pytest

from vivex.agreement.measure import confusions, leading, measure
from vivex.annotation import Annotation, Evidence
from vivex.people.ratings import PEOPLE, Pair, Ratings


def judged(study: str, word: str) -> tuple[Annotation, ...]:
    """Return a judgement of other bias."""
    return (Annotation(study, "syrcle.other_bias", {"judgement": word}),)


def pairs(*words: tuple[str, str]) -> Ratings:
    """Return two reviewers' judgements, a study each."""
    made = (
        Pair(PEOPLE, f"study-{i:02d}", "syrcle.other_bias", ("mk", "th"), judged(f"study-{i:02d}", a), judged("", b))
        for i, (a, b) in enumerate(words)
    )
    return Ratings(tuple(made), ("mk", "th"))


def found(ratings: Ratings, item: str) -> dict[str, float]:
    """Return an item's coefficients."""
    return {r.coefficient: r.result.value for r in measure(ratings, resamples=50) if r.item == item}


def test_a_judgement_has_the_chance_corrected_and_the_ordered_coefficients() -> None:
    told = found(pairs(("low", "low"), ("low", "high"), ("high", "high"), ("unclear", "unclear")), "syrcle.other_bias")
    assert told["percent"] == 0.75
    assert {"kappa", "ac1", "alpha", "pabak", "kappa_linear", "kappa_quadratic", "ac2", "alpha_ordinal"} <= set(told)
    assert "f1" not in told


def test_confusions_count_first_rater_in_rows() -> None:
    tables = confusions(pairs(("low", "high"), ("low", "high"), ("high", "high")))
    table = next(t for t in tables if t.item == "syrcle.other_bias")
    assert table.counts[table.categories.index("low")][table.categories.index("high")] == 2
    assert sum(map(sum, table.counts)) == 3


def test_spans_are_scored_by_f1_never_by_kappa() -> None:
    def marked(start: int, end: int) -> tuple[Annotation, ...]:
        return (Annotation("s", "strain", {"text": "Wistar"}, (Evidence(start, end, "Wistar"),)),)

    ratings = Ratings(
        (Pair(PEOPLE, "s", "strain", ("mk", "th"), marked(0, 6), marked(0, 11)),), texts={"s": "Wistar rats"}
    )
    told = found(ratings, "strain")
    assert told["f1_exact"] == 0
    assert told["f1_overlap"] == 1
    assert "kappa" not in told


def test_numbers_below_zero_are_not_those_above() -> None:
    def said(value: str) -> tuple[Annotation, ...]:
        return (Annotation("s", "form.weight", value),)

    given = (("-5 g", "\u22125 g"), ("-5 g", "5 g"), ("3 g", "3 g"), ("0.25 kg", "250 g"))
    both = (Pair(PEOPLE, f"s{i}", "form.weight", ("mk", "th"), said(a), said(b)) for i, (a, b) in enumerate(given))
    told = found(Ratings(tuple(both), ("mk", "th")), "form.weight")
    assert told["exact"] == 0.75


def test_a_field_is_the_same_in_whatever_unit_it_is_written() -> None:
    def said(value: str) -> tuple[Annotation, ...]:
        return (Annotation("s", "form.weight", value),)

    ratings = Ratings((Pair(PEOPLE, "s", "form.weight", ("mk", "th"), said("250 g"), said("0.25 kg")),))
    assert found(ratings, "form.weight")["f1"] == 1


def test_the_leading_coefficient_of_each_item_is_plotted() -> None:
    rows = leading(measure(pairs(("low", "low"), ("high", "low")), resamples=50))
    assert {r.coefficient for r in rows} == {"kappa"}


def test_no_pair_gives_no_row() -> None:
    assert measure(Ratings()) == []
    assert confusions(Ratings()) == []


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_studies_changes_nothing(order: int) -> None:
    words = [("low", "low"), ("low", "high"), ("high", "high")]
    assert found(pairs(*words[::order]), "syrcle")["kappa"] == pytest.approx(found(pairs(*words), "syrcle")["kappa"])
