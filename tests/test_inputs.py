"""Keys hold all that a result depends on: bytes, libraries, strangers' plug-ins, chosen models."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

import pytest

from vivex import inputs


def test_a_key_follows_every_byte(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    first = inputs.of_files("common", [path])
    assert first == inputs.of_files("common", [path])
    assert first != inputs.of_files("other", [path])
    path.write_bytes(b"2")
    assert first != inputs.of_files("common", [path])


def test_libraries_are_told_by_version() -> None:
    assert inputs.of_libraries(("numpy", "no-such-library")) == [f"numpy={version('numpy')}", "no-such-library="]


def test_a_chosen_models_bytes_count(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "weights").write_bytes(b"1")
    choices = {"models": {"gene": f"spacy:{model}", "outcome": {"use": f"hf:{model}", "labels": ["O"]}}}
    first = inputs.of_chosen_models(choices)
    assert len(first) == 2
    (model / "weights").write_bytes(b"2")
    second = inputs.of_chosen_models(choices)
    assert all(a != b for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("params", [{}, {"models": {}}, {"models": {"gene": "spacy:no_such_model"}}])
def test_what_is_absent_has_no_version(params: dict[str, dict[str, str]]) -> None:
    assert len(inputs.of_chosen_models(params)) == len(params.get("models", {}))


def test_a_strangers_plug_in_counts_by_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(number: str) -> list[str]:
        place = tmp_path / number
        info = place / f"stranger-{number}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: stranger\nVersion: {number}\n")
        (info / "entry_points.txt").write_text(
            "[vivex.annotators]\ntissue = stranger:make\n[vivex.parsers]\nodd = stranger:read\n"
        )
        monkeypatch.syspath_prepend(str(place))
        return inputs.of_plug_ins("recognize", {"annotators": ["entities", "tissue"]})

    assert installed("1.0") == ["tissue stranger 1.0 stranger:make"]
    assert inputs.of_plug_ins("recognize", {}) == [], "what isn't asked for counts for nothing"
    assert inputs.of_plug_ins("parse", {}) == ["odd stranger 1.0 stranger:read"]


def test_optical_recognition_counts_where_it_is_asked_for() -> None:
    assert inputs.of_ocr({}) == []
    assert len(inputs.of_ocr({"ocr": True})) == 1


def test_a_file_that_stays_untouched_is_read_once(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    os.utime(path, (1, 1))
    monkeypatch.setattr(inputs, "_SETTLED", -1.0)  # its change of status is of now
    first = inputs.digest(path)
    monkeypatch.setattr(inputs, "sha256", lambda data: "read again")
    assert inputs.digest(path) == first
    path.write_bytes(b"two")
    assert inputs.digest(path) == "read again"


def test_a_file_that_has_just_changed_is_read_each_time(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    first = inputs.digest(path)
    monkeypatch.setattr(inputs, "sha256", lambda data: "read again")
    assert (first, inputs.digest(path)) != (first, first)
