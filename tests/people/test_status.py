"""Where a review's people stand, and what they do next."""

from __future__ import annotations

import json

from answers import STUDY, answer_all, ask_more, low, say

from vivex.codebook import read_codebook
from vivex.people import library
from vivex.people.assign import Assignment, record
from vivex.people.hand_out import hand_out, hand_out_fields
from vivex.people.status import as_text, status
from vivex.references import Reference


def state(review):
    """Return the review's status."""
    return status(review, read_codebook(review.codebook))


def test_without_reviewers_assigning_is_next(review):
    found = state(review)
    assert (found.papers, found.shares, len(found.unreviewed)) == (4, (), 4)
    assert "next: vivex assign" in as_text(found)


def test_shares_standings_and_conflicts_are_counted(review):
    record(review, [Assignment(STUDY, "mk", True), Assignment("bell-2020", "mk", False), Assignment(STUDY, "th", True)])
    say(review, "mk", "syrcle.other_bias", low(), blind=True)
    say(review, "th", "syrcle.other_bias", low("high"), blind=True)
    found = state(review)
    mk = next(s for s in found.shares if s.reviewer == "mk")
    assert (mk.assigned, mk.begun, mk.finished, mk.blind, mk.waiting) == (2, 1, 0, 1, ("bell-2020",))
    assert mk.decisions["added"] == 1
    (standing,) = found.standings
    assert (standing.reviewers, standing.states) == (("mk", "th"), {"conflict": 1})
    text = as_text(found)
    assert "1 conflicts in 1 studies" in text
    assert "waiting: bell-2020" in text
    library.record(review, {STUDY: Reference(authors=("Ames, A.",), year="2019")}, when="")
    told = as_text(state(review))
    assert f"  {STUDY} (Ames 2019): 1 (mk, th)" in told
    assert "waiting: bell-2020\n" in told
    assert "next: vivex conflicts" in text


def test_a_question_that_was_added_is_named_though_old_statements_dont_say_what_was_asked(review):
    answer_all(review, "mk", but="form.age")
    for path in (review.annotations / STUDY).glob("*.jsonl"):  # as vivex wrote before it kept codebooks
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        old = [{key: value for key, value in line.items() if key != "codebook"} for line in lines]
        path.write_text("".join(json.dumps(line) + "\n" for line in old), encoding="utf-8")
    found = state(review)
    assert [(one.field, one.studies, one.handed) for one in found.new] == [("age", 1, False)]
    assert found.shares[0].finished == 1
    assert "1 new question open in 1 study: age (vivex assign --fields age hands it out)" in as_text(found)


def test_a_question_that_was_handed_out_since_takes_nothing_of_done_back(review):
    hand_out(review, ["mk", "th"], studies=[STUDY])
    for who in ("mk", "th"):
        answer_all(review, who)
    ask_more(review)
    assert [(one.field, one.handed) for one in state(review).new] == [("anaesthesia", False)]
    hand_out_fields(review, ["anaesthesia"])
    found = state(review)
    assert [s.finished for s in found.shares] == [1, 1]
    assert "1 new question open in 1 study: anaesthesia (vivex work asks it)" in as_text(found)
    say(review, "mk", "form.anaesthesia", "isoflurane")
    found = state(review)
    assert found.standings[0].states["awaited"] == 1
    assert "1 item in 1 study answered by one reviewer, awaiting another" in as_text(found)
    say(review, "th", "form.anaesthesia", "isoflurane")
    found = state(review)
    assert (found.new, "awaited" in found.standings[0].states) == ((), False)


def test_an_empty_review_needs_papers(tmp_path):
    from vivex.codebook import template
    from vivex.review import Review

    assert "put papers into pdfs/, then vivex assign" in as_text(status(Review(tmp_path), template("invivo")))
