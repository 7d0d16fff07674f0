"""Numbers of animals: how many were allocated, and how many analysed."""

from __future__ import annotations

import pytest
from rob_paper import paper

from vivex.assess.examine import examine
from vivex.assess.reading.accounting import counts
from vivex.assess.reading.sentence import reading


def test_counts_say_their_phase() -> None:
    found = list(counts(examine(paper()).readings))
    assert {(c.low, c.phase) for c in found} >= {(12, "allocated"), (9, "analysed")}
    assert all(0 < c.low <= c.high < 1000 for c in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("All groups of 3-12-month-old hens were weighed.", []),
        ("Groups of 20 g gerbils were tested.", []),
        ("Groups of 6 to 8 hens were weighed.", [(6, 8)]),
        ("Two groups of nine hens were weighed.", [(9, 9)]),
    ],
)
def test_an_age_or_weight_counts_no_animals(text: str, found: list[tuple[int, int]]) -> None:
    assert [(c.low, c.high) for c in counts([reading(text, role="methods")]) if c.phase != "groups"] == found
