"""`vivex train`: a good run, and bad input named in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from verbs.conftest import Call, one_line
from vivex.review import Review


def test_a_review_without_answers_keeps_the_base_model_and_says_why(review: Review, vivex: Call) -> None:
    said = vivex("train", "--root", review.root)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("ner: ")
    assert "\nrob: " in said.out
    assert (review.outputs / "training" / "training.json").exists()
    assert not list((review.models / "rob").glob("*.npz"))


def test_a_part_that_is_none_is_refused(review: Review, vivex: Call, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        vivex("train", "--root", review.root, "--parts", "forms")
    assert done.value.code == 2
    assert "invalid choice: 'forms'" in capsys.readouterr().err


def test_a_folder_that_is_no_review_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("train", "--root", tmp_path), "train", "codebook.yaml")
