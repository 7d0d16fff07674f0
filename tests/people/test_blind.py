"""Proposals of blind studies stay out of sight until their reviewers are done, and who looked is known."""

from __future__ import annotations

from people.answers import STUDY, answer_all, low, say
from vivex.codebook import read_codebook
from vivex.people import blind
from vivex.people.assign import Assignment, record
from vivex.people.ratings import BLIND, PREFILLED, ratings
from vivex.people.status import status
from vivex.people.store import read_statement, statement_path

WHEN = "2026-02-01T08:00:00Z"


def hand_out(review, *reviewers):
    """Hand the study out blind."""
    record(review, [Assignment(STUDY, name, True) for name in reviewers])


def test_withheld_until_every_reviewer_is_done(review):
    book = read_codebook(review.codebook)
    hand_out(review, "mk", "th")
    record(review, [Assignment("bell-2020", "mk", False)])
    assert blind.withheld(review, book) == {STUDY: ("mk", "th")}
    answer_all(review, "mk", blind=True)
    say(review, "th", "syrcle.other_bias", low(), blind=True)
    assert blind.withheld(review, book) == {STUDY: ("th",)}
    answer_all(review, "th", blind=True)
    assert blind.withheld(review, book) == {}


def test_why_is_told(review):
    (told,) = blind.left_out([(STUDY, "ames.pdf"), ("bell-2020", "bell.pdf")], {STUDY: ("mk", "th")})
    assert (told.study, told.file, told.reason) == (STUDY, "ames.pdf", "blind")
    assert told.remedy.startswith("mk and th judge it without proposals")


def test_a_damaged_statement_shows_nothing(review):
    hand_out(review, "mk")
    path = statement_path(review, STUDY, "mk")
    path.parent.mkdir()
    path.write_text("{")
    assert blind.withheld(review, read_codebook(review.codebook)) == {STUDY: ("mk",)}


def test_who_has_seen_is_blind_no_more(review):
    hand_out(review, "mk", "th")
    say(review, "mk", "syrcle.random_housing", low(), blind=True)
    assert blind.note_seen(review, "MK", [STUDY], when=WHEN) == [STUDY]
    assert blind.note_seen(review, "mk", [STUDY], when=WHEN) == []  # it is known already
    say(review, "mk", "syrcle.other_bias", low(), blind=True)
    statement = read_statement(statement_path(review, STUDY, "mk"))
    assert [(s.file, s.when) for s in statement.sessions if not s.blind] == [(blind.SEEN, WHEN)]
    assert statement.reviewed["syrcle.random_housing"].blind
    assert not statement.reviewed["syrcle.other_bias"].blind
    of = {(p.label, p.comparison) for p in ratings(review).pairs}
    assert of == {("syrcle.random_housing", BLIND), ("syrcle.other_bias", PREFILLED)}
    assert blind.withheld(review, read_codebook(review.codebook)) == {STUDY: ("th",)}


def test_who_only_looked_has_not_begun(review):
    hand_out(review, "mk")
    blind.note_seen(review, "mk", [STUDY], when=WHEN)
    state = status(review, read_codebook(review.codebook))
    (share,) = state.shares
    assert (share.begun, share.waiting) == (0, (STUDY,))
    assert STUDY in state.unreviewed
    assert ratings(review).reviewers == ()
