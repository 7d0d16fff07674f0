"""`vivex parse`: a good run, and bad input named in one line."""

from __future__ import annotations

import json

from verbs.conftest import Call, one_line
from vivex.review import Review


def test_papers_become_documents_and_others_are_listed(line_review: Review, vivex: Call) -> None:
    said = vivex("parse", "--root", line_review.root, "--jobs", "1")
    document = json.loads((line_review.outputs / "documents" / "metformin-2020.json").read_text(encoding="utf-8"))
    assert "100 mg/kg" in document["text"]
    assert said.status == 1  # a file was left out
    assert "1 unchanged" in said.out
    assert "notes.docx" in said.err
    assert "save the paper as one of them" in said.err


def test_what_is_left_out_may_be_allowed(line_review: Review, vivex: Call) -> None:
    assert vivex("parse", "--root", line_review.root, "--jobs", "1", "--allow-left-out").status == 0


def test_a_folder_that_is_no_review_is_named(tmp_path, vivex: Call) -> None:
    one_line(vivex("parse", "--root", tmp_path), "parse", str(tmp_path), "vivex init")


def test_a_wrong_setting_is_named(line_review: Review, vivex: Call) -> None:
    params = line_review.root / "params.yaml"
    params.write_text("parsing: {}\n", encoding="utf-8")
    try:
        one_line(vivex("parse", "--root", line_review.root), "parse", "params.yaml", "'parsing'", "known: ")
    finally:
        params.unlink()
