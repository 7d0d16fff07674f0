"""What models answer for settled studies."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.annotation import Annotation
from vivex.codebook import template
from vivex.document import Document
from vivex.learn.answering import answers, base_models, looking, reader, with_model
from vivex.learn.gold import Study
from vivex.people.machine import document
from vivex.review import Review


def test_an_adapted_model_stands_over_the_base_and_no_other(tmp_path: Path) -> None:
    for name in ("models/base/rob", "models/rob", "adapted"):
        (tmp_path / name).mkdir(parents=True)
    with with_model(tmp_path / "adapted", "ner", tmp_path / "models", tmp_path / "one") as found:
        assert sorted(p.name for p in found.iterdir()) == ["base", "ner"]
    with base_models(tmp_path / "none", tmp_path / "two") as found:
        assert list(found.iterdir()) == []


def test_a_form_is_filled_and_a_paper_looked_at_once(review: Review, tmp_path: Path) -> None:
    paper, book = document(review, "ames-2019"), template("invivo")
    known: dict[str, list[Annotation]] = {paper.study: []}
    look = looking(review.models, book, known)
    assert look(paper) is look(paper)
    with base_models(review.models, tmp_path / "base") as models:
        filled = answers("fields", [Study(paper, (), frozenset())], models, {}, book, known, look)
        assert filled == answers("fields", [Study(paper, (), frozenset())], models, {}, book, known)
    assert ("form.sex", "male") in [(a.label, a.value) for a in filled[paper.study]]


def test_mentions_that_the_stage_would_find_again_are_read(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(group: str, name: str) -> object:
        return lambda *, params, models, codebook: lambda document: [Annotation(document.study, "strain", "found")]

    monkeypatch.setattr("vivex.arrows.load", made)
    monkeypatch.setattr("vivex.stages.present", lambda name, setting: {"ames-2019"})
    papers: list[Document] = [document(review, study) for study in ("ames-2019", "bell-2020")]
    recognise = reader(review, review.models, {})
    stored = {"text": "Wistar", "normal": "Wistar"}
    assert [recognise(paper)[0].value for paper in papers] == [stored, "found"]
    others = {"recognize": {"annotators": ["mine"]}}
    assert reader(review, review.models, others)(papers[0])[0].value == "found", "another annotator made the files"
    assert reader(review, review.models, others, chosen=True)(papers[0])[0].value == {
        "text": "Wistar",
        "normal": "Wistar",
    }
