"""`vivex assess`: a good run, and bad input named in one line."""

from __future__ import annotations

from verbs.conftest import Call, one_line
from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, read_annotations
from vivex.review import Review


def test_every_item_is_judged(line_review: Review, vivex: Call) -> None:
    found = {a.label: a for a in read_annotations(line_review.outputs / "judgements" / "metformin-2020.jsonl")}
    wanted = {f"syrcle.{item}" for item in SYRCLE_ITEMS} | {f"reporting.{item}" for item in REPORTING_ITEMS}
    assert wanted <= set(found)
    assert found["syrcle.sequence_generation"].value["judgement"] == "low"
    assert "random numbers" in found["syrcle.sequence_generation"].evidence[0].quote
    assert "1 unchanged" in vivex("assess", "--root", line_review.root, "--jobs", "1").out


def test_a_folder_that_is_no_review_is_named(tmp_path, vivex: Call) -> None:
    one_line(vivex("assess", "--root", tmp_path), "assess", "codebook.yaml")
