"""Studies taken out of the review, taken in again, and those whose paper is gone."""

from __future__ import annotations

import json
import shutil

import pytest

from people.answers import STUDY, low, say
from vivex.codebook import read_codebook
from vivex.errors import MalformedFile
from vivex.people.check import check
from vivex.people.excluded import FILE, counted, excluded, present
from vivex.people.ratings import ratings
from vivex.people.resolve import resolved


def event(study, when, *, again=False, reason="no animals"):
    """Return a line of the file."""
    return json.dumps({"study": study, "reason": reason, "by": "xy", "when": when, "again": again}) + "\n"


def test_the_last_event_counts_whatever_the_order_of_lines(review):
    path = review.annotations / FILE
    path.write_text(
        event(STUDY, "2026-03-01T00:00:00Z", again=True)
        + event(STUDY, "2026-02-01T00:00:00Z")
        + event("bell-2020", "2026-02-01T00:00:00Z", reason="a review article")
    )
    assert {study: one.reason for study, one in excluded(review).items()} == {"bell-2020": "a review article"}


def test_an_excluded_study_counts_nowhere(review):
    for who in ("mk", "th"):
        say(review, who, "syrcle.other_bias", low(), blind=True)
    assert counted(review) == [STUDY]
    assert ratings(review).pairs
    (review.annotations / FILE).write_text(event(STUDY, "2026-02-01T00:00:00Z"))
    assert counted(review) == []
    assert resolved(review) == []
    assert ratings(review).pairs == ()
    assert [f for f in check(review, read_codebook(review.codebook)) if f.path == FILE] == []


def test_a_study_whose_paper_is_gone_counts_nowhere(review):
    say(review, "mk", "syrcle.other_bias", low())
    (review.outputs / "documents" / f"{STUDY}.json").unlink()
    assert STUDY not in present(review)
    assert resolved(review) == []
    shutil.rmtree(review.outputs)  # nothing was ever read: nothing is known to be gone
    assert counted(review) == [STUDY]


@pytest.mark.parametrize("line", ['{"reason": "x"}\n', '{"study": 3}\n', '{"study": "a", "again": "no"}\n', "no\n"])
def test_a_damaged_line_is_named(review, line):
    (review.annotations / FILE).write_text(line)
    with pytest.raises(MalformedFile, match=r"excluded\.jsonl:1"):
        excluded(review)
    assert [f.path for f in check(review, read_codebook(review.codebook))] == [FILE]
