"""`git merge` by hand: both sides' decisions are there afterwards, also without the other side's objects."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import yaml

from team.copies import Team, say
from vivex.people.store import read_statement
from vivex.team import driver
from vivex.team.cache import cache_of
from vivex.team.git import git
from vivex.team.pointers import read_pointer


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the driver that git starts find this vivex."""
    package = str(Path(driver.__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([package, os.environ.get("PYTHONPATH", "")]))


def test_two_sides_merge_by_hand_and_the_objects_are_fetched(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    say(mk, "mk", "study-0", "male")
    say(mk, "xy", "study-1", "male")
    shared.sync("mk")
    say(th, "th", "study-0", "female")
    from vivex.team.save import save

    save(th)
    git(th.root, "fetch", "-q", "origin")
    git(th.root, "merge", "-q", "-m", "by hand", "origin/main")
    pointer = read_pointer((th.root / "annotations.dvc").read_bytes(), where="annotations.dvc")
    whole = cache_of(th.root).listing(pointer.oid)
    assert sorted(whole) == ["codebooks.jsonl", "study-0/mk.jsonl", "study-0/th.jsonl", "study-1/xy.jsonl"]
    shared.sync("th", "mk")
    assert (mk.annotations / "study-0" / "th.jsonl").exists()


def test_what_one_person_said_on_both_sides_is_in_one_file(shared: Team):
    mk = shared.copy("mk")
    say(mk, "mk", "study-0", "male")
    shared.sync("mk")
    git(mk.root, "switch", "-qc", "other")
    say(mk, "mk", "study-0", "rat", "form.species")
    from vivex.team.save import save

    save(mk)
    git(mk.root, "switch", "-q", "main")
    git(mk.root, "merge", "-q", "other")  # a fast-forward
    assert sys.executable
    shared.sync("mk")
    labels = {a.label for a in read_statement(mk.annotations / "study-0" / "mk.jsonl").decisions}
    assert labels == {"form.sex", "form.species"}


def test_locks_are_merged_by_stage(tmp_path):
    base, ours, theirs = (
        yaml.safe_dump({"schema": "2.0", "stages": {"parse": {"cmd": a}, "agree": {"cmd": b}}}).encode()
        for a, b in (("p", "a"), ("p2", "a2"), ("p", "a3"))
    )
    merged, told = driver.merge(tmp_path, "dvc.lock", base, ours, theirs)
    assert yaml.safe_load(merged)["stages"] == {"parse": {"cmd": "p2"}, "agree": {"cmd": "a2"}}
    assert told == ["agree: run on both sides; `dvc repro` runs it again"]


def test_what_cannot_be_merged_is_said(tmp_path, monkeypatch, capsys):
    for name in "abc":
        (tmp_path / name).write_text("outs:\n- md5: x\n  path: one.pdf\n")
    monkeypatch.chdir(tmp_path)
    assert driver.main(["a", "b", "c", "one.pdf.dvc"]) == 1
    assert "then `vivex sync`" in capsys.readouterr().err


def test_figures_that_both_sides_wrote_are_no_conflict(shared: Team):
    root = shared.copy("mk").root
    for branch, figures in (("one", '{"f1": 0.5}\n'), ("other", '{"f1": 0.7}\n')):
        git(root, "switch", "-qc", branch, "main")
        (root / "outputs").mkdir(exist_ok=True)
        (root / "outputs" / "agreement.json").write_text(figures, encoding="utf-8")
        git(root, "add", "-f", "outputs/agreement.json")
        git(root, "commit", "-qm", branch)
    git(root, "merge", "-q", "-m", "by hand", "one")
    assert (root / "outputs" / "agreement.json").read_text(encoding="utf-8") == '{"f1": 0.7}\n'
