"""Cells by their head noun, by their kind, by the line's name, and by an abbreviation that the text defines."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds.cell import find_cell, line_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Primary hippocampal neurons were plated.", ["Primary hippocampal neurons"]),
        ("HEK 293T cells and MKN45 grew.", ["HEK 293T", "MKN45"]),
        ("Bone marrow stem cells were given.", ["Bone marrow stem cells"]),
        ("Dental pulp cells (DPCs) spread; DPCs divided.", ["Dental pulp cells", "DPCs", "DPCs"]),
        ("The cells were counted.", []),
        ("C6 was the key of the piece.", []),
    ],
)
def test_cells(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in find_cell(text)] == expected


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("AGS cells", "AGS"),
        ("HOS cell line", "HOS"),
        ("THP-1", "THP-1"),
        ("NRK cells", "NRK"),
        ("HAP1 cells", "HAP1"),
        ("AGS", ""),
        ("Abc1 cells", ""),
        ("neurons", ""),
    ],
)
def test_the_name_of_a_line(written: str, line: str) -> None:
    assert line_of(written) == line
