"""Who wins when people disagree."""

from __future__ import annotations

from answers import STUDY, low, say

from vivex.annotation import Annotation, find_quote
from vivex.people import adjudicate, conflicts
from vivex.people.importing import take_in
from vivex.people.machine import document
from vivex.people.resolve import gold, resolved
from vivex.people.store import Session

SESSION = Session("w.xlsx", "", False)


def test_machine_output_alone_answers_nothing(review):
    assert resolved(review) == []


def test_alone_unanimous_conflict_adjudicated(review):
    say(review, "mk", "syrcle.other_bias", low())
    say(review, "mk", "syrcle.random_housing", low())
    say(review, "th", "syrcle.random_housing", low())
    say(review, "mk", "form.dose", "10 mg/kg", "20 mg/kg")
    say(review, "th", "form.dose", "10 MG/KG", "30 mg/kg")
    states = {i.label: i.state for i in resolved(review)}
    assert states == {"syrcle.other_bias": "single", "syrcle.random_housing": "unanimous", "form.dose": "conflict"}
    assert not [a for a in gold(resolved(review)) if a.label == "form.dose"]
    adjudicate.settle(review, STUDY, "form.dose", by="xy", take=["mk"], note="table 1")
    item = next(i for i in resolved(review) if i.label == "form.dose")
    assert item.state == "adjudicated"
    assert [a.value for a in item.annotations] == ["10 mg/kg", "20 mg/kg"]
    assert {a.source for a in item.annotations} == {"adjudicator:xy"}
    assert conflicts.conflicts(review) == []


def test_agreement_merges_the_evidence_of_both(review):
    say(review, "mk", "form.species", "rat", quote="Wistar rats")
    say(review, "th", "form.species", "Rat", quote="the treated rats")
    (item,) = resolved(review)
    assert item.state == "unanimous"
    assert [e.quote for e in item.annotations[0].evidence] == ["Wistar rats", "the treated rats"]
    assert item.annotations[0].source == "reviewers:mk+th"


def test_groups_count_where_both_name_them(review):
    say(review, "mk", "form.dose", "10 mg/kg", group="treated")
    say(review, "th", "form.dose", "10 mg/kg")
    (item,) = resolved(review)
    assert (item.state, item.annotations[0].group) == ("unanimous", "treated")
    say(review, "th", "form.dose", "10 mg/kg", group="control")
    assert [i.state for i in resolved(review)] == ["conflict"]


def test_all_rejected_is_the_same_as_not_reported(review):
    made = Annotation(STUDY, "form.age", "8 weeks", (), "reviewer:mk", None, decision="rejected")
    take_in(review, "mk", [made], SESSION)
    say(review, "th", "form.age", "not reported")
    assert [i.state for i in resolved(review)] == ["unanimous"]


def test_spans_are_settled_one_by_one(review):
    for who, quotes in (("mk", ["Wistar", "rats"]), ("th", ["Wistar", "male Wistar rats"])):
        places = [find_quote(q, document(review, STUDY)) for q in quotes]
        made = [
            Annotation(STUDY, "strain", {"text": e.quote}, (e,), f"reviewer:{who}", None, decision="added")
            for e in places
        ]
        take_in(review, who, made, SESSION)
    assert sorted(i.state for i in resolved(review)) == ["conflict", "conflict", "unanimous"]


def test_who_settled_an_item_is_known_also_where_no_value_stands(review):
    for who in ("mk", "th"):
        say(review, who, "form.age", "8 weeks", decision="rejected", note=f"{who} finds nothing")
    say(review, "mk", "form.route", "i.v.")
    say(review, "th", "form.route", "i.p.")
    say(review, "mk", "form.sex", "male")
    of = {i.label: (i.by, i.note) for i in resolved(review)}
    assert of == {
        "form.age": ("reviewers:mk+th", "mk finds nothing; th finds nothing"),
        "form.route": ("", ""),
        "form.sex": ("reviewer:mk", ""),
    }
    adjudicate.settle(review, STUDY, "form.route", by="xy", take=["mk"], note="table 1")
    assert {(i.by, i.note) for i in resolved(review) if i.label == "form.route"} == {("adjudicator:xy", "table 1")}
