"""`vivex status`: a good run, and bad input named in one line."""

from __future__ import annotations

from verbs.conftest import Call, one_line
from vivex.review import Review


def test_what_is_next_is_told(review: Review, vivex: Call) -> None:
    said = vivex("status", "--root", review.root)
    assert (said.status, said.err) == (0, "")
    assert "4" in said.out
    assert "vivex assign" in said.out


def test_a_folder_that_is_no_review_is_named(tmp_path, vivex: Call) -> None:
    one_line(vivex("status", "--root", tmp_path), "status", "codebook.yaml")
