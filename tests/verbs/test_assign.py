"""`vivex assign`: a good run, and bad input named in one line."""

from __future__ import annotations

from pathlib import Path

from people.answers import ask_more
from verbs.conftest import Call, one_line
from vivex.people.assign import assigned
from vivex.review import Review


def test_each_study_goes_to_two_reviewers_and_a_fifth_is_blind(review: Review, vivex: Call) -> None:
    said = vivex("assign", "mk", "th", "--root", review.root)
    assert said.status == 0
    handed = assigned(review)
    assert len(handed) == 8
    assert sum(a.blind for a in handed) >= 2
    assert "vivex work --reviewer NAME" in said.out
    assert not list(review.root.rglob("*.xlsx"))
    assert "every study has its reviewers" in vivex("assign", "mk", "th", "--root", review.root).out


def test_workbooks_to_be_sent_are_written_where_asked(review: Review, vivex: Call, tmp_path: Path) -> None:
    for name in ("ames-2019", "bell-2020"):
        vivex("assign", "mk", "th", "--root", review.root, "--studies", name, "--out", tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["mk-2.xlsx", "mk.xlsx", "th-2.xlsx", "th.xlsx"]


def test_an_unknown_study_is_named_and_nothing_is_recorded(review: Review, vivex: Call) -> None:
    said = vivex("assign", "mk", "th", "--root", review.root, "--studies", "ames-2091")
    one_line(said, "assign", "'ames-2091'", "ames-2019")
    assert assigned(review) == []


def test_papers_are_handed_out_before_they_are_read(review: Review, vivex: Call) -> None:
    for form in (review.outputs / "forms").glob("*.json"):
        form.unlink()
    one_line(vivex("assign", "mk", "th", "--root", review.root), "assign", "put papers into it")
    review.pdfs.mkdir()
    (review.pdfs / "eden-2023.txt").write_text("Rats.\n", encoding="utf-8")
    assert "Next: dvc repro, vivex sync" in vivex("assign", "mk", "th", "--root", review.root).out
    assert {a.study for a in assigned(review)} == {"eden-2023"}


def test_a_new_question_is_handed_to_all_who_hold_studies(review: Review, vivex: Call) -> None:
    vivex("assign", "mk", "th", "--root", review.root)
    ask_more(review)
    said = vivex("assign", "--fields", "anaesthesia", "--root", review.root)
    assert "anaesthesia: asked of mk, th in 4 studies" in said.out
    assert {a.fields for a in assigned(review)} == {("anaesthesia",)}
    assert "asked of all of them already" in vivex("assign", "--fields", "anaesthesia", "--root", review.root).out
    assert "asked of all of them already" in vivex("assign", "--fields", "dose", "--root", review.root).out
    one_line(vivex("assign", "--fields", "dosis", "--root", review.root), "assign", "asks no 'dosis'", "dose")
    one_line(vivex("assign", "ab", "--fields", "dose", "--root", review.root), "assign", "'ab'", "mk, th")


def test_without_names_it_asks_for_them(review: Review, vivex: Call) -> None:
    one_line(vivex("assign", "--root", review.root), "assign", "name the reviewers")
