"""`vivex work`: a good run, the name remembered, and bad input named in one line."""

from __future__ import annotations

from pathlib import Path

from verbs.conftest import Call, one_line
from vivex.forms import volumes
from vivex.review import Review


def test_a_workbook_is_made_and_the_name_is_kept(review: Review, vivex: Call, tmp_path: Path) -> None:
    vivex("assign", "mk", "th", "--root", review.root)
    said = vivex("work", "--reviewer", "mk", "--root", review.root)
    assert said.status == 0
    assert "mk.xlsx: 4 studies, 1 of them blind" in said.out
    said = vivex("work", "--root", review.root, "--out", tmp_path / "mine.xlsx")
    assert "for mk, who worked on this machine last" in said.out
    assert (tmp_path / "mine.xlsx").exists()


def test_of_many_studies_all_parts_are_named_and_read(review: Review, vivex: Call, monkeypatch) -> None:
    monkeypatch.setattr(volumes, "STUDIES", 3)
    vivex("assign", "mk", "th", "--root", review.root)
    said = vivex("work", "--reviewer", "mk", "--root", review.root)
    assert "mk-part-1.xlsx to mk-part-2.xlsx: 4 studies" in said.out
    files = sorted((review.root / "workbooks").glob("mk-part-*.xlsx"))
    assert f"vivex import {files[0]} {files[1]}" in said.out
    assert vivex("import", *files, "--root", review.root).status == 0


def test_without_a_name_or_with_a_strange_one_the_known_ones_are_listed(review: Review, vivex: Call) -> None:
    one_line(vivex("work", "--root", review.root), "work", "vivex assign")
    vivex("assign", "mk", "th", "--root", review.root)
    one_line(vivex("work", "--root", review.root), "work", "--reviewer", "mk, th")
    one_line(vivex("work", "--reviewer", "xy", "--root", review.root), "work", "'xy'", "known: mk, th")
