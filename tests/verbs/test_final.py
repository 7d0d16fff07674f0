"""`vivex final`: a good run, a cold start, and bad input named in one line."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from verbs.conftest import Call, disagree, one_line
from vivex.annotation import Annotation, find_quote
from vivex.people.importing import take_in
from vivex.people.machine import document
from vivex.people.store import Session
from vivex.review import Review


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file under a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_results_are_written_the_same_each_time(review: Review, vivex: Call) -> None:
    disagree(review)
    said = vivex("final", "--root", review.root)
    assert (said.status, said.err) == (0, "")
    assert "0 items settled, 1 in conflict" in said.out
    before = files(review.outputs / "final")
    assert {"report.html", "methods.txt", "prisma.csv", "csv/syrcle.csv", "figures/syrcle-summary.png"} <= set(before)
    (review.outputs / "final" / "highlighted").mkdir(exist_ok=True)
    (review.outputs / "final" / "highlighted" / "gone-2001.pdf").write_bytes(b"of a study that is excluded now")
    vivex("final", "--root", review.root)
    assert files(review.outputs / "final") == before


def test_a_review_that_nobody_reviewed_is_no_error(line_review: Review, vivex: Call) -> None:
    said = vivex("final", "--root", line_review.root)
    assert (said.status, said.err) == (0, "")
    table = (line_review.outputs / "final" / "csv" / "values.csv").read_text(encoding="utf-8-sig")
    assert "Proposed by vivex, not reviewed" in table
    assert "extracted" not in table


def test_a_review_without_any_output_is_no_error(review: Review, vivex: Call) -> None:
    shutil.rmtree(review.outputs)
    assert vivex("final", "--root", review.root).status == 0


def test_a_folder_that_is_no_review_is_named(tmp_path: Path, vivex: Call) -> None:
    one_line(vivex("final", "--root", tmp_path), "final", "codebook.yaml")


def test_a_paper_that_cannot_be_marked_is_told_and_left_out(review: Review, vivex: Call) -> None:
    disagree(review)
    judged = Annotation("ames-2019", "form.dose", "1 mg", source="reviewer:mk", decision="added")
    text = document(review, "ames-2019")
    judged = replace(judged, evidence=(replace(find_quote("Wistar rats", text), page=1, boxes=((1, 9, 9, 99, 20),)),))
    take_in(review, "mk", [judged], Session("w.xlsx", "", True))
    review.pdfs.mkdir()
    (review.pdfs / "ames-2019.pdf").write_bytes(b"%PDF-1.7\nnothing\n")
    said = vivex("final", "--root", review.root)
    assert said.status == 1
    assert said.err.startswith("  ames-2019: no highlighted copy: ")
    assert vivex("final", "--root", review.root, "--allow-left-out").status == 0
