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
