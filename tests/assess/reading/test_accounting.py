"""Numbers of animals: how many were allocated, and how many analysed."""

from __future__ import annotations

from rob_paper import paper

from vivex.assess.examine import examine
from vivex.assess.reading.accounting import counts


def test_counts_say_their_phase() -> None:
    found = list(counts(examine(paper()).readings))
    assert {(c.low, c.phase) for c in found} >= {(12, "allocated"), (9, "analysed")}
    assert all(0 < c.low <= c.high < 1000 for c in found)
