"""RIS in its dialects; what is written is read by rispy and by us."""

from __future__ import annotations

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from vivex.errors import MalformedFile
from vivex.exchange.ris import read_ris, ris_record, write_ris
from vivex.references import Reference

ZOTERO = (
    "TY  - JOUR\nTI  - Hearts of mice\nAU  - Ode, Ann\nAU  - van de Berg, Bo\nT2  - J. Hearts\nDA  - 2019///\n"
    "PY  - 2019\nDO  - 10.5555/A.1\nL1  - files/12/Ode - 2019 - Hearts.pdf\nL2  - https://example.org/1\nER  - \n\n"
)
OVID = "TY  - JOUR\r\nID  - 123\r\nT1  - Livers\r\nA1  - Eld C.\r\nY1  - 2018//\r\nJF  - J. Livers\r\n"
OVID += "M3  - https://doi.org/10.5555/b\r\nUR  - http://dx.doi.org/10.5555/B\r\nER  -\r\n"
EMBASE = "\ufeffTY  - JOUR\nTI  - Lungs\nA1  - Fen D.\nY1  - 2017\nDO  - 10.5555/c\nDO  - 10.5555/c2\n"  # no ER


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "library.ris"
    path.write_bytes(text.encode(encoding))
    return read_ris(path).references


def test_zotero(tmp_path):
    (one,) = read(tmp_path, ZOTERO)
    assert one.authors == ("Ode, Ann", "van de Berg, Bo")
    assert (one.title, one.year, one.journal, one.doi) == ("Hearts of mice", "2019", "J. Hearts", "10.5555/a.1")
    assert one.files == ("files/12/Ode - 2019 - Hearts.pdf",)


def test_other_dialects(tmp_path):
    ovid, embase = read(tmp_path, OVID + EMBASE.removeprefix("\ufeff"))
    assert (ovid.title, ovid.authors, ovid.year, ovid.doi) == ("Livers", ("Eld C.",), "2018", "10.5555/b")
    assert (embase.title, embase.doi) == ("Lungs", "10.5555/c")
    assert len(read(tmp_path, EMBASE)) == 1


def test_latin_1_and_utf_16(tmp_path):
    (one,) = read(tmp_path, ZOTERO.replace("Ode", "Øde"), "cp1252")
    assert one.authors[0] == "Øde, Ann"
    (one,) = read(tmp_path, ZOTERO.replace("Ode", "Øde"), "utf-16")
    assert one.authors[0] == "Øde, Ann"


def test_what_holds_no_record_is_refused(tmp_path):
    with pytest.raises(MalformedFile, match=r"no RIS record .* export the library as RIS"):
        read(tmp_path, "PMID- 1\nTI  - x\n")


def test_rispy_reads_what_is_written(material):
    first, second = rispy.loads(write_ris(material)["included.ris"].decode())
    assert first["authors"] == ["Ode, Ann", "van de Berg, B."]
    assert (first["start_page"], first["end_page"], first["id"]) == ("11", "19", "ode-2019")
    assert first["custom1"] == "Ode 2019"
    assert second["title"].startswith("Nobody")


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)


@given(title=WORDS.filter(bool), name=WORDS.filter(bool), year=st.integers(1800, 2099))
def test_a_reference_comes_back(tmp_path_factory, title, name, year):
    reference = Reference(title=title, authors=(name,), year=str(year), doi="10.5555/x.y")
    path = tmp_path_factory.mktemp("ris") / "a.ris"
    path.write_bytes(ris_record(reference).encode())
    (back,) = read_ris(path).references
    assert (back.title, back.authors, back.year, back.doi) == (title, (name,), str(year), "10.5555/x.y")


COUNTS = {
    "ris-baseline_zotero.ris": 100,
    "ris-embase.ris": 6,
    "ris-faulty_year.ris": 1,
    "ris-ovid_psycinfo.ris": 6,
    "ris-ovid_zotero.ris": 6,
    "ris-proquest.ris": 6,
    "ris-pubmed_endnote.txt": 6,
    "ris-pubmed_zotero.ris": 6,
    "ris-scopus.ris": 6,
}


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_real_libraries(shared, name):
    found = read_ris(shared / "exchange" / "samples" / name).references
    assert len(found) == COUNTS[name]
    assert all(r.title for r in found)
    assert sum(bool(r.authors and r.year and r.journal) for r in found) >= 0.9 * len(found) - 1
    assert all(r.doi == r.doi.lower() and r.doi.startswith(("10.", "")) for r in found)
