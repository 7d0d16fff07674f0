"""Records find their papers by file, DOI and title; what finds none is named; a Zotero export of 300 in seconds."""

from __future__ import annotations

import time

from vivex.exchange.ris import read_ris
from vivex.people.matching import match
from vivex.references import Reference

ODE = Reference("The hearts of many mice", ("Ode, Ann",), "2019", doi="10.5555/ode")


def paper(folder, name, words="words"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)
    return path


def test_by_file_doi_title_and_name(tmp_path):
    one = paper(tmp_path, "pdfs/scan17.pdf", "the same bytes")
    paper(tmp_path, "files/3/Ode.pdf", "the same bytes")
    two, three, four = (paper(tmp_path, f"pdfs/{name}.pdf", name) for name in ("b", "c", "10.5555-fen"))
    known = {"scan17": Reference(), "b": Reference(doi="10.5555/eld"), "c": Reference("The livers of – many old mice")}
    records = [
        Reference("Ode's", files=("files/3/Ode.pdf",)),
        Reference("Eld's", doi="10.5555/eld"),
        Reference("The Livers of many old <i>mice</i>"),
        Reference("Fen's", doi="10.5555/fen"),
    ]
    papers = {"scan17": one, "b": two, "c": three, "10.5555-fen": four}
    found = match(records, known, papers, tmp_path)
    assert {study: ref.title for study, ref in found.references.items()} == {
        "scan17": "Ode's", "b": "Eld's", "c": "The Livers of many old <i>mice</i>", "10.5555-fen": "Fen's",
    }  # fmt: skip
    assert (found.papers, found.notes) == ({}, ())


def test_every_mismatch_is_named(tmp_path):
    records = [
        ODE,
        Reference("Again", doi="10.5555/ode"),
        Reference("Gone", files=("files/9/gone.pdf",)),
        Reference("Nowhere to be found"),
    ]
    found = match(
        records, {"a": ODE, "z": Reference("Another")}, {s: paper(tmp_path, f"{s}.pdf") for s in "az"}, tmp_path
    )
    assert list(found.references) == ["a"]
    assert found.notes == (
        "Again (10.5555/ode): stands twice in the library (one DOI); the first was taken",
        "Gone: its file files/9/gone.pdf is not there",
        "Nowhere to be found: no paper of the review has its DOI or title",
        "z: no record of the library is this paper",
    )


def test_two_studies_with_one_title_are_not_guessed(tmp_path):
    known = {"a": Reference(ODE.title), "b": Reference(ODE.title)}
    found = match([ODE], known, {s: paper(tmp_path, f"{s}.pdf", s) for s in known}, tmp_path)
    assert found.references == {}
    assert len(found.notes) == 3


def test_paths_as_programs_write_them(tmp_path):
    lies = paper(tmp_path, "files/7/Ode 2019.pdf")
    for name in (
        "files/7/Ode 2019.pdf",
        "files\\7\\Ode 2019.pdf",
        str(lies),
        "/home/another/Zotero/files/7/Ode 2019.pdf",
        "C:\\Users\\x\\export\\files\\7\\Ode 2019.pdf",
        "file:///somewhere/files/7/Ode%202019.pdf",
        "internal-pdf://7/Ode 2019.pdf",
    ):
        found = match([Reference("T", files=(name,))], {}, {}, tmp_path)
        assert found.papers == {"Ode 2019": lies}, name


def test_files_of_one_name_make_two_studies(tmp_path):
    records = [Reference(f"T{n}", files=(str(paper(tmp_path, f"files/{n}/Full Text.pdf", str(n))),)) for n in range(3)]
    assert list(match(records, {}, {}, tmp_path).papers) == ["Full Text", "Full Text-2", "Full Text-3"]


def test_three_hundred_records_in_zoteros_layout_take_seconds(tmp_path):
    lines = []
    for n in range(300):
        paper(tmp_path, f"files/{n}/Paper {n}.pdf", f"words of {n} " * 1000)
        lines += ["TY  - JOUR", f"TI  - A study of the organ {n} in animals", f"AU  - Name{n}, A.", "PY  - 2019"]
        lines += [f"DO  - 10.5555/{n}", f"L1  - files/{n}/Paper {n}.pdf", "ER  - ", ""]
    (tmp_path / "library.ris").write_text("\n".join(lines))
    known = {f"p{n}": Reference(doi=f"10.5555/{n}") for n in range(100)}
    papers = {study: paper(tmp_path, f"pdfs/{study}.pdf", study) for study in known}
    began = time.process_time()
    found = match(read_ris(tmp_path / "library.ris").references, known, papers, tmp_path)
    assert time.process_time() - began < 5
    assert (len(found.references), len(found.papers), found.notes) == (300, 200, ())
    assert found.references["p7"].authors == ("Name7, A.",)
