"""`vivex assign`: a good run, and bad input named in one line."""

from __future__ import annotations

from verbs.conftest import Call, one_line
from vivex.people.assign import assigned
from vivex.review import Review


def test_each_study_goes_to_two_reviewers_and_a_fifth_is_blind(review: Review, vivex: Call) -> None:
    said = vivex("assign", "mk", "th", "--root", review.root)
    assert said.status == 0
    handed = assigned(review)
    assert len(handed) == 8
    assert sum(a.blind for a in handed) >= 2
    assert all((review.outputs / "assigned").glob("*.xlsx"))
    assert "every study has its reviewers" in vivex("assign", "mk", "th", "--root", review.root).out


def test_an_unknown_study_is_named_and_nothing_is_recorded(review: Review, vivex: Call) -> None:
    said = vivex("assign", "mk", "th", "--root", review.root, "--studies", "ames-2091")
    one_line(said, "assign", "'ames-2091'", "ames-2019")
    assert assigned(review) == []


def test_a_review_without_forms_says_what_to_run(review: Review, vivex: Call) -> None:
    for form in (review.outputs / "forms").glob("*.json"):
        form.unlink()
    one_line(vivex("assign", "mk", "th", "--root", review.root), "assign", "dvc repro")
