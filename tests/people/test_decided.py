"""A study as people left it: only what they settled is settled, and what nobody may see is not there."""

from __future__ import annotations

import pytest

from people.answers import STUDY, low, say
from vivex.annotation import Annotation
from vivex.codebook import read_codebook
from vivex.forms import rows
from vivex.people.decided import Decided
from vivex.people.hand_out import hand_out
from vivex.people.importing import take_in
from vivex.people.resolve import resolved
from vivex.people.store import ADJUDICATED, Session
from vivex.states import AWAITED, CONFLICT, OPEN, PROPOSED, SETTLED


def decided(review, **more):
    """Return the papers of the review as people left them."""
    return Decided(review, read_codebook(review.codebook), [STUDY], resolved(review), **more)


def values(paper, label):
    """Return what the paper's form says under a label."""
    return [(a.value, rows.voice(a)) for a in rows.proposals(paper.form, study=STUDY) if a.label == label]


def test_every_state(review):
    for who, dose, route in (("mk", "12 mg/kg", "i.v."), ("th", "12mg/kg", "i.p.")):
        say(review, who, "form.dose", dose)
        say(review, who, "form.route", route)
        say(review, who, "form.age", "8 weeks", decision="rejected", note="the paper is silent")
    (paper,) = decided(review)
    asked = ("form.dose", "form.route", "form.age", "form.species", "syrcle.other_bias", "form.frequency")
    found = [paper.state(label) for label in asked]
    assert found == [SETTLED, CONFLICT, SETTLED, PROPOSED, PROPOSED, PROPOSED]
    assert values(paper, "form.dose") == [("12 mg/kg", "mk, th")]
    assert values(paper, "form.route") == [("i.v.", "mk"), ("i.p.", "th")]
    assert values(paper, "form.age") == [("not reported", "mk, th")]
    assert values(paper, "form.species") == [("rat", "vivex")]


def test_what_one_of_two_has_answered_is_no_answer_and_nobody_is_told_it(review):
    hand_out(review, ["mk", "th"], studies=[STUDY])
    say(review, "mk", "form.dose", "12 mg/kg")
    say(review, "mk", "syrcle.other_bias", low("high"))
    (paper,) = decided(review)
    assert (paper.state("form.dose"), paper.state("syrcle.other_bias")) == (AWAITED, AWAITED)
    assert values(paper, "form.dose") == []
    assert "other_bias" not in rows.by_label(paper, "syrcle")


def test_what_is_hidden_is_not_there(review):
    say(review, "mk", "form.dose", "12 mg/kg")
    (paper,) = decided(review, hidden={STUDY})
    assert (paper.state("form.dose"), paper.state("form.species")) == (SETTLED, OPEN)
    assert paper.judgements == ()
    assert set(paper.form["fields"]) == {"dose"}


def test_an_adjudicator_goes_before_reviewers_and_unclear_stands(review):
    for who, word in (("mk", "high"), ("th", "low")):
        say(review, who, "syrcle.other_bias", low(word))
    ruling = Annotation(STUDY, "syrcle.other_bias", low("unclear"), source="adjudicator:xy", decision="added")
    take_in(review, ADJUDICATED, [ruling], Session("c.xlsx", "", False))
    (paper,) = decided(review)
    (a,) = rows.by_label(paper, "syrcle")["other_bias"]
    assert (rows.judgement(a), rows.voice(a), paper.state(a.label)) == ("unclear", "xy", SETTLED)


def test_a_judgement_only_rejected_gives_none(review):
    say(review, "mk", "syrcle.other_bias", low(), decision="rejected")
    (paper,) = decided(review)
    assert paper.state("syrcle.other_bias") == OPEN
    assert "other_bias" not in rows.by_label(paper, "syrcle")


def test_papers_are_read_one_at_a_time(review):
    with pytest.raises(TypeError, match="one at a time"):
        decided(review)[:1]
