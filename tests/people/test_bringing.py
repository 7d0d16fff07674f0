"""A library's records are kept for the papers that they are of, and the papers that they name come into pdfs/."""

from __future__ import annotations

from pathlib import Path

from vivex.people.bringing import bring
from vivex.people.library import from_library
from vivex.references import Reference
from vivex.review import Review

OLE = Reference("Kidneys of the fictitious mouse", ("Ole, A.",), "2019", doi="10.5555/ole")


def test_records_and_their_papers_come_once(review: Review, tmp_path: Path) -> None:
    (tmp_path / "Eld.txt").write_text("Ten fictitious rats.\n")
    review.pdfs.mkdir()
    (review.pdfs / "10.5555-ole.txt").write_text("Nine fictitious mice.\n")
    records = [OLE, Reference("Eld's", ("Eld, B.",), "2020", files=("Eld.txt",)), Reference("Nobody's own paper")]
    done = bring(review, records, tmp_path, when="2026-01-02T03:04:05Z")
    assert (done.records, done.new, done.papers) == (3, ("10.5555-ole", "Eld"), ("Eld",))
    assert done.called == {"10.5555-ole": "Ole 2019", "Eld": "Eld 2020"}
    assert any("Nobody's own paper" in note for note in done.notes)
    assert (review.pdfs / "Eld.txt").exists()
    assert from_library(review)["10.5555-ole"] == OLE
    assert bring(review, records, tmp_path, when="2026-01-03T03:04:05Z").new == ()
