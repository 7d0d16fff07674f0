"""The whole line as a team uses it, in a temporary git and DVC repository."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from forked_commands import commands
from workbook_rows import FilledBook

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "pdfs").glob("*.pdf"))
IDENTITY = {
    "GIT_AUTHOR_NAME": "team",
    "GIT_AUTHOR_EMAIL": "team@example.org",
    "GIT_COMMITTER_NAME": "team",
    "GIT_COMMITTER_EMAIL": "team@example.org",
}

pytestmark = [
    pytest.mark.skipif(not EXAMPLES, reason="the example papers are not here; run `dvc pull pdfs.dvc`"),
    pytest.mark.timeout(500),
]


@pytest.fixture(scope="module", autouse=True)
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Put vivex and dvc onto PATH, forked from one process that has imported them."""
    names = {"vivex": "vivex.cli", "dvc": "dvc.cli"}
    with commands(tmp_path_factory.mktemp("tools"), names) as folder, pytest.MonkeyPatch.context() as patched:
        patched.setenv("PATH", os.pathsep.join([str(folder), str(Path(sys.executable).parent), os.environ["PATH"]]))
        yield


def call(folder: Path, *words: str, status: int = 0) -> str:
    """Run a command in a folder, expect its exit status, return what it printed."""
    env = {**os.environ, **IDENTITY, "DVC_NO_ANALYTICS": "1"}
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == status, f"{' '.join(words)}: {said[-3000:]}"
    return said


def vivex(folder: Path, *words: str, status: int = 0) -> str:
    return call(folder, "vivex", *words, status=status)


def dvc(folder: Path, *words: str) -> str:
    return call(folder, "dvc", *words)


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a review of two papers, a scan and no annotations, and run it cold."""
    folder = tmp_path_factory.mktemp("team") / "review"
    vivex(folder.parent, "init", "review", "--form", "msc-exosome-oa")
    for paper in EXAMPLES[:2]:
        shutil.copy(paper, folder / "pdfs")
    (folder / "pdfs" / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing\n")
    params = (folder / "params.yaml").read_text(encoding="utf-8")
    params = params.replace("jobs: 0 ", "jobs: 1 ").replace("resamples: 2000", "resamples: 100")
    (folder / "params.yaml").write_text(params, encoding="utf-8")  # each child loads the models
    dvc(folder, "add", "pdfs")
    dvc(folder, "repro")
    call(folder, "git", "add", ".")
    call(folder, "git", "commit", "-qm", "First papers")
    return folder


def test_a_cold_review_gives_forms_and_lists_what_it_left_out(review: Path) -> None:
    studies = sorted(p.stem for p in EXAMPLES[:2])
    assert (
        sorted(p.stem for p in (review / "outputs" / "forms").glob("*.json") if not p.name.startswith(".")) == studies
    )
    record = json.loads((review / "outputs" / "forms" / f"{studies[0]}.json").read_text())
    species = record["fields"]["species"][0]
    assert species["value"] in ("rat", "mouse")
    assert species["evidence"][0]["page"] >= 1
    assert species["evidence"][0]["boxes"]
    report = (review / "outputs" / "review" / "report.html").read_text()
    assert "broken.pdf" in report
    assert (review / "outputs" / "review" / "forms.xlsx").stat().st_size > 10_000
    assert list((review / "outputs" / "review" / "figures").glob("*.svg"))
    assert [p.stem for p in sorted((review / "outputs" / "highlighted").glob("*.pdf"))] == studies


def test_again_there_is_nothing_to_do(review: Path) -> None:
    assert "up to date" in dvc(review, "repro")


def test_two_runs_are_byte_identical(review: Path, tmp_path: Path) -> None:
    paper = EXAMPLES[0]
    started = (sys.executable, "-m", "vivex.cli", "run")  # interpreters of their own: another order of hashes
    call(tmp_path, *started, str(paper), "--out", "one", "--jobs", "1", "--codebook", "msc-exosome-oa")
    alone = contents(tmp_path / "one")
    ours = [name for name in alone if paper.stem in name and not name.startswith("review/")]
    assert {name.split("/")[0] for name in ours} >= {"documents", "mentions", "judgements", "forms", "highlighted"}
    there = contents(review / "outputs")
    assert {name: alone[name] for name in ours} == {name: there[name] for name in ours}
    shutil.rmtree(tmp_path / "one" / "review")  # workbook, report, tables, figures
    vivex(tmp_path, "run", str(paper), "--out", "one", "--jobs", "1", "--codebook", "msc-exosome-oa")
    assert contents(tmp_path / "one") == alone
    everything = b"".join(p.read_bytes() for p in (tmp_path / "one").rglob("*") if p.is_file())
    assert str(tmp_path).encode() not in everything, "an absolute path reached an output"


def test_adding_a_paper_processes_one(review: Path) -> None:
    shutil.copy(EXAMPLES[2], review / "pdfs")
    dvc(review, "add", "pdfs")
    said = dvc(review, "repro")
    for stage in ("parse", "recognize", "assess", "prefill"):
        assert f"{stage}: 1 paper worked on" in said, said
    call(review, "git", "add", ".")
    call(review, "git", "commit", "-qm", "A third paper")


def test_a_correction_survives_and_moves_what_depends_on_it(review: Path) -> None:
    vivex(review, "assign", "mk", "ab", "--blind", "0")
    vivex(review, "work", "--reviewer", "mk")
    path = review / "workbooks" / "mk.xlsx"
    book = FilledBook(path)
    decided = 0
    for row in list(book.rows()):
        if row.texts["row"] == "syrcle" and row.texts["proposed"]:
            book.put(row, decision="accept")
            decided += 1
    assert decided >= 10
    book.save()
    said = vivex(review, "import", str(path))
    before = contents(review / "annotations")
    assert any("mk" in name for name in before), said
    vivex(review, "import", str(path))
    assert contents(review / "annotations") == before, "importing twice changes nothing"
    vivex(review, "check")
    dvc(review, "add", "annotations")
    said = dvc(review, "repro")
    assert contents(review / "annotations") == before
    assert "Running stage 'agree'" in said
    assert "Running stage 'parse'" not in said
    call(review, "git", "add", ".")
    call(review, "git", "commit", "-qm", "First decisions")


def test_a_clone_goes_on_where_the_team_stands(review: Path, tmp_path: Path) -> None:
    dvc(review, "remote", "add", "--default", "--force", "share", str(tmp_path / "share"))
    call(review, "git", "commit", "-qam", "A shared drive")
    dvc(review, "push")
    call(tmp_path, "git", "clone", "-q", str(review), "clone")
    vivex(tmp_path, "init", "clone")
    dvc(tmp_path / "clone", "pull")
    assert "up to date" in dvc(tmp_path / "clone", "repro")
    assert contents(tmp_path / "clone" / "annotations") == contents(review / "annotations")


def test_reviewers_branches_merge_without_conflict(review: Path, tmp_path: Path) -> None:
    for reviewer in ("r1", "r2"):
        call(review, "git", "checkout", "-qb", reviewer, "main")
        dvc(review, "checkout")
        folder = review / "annotations" / EXAMPLES[0].stem
        folder.mkdir(exist_ok=True)
        (folder / f"{reviewer}.jsonl").write_text("")
        dvc(review, "add", "annotations")
        call(review, "git", "add", ".")
        call(review, "git", "commit", "-qm", f"{reviewer} reads")
    call(review, "git", "checkout", "-q", "main")
    dvc(review, "checkout")
    call(review, "git", "merge", "-q", "r1", "-m", "merge r1")
    call(review, "git", "merge", "-q", "r2", "-m", "merge r2")
    dvc(review, "checkout")
    names = {p.name for p in (review / "annotations" / EXAMPLES[0].stem).iterdir()}
    assert {"r1.jsonl", "r2.jsonl"} <= names
