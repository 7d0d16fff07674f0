"""`vivex codebook`: what the codebook means decides what runs, not how it is written."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
import yaml
from dvc.repo import Repo

from verbs.conftest import Call, one_line
from vivex import codebook
from vivex.review import Review

PIPELINE = Path(codebook.__file__).parent / "data" / "review" / "pipeline.yaml"
MEANT = Path("outputs", "codebook", "codebook.json")


def test_comments_and_layout_say_nothing(review: Review, vivex: Call) -> None:
    said = vivex("codebook", "--root", review.root)
    assert said.status == 0
    assert "questions" in said.out
    first = (review.root / MEANT).read_bytes()
    data = yaml.safe_load(review.codebook.read_text(encoding="utf-8"))
    data["fields"] = [dict(sorted(item.items(), reverse=True)) for item in data["fields"]]
    review.codebook.write_text("# ours\n" + yaml.safe_dump(data, sort_keys=False, width=40), encoding="utf-8")
    vivex("codebook", "--root", review.root)
    assert (review.root / MEANT).read_bytes() == first
    data["fields"][0]["question"] = "Another question?"
    review.codebook.write_text(yaml.safe_dump(data), encoding="utf-8")
    vivex("codebook", "--root", review.root)
    assert (review.root / MEANT).read_bytes() != first


def test_a_mistake_is_named(review: Review, vivex: Call) -> None:
    review.codebook.write_text("schema: 1\nfields: []\n", encoding="utf-8")
    one_line(vivex("codebook", "--root", review.root), "codebook", "`fields` is empty")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of DVC and what it rests on
def test_of_the_stages_of_dvc_a_comment_runs_this_one_alone(review: Review, monkeypatch) -> None:
    """The stages are those that `vivex init` lays out; all but this one only write their outputs."""
    root = review.root
    data = yaml.safe_load(PIPELINE.read_text(encoding="utf-8"))
    for name, stage in data["stages"].items():
        outs = [out if isinstance(out, str) else next(iter(out)) for out in (*stage["outs"], *stage.get("metrics", ()))]
        own = f"{sys.executable} -m vivex.cli codebook"
        stage["cmd"] = own if name == "codebook" else " && ".join(f"echo {name} > {out}" for out in outs)
    data.pop("plots")
    (root / "dvc.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    (root / "params.yaml").write_text((PIPELINE.parent / "params.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    for folder in (review.pdfs, review.annotations, review.outputs, review.models):
        folder.mkdir(exist_ok=True)
    for stage in data["stages"].values():
        for out in stage["outs"]:
            shutil.rmtree(root / (out if isinstance(out, str) else next(iter(out))), ignore_errors=True)

    monkeypatch.chdir(root)
    Repo.init(no_scm=True).close()
    assert ran() == set(data["stages"])
    text = review.codebook.read_text(encoding="utf-8")
    review.codebook.write_text(f"# Agreed on in May.\n\n{text}", encoding="utf-8")
    assert ran() == {"codebook"}
    review.codebook.write_text(text.replace("policy: {}", "policy: {data_not_shown: unclear}"), encoding="utf-8")
    assert ran() == set(data["stages"]) - {"parse"}


def ran() -> set[str]:
    """Return the names of the stages that `dvc repro` runs; afterwards nothing is left to do."""
    with Repo() as repo:
        names = {stage.name for stage in repo.reproduce()}
        assert repo.status() == {}
    return names
