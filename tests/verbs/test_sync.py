"""`vivex sync`: what it says."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from team.copies import begin, say
from verbs.conftest import Call, one_line
from vivex.people.hand_out import hand_out, handed_to_nobody
from vivex.review import Review
from vivex.team.reconcile import TwoAnswers
from vivex.team.save import Saved
from vivex.team.sync import Synced
from vivex.verbs.sync import told


def test_a_review_is_shared_and_got(tmp_path: Path, vivex: Call) -> None:
    review = begin(tmp_path / "mk")
    assert "vivex sync --share FOLDER" in vivex("sync", "--root", review.root).out
    said = vivex("sync", "--root", review.root, "--share", tmp_path / "share")
    assert said.status == 0
    assert f"vivex init NEW-FOLDER --from {tmp_path / 'share'}" in said.out
    got = vivex("init", tmp_path / "th", "--from", tmp_path / "share")
    assert got.status == 0
    assert "with 3 papers" in got.out
    say(review, "mk", "study-0", "male")
    assert vivex("sync", "--root", review.root).out == "Saved: mk: 1 study\nSent.\n"
    assert vivex("sync", "--root", tmp_path / "th").out == "Received: mk: 1 study\nYou and the team have the same.\n"


def test_a_folder_that_is_no_review_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("sync", "--root", tmp_path), "sync", "no codebook.yaml")
    (tmp_path / "codebook.yaml").touch()
    one_line(vivex("sync", "--root", tmp_path), "sync", "vivex init")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"why": "offline", "said": "no drive"}, "No connection: no drive"),
        ({"why": "protected", "said": "sync-mk"}, "Sent as a proposal (sync-mk)"),
        ({"results_missing": True}, "Some results have not come"),
        ({"again": ("agree",)}, "Made on both sides: agree"),
        ({"aside": ("pdfs/two-versions/a.1.pdf",)}, "both are kept: pdfs/two-versions/a.1.pdf"),
        ({"yours": ("params.yaml",)}, "theirs stands, yours is params.yaml.yours"),
        ({"questions": (TwoAnswers("a", "adjudicated", "form.sex", ("male", "female")),)}, "the adjudicator answered"),
        ({"saved": Saved("1", restored=("a", "b", "c", "d"))}, "absent here: a, b, c and 1 more"),
    ],
)
def test_each_outcome_has_its_sentence(change: dict[str, object], line: str) -> None:
    assert any(line in said for said in told(dataclasses.replace(Synced(Saved("1")), **change)))


def test_studies_that_nobody_was_handed_are_named_where_others_were(review: Review) -> None:
    assert handed_to_nobody(review) == ()
    hand_out(review, ["mk", "th"], studies=["ames-2019", "bell-2020"])
    assert handed_to_nobody(review) == ("cole-2021", "dale-2022")
