"""The registry of parsers, annotators and forms: what is registered is found, what isn't is answered with what is."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex import arrows, parse
from vivex.errors import MissingExtra, UnknownName


def test_built_ins_are_registered_like_plug_ins() -> None:
    assert {"pdf", "jats", "text"} <= set(arrows.names("vivex.parsers"))
    assert {"entities", "syrcle"} <= set(arrows.names("vivex.annotators"))


def test_what_is_registered_does_what_its_arrow_says() -> None:
    for name in arrows.names("vivex.parsers"):
        assert isinstance(arrows.load("vivex.parsers", name), arrows.Parser), name


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"no parser is called 'docx'; known: .*jats, pdf, text"):
        arrows.load("vivex.parsers", "docx")


def test_a_broken_plug_in_stops_only_what_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[vivex.annotators]\nsplit = broken_plug_in:make\n[vivex.parsers]\nodd = broken_plug_in:read\n"
    )
    (tmp_path / "broken_plug_in.py").write_text("raise RuntimeError('out of order')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    parse._registered.cache_clear()
    try:
        (line,) = parse.broken_parsers()
        assert "broken_plug_in:read" in line
        assert "RuntimeError: out of order" in line
        assert {".pdf", ".xml", ".txt"} <= set(parse.suffixes())
        with pytest.raises(MissingExtra, match="annotator 'split' is declared at broken_plug_in:make"):
            arrows.load("vivex.annotators", "split")
        assert callable(arrows.load("vivex.annotators", "entities"))
    finally:
        parse._registered.cache_clear()
