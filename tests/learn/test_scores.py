"""Scores of a model on settled studies, from sums by study."""

from __future__ import annotations

import math

import numpy as np
import pytest

from vivex.annotation import Annotation, Evidence
from vivex.document import Document
from vivex.learn.gold import Study
from vivex.learn.scores import compare, score_of, totals


def study(number: int, **judged: str) -> Study:
    """Return a study in which people settled judgements."""
    name = f"s{number}"
    made = tuple(Annotation(name, f"syrcle.{item}", {"judgement": word}) for item, word in judged.items())
    return Study(Document(study=name, text="Rats were weighed."), made, frozenset(a.label for a in made))


def said(number: int, **judged: str) -> list[Annotation]:
    """Return what a model said of a study."""
    return [Annotation(f"s{number}", f"syrcle.{item}", {"judgement": word}) for item, word in judged.items()]


STUDIES = [study(n, random_housing="low" if n % 2 else "high", other_bias="unclear") for n in range(12)]
RIGHT = {f"s{n}": said(n, random_housing="low" if n % 2 else "high", other_bias="unclear") for n in range(12)}
WRONG = {f"s{n}": said(n, random_housing="high" if n % 2 else "low", other_bias="unclear") for n in range(12)}


def test_kappa_of_right_and_wrong_answers() -> None:
    right = score_of(totals("rob", STUDIES, RIGHT), resamples=50, seed=0)
    wrong = score_of(totals("rob", STUDIES, WRONG), resamples=50, seed=0)
    assert right["syrcle_kappa"][0] == pytest.approx(1)
    assert wrong["syrcle_kappa"][0] < right["syrcle_kappa"][0]
    assert "reporting_kappa" not in right


def test_a_better_model_is_better_beyond_its_interval() -> None:
    (compared,) = compare(totals("rob", STUDIES, WRONG), totals("rob", STUDIES, RIGHT), resamples=200, seed=0)
    assert compared.gap > 0
    assert compared.studies == 12
    assert compared.to_json()["difference"] == pytest.approx(compared.gap, abs=1e-6)


def test_an_answer_that_was_not_asked_or_not_given_counts_for_nothing() -> None:
    sums = totals("rob", STUDIES[:1], {"s0": said(0, random_housing="high", blinding_caregivers="low")})
    assert sums["syrcle_kappa"].sum() == 1


def test_spans_count_where_their_label_was_reviewed() -> None:
    def mark(label: str, start: int) -> Annotation:
        return Annotation("s", label, {}, (Evidence(start, start + 4, "rats"),))

    gold = Study(Document(study="s", text="x" * 50), (mark("species", 0),), frozenset(("species",)))
    rows = totals("ner", [gold], {"s": [mark("species", 0), mark("species", 9), mark("dose", 20)]})["entity_f1"]
    assert rows.tolist() == [[1, 1, 1, 2]]
    value, ci = score_of({"entity_f1": rows}, resamples=50, seed=0)["entity_f1"]
    assert value == pytest.approx(2 / 3)
    assert math.isnan(ci[0])


def test_no_study_gives_no_score() -> None:
    assert totals("rob", [], {}) == {}
    assert np.asarray(totals("ner", [], {})["entity_f1"]).shape == (0, 4)


def test_forms_are_scored_by_the_mean_over_their_fields():
    label = {name: f"form.{name}" for name in ("sex", "dose", "n_total")}
    given = [Annotation("s0", label["sex"], "male"), Annotation("s0", label["dose"], "5 mg/kg")]
    study = Study(STUDIES[0].document, tuple(given), frozenset(label.values()))
    proposed = [
        Annotation("s0", label["sex"], "Male"),
        Annotation("s0", label["dose"], "9 mg"),
        Annotation("s0", label["dose"], "5 mg/kg"),
        Annotation("s0", "form.route", "oral"),
    ]
    sums = totals("fields", [study], {"s0": proposed})
    ((value, _),) = score_of(sums, resamples=10, seed=0).values()
    assert value == pytest.approx((1 + 2 / 3) / 2), "the number of animals was neither given nor proposed"
