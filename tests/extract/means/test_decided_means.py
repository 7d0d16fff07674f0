"""Means go the way of any other value: proposed, printed in the workbook, accepted, corrected, added, read back."""

from __future__ import annotations

from pathlib import Path

from laid_documents import laid_document

from vivex.codebook import Codebook, Field
from vivex.extract.means.proposed_means import propose_means
from vivex.extract.reading import read
from vivex.forms.record import form_record
from vivex.forms.workbook import write_workbook
from vivex.paper import Paper
from workbook_rows import FilledBook, read_back

FIELD = Field("means", "Which means?", "means", table="numbers")
ROWS = [["", "Sham", "Drug"], ["ALT (U/L)", "1.0 ± 0.1ᵃ", "2.0 ± 0.1"], ["AST (U/L)", "3.0 ± 0.2", "4.0 ± 0.3"]]


def test_means_are_decided_in_the_workbook(tmp_path: Path) -> None:
    codebook = Codebook("numbers", (FIELD,))
    document = laid_document(ROWS, note="Means ± SEM, n = 8.")
    proposed = propose_means(read(document, ()), FIELD)
    paper = Paper(document, form=form_record(document, codebook, proposed, ()))
    path = tmp_path / "forms.xlsx"
    write_workbook(path, papers=[paper], failures=[], codebook=codebook)

    filled = FilledBook(path)
    said = [str(a.value) for a in proposed]
    filled.put(filled.row("made-2020", "means", said[0]), decision="accept")
    typed = "ALT [U/L] | Drug: 2.0 +/- 0.1 SE, n=7"
    filled.put(filled.row("made-2020", "means", said[1]), decision="edit", yours=typed)
    filled.put(filled.row("made-2020", "means", said[2]), decision="reject")
    filled.put(filled.row("made-2020", "means", said[3]), decision="edit", yours="four")
    filled.book.save(path)

    contents = read_back(path, [paper], codebook)
    made = {a.decision: a for a in contents.decisions}
    assert sorted(made) == ["accepted", "edited", "rejected"]
    assert made["accepted"].value == said[0]
    assert made["accepted"].evidence[0].quote == "1.0 ± 0.1ᵃ"
    assert made["edited"].value == "ALT [U/L] | Drug: 2.0 ± 0.1 SEM, n = 7"
    assert made["edited"].revises == proposed[1].id
    assert [e.quote for e in made["edited"].evidence] == ["2.0 ± 0.1", "Means ± SEM, n = 8."]  # it holds the mean
    assert made["rejected"].value == said[2]
    assert ["'four' is no group's mean" in str(problem) for problem in contents.problems] == [True]
