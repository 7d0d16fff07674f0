"""Before a form is saved it is told what was decided under the old one."""

from __future__ import annotations

from dataclasses import replace

from answers import STUDY, low, say

from vivex.codebook import Field, read_codebook
from vivex.people.assign import Assignment, record
from vivex.people.form_change import consequences
from vivex.review import Review


def test_nothing_is_told_where_nothing_changes(review: Review) -> None:
    now = read_codebook(review.codebook)
    assert consequences(review, now, now) == []
    asked = tuple(replace(f, keywords=("word",)) for f in now.fields)
    assert consequences(review, now, replace(now, fields=asked)) == []  # only the machine reads them


def test_each_change_is_told_with_what_was_decided(review: Review) -> None:
    for who in ("mk", "th"):
        say(review, who, "form.dose", "10 mg/kg")
    say(review, "mk", "form.sex", "male")
    say(review, "mk", "syrcle.other_bias", low())
    before = read_codebook(review.codebook)
    kept = [replace(f, question="Otherwise?", per="study") if f.name == "dose" else f for f in before.fields]
    fields = (*(f for f in kept if f.name != "sex"), Field("anaesthesia", "Which anaesthetic?"))
    now = replace(before, fields=fields, policy={"n_as_range": "high", "coded_treatments_blind_caregivers": False})
    told = [
        "dose: another wording and what an answer belongs to; kept, and marked in the desk: 2 answers in 1 study",
        "anaesthesia: a new question, not answered in any study yet",
        "sex: asked no more; kept in annotations/, but shown in no table: 1 answer in 1 study",
        "SYRCLE convention coded treatments blind caregivers: yes becomes no",
        "SYRCLE convention n as range: unclear becomes high",
        "kept, and marked in the desk: 1 judgement under the old conventions",
    ]
    assert consequences(review, before, now) == told
    record(review, [Assignment(STUDY, "mk", False)])
    assert "hand it out" in consequences(review, before, now)[1]
    say(review, "mk", "form.anaesthesia", "isoflurane")
    assert consequences(review, before, now)[1].endswith("1 answer in 1 study, given when it was asked before")


def test_another_order_is_told(review: Review) -> None:
    before = read_codebook(review.codebook)
    assert consequences(review, before, replace(before, fields=before.fields[::-1])) == [
        "the questions stand in another order"
    ]
