"""`vivex run`: a folder in use keeps what it wasn't given, nothing of anyone else's is removed, one run at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from vivex.cli import main
from vivex.stages import INDEX

METHODS = "\n\n## Methods\nTwelve male Wistar rats received 5 mg/kg dexamethasone by gavage once daily for 4 weeks.\n"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Give a folder with two short papers."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Dexamethasone in rats, part {name}{METHODS}")
    return folder


def run(out: Path, *files: Path, options: Sequence[str] = ("--no-report",)) -> int:
    """Run the verb."""
    return main(["run", *map(str, files), "--out", str(out), "--jobs", "1", *options])


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_a_second_run_keeps_what_the_first_wrote(papers: Path, tmp_path: Path) -> None:
    assert run(tmp_path / "R", papers / "a.txt") == 0
    before = contents(tmp_path / "R")
    assert run(tmp_path / "R", papers / "b.txt") == 0
    after = contents(tmp_path / "R")
    assert {n: h for n, h in after.items() if n in before and INDEX not in n} == {
        n: h for n, h in before.items() if INDEX not in n
    }
    assert run(tmp_path / "whole", papers / "a.txt", papers / "b.txt") == 0
    assert after == contents(tmp_path / "whole"), "the folder is what one run of both papers gives"


def test_prune_removes_the_papers_of_earlier_runs(papers: Path, tmp_path: Path) -> None:
    run(tmp_path / "R", papers / "a.txt", options=("--documents-only",))
    assert run(tmp_path / "R", papers / "b.txt", options=("--documents-only", "--prune")) == 0
    assert not list((tmp_path / "R").rglob("a.json*"))
    run(tmp_path / "alone", papers / "b.txt", options=("--documents-only",))
    assert contents(tmp_path / "R") == contents(tmp_path / "alone")


def test_what_the_index_does_not_name_is_never_removed(papers: Path, tmp_path: Path) -> None:
    own = tmp_path / "R" / "documents" / "my notes.json"
    own.parent.mkdir(parents=True)
    own.write_text("{}")
    for options in (("--documents-only",), ("--documents-only", "--prune")):
        assert run(tmp_path / "R", papers / "a.txt", options=options) == 0
        assert own.read_text() == "{}"


def test_kept_papers_follow_a_changed_setting(papers: Path, tmp_path: Path) -> None:
    run(tmp_path / "R", papers / "a.txt")
    chosen = ("--no-report", "--codebook", "msc-exosome-oa")
    run(tmp_path / "R", papers / "b.txt", options=chosen)
    forms = [json.loads((tmp_path / "R" / "forms" / f"{s}.json").read_text())["form"] for s in ("a", "b")]
    assert forms == ["msc-exosome-oa"] * 2


def test_the_report_is_of_the_papers_in_the_folder(papers: Path, tmp_path: Path) -> None:
    run(tmp_path / "R", papers / "a.txt", options=())
    run(tmp_path / "R", papers / "b.txt", options=())
    page = (tmp_path / "R" / "review" / "report.html").read_text(encoding="utf-8")
    assert 'id="s1"' in page
    assert 'id="s2"' in page


def test_a_failure_of_an_earlier_run_is_not_this_runs(papers: Path, tmp_path: Path) -> None:
    (papers / "empty.txt").write_text(" ")
    read = ("--documents-only",)
    assert run(tmp_path / "R", papers / "a.txt", papers / "empty.txt", options=read) == 1
    assert run(tmp_path / "R", papers / "b.txt", options=read) == 0
    assert run(tmp_path / "R", papers / "nowhere.txt", options=read) == 2


def test_two_runs_in_one_folder_are_told_apart(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "R").mkdir()
    with FileLock(tmp_path / "R" / ".vivex.lock"):
        assert run(tmp_path / "R", papers / "a.txt") == 2
    said = capsys.readouterr().err.strip()
    assert "another vivex is writing here" in said
    assert "\n" not in said


def test_what_cannot_be_read_is_listed_with_a_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert run(tmp_path / "out", tmp_path / "empty.pdf", tmp_path / "absent.pdf") == 2
    said = capsys.readouterr().err
    assert "empty.pdf" in said
    assert "absent.pdf" in said
    assert "no paper could be read" in said


def test_a_form_that_is_unknown_is_named_before_any_work(papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = papers / "out"
    assert run(out, papers / "a.txt", options=("--codebook", "invitro")) == 2
    said = capsys.readouterr().err
    assert said.startswith("vivex run: no codebook 'invitro'")
    assert said.count("\n") == 1
    assert not out.exists()
