"""`vivex init`: a good run, and bad input named in one line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from team.copies import begin
from verbs.conftest import Call, one_line
from vivex.codebook import read_codebook
from vivex.team.git import git


def test_a_review_is_laid_out_and_nothing_is_overwritten(tmp_path: Path, vivex: Call) -> None:
    root = tmp_path / "review"
    said = vivex("init", root, "--form", "msc-exosome-oa")
    assert said.status == 0
    assert "dvc repro" in said.out
    assert read_codebook(root / "codebook.yaml").fields
    for name in ("dvc.yaml", "params.yaml", "pdfs.dvc", "annotations.dvc", ".git", ".dvc"):
        assert (root / name).exists(), name
    (root / "codebook.yaml").write_text("mine", encoding="utf-8")
    assert vivex("init", root).status == 0
    assert (root / "codebook.yaml").read_text(encoding="utf-8") == "mine"


def test_a_clone_is_completed_and_never_laid_over(tmp_path: Path, vivex: Call) -> None:
    review = begin(tmp_path / "mk")
    git(tmp_path, "init", "-q", "--bare", "--initial-branch", "master", "bare.git")
    vivex("sync", "--root", review.root, "--share", tmp_path / "bare.git", "--data", tmp_path / "data")
    git(review.root, "remote", "set-url", "origin", str(tmp_path / "bare.git"))
    assert vivex("sync", "--root", review.root).status == 0
    git(tmp_path, "clone", "-q", "bare.git", "th")
    assert "Then, in" in vivex("init", tmp_path / "th").out  # no place of the data is known yet
    one_line(vivex("status", "--root", tmp_path / "th"), "status", "3 of the files of pdfs/ are not here", "vivex sync")
    said = vivex("init", tmp_path / "th", "--data", tmp_path / "data")
    assert said.out.endswith("with 3 papers. In " + f"{tmp_path / 'th'}: vivex status says what is next.\n")
    assert len(list((tmp_path / "th" / "pdfs").iterdir())) == 3
    assert git(tmp_path / "th", "log", "--format=%s").splitlines()[-1] == "3 papers"


def test_dvc_finds_a_review_made_by_init_in_order(tmp_path: Path, vivex: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from dvc.repo import Repo

    review = begin(tmp_path / "mk")
    vivex("sync", "--root", review.root)
    monkeypatch.chdir(review.root)
    with Repo() as repo:
        assert repo.status(targets=["pdfs.dvc", "annotations.dvc"]) == {}


def test_an_unknown_form_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("init", tmp_path / "review", "--form", "invitro"), "init", "invitro", "invivo")


def test_a_command_that_is_not_installed_is_named(tmp_path: Path, vivex: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object, **__: object) -> None:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", absent)
    one_line(vivex("init", tmp_path / "review"), "init", "git is not installed")
