"""Marks made in an annotation program become a reviewer's decisions, at their places in the paper of now."""

from __future__ import annotations

import pytest

from people.answers import STUDY
from vivex.exchange.formats import MarkedSpan, MarkedText
from vivex.people.machine import document
from vivex.people.marked import take_marks
from vivex.people.store import statements


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "marks.jsonl"
    path.write_text("x")
    return path


def take(review, path, text, *words, saw=False):
    """Take marks of words, each with a label."""
    spans = tuple(MarkedSpan(label, ((text.index(word), text.index(word) + len(word)),)) for word, label in words)
    texts = [MarkedText(STUDY, text, spans)]
    return take_marks(review, path, texts, reviewer="mk", saw=saw, when="2026-01-01T00:00:00Z")


def test_marks_are_decisions_and_what_is_not_marked_is_none(review, path):
    text = document(review, STUDY).text
    done = take(review, path, text, ("Wistar", "Strain"), ("10 mg/kg", "dose"), ("Methods", "Heading"))
    assert (done.problems, done.notes) == ((), ("passed over, for they are no labels of vivex: Heading",))
    statement = statements(review, STUDY)["mk"]
    (strain,) = statement.of("strain")
    assert (strain.decision, strain.value["text"], strain.evidence[0].quote) == ("added", "Wistar", "Wistar")
    assert set(statement.reviewed) == {"strain", "dose"}
    assert statement.sessions[0].blind


def test_who_saw_the_proposals_decided_on_them(review, path):
    text = document(review, STUDY).text
    take(review, path, text, ("Wistar", "strain"), saw=True)
    statement = statements(review, STUDY)["mk"]
    (strain,) = statement.decisions
    assert (strain.decision, strain.confidence, strain.source) == ("accepted", None, "reviewer:mk")
    assert strain.revises
    take(review, path, text, ("rats", "strain"), saw=True)
    decisions = sorted((a.decision, a.evidence[0].quote) for a in statements(review, STUDY)["mk"].decisions)
    assert decisions == [("added", "rats"), ("rejected", "Wistar")]


def test_marks_of_another_reading_of_the_paper_are_moved_or_named(review, path):
    text = document(review, STUDY).text
    moved = "A line before.\n\n" + text.replace("tail vein", "tail  vein")
    assert take(review, path, moved, ("Wistar", "strain")).problems == ()
    assert statements(review, STUDY)["mk"].of("strain")[0].evidence[0].start == text.index("Wistar")
    lost = take(review, path, moved + " zebrafish", ("zebrafish", "species"))
    assert lost.problems == (f"{STUDY}: the paper's text doesn't hold 'zebrafish' (species)",)
    assert "species" not in statements(review, STUDY)["mk"].reviewed


def test_a_paper_that_the_review_lacks_is_named(review, path):
    done = take_marks(review, path, [MarkedText("zoo", "x", ())], reviewer="mk", saw=False, when="")
    assert done.problems == ("zoo: no paper of that name is in the review",)
