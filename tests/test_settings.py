"""What params.yaml may hold: anything else is named with the place and the known ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import vivex
from vivex.errors import MalformedFile
from vivex.learn.train import Settings
from vivex.review import pinned, read_params
from vivex.settings import KNOWN

SHIPPED = Path(vivex.__file__).parent / "data" / "review" / "params.yaml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parse: {orc: true}", "unknown key 'orc' under parse; known: ocr"),
        ("parse: {ocr: maybe}", "parse.ocr is 'maybe'; it must be true or false"),
        ("parse: {max_pages: 0}", "parse.max_pages is 0; it must be at least 1"),
        ("recognize: {model: {gene: 'spacy:x'}}", "unknown key 'model' under recognize; known: models"),
        ("recognize: {models: {genes: 'spacy:x'}}", "'genes' is no entity; known: mirna"),
        ("recognize: {strategy: [gene]}", "settings by label"),
        ("recognize: {annotators: entities}", "a list of names"),
        ("assess: {annotators: [sircle]}", "assess.annotators names 'sircle'; known: .*syrcle"),
        ("assess: {model: 3}", "true or false"),
        ("prefill: {x: 1}", "unknown key 'x' under prefill; known: none"),
        ("limits: {jobs: abc}", "limits.jobs is 'abc'; it must be a whole number"),
        ("limits: {jobs: -1}", "limits.jobs is -1; it must be at least 0"),
        ("limits: {jobs: true}", "whole number"),
        ("limits: {jobs: }", "limits.jobs is empty"),
        ("limits: {seconds: .nan}", "limits.seconds is nan"),
        ("limits: {second: 3}", "known: jobs, seconds, memory_mb"),
        ("train: {share: 2}", "at least 0 and at most 1"),
        ("train: {curve: [a]}", "a list of numbers"),
        ("agree: {resample: 5}", "known: seed, resamples"),
        ("3: 4", "unknown key '3'"),
        ("- a", "expected `key: value` lines"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "params.yaml"
    path.write_text(text)
    with pytest.raises(MalformedFile, match=said) as caught:
        read_params(path)
    assert "params.yaml" in str(caught.value)


def test_what_is_shipped_is_known() -> None:
    data = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    assert read_params(SHIPPED)["train"] == data["train"]
    assert set(data) - {"vivex"} == set(KNOWN)
    assert Settings.of(data["train"]).options == {}


def test_jobs_of_the_command_line_are_checked_too() -> None:
    with pytest.raises(MalformedFile, match=r"--jobs: limits\.jobs is -1"):
        read_params(None, jobs=-1)
    assert read_params(None, jobs=2)["limits"]["jobs"] == 2


def test_another_versions_pin_is_told() -> None:
    assert pinned({"vivex": vivex.__version__}) == []
    assert "pins vivex 9.9.9" in pinned({"vivex": "9.9.9"})[0]


def test_a_plug_in_has_settings_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("recognize: {entities: {mine: 1}}\n")
    assert read_params(path)["recognize"] == {"entities": {"mine": 1}}
