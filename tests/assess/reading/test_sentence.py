"""How a sentence is folded, and about whose animals it speaks."""

from __future__ import annotations

import pytest

from vivex.assess.reading.sentence import reading


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("In the study of Weber and colleagues, mice were randomly assigned to groups.", "foreign"),
        ("Cells were plated in six-well dishes and randomly assigned to treatment.", "in_vitro"),
        ("A randomised, placebo-controlled trial in 40 patients showed no effect.", "human"),
        ("Further studies should be blinded.", "future"),
    ],
)
def test_scope(text, scope):
    assert getattr(reading(text), scope)
    assert not reading(text).own


def test_introduction_is_about_other_work():
    assert reading("Mice were randomly assigned to two groups.", role="introduction").foreign
    assert reading("Here we randomly assigned mice to two groups.", role="introduction").own


def test_folding_keeps_decimals_and_abbreviations_inside_a_clause():
    assert (
        reading("Rats weighed 6.8 g more vs. controls (i.p. route).").text
        == "rats weighed 6·8 g more vs controls (ip route)."
    )
