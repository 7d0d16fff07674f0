"""`vivex run`: a folder in use keeps what it wasn't given, nothing of anyone else's is removed, one run at a time."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from vivex import inputs, stages
from vivex.cli import main
from vivex.codebook import template_path
from vivex.files import write_bytes
from vivex.index import INDEX, JOURNAL

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


def test_a_second_run_keeps_what_the_first_wrote_and_follows_a_changed_setting(papers: Path, tmp_path: Path) -> None:
    """One folder is worked on four times: a whole run is dear."""
    out, a, b = tmp_path / "R", papers / "a.txt", papers / "b.txt"
    stages_only = ("--no-report",)
    assert run(out, a, options=stages_only) == 0
    before = contents(out)
    assert run(out, b, options=stages_only) == 0
    after = contents(out)
    kept = {n: h for n, h in after.items() if n in before and INDEX not in n}
    assert kept == {n: h for n, h in before.items() if INDEX not in n}
    assert run(tmp_path / "whole", a, b, options=stages_only) == 0
    assert after == contents(tmp_path / "whole"), "the folder is what one run of both papers gives"
    assert run(out, b, options=("--codebook", "msc-exosome-oa")) == 0
    forms = [json.loads((out / "forms" / f"{s}.json").read_text())["form"] for s in ("a", "b")]
    assert forms == ["msc-exosome-oa"] * 2, "a paper that is kept follows the setting"
    page = (out / "review" / "report.html").read_text(encoding="utf-8")
    assert 'id="s1"' in page, "the report is of the papers in the folder"
    assert 'id="s2"' in page


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


def _full_for(study: str) -> Callable[[Path, bytes], None]:
    """Return the writing of files on a disk that is full whenever a study's file is written."""

    def write(path: Path, data: bytes) -> None:
        if path.stem == study:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        write_bytes(path, data)

    return write


def test_a_full_disk_is_told_and_never_kept(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ("--documents-only",)
    with monkeypatch.context() as patch:
        patch.setattr(stages, "write_bytes", _full_for("a"))
        assert run(tmp_path / "R", papers, options=read) == 3
        said = capsys.readouterr().err
        assert "try again a.txt: not done: " in said
        assert "no space left on device; free some space" in said
        assert list(json.loads((tmp_path / "R" / "documents" / INDEX).read_text())) == ["b"]
    assert run(tmp_path / "R", papers, options=read) == 0
    run(tmp_path / "whole", papers, options=read)
    assert contents(tmp_path / "R") == contents(tmp_path / "whole")


def test_what_may_be_left_out_is_no_fault_of_the_moment(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "codebook.yaml").write_bytes(template_path("invivo").read_bytes())
    papers.rename(tmp_path / "pdfs")
    (tmp_path / "pdfs" / "empty.txt").write_text("")
    parse = ["parse", "--root", str(tmp_path), "--jobs", "1", "--allow-left-out"]
    with monkeypatch.context() as patch:
        patch.setattr(stages, "write_bytes", _full_for("a"))
        assert main(parse) == 3
    assert main(parse) == 0


def test_an_unreadable_file_leaves_the_others_alone(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = inputs.of_files

    def of_files(common: str, paths: Sequence[Path]) -> str:
        if paths[0].name == "a.txt":
            raise PermissionError(errno.EACCES, "Permission denied", "a.txt")
        return hashed(common, paths)

    monkeypatch.setattr(inputs, "of_files", of_files)
    assert run(tmp_path / "R", papers, options=("--documents-only",)) == 3
    assert "a.txt: permission denied; make it readable" in capsys.readouterr().err
    assert (tmp_path / "R" / "documents" / "b.json").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [(b"x" * 251 + b".txt", "more than 200 bytes"), (b"latin\xe9.txt", "not UTF-8 text; rename")],
)
def test_an_odd_name_leaves_the_others_alone(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: bytes, said: str
) -> None:
    try:
        with open(os.fsencode(papers) + b"/" + name, "w") as file:
            file.write(f"Rats{METHODS}")
    except OSError:
        pytest.skip("this disk takes no such name")
    for _ in range(2):
        assert run(tmp_path / "R", papers, options=("--documents-only",)) == 1
        assert said in capsys.readouterr().err
    assert len(list((tmp_path / "R" / "documents").glob("*.json"))) == 3  # two papers and the index


@pytest.mark.parametrize(
    "options", [("--models", "nowhere"), ("--params", "nowhere"), ("--codebook", "nowhere"), ("--jobs", "-1")]
)
def test_a_setting_that_is_not_there_is_named(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, str]
) -> None:
    assert main(["run", str(papers), "--out", str(tmp_path / "R"), *options]) == 2
    said = capsys.readouterr().err.strip()
    assert "\n" not in said
    assert options[1] in said
    assert not (tmp_path / "R").exists()


def test_a_file_is_no_folder(papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "R").write_text("mine")
    assert run(tmp_path / "R", papers) == 2
    said = capsys.readouterr().err.strip()
    assert "a file stands where a folder is to be" in said
    assert "\n" not in said
    assert (tmp_path / "R").read_text() == "mine"


def test_a_model_that_is_not_installed_stops_its_stage_in_one_line(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    params = tmp_path / "params.yaml"
    params.write_text(f"recognize: {{models: {{gene: 'hf:{tmp_path}/nowhere'}}}}\n")
    assert run(tmp_path / "R", papers, options=("--no-report", "--params", str(params))) == 2
    said = [line for line in capsys.readouterr().err.splitlines() if "fitted with" not in line]
    assert len(said) == 1
    assert "no such folder" in said[0]
    assert (tmp_path / "R" / "documents" / "a.json").exists()
    assert not json.loads((tmp_path / "R" / "mentions" / INDEX).read_text())


def test_what_a_kill_leaves_is_cleared_and_the_journal_read(papers: Path, tmp_path: Path) -> None:
    read = ("--documents-only",)
    run(tmp_path / "whole", papers, options=read)
    run(tmp_path / "R", papers, options=read)
    folder = tmp_path / "R" / "documents"
    index = json.loads((folder / INDEX).read_text())
    (folder / INDEX).write_text(json.dumps({"a": index["a"]}))
    (folder / JOURNAL).write_text(json.dumps(["b", index["b"]]) + '\n["c", {"fi')
    (folder / ".vivex-x1.part").write_text("half")
    before = (folder / "b.json").stat().st_mtime_ns
    assert run(tmp_path / "R", papers, options=read) == 0
    assert (folder / "b.json").stat().st_mtime_ns == before, "what was finished is not done again"
    assert contents(tmp_path / "R") == contents(tmp_path / "whole")
