"""`vivex export`: a good run, and bad input named in one line."""

from __future__ import annotations

from verbs.conftest import Call, disagree, one_line
from vivex.review import Review


def test_files_are_written_and_what_is_open_is_counted(review: Review, vivex: Call) -> None:
    disagree(review)
    out = review.root / "sent"
    said = vivex("export", "--root", review.root, "--to", "robvis", "--to", "ris", "--out", out)
    assert said.status == 0
    assert sorted(path.name for path in out.iterdir()) == ["included.ris", "robvis.R", "robvis.csv"]
    assert "items are not settled" in said.out


def test_a_format_of_what_the_form_does_not_ask_says_so(review: Review, vivex: Call) -> None:
    said = vivex("export", "--root", review.root, "--to", "metafor", "--out", review.root / "sent")
    assert said.status == 0
    assert "metafor: nothing to write" in said.out
    assert not (review.root / "sent").exists()


def test_the_formats_are_listed(vivex: Call) -> None:
    said = vivex("export", "--list")
    assert "robvis                 results      written           robvis (R)" in said.out


def test_what_is_not_known_is_named(review: Review, vivex: Call) -> None:
    said = vivex("export", "--root", review.root, "--to", "endnote", "--out", review.root / "x")
    one_line(said, "export", "no format that can be written is called 'endnote'; known: ")
    one_line(vivex("export", "--root", review.root, "--to", "robvis"), "export", "--to NAME --out DIR")
