"""Where a review's people stand, and what they do next."""

from __future__ import annotations

from answers import STUDY, low, say

from vivex.codebook import read_codebook
from vivex.people.assign import Assignment, record
from vivex.people.status import as_text, status


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
    assert "next: vivex conflicts" in text


def test_a_question_that_was_added_is_named(review):
    questions = read_codebook(review.codebook).questions
    for label in questions:
        if label != "form.age":
            value = {"syrcle": low(), "reporting": {"reported": True}}.get(label.partition(".")[0], "x")
            say(review, "mk", label, value)
    assert state(review).unanswered == ("form.age",)
    assert "answered by nobody yet: form.age" in as_text(state(review))


def test_an_empty_review_needs_papers(tmp_path):
    from vivex.codebook import template
    from vivex.review import Review

    assert "put papers into pdfs/" in as_text(status(Review(tmp_path), template("invivo")))
