"""One paper as the forms take it."""

from __future__ import annotations

import dataclasses

import pytest

from vivex.document import Document
from vivex.paper import Failure, Paper
from vivex.references import Publication


def test_a_paper_is_named_by_its_document_and_changes_by_copy_alone() -> None:
    paper = Paper(Document(study="ames-2019", text="Rats."))
    assert paper.study == "ames-2019"
    assert (paper.mentions, paper.judgements, dict(paper.form), paper.source) == ((), (), {}, None)
    with pytest.raises(dataclasses.FrozenInstanceError):
        paper.source = None  # type: ignore[misc]


def test_papers_share_no_form() -> None:
    one, other = (Paper(Document(study=s, text="")) for s in "ab")
    assert one.form is not other.form


def test_a_failure_names_its_file_reason_and_remedy() -> None:
    failure = Failure("a", "a.pdf", "encrypted", "ask for the password")
    assert dataclasses.astuple(failure) == ("a", "a.pdf", "encrypted", "ask for the password", False)


def test_a_study_is_called_by_its_label_or_its_id() -> None:
    document = Document("ode-2019", "words")
    assert Paper(document).called == "ode-2019"
    assert Paper(document, publication=Publication("Ode 2019")).called == "Ode 2019"
