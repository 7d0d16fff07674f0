"""`vivex reopen`: a good run, and bad input named in one line."""

from __future__ import annotations

from verbs.conftest import Call, disagree, one_line
from vivex.review import Review


def test_what_was_settled_is_open_again(review: Review, vivex: Call) -> None:
    disagree(review)
    settled = vivex("adjudicate", "--root", review.root, "ames-2019", "syrcle.other_bias", "--take", "mk", "--by", "xy")
    assert settled.status == 0
    said = vivex("reopen", "--root", review.root, "ames-2019", "syrcle.other_bias")
    assert said.out.startswith("ames-2019: open again: syrcle.other_bias")
    one_line(vivex("reopen", "--root", review.root, "ames-2019"), "reopen", "settled there: nothing")
