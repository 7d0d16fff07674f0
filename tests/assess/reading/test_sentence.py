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
        ("Each well held the same number.", "in_vitro"),
        ("A randomised, placebo-controlled trial in 40 patients showed no effect.", "human"),
        ("Further studies should be blinded.", "future"),
    ],
)
def test_scope(text, scope):
    assert getattr(reading(text), scope)
    assert not reading(text).own


@pytest.mark.parametrize(
    "text", ["Hormones were measured as well.", "Recovery went well.", "Sick or not well-fed, all stayed."]
)
def test_well_is_not_always_a_well(text: str) -> None:
    assert reading(text).own


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Two rats died (both of the old ones).", True),
        ("(B) Twelve weeks later all were alive.", True),
        ("40 of them were weighed, weren't they?", True),
        ("and were weighed again on the next day.", False),
        ("Weights of the rats before surgery", False),
        ("Rats died.", False),
    ],
)
def test_a_sentence_is_told_from_a_piece(text: str, whole: bool) -> None:
    assert reading(text).is_whole is whole


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
