"""Models name the rules they were fitted with; where those changed, a line says so, and the name of the model stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from vivex.assess.weigh import scorer
from vivex.errors import MalformedFile
from vivex.models import FITTED_WITH, PARTS, fingerprint, locate, shipped, stamped, uncoupled, unstamped


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Give a models folder of one's own, stamped with the rules of today."""
    for part in PARTS:
        folder = tmp_path / "base" / part
        folder.mkdir(parents=True)
        meta = json.loads((shipped() / part / "model.json").read_text(encoding="utf-8"))
        (folder / "model.json").write_text(json.dumps(stamped(part, meta)))
    return tmp_path


def restamp(path: Path, changes: dict[str, str]) -> None:
    """Write a model.json as if it had been fitted when the files named had other hashes."""
    meta = json.loads(path.read_text())
    meta[FITTED_WITH] |= changes
    path.write_text(json.dumps(meta))


def test_models_of_today_raise_no_word(models: Path) -> None:
    assert uncoupled(models) == []


def test_other_rules_are_told_in_one_line(models: Path) -> None:
    path = models / "base" / "rob" / "model.json"
    restamp(path, {"assess/policy.py": "0" * 12, "sentences.py": "0" * 12, "assess/gone.py": "0" * 12})
    (line,) = uncoupled(models)
    assert line.startswith("the rob model (base/rob) was fitted with other rules: assess/gone.py and 2 more changed")
    assert "stamp_models.py" in line
    assert "\n" not in line
    assert uncoupled(models, ("ner", "fields")) == []


def test_the_labels_kinds_belong_to_what_a_tagger_was_fitted_with(models: Path) -> None:
    meta = json.loads((models / "base" / "ner" / "model.json").read_text())
    assert "recognize/kinds/strain.py" in meta[FITTED_WITH]
    assert "recognize/kinds/strain.py" not in stamped("ner", {"labels": ["gene"]})[FITTED_WITH]
    assert not {"errors.py", "files.py", "labels.py"} & set(meta[FITTED_WITH])


def test_a_model_that_names_nothing_cannot_be_checked(models: Path) -> None:
    path = models / "base" / "fields" / "model.json"
    path.write_text("{}")
    assert uncoupled(models) == []
    path.write_text("{")
    with pytest.raises(MalformedFile, match="not JSON"):
        uncoupled(models)


def test_a_stamp_changes_the_stages_key_and_not_the_models_name(tmp_path: Path) -> None:
    folder = tmp_path / "rob"
    shutil.copytree(shipped() / "rob", folder)
    before, name = fingerprint(folder), scorer.load(folder).digest
    restamp(folder / "model.json", {"assess/policy.py": "0" * 12})
    assert fingerprint(folder) != before
    assert scorer.load(folder).digest == name
    assert unstamped({"a": 1, FITTED_WITH: {}}) == {"a": 1}


def test_no_model_is_keyed_by_a_sentence() -> None:
    meta = json.loads((shipped() / "rob" / "model.json").read_text(encoding="utf-8"))
    keys = {key for table in meta["tables"].values() for key in table}
    assert keys
    assert not any(" " in key for key in keys)


def test_a_part_without_a_model_lies_nowhere(tmp_path: Path) -> None:
    assert locate(tmp_path, "weather") is None
    assert fingerprint(None) == fingerprint(tmp_path / "none") == ""


def test_a_part_that_a_review_has_adapted_says_what_it_learnt(tmp_path: Path) -> None:
    from vivex.models import adapted

    for part, said in (
        ("ner", {"promoted": False}),
        ("fields", {"promoted": True, "learnt": "learnt", "reason": "+1"}),
    ):
        (tmp_path / part).mkdir()
        (tmp_path / part / "promoted.json").write_text(json.dumps(said), encoding="utf-8")
    assert adapted(tmp_path) == ["the fields model is the review's own: learnt; +1"]
