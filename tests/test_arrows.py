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


def test_an_entry_that_cannot_be_used_is_told_in_a_line_and_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "stranger-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[vivex.forms]\nabsent = no_such_module:X\nwordy = wordy_plug_in:X\nodd = json:loads\n"
        "gone = vivex.forms.gone:Gone\ngone_room = vivex.gone.form:Gone\n"
    )
    (tmp_path / "wordy_plug_in.py").write_text("raise RuntimeError('one line,\\nand another')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    found, broken = arrows.registered("vivex.forms", arrows.Form)
    assert list(found) == ["workbook"]
    for line, (place, remedy) in zip(
        broken,
        (
            ("no_such_module:X, which can't be loaded (ModuleNotFoundError: ", "mend that package or uninstall it"),
            ("vivex.forms.gone:Gone, which can't be loaded (ModuleNotFoundError: ", "install vivex anew"),
            ("vivex.gone.form:Gone, which can't be loaded (ModuleNotFoundError: ", "install vivex anew"),
            ("json:loads, which is no vivex.arrows.Form", "mend that package or uninstall it"),
            ("wordy_plug_in:X, which can't be loaded (RuntimeError: one line, and another)", "uninstall it"),
        ),
        strict=True,
    ):
        assert f"is declared at {place}" in line
        assert line.endswith(remedy)
        assert "\n" not in line


def test_a_defect_of_vivex_itself_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "vivex_more-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: vivex-more\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[vivex.forms]\nlost = vivex.forms.workbook:NoSuchForm\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(AttributeError, match="NoSuchForm"):
        arrows.registered("vivex.forms", arrows.Form)
