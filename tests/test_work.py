"""The work on one paper: of the bytes that its key was made of, or told as changed."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from vivex import inputs
from vivex.codebook import template_path
from vivex.errors import MalformedFile, TransientFault
from vivex.models import shipped
from vivex.parse import _well_formed, parse_bytes
from vivex.review import read_params
from vivex.work import Setting, Task, _made, prepare, work

PAPER = "Exosomes in rat knees\n\n## Methods\nTwelve male Wistar rats (n = 6 per group) were randomly divided.\n"


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    """Give the setting of a run with a codebook that can be edited."""
    book = tmp_path / "codebook.yaml"
    book.write_bytes(template_path("invivo").read_bytes())
    return Setting(tmp_path / "out", read_params(None), shipped(), book)


def asked(path: Path, setting: Setting, *, models: tuple[tuple[str, str], ...] = ()) -> Task:
    """Ask for the reading of a paper as it is now."""
    return Task("parse", path.stem, path, setting, (path,), "c", inputs.of_files("c", [path]), models)


def test_the_bytes_of_a_document_come_back(tmp_path: Path, setting: Setting) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PAPER)
    data, _ = work(asked(path, setting))
    assert json.loads(data)["study"] == "a"
    assert not setting.out.exists(), "the parent alone writes"


def test_a_paper_that_changes_meanwhile_gives_no_result(tmp_path: Path, setting: Setting) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PAPER)
    task = asked(path, setting)
    path.write_text(PAPER + "More.")
    with pytest.raises(TransientFault, match="changed while it was read"):
        work(task)


def test_a_model_that_changes_meanwhile_gives_no_result(tmp_path: Path, setting: Setting) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PAPER)
    with pytest.raises(TransientFault, match="the ner model changed"):
        work(asked(path, setting, models=(("ner", "other"),)))


def test_the_codebook_is_the_one_that_was_read_first(setting: Setting) -> None:
    before = setting.codebook_read
    setting.codebook.write_text("schema: 1\nfields: [{name: cage, question: 'Which cage?'}]\n")
    assert setting.codebook_read == before
    setting.codebook.write_text("fields: [")
    with pytest.raises(MalformedFile, match=r"codebook\.yaml"):
        Setting(setting.out, setting.params, setting.models, setting.codebook)


@pytest.mark.parametrize("stage", ["parse", "prefill", "picture"])
def test_what_a_stage_needs_can_be_loaded_ahead(stage: str, setting: Setting) -> None:
    prepare(stage, setting)
    assert _made.cache_info().currsize == (stage in ("recognize", "assess")), "models that no paper needs any more"


def test_half_a_surrogate_pair_is_no_part_of_a_document() -> None:
    document = parse_bytes(PAPER.encode(), name="a.txt")
    odd = dataclasses.replace(document, text=document.text.replace("knees", "kne\udce9s"), meta={"title": "x\ud800"})
    mended = _well_formed(odd, odd.warnings)
    assert mended.text == document.text.replace("knees", "kne\ufffds")
    assert mended.meta == {"title": "x\ufffd"}
