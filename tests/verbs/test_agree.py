"""`vivex agree`: a good run, and bad input named in one line."""

from __future__ import annotations

import json
from pathlib import Path

from verbs.conftest import Call, disagree, one_line
from vivex.review import Review


def test_agreement_is_measured(review: Review, vivex: Call) -> None:
    disagree(review)
    said = vivex("agree", "--root", review.root, "--resamples", "50")
    assert said.status == 0
    assert "1 in conflict" in said.out
    stored = json.loads((review.outputs / "agreement.json").read_text(encoding="utf-8"))
    assert stored
    assert (review.outputs / "agreement" / "report.html").exists()


def test_a_review_that_nobody_reviewed_is_no_error(review: Review, vivex: Call) -> None:
    said = vivex("agree", "--root", review.root, "--resamples", "50")
    assert (said.status, said.err) == (0, "")


def test_a_folder_that_is_no_review_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("agree", "--root", tmp_path), "agree", "codebook.yaml")
