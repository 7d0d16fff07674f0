"""`vivex prefill`: a good run, and bad input named in one line."""

from __future__ import annotations

import json

from verbs.conftest import Call, one_line
from vivex.review import Review


def test_the_form_and_the_reviewers_files_are_written(line_review: Review) -> None:
    form = json.loads((line_review.outputs / "forms" / "metformin-2020.json").read_text(encoding="utf-8"))
    assert form["fields"]["species"][0]["value"] == "rat"
    for name in ("forms.xlsx", "report.html"):
        assert (line_review.outputs / "review" / name).stat().st_size > 0


def test_the_same_papers_give_the_same_bytes(line_review: Review, vivex: Call) -> None:
    files = [line_review.outputs / "forms" / "metformin-2020.json", line_review.outputs / "review" / "forms.xlsx"]
    before = [f.read_bytes() for f in files]
    vivex("prefill", "--root", line_review.root, "--jobs", "1")
    assert [f.read_bytes() for f in files] == before


def test_a_codebook_that_asks_for_nonsense_is_named(line_review: Review, vivex: Call) -> None:
    good = line_review.codebook.read_bytes()
    line_review.codebook.write_text("form: x\nfields: 3\n", encoding="utf-8")
    try:
        one_line(vivex("prefill", "--root", line_review.root), "prefill", "codebook.yaml")
    finally:
        line_review.codebook.write_bytes(good)
