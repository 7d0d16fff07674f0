"""What takes seconds is done in a child: a form tried on a paper, the front matter of a file that was dropped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desk.conftest import STUDY
from vivex.codebook import Field
from vivex.desk.aside import Aside, Dropped, Filled, Trial, fill, front_matter
from vivex.desk.desk_review import DeskReview
from vivex.errors import TransientFault, UnreadablePaper
from vivex.models import shipped


def trial(desk: DeskReview, *fields: Field) -> Filled:
    """Return what a form of these fields proposes."""
    asked = replace(desk.codebook, fields=fields)
    return fill(Trial(desk.review.outputs, STUDY, shipped(), desk.review.codebook, asked))


def test_a_form_is_tried_and_nothing_written(desk: DeskReview) -> None:
    before = {p: p.read_bytes() for p in desk.review.root.rglob("*") if p.is_file()}
    injected = Field("how", "How?", "category", ("vein", "gavage"), keywords=("injection",))
    found = trial(desk, injected, Field("none", "Which?", "category", ("aspirin",)))
    assert [a.value for a in found.values["form.how"]] == ["vein"]
    assert "by tail vein injection" in found.values["form.how"][0].evidence[0].quote
    assert "form.none" not in found.values or found.values["form.none"][0].value == "not reported"
    assert {p: p.read_bytes() for p in desk.review.root.rglob("*") if p.is_file()} == before


def paper(path: Path, pages: int) -> bytes:
    """Write a PDF that says on its first page what it is."""
    import pymupdf

    with pymupdf.open() as made:
        for number in range(pages):
            page = made.new_page()
            page.insert_text((60, 60), f"Page {number + 1} of a fictitious paper", fontsize=9)
            for n in range(20):
                page.insert_text((60, 100 + 12 * n), f"Rats were weighed {n} times and all of them were well.")
        made[0].insert_text((60, 700), "https://doi.org/10.5555/fictitious.7", fontsize=8)
        made.save(path)
    return path.read_bytes()


def test_the_first_pages_tell_of_a_paper(tmp_path: Path) -> None:
    aside = Aside()
    try:
        told = aside.run(front_matter, Dropped("long.pdf", paper(tmp_path / "long.pdf", 9)))
        with pytest.raises(UnreadablePaper, match="not a PDF"):
            aside.run(front_matter, Dropped("page.pdf", b"<html>Sign in</html>"))
    finally:
        aside.close()
    assert told["doi"] == "10.5555/fictitious.7"
    with pytest.raises(TransientFault, match="closing"):
        aside.run(front_matter, Dropped("long.pdf", b""))
