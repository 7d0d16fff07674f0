"""`vivex evaluate`: a good run, and bad input named in one line."""

from __future__ import annotations

from pathlib import Path

from verbs.conftest import Call, one_line
from vivex.review import Review


def test_a_review_without_answers_has_an_empty_report_and_says_why(review: Review, vivex: Call) -> None:
    said = vivex("evaluate", "--root", review.root, "--resamples", "50")
    assert (said.status, said.err) == (0, "")
    assert "0 held-out studies" in said.out
    assert "nothing to score" in said.out
    assert (review.outputs / "evaluation" / "report.html").exists()


def test_a_folder_that_is_no_review_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("evaluate", "--root", tmp_path), "evaluate", "codebook.yaml")
