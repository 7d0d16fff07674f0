"""`vivex report`: what is judged blind is shown to nobody, or to one who is known to have seen it."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from verbs.conftest import Call, one_line
from vivex.people.assign import Assignment, record
from vivex.people.blind import SEEN
from vivex.people.store import read_statement, statement_path
from vivex.review import Review

STUDY = "metformin-2020"


def texts(folder: Path) -> str:
    """Return what stands in the files of a folder that people read."""
    paths = [p for p in sorted(folder.rglob("*")) if p.suffix in (".csv", ".html", ".svg", ".xlsx")]
    return "\n".join(_cells(p) if p.suffix == ".xlsx" else p.read_text(encoding="utf-8") for p in paths)


def _cells(path: Path) -> str:
    sheets = openpyxl.load_workbook(path)
    return "\n".join(str(value) for sheet in sheets for line in sheet.iter_rows(values_only=True) for value in line)


@pytest.fixture
def blind(line_review: Review, tmp_path: Path) -> Review:
    """Return a copy of the review whose study is handed out blind to two reviewers."""
    shutil.copytree(line_review.root, tmp_path / "blind")
    review = Review(tmp_path / "blind")
    record(review, [Assignment(STUDY, "mk", True), Assignment(STUDY, "th", True)])
    return review


def test_no_shared_file_holds_the_proposals_of_a_blind_study(blind: Review, vivex: Call) -> None:
    said = vivex("report", "--root", blind.root, "--jobs", "1", "--allow-left-out")
    assert said.status == 0
    assert f"judged blind, so not shown: {STUDY}.txt" in said.out
    shown = texts(blind.outputs / "review")
    assert "gavage" not in shown  # a word of the paper that stands in every proposal's sentence
    assert "mk and th judge it without proposals" in shown
    assert vivex("final", "--root", blind.root).status == 0
    assert "gavage" not in texts(blind.outputs / "final")
    assert not list((blind.outputs / "highlighted").glob("*.pdf"))


def test_who_sees_all_is_noted(blind: Review, vivex: Call) -> None:
    said = vivex("report", "--all", "--reviewer", "mk", "--root", blind.root, "--jobs", "1", "--allow-left-out")
    assert f"noted that mk has seen what is proposed for {STUDY}" in said.out
    assert "gavage" in texts(blind.outputs / "review-all")
    assert (blind.outputs / "review-all" / ".gitignore").read_text() == "*\n"
    assert "gavage" not in texts(blind.outputs / "review")
    (session,) = read_statement(statement_path(blind, STUDY, "mk")).sessions
    assert (session.file, session.blind) == (SEEN, False)
    assert session.when.endswith("Z")


def test_all_needs_a_name(review: Review, vivex: Call) -> None:
    one_line(vivex("report", "--all", "--root", review.root), "report", "give --reviewer NAME")


def test_a_folder_that_is_no_review_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("report", "--root", tmp_path), "report", "codebook.yaml")


def test_handing_out_blind_takes_the_proposals_out_of_what_is_there(
    line_review: Review, tmp_path: Path, vivex: Call
) -> None:
    shutil.copytree(line_review.root, tmp_path / "handed")
    review = Review(tmp_path / "handed")
    assert "gavage" in texts(review.outputs / "review")
    said = vivex("assign", "mk", "th", "--blind", "1", "--root", review.root)
    assert said.status == 0, said.err
    assert "gavage" not in texts(review.outputs / "review")
