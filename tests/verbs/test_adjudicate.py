"""`vivex adjudicate`: a good run, and bad input named in one line."""

from __future__ import annotations

from pathlib import Path

from verbs.conftest import Call, disagree, one_line
from vivex.people.store import ADJUDICATED, statement_of
from vivex.review import Review

ITEM = ("ames-2019", "syrcle.other_bias")


def test_a_side_is_taken_and_the_conflict_is_gone(review: Review, vivex: Call) -> None:
    disagree(review)
    said = vivex("adjudicate", *ITEM, "--by", "rd", "--take", "mk", "--root", review.root)
    assert said.status == 0
    assert "low" in said.out.lower()
    assert "0 conflicts" in vivex("conflicts", "--root", review.root).out


def test_who_works_on_this_machine_is_the_adjudicator_once_named(review: Review, vivex: Call) -> None:
    disagree(review)
    one_line(vivex("adjudicate", *ITEM, "--take", "mk", "--root", review.root), "adjudicate", "--by NAME")
    vivex("adjudicate", *ITEM, "--by", "rd", "--take", "mk", "--root", review.root)
    said = vivex("adjudicate", *ITEM, "--take", "th", "--overrule", "--root", review.root)
    assert "by rd, who works on this machine" in said.out
    judged = statement_of(review, ITEM[0], ADJUDICATED)
    assert [session.by for session in judged.sessions] == ["rd", "rd"]
    vivex("undo", "--adjudicator", "--root", review.root)
    vivex("reopen", *ITEM, "--by", "mk", "--root", review.root)
    sessions = statement_of(review, ITEM[0], ADJUDICATED).sessions
    assert [(bool(session.undoes), session.by) for session in sessions[2:]] == [(True, "rd"), (False, "mk")]


def test_words_that_the_paper_does_not_hold_are_told(review: Review, vivex: Call) -> None:
    disagree(review)
    quote = "The animals were housed on the moon."
    said = vivex("adjudicate", *ITEM, "--by", "rd", "--value", "high", "--quote", quote, "--root", review.root)
    assert said.err != ""


def test_what_nobody_said_is_named(review: Review, vivex: Call, tmp_path: Path) -> None:
    disagree(review)
    one_line(vivex("adjudicate", *ITEM, "--by", "rd", "--take", "zz", "--root", review.root), "adjudicate", "zz")
    one_line(
        vivex("adjudicate", *ITEM, "--by", "rd", "--value", "perhaps", "--root", review.root), "adjudicate", "perhaps"
    )
    one_line(vivex("adjudicate", tmp_path / "no.xlsx", "--by", "rd", "--root", review.root), "adjudicate", "no.xlsx")
