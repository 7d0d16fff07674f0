"""`vivex undo`: a good run, and bad input named in one line."""

from __future__ import annotations

from verbs.conftest import Call, disagree, one_line
from vivex.review import Review


def test_the_last_import_is_taken_back(review: Review, vivex: Call) -> None:
    disagree(review)
    said = vivex("undo", "--root", review.root, "--reviewer", "mk")
    assert said.out.startswith("w.xlsx: taken back in ames-2019; 1 decisions went, 0 stand again")
    one_line(vivex("undo", "--root", review.root, "--reviewer", "mk"), "undo", "nothing of mk is left")
    one_line(vivex("undo", "--root", review.root, "--adjudicator"), "undo", "nothing of the adjudicator")
    one_line(vivex("undo", "--root", review.root), "undo", "who are you")
