"""The scorer's files and tables: small, plain, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.assess.weigh.scorer import CLASSES, load, save
from vivex.errors import MalformedFile
from vivex.models import shipped

BASE = shipped() / "rob"


def test_shipped_model_is_small_and_plain():
    model = load(BASE)
    network = BASE / "reader.onnx"
    assert network.stat().st_size < 23_000_000
    assert sum(f.stat().st_size for f in BASE.iterdir() if f != network) < 2_000_000
    assert {f.suffix for f in BASE.iterdir() if f != network} <= {".json", ".npz", ".md"}
    assert model.weights.shape == (len(model.vocabulary), len(model.targets))


def test_save_and_load_give_the_same_bytes(tmp_path: Path):
    save(load(BASE), tmp_path / "a")
    save(load(tmp_path / "a"), tmp_path / "b")
    for name in ("model.json", "weights.npz"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path):
    save(load(BASE), tmp_path)
    (tmp_path / "model.json").write_text('{"schema": 1, "vocabulary": [], "targets": []}')
    with pytest.raises(MalformedFile, match="train the model again"):
        load(tmp_path)


def test_table_leans_to_the_rule_until_decisions_speak():
    model = load(BASE)
    p = model.table("random_housing", "a rule nobody saw → low", "low")
    assert CLASSES[int(p.argmax())] == "low"
    assert p.sum() == pytest.approx(1)
