"""Papers are taken in once, under names that can be a study's; studies are taken out with a reason."""

from __future__ import annotations

import pytest

from desk.conftest import STUDY
from vivex.desk.adding import add_paper, hand_out, take_out
from vivex.desk.desk_review import DeskReview
from vivex.errors import ReviewError, VivexError
from vivex.people.excluded import excluded

PAPER = b"A fictitious paper\n\nTen rats were used.\n"


def test_a_paper_is_added_once(desk: DeskReview) -> None:
    assert add_paper(desk, "Zorn 2024.txt", PAPER)["added"]
    assert (desk.review.pdfs / "Zorn 2024.txt").read_bytes() == PAPER
    again = add_paper(desk, "copy.txt", PAPER)
    assert (again["added"], again["why"]) == (False, "the same file is there already: Zorn 2024.txt")
    other = add_paper(desk, "zorn 2024.txt", PAPER + b"More.")
    assert (other["added"], other["why"]) == (False, "another paper has this name: Zorn 2024.txt; rename yours")
    assert len(list(desk.review.pdfs.iterdir())) == 1


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
    desk.assign = lambda names, per_study, blind: asked.append((names, per_study, blind)) or ["done"]
    assert hand_out(desk, ["MK", "th"], per_study=2, blind=0.5) == ["done"]
    assert asked == [(["mk", "th"], 2, 0.5)]
    for names, per_study, blind in ((["--out"], 1, 0.2), ([], 1, 0.2), (["mk"], 2, 0.2), (["mk"], 1, 7.0)):
        with pytest.raises(VivexError):
            hand_out(desk, names, per_study=per_study, blind=blind)
    assert len(asked) == 1
