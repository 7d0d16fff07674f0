"""Scores of the proposals on held-out studies."""

from __future__ import annotations

import json
from pathlib import Path

from vivex.annotation import SYRCLE_ITEMS, Annotation
from vivex.learn.evaluate import evaluate, metrics, notes, predictions_csv, write
from vivex.people.assign import Assignment, record
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.review import Review


def agree(review: Review, study: str, *, blind: bool) -> None:
    """Let a reviewer judge every item as the machine does."""
    made = [
        Annotation(study, f"syrcle.{i}", {"judgement": "unclear"}, (), "reviewer:mk", None, decision="added")
        for i in SYRCLE_ITEMS
    ]
    take_in(review, "mk", made, Session("w.xlsx", "", blind))


def test_proposals_are_scored_against_what_was_settled(review: Review, tmp_path: Path) -> None:
    agree(review, "ames-2019", blind=True)
    found = evaluate(review, share=1.0, resamples=50)
    assert found.studies == ("ames-2019",)
    assert (found.items, found.prefilled) == (10, 0)
    shares = {r.item: r.result.value for r in found.rows if r.coefficient == "percent"}
    assert shares["syrcle"] == 1
    write(found, out=tmp_path / "evaluation", metrics_path=tmp_path / "evaluation.json")
    assert json.loads((tmp_path / "evaluation.json").read_text(encoding="utf-8")) == metrics(found)
    assert (tmp_path / "evaluation" / "report.html").exists()


def test_what_was_decided_with_the_proposal_in_sight_is_told(review: Review) -> None:
    agree(review, "ames-2019", blind=False)
    found = evaluate(review, share=1.0, resamples=50)
    assert found.prefilled == 10
    assert any("in sight" in note for note in notes(found))


def test_a_review_that_nobody_reviewed_has_nothing_to_score(review: Review, tmp_path: Path) -> None:
    found = evaluate(review, share=1.0, resamples=50)
    assert found.rows == ()
    assert "nothing to score" in notes(found)[0]
    write(found, out=tmp_path / "evaluation", metrics_path=tmp_path / "evaluation.json")
    assert metrics(found)["held_out_studies"] == 0


def test_proposals_of_a_study_still_judged_blind_are_scored_and_not_listed(review: Review) -> None:
    agree(review, "ames-2019", blind=True)
    record(review, [Assignment("ames-2019", "mk", True), Assignment("ames-2019", "th", True)])
    found = evaluate(review, share=1.0, resamples=50)
    assert found.items == 10
    assert "ames-2019" not in predictions_csv(found)
