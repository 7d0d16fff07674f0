"""Strains and genotypes whose boundaries are easily misread."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds.strain import find_strain


def written(finder, text):
    return [text[s.start : s.end] for s in finder(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We crossed Abca1 f/f ::Mx1Cre + mice.", ["Abca1 f/f ::Mx1Cre +"]),
        ("The UBC-cre/ER ; Abca1 fl/fl mice were healthy.", ["UBC-cre/ER ; Abca1 fl/fl"]),
        ("BALB/c nude mice were bought.", ["BALB/c nude"]),
        ("but KO mice and These KO mice", ["KO", "KO"]),
        ("Consomic B6-Chr7 A/J mice were screened.", ["B6-Chr7 A/J"]),
    ],
)
def test_strain(text, expected):
    assert written(find_strain, text) == expected
