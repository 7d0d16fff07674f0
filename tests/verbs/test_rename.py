"""`vivex rename`: bad input named in one line; what it does is tested with vivex.people.rename."""

from __future__ import annotations

from verbs.conftest import Call, one_line
from vivex.review import Review


def test_an_unknown_study_is_named(review: Review, vivex: Call) -> None:
    one_line(vivex("rename", "nobody-1999", "nobody-2000", "--root", review.root), "rename", "nobody-1999")


def test_a_folder_that_is_no_review_is_named(tmp_path, vivex: Call) -> None:
    one_line(vivex("rename", "one", "two", "--root", tmp_path), "rename", "codebook.yaml")
