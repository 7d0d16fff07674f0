"""Papers are taken in once, under names that can be a study's; studies are taken out with a reason."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import vivex.desk
from desk.conftest import STUDY
from vivex.desk.adding import add_file, hand_out, take_out
from vivex.desk.aside import Aside
from vivex.desk.desk_review import DeskReview
from vivex.errors import ReviewError, VivexError
from vivex.exchange.formats import REFERENCES, all_formats
from vivex.people import library
from vivex.people.excluded import excluded
from vivex.references import Reference

PAPER = b"A fictitious paper\n\nTen rats were used.\n"
RIS = """TY  - JOUR
AU  - Ole, Anna
PY  - 2019
TI  - Kidneys of the fictitious and rather old mouse
DO  - 10.5555/ole
L1  - /somewhere/else/{name}
ER  -
"""
JATS = """<article><front><article-meta>
<article-id pub-id-type="doi">{doi}</article-id>
<title-group><article-title>{title}</article-title></title-group></article-meta></front>
<body><sec><title>Methods</title><p>Ten fictitious rats were used, and they were {state}.</p></sec></body></article>
"""


class Here(Aside):
    """Do the work in this process: the child has a test of its own."""

    def run(self, work, given):
        """Do it."""
        return work(given)


def add_paper(desk: DeskReview, name: str, data: bytes, *, anyway: bool = False):
    """Drop a file."""
    return add_file(desk, Here(), name, data, anyway=anyway)


def jats(title: str, *, doi: str = "10.5555/fen", state: str = "well") -> bytes:
    """Return a paper in JATS."""
    return JATS.format(title=title, doi=doi, state=state).encode()


def test_a_paper_is_added_once(desk: DeskReview) -> None:
    assert add_paper(desk, "Zorn 2024.txt", PAPER)["added"]
    assert (desk.review.pdfs / "Zorn 2024.txt").read_bytes() == PAPER
    again = add_paper(desk, "copy.txt", PAPER)
    assert (again["added"], again["why"]) == (False, "the same file is there already: Zorn 2024.txt")
    other = add_paper(desk, "zorn 2024.txt", PAPER + b"More.")
    assert (other["added"], other["why"]) == (False, "another paper has this name: Zorn 2024.txt; rename yours")
    assert len(list(desk.review.pdfs.iterdir())) == 1


def test_a_paper_with_the_doi_or_title_of_another_is_asked_about(desk: DeskReview) -> None:
    title = "Livers of the fictitious and rather young rat"
    assert add_paper(desk, "fen.xml", jats(title))["added"]
    for name, data, why in (
        ("again.xml", jats("Otherwise named", state="healthy"), "it has the DOI of fen"),
        ("preprint.xml", jats(title.upper(), doi="10.5555/other"), "it has the title of fen"),
    ):
        asked = add_paper(desk, name, data)
        assert asked == {"added": False, "ask": True, "name": name, "why": why}
        assert not (desk.review.pdfs / name).exists()
    assert add_paper(desk, "again.xml", jats("Otherwise named", state="healthy"), anyway=True)["added"]
    known = Reference("Spleens of an old fictitious rabbit, again", doi="10.5555/ames")
    library.record(desk.review, {STUDY: known}, when="")
    assert add_paper(desk, "a.xml", jats("Else", doi="10.5555/ames"))["why"] == f"it has the DOI of {STUDY}"


def test_a_file_that_is_no_paper_is_asked_about(desk: DeskReview) -> None:
    asked = add_paper(desk, "page.pdf", b"<html>Sign in to read this</html>")
    assert (asked["added"], asked["ask"]) == (False, True)
    assert asked["why"].startswith("it can't be read: ")
    assert not desk.review.pdfs.exists() or not list(desk.review.pdfs.iterdir())


@pytest.mark.parametrize("suffix", ["ris", "txt"])
def test_a_library_tells_of_the_papers_and_takes_none_from_the_disk(
    desk: DeskReview, tmp_path: Path, suffix: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Of nobody's business.")
    add_paper(desk, "Ole.txt", PAPER)
    for name in ("Ole.txt", secret.as_posix()):
        records = RIS.format(name=name).replace("/somewhere/else//", "/").encode()
        done = add_paper(desk, f"library.{suffix}", records)
        assert done["records"] == 1
    assert library.from_library(desk.review)["Ole"].year == "2019"
    assert [p.name for p in desk.review.pdfs.iterdir()] == ["Ole.txt"]
    assert desk.called.get("Ole", "Ole") == "Ole"  # it is called so once it is read


OTHERS = {
    "ole.bib": "@article{ole, author = {Ole, Anna}, year = 2019, title = {Of mice}, doi = {10.5555/ole}}",
    "ole.nbib": "PMID- 123\nTI  - Of mice\nFAU - Ole, Anna\nDP  - 2019 Mar\nLID - 10.5555/ole [doi]\n",
    "ole.json": json.dumps(
        [
            {
                "type": "article-journal",
                "id": "ole",
                "title": "Of mice",
                "author": [{"family": "Ole", "given": "Anna"}],
                "issued": {"date-parts": [[2019]]},
                "DOI": "10.5555/ole",
            }
        ]
    ),
    "syrf.csv": 'StudyId,Title,Authors,PublicationName,Year,Doi\n7,Of mice,"Ole, Anna",J,2019,10.5555/ole\n',
}


def test_the_chooser_offers_what_libraries_are_written_in() -> None:
    script = (Path(vivex.desk.__file__).parent / "static" / "dropping.js").read_text(encoding="utf-8")
    offered = set(re.search(r'TAKEN = "([^"]+)"', script)[1].split(","))
    assert {suffix for of in all_formats().values() if of.holds == REFERENCES for suffix in of.suffixes} <= offered


@pytest.mark.parametrize("name", OTHERS)
def test_libraries_of_each_kind_are_taken(desk: DeskReview, name: str) -> None:
    add_paper(desk, "10.5555-ole.txt", PAPER)  # a paper called by its DOI
    done = add_paper(desk, name, OTHERS[name].encode())
    assert (done["records"], done["matched"], done["new"]) == (1, 1, 1)
    told = library.from_library(desk.review)["10.5555-ole"]
    assert (told.authors[0].partition(",")[0], told.year) == ("Ole", "2019")
    assert add_paper(desk, name, OTHERS[name].encode())["new"] == 0


def test_a_library_that_is_none_is_told_by_its_own_name(desk: DeskReview) -> None:
    for name in ("mine.ris", "mine.bib", "mine.json"):
        with pytest.raises(VivexError, match=rf"^{name}: "):
            add_paper(desk, name, b"nothing of the kind")


def test_a_path_is_taken_for_its_name(desk: DeskReview) -> None:
    for name in ("../../outside.txt", "C:\\temp\\outside.txt", "/etc/outside.txt"):
        add_paper(desk, name, PAPER)
    assert [p.name for p in desk.review.pdfs.iterdir()] == ["outside.txt"]
    assert not (desk.review.root / "outside.txt").exists()


@pytest.mark.parametrize("name", ["", ".txt", "a.exe", "a\x00.txt", "<script>.txt", "a" * 300 + ".txt", "\ud800.txt"])
def test_a_name_that_is_none_is_told(desk: DeskReview, name: str) -> None:
    with pytest.raises(ReviewError, match=r"files are read|can't name a study"):
        add_paper(desk, name, PAPER)
    with pytest.raises(ReviewError, match="is empty"):
        add_paper(desk, "a.txt", b" \n")


def test_a_study_is_taken_out_and_in_again(desk: DeskReview) -> None:
    take_out(desk, STUDY, reason="no animals")
    assert excluded(desk.review)[STUDY].by == "mk"
    take_out(desk, STUDY, reason="", again=True)
    assert excluded(desk.review) == {}
    with pytest.raises(ReviewError, match="only reads"):
        take_out(DeskReview(desk.review), STUDY, reason="x")


def test_studies_are_handed_out_by_the_verb(desk: DeskReview) -> None:
    with pytest.raises(ReviewError, match="vivex assign"):
        hand_out(desk, ["mk"], per_study=1, blind=0.2)
    asked: list[object] = []
    desk.assign = lambda words: asked.append([*words]) or ["done"]
    assert hand_out(desk, ["MK", "th"], per_study=2, blind=0.5) == ["done"]
    assert asked == [["--per-study", "2", "--blind", "0.5", "mk", "th"]]
    for names, per_study, blind in ((["--out"], 1, 0.2), ([], 1, 0.2), (["mk"], 2, 0.2), (["mk"], 1, 7.0)):
        with pytest.raises(VivexError):
            hand_out(desk, names, per_study=per_study, blind=blind)
    assert len(asked) == 1
