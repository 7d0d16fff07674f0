"""Outcomes that Methods announce, and where the results give them."""

from __future__ import annotations

from rob_paper import paper

from vivex.assess.examine import examine


def test_an_announced_outcome_that_no_result_gives_is_missed() -> None:
    found = {a.name.lower(): a.reported for a in examine(paper()).announced}
    assert any("grip" in name and where is None for name, where in found.items())
    assert any("body weight" in name and where is not None for name, where in found.items())
