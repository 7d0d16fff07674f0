"""A parcel gives a worker the same files, by their names or by their bytes."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from vivex import inputs
from vivex.engines.parcel import Parcel, pack, unpacked
from vivex.models import shipped
from vivex.work import Setting, Task, work


def asked(stage: str, source: Path, setting: Setting, paths: tuple[Path, ...]) -> Task:
    """Return a task as a stage asks for it."""
    return Task(stage, source.stem, source, setting, paths, "common", inputs.of_files("common", paths))


@pytest.mark.parametrize("carried", [False, True])
def test_a_worker_reads_the_same_bytes(setting, sources, carried) -> None:
    source = sources["paper-03"]
    task = asked("parse", source, setting, (source,))
    wanted = work(task)
    parcel = pickle.loads(pickle.dumps(pack(task, carried=carried)))
    if carried:
        source.unlink()  # as on a machine that doesn't see it
    with unpacked(parcel) as there:
        assert work(there) == wanted
        folder = there.source.parent
    assert folder.exists() is not carried


def test_what_a_later_stage_reads_is_carried_too(setting, sources) -> None:
    for place in ("documents/paper-03.json", "mentions/paper-03.jsonl", "forms/other.json"):
        path = setting.out / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(place)
    paths = (setting.out / "documents" / "paper-03.json", setting.out / "mentions" / "paper-03.jsonl")
    task = asked("assess", sources["paper-03"], setting, paths)
    with unpacked(pack(task, carried=True)) as there:
        assert there.setting.out != setting.out
        assert [path.read_text() for path in there.paths] == ["documents/paper-03.json", "mentions/paper-03.jsonl"]
        assert not (there.setting.out / "forms").exists()
        assert inputs.of_files("common", there.paths) == task.key


def test_paths_are_absolute_and_shipped_models_are_the_workers_own(setting, sources, monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    near = Setting(Path("outputs"), setting.params, tmp_path / "models", setting.codebook)
    source = sources["paper-03"].relative_to(tmp_path)
    parcel = pack(asked("parse", source, near, (source,)), carried=False)
    assert parcel.own_models
    assert all(path.is_absolute() for path in (parcel.item.source, *parcel.item.paths, parcel.item.setting.out))
    assert not pack(asked("parse", source, setting, (source,)), carried=False).own_models
    with unpacked(Parcel(parcel.item, own_models=False)) as there:
        assert there.setting.models == shipped()


def test_what_is_no_paper_goes_as_it_is() -> None:
    with unpacked(pack("item", carried=True)) as there:
        assert there == "item"
