"""`vivex exclude`: a good run, and bad input named in one line."""

from __future__ import annotations

from verbs.conftest import Call, one_line
from vivex.review import Review


def test_a_study_goes_and_comes(review: Review, vivex: Call) -> None:
    one_line(vivex("exclude", "--root", review.root, "ames-2019", "--reason", "x"), "exclude", "who are you", "--by")
    (review.root / ".vivex").mkdir()
    (review.root / ".vivex" / "me").write_text("mk\n", encoding="utf-8")
    said = vivex("exclude", "--root", review.root, "ames-2019", "--reason", "wrong model")
    assert said.out.startswith("ames-2019 is out of the review (mk: wrong model)")
    assert vivex("exclude", "--root", review.root, "ames-2019", "--again", "--by", "th").status == 0
    one_line(vivex("exclude", "--root", review.root, "x-1999", "--reason", "x"), "exclude", "no study 'x-1999'")
