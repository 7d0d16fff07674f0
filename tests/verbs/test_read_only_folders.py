"""Folders that can only be read: where something is to be written, one line says so; reading goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from verbs.conftest import Call
from vivex.annotation import SYRCLE_ITEMS, Annotation
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.review import Review

STUDY = "ames-2019"
Lock = Callable[[Path], AbstractContextManager[None]]


def _mount(*words: str) -> bool:
    try:
        return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write into a folder; root is held off by a mount, or the test is skipped."""
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        inner = [folder, *(p for p in folder.rglob("*") if p.is_dir())]
        for path in inner:
            path.chmod(0o555)
        try:
            yield
        finally:
            for path in inner:
                path.chmod(0o755)
        return
    if os.name == "nt" or not _mount("--bind", str(folder), str(folder)):
        pytest.skip("nothing here makes a folder read-only for this user")
    try:
        if not _mount("-o", "remount,ro,bind", str(folder)):
            pytest.skip("nothing here makes a folder read-only for this user")
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def stated(review: Review) -> Review:
    """Return the review in which two people judged one study, and differ."""
    for who, word in (("mk", "low"), ("th", "high")):
        made = [
            Annotation(STUDY, f"syrcle.{i}", {"judgement": word}, (), f"reviewer:{who}", None, decision="added")
            for i in SYRCLE_ITEMS
        ]
        take_in(review, who, made, Session("w.xlsx", "", True))
    return review


@pytest.mark.parametrize("there", ["", "documents"])
def test_results_have_no_place(vivex: Call, tmp_path: Path, there: str) -> None:
    (tmp_path / "a.txt").write_text("Metformin in rats\n\nMethods\n\nTwelve rats were used.\n")
    out = tmp_path / "out"
    (out / there).mkdir(parents=True)
    with read_only(out / there):
        said = vivex("run", tmp_path / "a.txt", "--out", out, "--jobs", "1", "--documents-only")
    assert said.status == 2
    assert said.err.count("\n") == 1
    assert str(out / there) in said.err
    assert ".part" not in said.err
    assert not list((out / there).iterdir()) or there == ""


def test_papers_that_can_only_be_read_are_read(vivex: Call, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.txt").write_text("Metformin in rats\n\nMethods\n\nTwelve rats were used.\n")
    with read_only(papers):
        assert vivex("run", papers, "--out", tmp_path / "out", "--jobs", "1", "--documents-only").status == 0
    assert (tmp_path / "out" / "documents" / "a.json").exists()


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("adjudicate", STUDY, "syrcle.other_bias", "--value", "low", "--by", "xy"), 2),
        (("assign", "mk", "th"), 2),
        (("rename", STUDY, "smith-2020"), 2),
        (("check",), 0),
        (("conflicts",), 0),
        (("status",), 0),
    ],
)
@pytest.mark.parametrize("whole", [False, True])
def test_what_only_reads_goes_on(stated: Review, vivex: Call, words: tuple[str, ...], status: int, whole: bool) -> None:
    before = {p: p.read_bytes() for p in stated.annotations.rglob("*.jsonl")}
    with read_only(stated.root if whole else stated.annotations):
        said = vivex(*words, "--root", stated.root)
    assert said.status == status, said
    if status:
        assert said.err.count("\n") == 1
        assert str(stated.root) in said.err
    assert {p: p.read_bytes() for p in stated.annotations.rglob("*.jsonl")} == before
