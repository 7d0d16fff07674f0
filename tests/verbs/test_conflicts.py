"""`vivex conflicts`: a good run, and bad input named in one line."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from verbs.conftest import Call, disagree, one_line
from vivex.forms import volumes
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


def test_what_many_studies_dispute_is_divided_and_every_part_settles(
    review, vivex: Call, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(volumes, "STUDIES", 1)
    disagree(review)
    disagree(review, "bell-2020")
    said = vivex("conflicts", "--root", review.root, "--workbook", tmp_path / "c.xlsx")
    files = sorted(tmp_path.glob("c*.xlsx"))
    assert [path.name for path in files] == ["c-part-1.xlsx", "c-part-2.xlsx"]
    for path in files:
        assert f"vivex adjudicate {path} --by NAME" in said.out
        book = load_workbook(path)
        sheet = book["Conflicts"]
        place = {cell.value: cell.column for cell in sheet[2]}
        sheet.cell(3, place["keep"]).value = "yes"
        book.save(path)
        assert "1 items settled" in vivex("adjudicate", path, "--by", "xy", "--root", review.root).out


def test_answers_that_were_not_taken_in_are_never_written_over(review: Review, vivex: Call, tmp_path: Path) -> None:
    disagree(review)
    path = tmp_path / "c.xlsx"
    for _ in range(2):  # one that nobody filled in may be written anew
        assert vivex("conflicts", "--root", review.root, "--workbook", path).status == 0
    book = load_workbook(path)
    sheet = book["Conflicts"]
    keep = next(cell.column for cell in sheet[2] if cell.value == "keep")
    sheet.cell(3, keep).value = "yes"
    book.save(path)
    one_line(vivex("conflicts", "--root", review.root, "--workbook", path), "conflicts", "vivex adjudicate")
    assert vivex("adjudicate", path, "--by", "xy", "--root", review.root).status == 0
    assert vivex("conflicts", "--root", review.root, "--workbook", path).status == 0


def test_no_conflict_is_no_error(review: Review, vivex: Call) -> None:
    assert "0 conflicts in 0 studies" in vivex("conflicts", "--root", review.root).out


def test_a_folder_that_is_no_review_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("conflicts", "--root", tmp_path), "conflicts", "codebook.yaml")
