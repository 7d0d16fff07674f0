"""A study leaves the review for a reason, and comes back; nothing decided about it goes."""

from __future__ import annotations

import pytest
from answers import STUDY, say

from vivex.errors import ReviewError, UnknownName
from vivex.people.exclude import exclude
from vivex.people.excluded import counted, excluded


def test_out_and_in_again(review):
    say(review, "mk", "form.sex", "male")
    exclude(review, STUDY, reason=" wrong model ", by="MK", when="2026-01-31T09:30:00Z")
    assert (excluded(review)[STUDY].reason, excluded(review)[STUDY].by) == ("wrong model", "mk")
    assert STUDY not in counted(review)
    assert (review.annotations / STUDY / "mk.jsonl").exists()
    with pytest.raises(ReviewError, match="already: wrong model"):
        exclude(review, STUDY, reason="again", by="th", when="")
    exclude(review, STUDY, reason="", by="th", when="2026-02-01T00:00:00Z", again=True)
    assert excluded(review) == {}
    with pytest.raises(ReviewError, match="is in the review"):
        exclude(review, STUDY, reason="", by="th", when="", again=True)


def test_what_is_no_study_or_no_reason_is_refused(review):
    with pytest.raises(UnknownName, match="known: ames-2019"):
        exclude(review, "nobody-1999", reason="x", by="mk", when="")
    with pytest.raises(ReviewError, match="give the reason"):
        exclude(review, STUDY, reason=" ", by="mk", when="")
