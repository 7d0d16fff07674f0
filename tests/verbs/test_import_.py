"""`vivex import`: a good run, and bad input named in one line."""

from __future__ import annotations

from pathlib import Path

from verbs.conftest import Call, one_line
from vivex.people.assign import assigned
from vivex.review import Review


def test_a_workbook_handed_out_and_untouched_decides_nothing(review: Review, vivex: Call) -> None:
    vivex("assign", "mk", "th", "--root", review.root)
    assert assigned(review)
    vivex("work", "--reviewer", "mk", "--root", review.root)
    said = vivex("import", review.root / "workbooks" / "mk.xlsx", "--root", review.root)
    assert said.status == 0
    assert "0 decisions" in said.out


def test_a_file_that_is_no_workbook_is_named(review: Review, vivex: Call, tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_text("not a workbook", encoding="utf-8")
    said = vivex("import", tmp_path / "notes.xlsx", "--reviewer", "mk", "--root", review.root)
    one_line(said, "import", "notes.xlsx")
    one_line(
        vivex("import", tmp_path / "absent.xlsx", "--reviewer", "mk", "--root", review.root), "import", "absent.xlsx"
    )


def test_of_two_workbooks_a_damaged_one_leaves_the_other(review: Review, vivex: Call, tmp_path: Path) -> None:
    vivex("assign", "mk", "th", "--root", review.root)
    (tmp_path / "bad.xlsx").write_text("not a workbook", encoding="utf-8")
    vivex("work", "--reviewer", "mk", "--root", review.root)
    good = review.root / "workbooks" / "mk.xlsx"
    said = vivex("import", tmp_path / "bad.xlsx", good, "--reviewer", "mk", "--root", review.root)
    assert said.status == 1
    assert "bad.xlsx" in said.err
    assert "0 decisions" in said.out
