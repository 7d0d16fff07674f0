"""Who said what is paired: people with people, and with the machine as they saw it."""

from __future__ import annotations

import json

from answers import STUDY, low, say

from vivex.people.ratings import BLIND, MODEL, PEOPLE, PREFILLED, learnt_from, part_of, ratings


def test_people_are_paired_and_the_machine_by_what_they_saw(review):
    say(review, "mk", "syrcle.other_bias", low(), blind=True)
    say(review, "th", "syrcle.other_bias", low("high"), decision="edited")
    found = ratings(review)
    assert [(p.comparison, p.raters) for p in found.pairs] == [
        (PEOPLE, ("mk", "th")), (BLIND, ("mk", MODEL)), (PREFILLED, ("th", MODEL)),
    ]  # fmt: skip
    assert found.reviewers == ("mk", "th")
    assert found.decisions == {"syrcle.other_bias": {"edited": 1}}  # of those who saw proposals


def test_spans_bring_the_text_they_stand_in(review):
    say(review, "mk", "strain", {"text": "Wistar"}, quote="Wistar")
    assert set(ratings(review).texts) == {STUDY}


def test_a_study_that_the_model_learnt_from_is_not_compared_with_it(review):
    say(review, "mk", "syrcle.other_bias", low())
    path = review.models / "rob" / "promoted.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"promoted": True, "trained_on": [STUDY]}), encoding="utf-8")
    assert learnt_from(review)["rob"] == {STUDY}
    found = ratings(review)
    assert (found.pairs, found.left_out) == ((), {"rob": (STUDY,)})


def test_each_label_is_answered_by_a_part_of_the_model():
    labels = ("strain", "syrcle.other_bias", "reporting.blinding", "form.dose")
    assert [part_of(label) for label in labels] == ["ner", "rob", "rob", "fields"]
