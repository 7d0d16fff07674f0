"""Genes by symbol, by family, by full name; not words that only look like symbols."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds.gene import find_gene


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il6 mRNA and TNF-\u03b1 rose.", ["Il6", "TNF-\u03b1"]),
        ("NF-\u03baB and caspase-3 were cleaved.", ["NF-\u03baB", "caspase-3"]),
        ("Brain-derived neurotrophic factor fell.", ["Brain-derived neurotrophic factor"]),
        ("WAS and THE are words.", []),
    ],
)
def test_genes(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in find_gene(text)] == expected
