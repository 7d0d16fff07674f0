"""`vivex recognize`: a good run, and bad input named in one line."""

from __future__ import annotations

import shutil
from pathlib import Path

from verbs.conftest import Call, one_line
from vivex.annotation import read_annotations
from vivex.review import Review


def test_mentions_are_written_with_their_places(line_review: Review, vivex: Call) -> None:
    found = read_annotations(line_review.outputs / "mentions" / "metformin-2020.jsonl")
    marked = {(a.label, a.evidence[0].quote) for a in found}
    assert {("dose", "100 mg/kg"), ("species", "rats"), ("strain", "Wistar")} <= marked
    assert vivex("recognize", "--root", line_review.root, "--jobs", "1").out.count("1 unchanged") == 1


def test_a_folder_that_is_no_review_is_named(tmp_path, vivex: Call) -> None:
    one_line(vivex("recognize", "--root", tmp_path), "recognize", "codebook.yaml")


def test_a_model_that_is_not_installed_is_named(line_review: Review, vivex: Call, tmp_path: Path) -> None:
    root = shutil.copytree(line_review.root, tmp_path / "review")
    (root / "params.yaml").write_text("recognize: {models: {gene: 'spacy:no_such_model'}}\n", encoding="utf-8")
    said = vivex("recognize", "--root", root, "--jobs", "1")
    assert said.status in (1, 2)
    assert "no_such_model" in said.err
