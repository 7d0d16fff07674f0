"""Outcomes: noun phrases around the heads of endpoints, and named tests."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds.outcome import find_outcome


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Body weight and grip strength increased.", ["Body weight", "grip strength"]),
        ("We measured hepatic triglyceride levels.", ["hepatic triglyceride levels"]),
        ("Expression of collagen mRNA was reduced.", ["Expression of collagen mRNA"]),
        ("The Morris water maze test came last.", ["Morris water maze test"]),
        ("Plates stood at room temperature.", []),
        ("The level rose.", []),
    ],
)
def test_outcomes(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in find_outcome(text)] == expected
