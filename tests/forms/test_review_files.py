"""Every registered form is written beside the report, and read back by its suffix."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex import arrows
from vivex.errors import MissingExtra, UnknownName
from vivex.forms import review_files
from vivex.forms.workbook import Workbook
from vivex.people import importing


class Plain:
    """A form of a plug-in."""

    suffix = ".lines"

    @staticmethod
    def write(path: Path, *, papers, failures, codebook, reviewer="", blind=False, prefilled_by="") -> None:
        path.write_text("\n".join(p.study for p in papers))

    read = staticmethod(lambda path, **_: None)


@pytest.fixture
def registered(monkeypatch):
    """Register a plug-in's form beside the workbook."""
    forms = {"plain": Plain, "workbook": Workbook}
    for module in (review_files, importing):
        monkeypatch.setattr(module, "names", lambda group: sorted(forms))
        monkeypatch.setattr(module, "load", lambda group, name: forms[name])


def test_a_plug_ins_form_is_written_too(papers, failures, codebook, tmp_path, registered) -> None:
    written = review_files.write_review(papers, failures, codebook, tmp_path / "review")
    assert [p.name for p in written] == ["report.html", "plain.lines", "forms.xlsx", "figures"]
    assert all(p.exists() for p in written)
    assert (tmp_path / "review" / "plain.lines").read_text() == "Abel 2020\nBabel-2021"


def test_a_paper_that_breaks_a_file_is_left_out_of_that_file(
    papers, failures, codebook, tmp_path, registered, monkeypatch
) -> None:
    def write(path: Path, *, papers, **_) -> None:
        if any(p.study == "Abel 2020" for p in papers):
            raise ValueError("no such symbol: \\frac")
        path.write_text("\n".join(p.study for p in papers))

    monkeypatch.setattr(Plain, "write", staticmethod(write))
    notes: list[str] = []
    found = review_files.write_review(papers, failures, codebook, tmp_path / "review", tell=notes.extend)
    assert all(p.exists() for p in found)
    assert (tmp_path / "review" / "plain.lines").read_text() == "Babel-2021"
    (note,) = notes
    assert note.startswith("Abel 2020 is left out of the plain: internal error in test_review_files.py:")
    assert "Abel 2020" in (tmp_path / "review" / "report.html").read_text(encoding="utf-8")


def test_a_plug_ins_form_that_cannot_be_loaded_is_told(papers, failures, codebook, tmp_path, monkeypatch) -> None:
    def load(group: str, name: str) -> type[Workbook]:
        if name == "plain":
            raise MissingExtra("the form 'plain' can't be loaded")
        return Workbook

    for module in (review_files, importing):
        monkeypatch.setattr(module, "names", lambda group: ["plain", "workbook"])
        monkeypatch.setattr(module, "load", load)
    notes: list[str] = []
    found = review_files.write_review(papers, failures, codebook, tmp_path / "review", tell=notes.extend)
    assert [p.name for p in found] == ["report.html", "forms.xlsx", "figures"]
    assert notes == ["the form 'plain' can't be loaded"]
    assert importing.form_of(Path("a.xlsx")) is Workbook


def test_a_file_is_read_by_the_form_of_its_suffix(registered) -> None:
    assert importing.form_of(Path("a.lines")) is Plain
    assert importing.form_of(Path("a.XLSX")) is Workbook
    with pytest.raises(UnknownName, match=r"no form is read from \.csv files; known: \.xlsx, \.lines"):
        importing.form_of(Path("a.csv"))


def test_the_workbook_is_registered() -> None:
    assert "workbook" in arrows.names("vivex.forms")
    assert isinstance(Workbook, arrows.Form)
