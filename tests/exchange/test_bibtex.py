"""BibTeX: names, LaTeX's letters, and the ways in which programs name a paper's file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.errors import MalformedFile
from vivex.exchange.bibtex import files_of, plain, read_bibtex

ZOTERO = r"""
@article{ode_hearts_2019,
	title = {Hearts of {MICE} \& {$\beta$}-agonists},
	volume = {3}, number = {2}, pages = {11--19},
	doi = {10.5555/Hearts},
	journal = {J. Hearts},
	author = {{\O}de, Ann and van de Berg, Bo and others},
	month = mar,
	year = {2019},
	note = {PMID: 12345678},
	file = {Full Text PDF:files/5888/Ode - 2019 - Hearts.pdf:application/pdf;Snapshot:files/5889/s.html:text/html},
}
@online{eld, title = {Livers}, author = {Eld, C.}, date = {2020-03-01}, journaltitle = {L}}
"""


def test_zotero(tmp_path):
    path = tmp_path / "a.bib"
    path.write_text(ZOTERO, encoding="utf-8")
    one, two = read_bibtex(path).references
    assert one.authors == ("Øde, Ann", "van de Berg, Bo")
    assert (one.year, one.doi, one.pmid, one.pages) == ("2019", "10.5555/hearts", "12345678", "11-19")
    assert one.title.startswith("Hearts of MICE & ")
    assert one.files == ("files/5888/Ode - 2019 - Hearts.pdf", "files/5889/s.html")
    assert (two.year, two.journal, two.key) == ("2020", "L", "eld")


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        (":files/1/a.pdf:PDF", ["files/1/a.pdf"]),
        (r"t:C\:\\papers\\a.pdf:application/pdf", [r"C:\papers\a.pdf"]),
        (r"C:\papers\a.pdf", [r"C:\papers\a.pdf"]),
        ("/home/a b/c.pdf", ["/home/a b/c.pdf"]),
        ("A title\\: its part:x/y.pdf:application/pdf", ["x/y.pdf"]),
        ("a.pdf;b.pdf", ["a.pdf", "b.pdf"]),
        ("", []),
    ],
)
def test_files(field, paths):
    assert list(files_of(field)) == paths


@given(st.text(st.characters(exclude_characters="{}\\%&$#_~^", exclude_categories=("Cs", "Cc")), max_size=30))
def test_text_without_latex_stays(text):
    assert plain(text) == " ".join(text.split())


def test_what_holds_no_entry_is_refused(tmp_path):
    path = tmp_path / "a.bib"
    path.write_text("% nothing\n")
    with pytest.raises(MalformedFile, match="no BibTeX entry"):
        read_bibtex(path)


def test_a_real_file(shared):
    brought = read_bibtex(shared / "exchange" / "samples" / "bibtex.bib")
    found = brought.references
    assert len(found) == 4
    assert brought.notes == ("the key articlewriter_firstrandomword_2020 stands 2 times; one entry was read",)
    assert all(r.title and "{" not in r.title for r in found)
    assert found[0].doi == "10.3333/xyz.v4444.04"
