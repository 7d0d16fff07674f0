"""`vivex init`: a good run, and bad input named in one line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from verbs.conftest import Call, one_line
from vivex.codebook import read_codebook


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


def test_an_unknown_form_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("init", tmp_path / "review", "--form", "invitro"), "init", "invitro", "invivo")


def test_a_command_that_is_not_installed_is_named(tmp_path: Path, vivex: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object, **__: object) -> None:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", absent)
    one_line(vivex("init", tmp_path / "review"), "init", "git is not installed")
