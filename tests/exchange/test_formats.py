"""All formats come through one door; an unknown name lists the known ones; a file's format is told by its beginning."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.errors import MissingExtra, UnknownName
from vivex.exchange.formats import (
    GROUP,
    RESULTS,
    Format,
    all_formats,
    broken_formats,
    format_of,
    write_results,
    writer_named,
)


def test_built_ins_are_registered_and_say_what_they_hold():
    found = all_formats()
    assert {"robvis", "revman", "syrf", "eppi", "word", "ris"} <= set(found)
    for name, of in found.items():
        assert isinstance(of, Format), name
        assert of.write or of.read, name
        assert of.about.endswith("."), name
        assert bool(of.read) == bool(of.suffixes), name


def test_an_unknown_name_lists_the_known():
    with pytest.raises(UnknownName, match=r"called 'endnote'; known: bioc-json, .*word"):
        writer_named("endnote")
    with pytest.raises(UnknownName, match=r"known: .*robvis"):
        writer_named("syrf-studies")  # is read alone


def test_a_strangers_format_comes_through_the_same_door(tmp_path, monkeypatch):
    info = tmp_path / "stranger-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\nshouted = shouted_format:FORMAT\nbroken = no_such_module:X\n")
    (tmp_path / "shouted_format.py").write_text(
        "from vivex.exchange.formats import Format\n"
        "FORMAT = Format('Shout', 'results', 'Labels, loud.',\n"
        "    write=lambda m: {'loud.txt': ' '.join(s.label.upper() for s in m.studies).encode()})\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert all_formats()["shouted"].holds == RESULTS
    assert "broken" not in all_formats()


def test_a_format_that_cannot_be_loaded_is_told_in_a_line_and_the_others_go_on(tmp_path, monkeypatch, material):
    info = tmp_path / "stranger-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        f"[{GROUP}]\nbroken = no_such_module:X\nformer = vivex.exchange.no_such_format:FORMAT\nodd = json:loads\n"
    )
    assert broken_formats() == []
    known = set(all_formats())
    monkeypatch.syspath_prepend(str(tmp_path))
    assert set(all_formats()) == known
    broken, former, odd = broken_formats()
    assert "no_such_module:X, which can't be loaded" in broken
    assert former.endswith("; install vivex anew")
    assert "json:loads, which is no vivex.exchange.formats.Format" in odd
    assert {path.parent.name for path in write_results(material, tmp_path / "out")} >= {"robvis", "word"}
    for ask in (writer_named, lambda name: format_of(tmp_path / "a.csv", name)):
        with pytest.raises(MissingExtra, match=r"format 'former' is declared at .*; install vivex anew"):
            ask("former")


def test_a_files_beginning_tells_its_format(tmp_path):
    def named(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8-sig")
        return format_of(path)[0]

    assert named("a.ris", "\nTY  - JOUR\n") == "ris"
    assert named("a.csv", "StudyId,DateTimeCreated,x,InvestigatorName\n") == "syrf-answers"
    assert named("b.csv", "StudyId,Title,Authors,PublicationName,AlternateName\n") == "syrf-studies"
    assert named("a.json", '{"CodeSets": []}') == "eppi-answers"
    with pytest.raises(UnknownName, match=r"x\.csv: which program's file is this\? .*--from NAME"):
        named("x.csv", "a,b\n")
    assert format_of(Path(tmp_path / "x.csv"), "syrf-answers")[0] == "syrf-answers"
    with pytest.raises(UnknownName, match=r"known: .*eppi-answers"):
        format_of(tmp_path / "x.csv", "robvis")
