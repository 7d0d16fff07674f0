"""How a sentence is folded, and about whose animals it speaks."""

from __future__ import annotations

import pytest

from vivex.assess.reading.sentence import read, reading
from vivex.document import Block, Document, Section


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


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("Competing interests: The authors breed ferrets and sell none.", True),
        ("Funding: The owners of the llamas paid for the fodder.", True),
        ("Competing interests", False),
        ("Correspondence: Department of Poultry, Lower Lane 3", False),
        ("Received: 3 May", False),
    ],
)
def test_of_the_margin_only_statements_are_read(text: str, is_read: bool) -> None:
    section = Section(("Introduction",), "introduction")
    document = Document("s", text, (Block("other", 0, len(text), 0),), (section,))
    assert [(r.raw, r.role, r.kind) for r in read(document)] == ([(text, "statements", "footnote")] if is_read else [])


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("Conflict of interest statement", True),
        ("Author contributions", True),
        ("Disclosures: none", False),
        ("No ewe died.", False),
        ("Nine ewes of the flock were shorn", False),
    ],
)
def test_a_label_announces_and_says_nothing(text: str, is_label: bool) -> None:
    assert reading(text).is_label is is_label
