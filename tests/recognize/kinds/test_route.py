"""Routes whose boundaries or neighbours are easily misread."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds.route import find_route


def written(finder, text):
    return [text[s.start : s.end] for s in finder(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Virus (1 \u00b5l) was injected into both the CA1 and CA3.", ["into both the CA1 and CA3"]),
        (
            "Cells were intravenously injected into the tail vein of each rat.",
            ["intravenously injected into the tail vein"],
        ),
        ("A needle was inserted into the liver.", []),  # nothing is given
        ("Rats in groups III, IV and V received 5 mg/kg daily.", []),  # numerals
        ("Tissue was digested with collagenase IV (200 U/ml) and injected.", []),  # a number
        ("Sections of subcutaneous WAT were stained.", []),  # tissue
    ],
)
def test_route(text, expected):
    assert written(find_route, text) == expected
