"""`vivex next`: a good run, and bad input named in one line."""

from __future__ import annotations

from verbs.conftest import Call, one_line
from vivex.review import Review


def test_unreviewed_studies_are_listed_with_who_has_them(review: Review, vivex: Call) -> None:
    vivex("assign", "mk", "th", "--root", review.root, "--studies", "ames-2019")
    said = vivex("next", "--root", review.root, "-n", "9")
    assert said.status == 0
    assert "4 studies are unreviewed" in said.out
    line = next(line for line in said.out.splitlines() if "ames-2019" in line)
    assert "with mk, th" in line


def test_no_more_are_listed_than_asked_for(review: Review, vivex: Call) -> None:
    assert len(vivex("next", "--root", review.root, "-n", "2").out.splitlines()) == 3


def test_a_folder_that_is_no_review_is_named(tmp_path, vivex: Call) -> None:
    one_line(vivex("next", "--root", tmp_path), "next", "codebook.yaml")
