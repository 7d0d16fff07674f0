"""`vivex check`: a good run, and bad input named in one line."""

from __future__ import annotations

from verbs.conftest import Call, one_line
from vivex.review import Review


def test_a_review_without_answers_has_no_error(review: Review, vivex: Call) -> None:
    said = vivex("check", "--root", review.root)
    assert said.status == 0
    assert "0 errors" in said.out


def test_a_damaged_file_is_found_with_its_name(review: Review, vivex: Call) -> None:
    folder = review.annotations / "ames-2019"
    folder.mkdir()
    (folder / "mk.jsonl").write_text("{not json\n", encoding="utf-8")
    said = vivex("check", "--root", review.root)
    assert said.status == 1
    assert "mk.jsonl" in said.out


def test_a_folder_that_is_no_review_is_named(tmp_path, vivex: Call) -> None:
    one_line(vivex("check", "--root", tmp_path), "check", "codebook.yaml")
