"""What is said to be reported: the eight items of reporting quality, one sentence each."""

from __future__ import annotations

import pytest

from vivex.assess import Assessor
from vivex.codebook import template
from vivex.parse import parse_bytes


@pytest.mark.parametrize(
    ("sentence", "item", "reported"),
    [
        ("Gerbils were randomly allocated to three groups.", "randomisation", True),
        ("The observer was blinded to the treatment of the lambs.", "blinding", True),
        ("A power analysis gave a sample size of nine rats per group.", "sample_size_calculation", True),
        ("Sample size was not calculated beforehand.", "sample_size_calculation", False),
        ("The sample size had never been justified.", "sample_size_calculation", False),
        ("The authors declare no competing interests.", "conflict_of_interest", True),
        ("The protocol was approved by the animal ethics committee of the university.", "animal_welfare", True),
        ("Hens were kept at 21 \u00b0C under a 12 h light/dark cycle.", "temperature_or_housing", True),
        ("Two ewes that died of pneumonia were excluded from the analysis.", "exclusions", True),
        ("All rats were included in the analysis.", "exclusions", True),
        ("All rats included in the study were ringed.", "exclusions", False),
        ("The list lay open on the bench while the rats were picked.", "allocation_concealment", False),
        ("Hens were fed pellets.", "randomisation", False),
        ("Hens were fed pellets.", "animal_welfare", False),
    ],
)
def test_reported(sentence: str, item: str, reported: bool) -> None:
    found = Assessor(template("invivo"))(parse_bytes(sentence.encode(), name="sentence.txt", params={}))
    values = {a.label: a.value["reported"] for a in found if a.label.startswith("reporting.")}
    assert values[f"reporting.{item}"] is reported


@pytest.mark.parametrize(
    ("heading", "statement", "reported"),
    [
        ("Competing interests", "None declared.", True),
        ("Disclosures", "None.", True),
        ("Author disclosure statement", "Nil.", True),
        ("Declaration of competing interest", "The work was done without any.", True),
        ("Potential conflicts of interest", "None reported.", True),
        ("Duality of interest", "BK sits on the board of a maker of syringes.", True),
        ("Acknowledgements", "None.", False),
        ("Funding", "None.", False),
        ("Regions of interest", "None was drawn by hand.", False),
    ],
)
def test_a_heading_makes_its_statement_one_of_interests(heading: str, statement: str, reported: bool) -> None:
    text = f"# Kelvarin in lambs\n\n## Methods\n\nLambs were given kelvarin.\n\n## {heading}\n\n{statement}\n"
    found = Assessor(template("invivo"))(parse_bytes(text.encode(), name="paper.txt", params={}))
    (told,) = (a for a in found if a.label == "reporting.conflict_of_interest")
    assert told.value["reported"] is reported
    assert [e.quote for e in told.evidence] == ([statement] if reported else [])


def test_a_label_within_other_text_announces_a_statement_of_interests() -> None:
    text = "# Kelvarin in lambs\n\n## Results\n\nScores fell.\n\nConflict of interest: none.\n"
    found = Assessor(template("invivo"))(parse_bytes(text.encode(), name="paper.txt", params={}))
    assert next(a for a in found if a.label == "reporting.conflict_of_interest").value["reported"]
