"""`vivex conflicts`: a good run, and bad input named in one line."""

from __future__ import annotations

from pathlib import Path

from verbs.conftest import Call, disagree, one_line
from vivex.review import Review


def test_both_sides_are_listed_and_written(review: Review, vivex: Call, tmp_path: Path) -> None:
    disagree(review)
    said = vivex("conflicts", "--root", review.root)
    assert said.status == 0
    assert "1 conflict in 1 study" in said.out
    assert "mk" in said.out
    assert "th" in said.out
    vivex("conflicts", "--root", review.root, "--csv", tmp_path / "c.csv", "--workbook", tmp_path / "c.xlsx")
    assert "syrcle.other_bias" in (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "c.xlsx").stat().st_size > 0


def test_no_conflict_is_no_error(review: Review, vivex: Call) -> None:
    assert "0 conflicts in 0 studies" in vivex("conflicts", "--root", review.root).out


def test_a_folder_that_is_no_review_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("conflicts", "--root", tmp_path), "conflicts", "codebook.yaml")
