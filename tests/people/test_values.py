"""Answers are compared by what they say, groups only where both sides name them."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, Evidence
from vivex.people.values import answer, answers, compared, kind, order


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("syrcle.other_bias", {"judgement": "low", "rule": "x"}, "low"),
        ("reporting.blinding", {"reported": True}, "reported"),
        ("reporting.blinding", {"reported": False}, "not reported"),
        ("form.n_total", 0, "0"),
        ("form.strain", "Sprague–Dawley", "sprague-dawley"),
    ],
)
def test_an_answer_is_what_the_value_says(label, value, said):
    assert answer(Annotation("s", label, value)) == said


def test_a_span_answers_by_its_place():
    assert answer(Annotation("s", "strain", {"text": "Wistar"}, (Evidence(3, 9, "Wistar"),))) == (3, 9)


@pytest.mark.parametrize(
    ("one", "other"),
    [("10 mg/kg", "10mg/kg"), ("5 µg", "5 μg"), (" i.v. ", "i.v"), ("10  %", "10%"), ("250 g", "0.25 kg")],
)
def test_differences_that_mean_nothing(one, other):
    assert answer(Annotation("s", "form.dose", one)) == answer(Annotation("s", "form.dose", other))


@pytest.mark.parametrize(("one", "other"), [("10⁶ cells", "106 cells"), (".5 mg", "5 mg"), ("8 weeks", "8 months")])
def test_differences_that_mean_much(one, other):
    assert answer(Annotation("s", "form.dose", one)) != answer(Annotation("s", "form.dose", other))


def test_nothing_said_is_not_reported_and_groups_count_where_both_name_them():
    treated, plain = Annotation("s", "form.dose", "5 mg", group="Treated"), Annotation("s", "form.dose", "5 mg")
    rejected = Annotation("s", "form.dose", "5 mg", decision="rejected")
    assert answers([rejected], "form.dose") == {("", "not reported")}
    assert answers([rejected], "syrcle.other_bias") == frozenset()
    one, other = compared([[treated], [plain]], "form.dose")
    assert one == other
    one, other = compared([[treated], [Annotation("s", "form.dose", "5 mg", group="sham")]], "form.dose")
    assert one != other


def test_categories_have_an_order_and_texts_have_none():
    assert order("syrcle.other_bias") == ["low", "unclear", "high"]
    assert order("form.dose") is None
    assert kind("strain") == "entity"
