"""The study to review next."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, write_annotations
from vivex.learn.ordering import doubt, order
from vivex.people.blind import note_seen
from vivex.people.exclude import exclude
from vivex.review import Review


def judged(study: str, low: float) -> Annotation:
    """Return a judgement of a probability."""
    shares = {"low": low, "high": (1 - low) / 2, "unclear": (1 - low) / 2}
    return Annotation(study, "syrcle.other_bias", {"judgement": "low", "probability": shares}, (), "model:rob@1", low)


def test_doubt_is_nought_where_sure_and_one_where_all_are_even() -> None:
    assert doubt(judged("s", 1.0)) == 0
    assert doubt(judged("s", 1 / 3)) == pytest.approx(1)
    assert doubt(Annotation("s", "form.dose", "5 mg/kg", confidence=0.5)) == pytest.approx(1)
    assert doubt(Annotation("s", "form.dose", "5 mg/kg")) == 0
    assert doubt(Annotation("s", "syrcle.other_bias", {"probability": {"low": 0, "high": 0}})) == 0


def test_the_most_uncertain_study_comes_first(review: Review) -> None:
    path = review.outputs / "judgements" / "cole-2021.jsonl"
    write_annotations([judged("cole-2021", 1 / 3)], path)
    write_annotations([judged("bell-2020", 0.99)], review.outputs / "judgements" / "bell-2020.jsonl")
    found = order(review)
    assert found[0].study == "cole-2021"
    assert found[0].unsure == ("syrcle.other_bias",)
    assert found[-1].study == "bell-2020"
    assert found[-1].unsure == ()


def test_a_study_that_was_only_looked_at_waits_and_an_excluded_one_does_not(review: Review) -> None:
    note_seen(review, "mk", ["ames-2019"], when="2026-02-01T00:00:00Z")
    exclude(review, "bell-2020", reason="no animals", by="xy", when="2026-02-01T00:00:00Z")
    assert {c.study for c in order(review)} == {"ames-2019", "cole-2021", "dale-2022"}
