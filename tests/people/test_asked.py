"""What people were asked: kept by what it says, compared with what is asked now."""

from __future__ import annotations

from dataclasses import replace

import pytest
from answers import STUDY, say

from vivex.codebook import Field, read_codebook, template
from vivex.errors import MalformedFile
from vivex.people.asked import FILE, POLICY, asked_otherwise, changed_since, handed_out, keep, kept, since
from vivex.people.assign import Assignment, record
from vivex.people.store import statement_of
from vivex.review import Review
from vivex.team.reconcile import united


def test_a_codebook_is_kept_once_and_named_by_what_is_decided_under_it(review: Review) -> None:
    say(review, "mk", "form.dose", "10 mg/kg")
    say(review, "mk", "form.route", "i.v.")
    codebook = read_codebook(review.codebook)
    assert list(kept(review)) == [codebook.id]
    assert {s.codebook for s in statement_of(review, STUDY, "mk").sessions} == {codebook.id}
    assert (keep(review), list(kept(review))) == (codebook.id, [codebook.id])
    assert kept(review)[codebook.id].labels == set(codebook.questions)


def test_what_changed_is_said_in_words(review: Review) -> None:
    keep(review)
    (before,) = kept(review).values()
    now = template("invivo")
    assert list(since(before, now)) == []
    other = replace(
        now,
        fields=(
            *(replace(f, type="category", allowed=("rat",)) if f.name == "species" else f for f in now.fields[:-1]),
            Field("anaesthesia", "Which anaesthetic was used?"),
        ),
        policy={**now.policy, "data_not_shown": "unclear"},
    )
    gone = now.fields[-1].name
    assert list(since(before, other)) == [
        "anaesthesia is asked since",
        f"{gone} is asked no more",
        "species is asked otherwise now (type, allowed)",
        "policy.data_not_shown was high, is unclear",
    ]
    assert asked_otherwise(before.fields["species"], other.asks["species"]) == ["type", "allowed"]
    assert asked_otherwise(before.fields["dose"], other.asks["dose"]) == []
    assert asked_otherwise({}, other.asks["anaesthesia"]) == []


def test_what_only_the_machine_reads_makes_no_other_codebook() -> None:
    now = template("invivo")
    fields = tuple(replace(f, keywords=("word",)) for f in now.fields)
    assert replace(now, fields=fields, title="another").id == now.id
    assert replace(now, policy={"n_as_range": "high"}).id != now.id


def test_two_peoples_codebooks_are_united_by_line(review: Review) -> None:
    keep(review)
    ours = (review.annotations / FILE).read_bytes()
    theirs = ours.replace(b'"codebook": "', b'"codebook": "f')
    one, other = united(FILE, None, ours, theirs), united(FILE, None, theirs, ours)
    assert one is not None
    assert one == other
    assert sorted(one.data.splitlines()) == sorted([*ours.splitlines(), *theirs.splitlines()])


def test_a_line_that_is_no_codebook_is_named(review: Review) -> None:
    (review.annotations / FILE).write_text('{"codebook": "x", "fields": []}\n', encoding="utf-8")
    with pytest.raises(MalformedFile, match=r"codebooks.jsonl:1: expected"):
        kept(review)


def test_who_is_asked_a_label(review: Review) -> None:
    asked = keep(review)
    record(
        review,
        [
            Assignment(STUDY, "mk", False, asked, ("anaesthesia",)),
            Assignment(STUDY, "th", False, asked),
            Assignment(STUDY, "xy", False, asked, left=True),
        ],
    )
    handed = handed_out(review)
    assert handed(STUDY, "form.dose") == {"mk", "th"}
    assert handed(STUDY, "form.anaesthesia") == {"mk"}
    assert handed(STUDY, "form.housing") == {"mk", "th"}  # added, and handed to nobody yet
    assert handed("bell-2020", "form.dose") == set()


def test_what_was_decided_under_other_words_is_told_by_label(review: Review) -> None:
    say(review, "mk", "form.dose", "10 mg/kg")
    say(review, "mk", "form.route", "i.v.")
    say(review, "mk", "syrcle.other_bias", {"judgement": "low"})
    stated = statement_of(review, STUDY, "mk")
    before = read_codebook(review.codebook)
    assert changed_since(stated.reviewed, stated.sessions, before, kept(review)) == {}
    fields = tuple(replace(f, question="Otherwise?") if f.name == "dose" else f for f in before.fields)
    now = replace(before, fields=fields, policy={"n_as_range": "high"})
    assert changed_since(stated.reviewed, stated.sessions, now, kept(review)) == {
        "form.dose": ("question",),
        "syrcle.other_bias": (POLICY,),
    }
