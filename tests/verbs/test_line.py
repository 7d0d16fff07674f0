"""`vivex line`: a good run, and bad input named in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.codebook import template_path
from vivex.paper import Failure
from vivex.review import Review
from vivex.stages import Report
from vivex.verbs import line


def test_what_a_stage_did_and_left_out_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    lost = (Failure("b", "b.pdf", "encrypted", "ask for the password"),)
    line.say(Report("parse", done=1, kept=2, removed=1, failures=lost))
    said = capsys.readouterr()
    assert said.out == "parse: 1 paper worked on, 2 unchanged, 1 removed\n"
    assert said.err == "  left out b.pdf: encrypted: ask for the password\n"


def test_a_missing_picture_leaves_no_paper_out(capsys: pytest.CaptureFixture[str]) -> None:
    line.say(Report("picture", done=0, kept=0, removed=0, failures=(Failure("b", "b.pdf", "broken", "save it again"),)))
    assert "no picture of b.pdf" in capsys.readouterr().err


def test_a_setting_names_the_reviews_folders(tmp_path: Path) -> None:
    (tmp_path / "codebook.yaml").write_bytes(template_path("invivo").read_bytes())
    setting = line.setting(Review(tmp_path), {})
    assert (setting.out, setting.codebook) == (tmp_path / "outputs", tmp_path / "codebook.yaml")
