"""Outcomes in parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.outcome_parts import outcome_value


@pytest.mark.parametrize(
    ("written", "head"),
    [
        ("escape latency in the Morris water maze", "spatial memory"),
        ("serum glucose concentration", "level"),
        ("heart weight", "weight"),
        ("COL2A1 mRNA expression", "mRNA expression"),
        ("30-day survival", "survival"),
    ],
)
def test_the_concept_is_told(written: str, head: str) -> None:
    assert head in outcome_value(written).values()


@given(st.text(max_size=80))
def test_any_words_can_be_taken_apart(written: str) -> None:
    assert all(isinstance(part, str) for part in outcome_value(written).values())
