"""A workbook says whose it is; its rows count for the paper that they were printed from, and for no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vivex.document import Block, Document, Section
from vivex.forms.workbook import write_workbook
from vivex.forms.workbook.origin import Origin
from workbook_rows import FilledBook, read_back

OTHER = "Another paper altogether\nTwo pigs ate acorns in a wood near a made-up town.\n"


def filled(path, papers, codebook, *, blind: bool = False, reviewer: str = "mk"):
    """Write a workbook in which the animals' sexes and numbers are answered."""
    write_workbook(path, papers=papers, codebook=codebook, reviewer=reviewer, blind=blind)
    book = FilledBook(path)
    for paper in papers:
        for name, said in (("sex", "male"), ("n total", "24")):
            book.put(book.row(paper.study, name), yours=said)
    return book.save()


@pytest.fixture
def documents(papers):
    return {p.study: p.document for p in papers}


@pytest.mark.parametrize(("name", "told"), [("mk", "mk"), ("", ""), ("Dr. M. Kern", ""), ("TH", "th")])
def test_the_name_on_read_me_is_whose_it_is(name, told, papers, codebook, documents, tmp_path):
    path = filled(tmp_path / "w.xlsx", papers, codebook, reviewer=name)
    assert read_back(path, papers, codebook, documents).reviewer == told


@pytest.mark.parametrize("blind", [False, True])
def test_rows_of_a_replaced_paper_are_held_back_and_named(blind, papers, codebook, documents, tmp_path):
    path = filled(tmp_path / "w.xlsx", papers, codebook, blind=blind)
    whole = read_back(path, papers, codebook, documents)
    one, two = sorted(documents)
    text = Document(one, OTHER, (Block("title", 0, 24, None),), (Section((), "other"),))
    found = read_back(path, papers, codebook, documents | {one: text})
    assert {a.study for a in found.decisions} == {two}
    assert len(found.decisions) == len(whole.decisions) // 2
    (problem,) = [str(p) for p in found.problems if "another than when" in str(p)]
    assert problem.startswith(f"{one}: 2 rows were not read")
    assert not whole.problems


@pytest.mark.parametrize("blind", [False, True])
def test_a_paper_read_anew_is_named_and_its_rows_are_placed_by_their_words(
    blind, papers, codebook, documents, tmp_path
):
    path = filled(tmp_path / "w.xlsx", papers, codebook, blind=blind)
    one = sorted(documents)[0]
    old = documents[one]
    anew = replace(old, text="A line before.\n" + old.text, fragments=(), blocks=(), sections=(), pages=())
    found = read_back(path, papers, codebook, documents | {one: anew})
    assert [str(p) for p in found.problems] == []
    assert any("read anew" in note and one in note for note in found.notes)
    places = [e for a in found.decisions if a.study == one for e in a.evidence]
    assert all(anew.text[e.start : e.end] == e.quote for e in places)
    assert blind or places


def test_half_of_the_words_must_be_there():
    text = Document("s", "The rats drank saltwort. Pigs ate acorns.")
    words = ("rats drank saltwort", "pigs ate acorns", "cows ate hay", "goats ate bark")
    assert Origin("", {"s": words}).is_of("s", text)
    assert not Origin("", {"s": words[1:]}).is_of("s", text)
    assert not Origin("", {}).is_of("s", text)
