"""`vivex import` of other programs' files: references with their papers, a finished review, what is wrong."""

from __future__ import annotations

from verbs.conftest import Call, one_line
from vivex.people.library import labels
from vivex.people.store import statements
from vivex.review import Review

RIS = (
    "TY  - JOUR\nTI  - Title of the fictitious paper {0}\nAU  - Ames, Z.\nPY  - 2019\nL1  - files/1/{1}.pdf\nER  - \n\n"
)
SYRF = (
    "StudyId,DateTimeCreated,InvestigatorName,Question,Answer\r\names-2019,x,{who},Which animal species?,{answer}\r\n"
)


def test_a_library_names_studies_and_brings_papers(review: Review, vivex: Call) -> None:
    folder = review.root / "zotero"
    (folder / "files" / "1").mkdir(parents=True)
    (folder / "files" / "1" / "New one.pdf").write_bytes(b"%PDF-1.7 made up")
    (review.pdfs).mkdir()
    (review.pdfs / "ames-2019.txt").write_text("words")
    text = RIS.format("ames-2019", "gone") + RIS.format("nobody has", "New one") + RIS.format("lost for ever", "away")
    (folder / "library.ris").write_text(text)
    said = vivex("import", "--root", review.root, folder / "library.ris")
    assert said.status == 0
    assert "3 records; 2 are papers of the review (2 newly told), 1 papers brought into" in said.out
    assert (review.pdfs / "New one.pdf").exists()
    assert "its file files/1/away.pdf is not there" in said.err
    assert labels(review)["ames-2019"] == "Ames 2019"
    again = vivex("import", "--root", review.root, folder / "library.ris")
    assert "(0 newly told), 0 papers brought" in again.out


def test_a_finished_review_is_taken_once_its_mapping_is_there(review: Review, vivex: Call) -> None:
    path = review.root / "done.csv"
    path.write_text(SYRF.format(who="Ann Ode", answer="rat "), newline="")
    said = vivex("import", "--root", review.root, path)
    assert "done.mapping.yaml, which proposes what they are here: look it over" in said.out
    said = vivex("import", "--root", review.root, path)
    assert said.status == 0
    assert "decisions (blind) of ao: 1; 1 studies changed" in said.out
    assert statements(review, "ames-2019")["ao"].of("form.species")[0].value == "rat"


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(review: Review, vivex: Call) -> None:
    bad, good = review.root / "bad.bib", review.root / "good.ris"
    bad.write_text("% nothing")
    good.write_text(RIS.format("ames-2019", "x"))
    said = vivex("import", "--root", review.root, bad, good)
    assert said.status == 1
    assert "bad.bib: no BibTeX entry" in said.err
    assert "good.ris: 1 records; 1 are papers" in said.out
    one_line(vivex("import", "--root", review.root, bad), "import", "no BibTeX entry")
    odd = review.root / "odd.csv"
    odd.write_text("a,b\n")
    one_line(vivex("import", "--root", review.root, odd), "import", "say --from NAME")
