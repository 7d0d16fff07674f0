"""Directory stages: incremental by content, equal to a rebuild, nothing lost."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from vivex.codebook import template_path
from vivex.errors import MalformedFile, ReviewError
from vivex.models import fingerprint, locate, shipped
from vivex.pool import Pool
from vivex.review import gather, open_review, read_params
from vivex.stages import INDEX, STAGES, Setting, common_key, failures, present, run_stage
from vivex.work import read_by

PAPER = "Exosomes in rat knees\n\n## Methods\nTwelve male Wistar rats (n = 6 per group) were randomly divided.\n"


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    return Setting(tmp_path / "outputs", read_params(None), shipped(), template_path("invivo"))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "pdfs"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(PAPER + name)
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def parse(papers: Path, setting: Setting, jobs: int = 1):
    """Run the parse stage over a folder."""
    sources, refused = gather([papers])
    with Pool(jobs=jobs) as pool:
        return run_stage("parse", sources, setting, pool, left_out=refused)


def test_only_what_changed_is_worked_on(papers: Path, setting: Setting, tmp_path: Path) -> None:
    assert parse(papers, setting).done == 3
    again = parse(papers, setting)
    assert (again.done, again.kept) == (0, 3)
    (papers / "d.txt").write_text(PAPER + "d")
    (papers / "a.txt").write_text(PAPER + "A")
    (papers / "b.txt").unlink()
    report = parse(papers, setting)
    assert (report.done, report.kept, report.removed) == (2, 1, 1)
    rebuilt = Setting(tmp_path / "rebuilt", setting.params, setting.models, setting.codebook)
    parse(papers, rebuilt, jobs=2)
    assert contents(setting.out) == contents(rebuilt.out)


def test_a_lost_output_is_made_again(papers: Path, setting: Setting) -> None:
    parse(papers, setting)
    (setting.out / "documents" / "b.json").unlink()
    assert parse(papers, setting).done == 1


def test_what_cannot_be_read_is_listed_with_reason_and_remedy(papers: Path, setting: Setting) -> None:
    (papers / "d.txt").write_text(" \n")
    (papers / "e.docx").write_bytes(b"PK")
    (papers / "a.md").write_text(PAPER)
    (papers / "f.pdf").write_bytes(b"no pdf")
    report = parse(papers, setting)
    reasons = {f.file: f.reason for f in report.failures}
    assert reasons == {"d.txt": "empty", "e.docx": "unsupported", "a.txt": "duplicate", "f.pdf": "broken"}
    assert all(f.remedy for f in report.failures)
    assert [f.file for f in failures(setting.out)] == [f.file for f in report.failures]
    again = parse(papers, setting)
    assert again.done == 0, "a paper that can't be read is not tried again until it changes"
    (papers / "d.txt").write_text(PAPER + "readable now")
    assert "d.txt" not in {f.file for f in parse(papers, setting).failures}


def test_parameters_belong_to_the_key(papers: Path, setting: Setting) -> None:
    parse(papers, setting)
    changed = Setting(setting.out, setting.params | {"parse": {"max_pages": 10}}, setting.models, setting.codebook)
    assert parse(papers, changed).done == 3


def test_a_new_question_of_the_form_changes_no_mention_and_no_judgement(setting: Setting) -> None:
    asked = setting.codebook_read
    more = replace(asked, fields=(*asked.fields, replace(asked.fields[0], name="analgesia")))
    other = replace(asked, policy={**asked.policy, "randomised_without_method": "low"})
    for stage, changes in (("recognize", (0, 0)), ("assess", (0, 1)), ("prefill", (1, 1))):
        read = read_by(stage, {}, asked)
        assert [int(read_by(stage, {}, book) != read) for book in (more, other)] == list(changes), stage
    assert read_by("recognize", {"annotators": ["strangers"]}, more) == more


def test_a_comment_in_the_codebook_changes_no_key(setting: Setting) -> None:
    commented = setting.codebook_bytes + b"# asked by the second reviewer\n"
    other = replace(setting, codebook_bytes=commented)
    assert other.codebook_read == setting.codebook_read
    for stage in STAGES.values():
        assert common_key(stage, other) == common_key(stage, setting), stage.name


def test_a_broken_index_is_named(papers: Path, setting: Setting) -> None:
    parse(papers, setting)
    (setting.out / "documents" / INDEX).write_text("{")
    with pytest.raises(MalformedFile, match=r"index\.json: not JSON"):
        parse(papers, setting)


def test_a_review_adapted_model_goes_before_the_base(tmp_path: Path) -> None:
    (tmp_path / "base" / "rob").mkdir(parents=True)
    (tmp_path / "base" / "rob" / "w.npz").write_bytes(b"base")
    assert locate(tmp_path, "rob") == tmp_path / "base" / "rob"
    (tmp_path / "rob").mkdir()
    (tmp_path / "rob" / "decision.json").write_text("{}")
    assert locate(tmp_path, "rob") == tmp_path / "base" / "rob", "a report alone is no model"
    (tmp_path / "rob" / "w.npz").write_bytes(b"own")
    assert locate(tmp_path, "rob") == tmp_path / "rob"
    assert fingerprint(tmp_path / "rob") != fingerprint(tmp_path / "base" / "rob")


def test_params_and_review_say_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="vivex init"):
        open_review(tmp_path)
    path = tmp_path / "params.yaml"
    for text, names in (
        ("recognise: {}", "unknown key 'recognise'"),
        ("parse: 3", "parse must hold"),
        ("a: [", "not YAML"),
    ):
        path.write_text(text)
        with pytest.raises(MalformedFile, match=names):
            read_params(path)
    path.write_text("limits: {seconds: 5}\n")
    assert read_params(path)["limits"] == {"jobs": 0, "seconds": 5, "memory_mb": 4000, "on": "local"}


def test_a_file_is_present_while_the_stage_would_write_it_again(papers: Path, setting: Setting) -> None:
    parse(papers, setting)
    assert present("recognize", setting) == set()
    sources, _ = gather([papers])
    with Pool(jobs=1) as pool:
        run_stage("recognize", sources, setting, pool)
    assert present("recognize", setting) == {"a", "b", "c"}
    assert present("recognize", replace(setting, params={**setting.params, "recognize": {"x": 1}})) == set()
    (setting.out / "mentions" / "a.jsonl").unlink()
    (setting.out / "documents" / "b.json").write_bytes(b"{}")
    assert present("recognize", setting) == {"c"}
