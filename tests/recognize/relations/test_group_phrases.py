"""Groups told by their animals: genotypes and what was done to them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Document
from vivex.recognize.relations.group_phrases import LEAST, compared, phrases
from vivex.recognize.relations.groups import groups_of


def told(text: str) -> list[tuple[str, str]]:
    """Return kind and name of each phrase."""
    return [(p.kind, text[p.start : p.end]) for p in phrases(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Abc1−/− mice ate less than wild-type littermates.", [("genotype", "Abc1−/−"), ("genotype", "wild-type")]),
        ("Food intake of Abc1 +/− and Abc1 −/− fell.", [("genotype", "Abc1 +/−"), ("genotype", "Abc1 −/−")]),
        ("Abc1-deficient rats and WT rats swam.", [("genotype", "Abc1-deficient"), ("genotype", "WT")]),
        ("Sham-operated rats lived longer.", [("state", "Sham-operated")]),
        (
            "Vehicle-treated mice and telomin-injected mice.",
            [("state", "Vehicle-treated"), ("state", "telomin-injected")],
        ),
        (
            "Diabetic rats lost weight, non-diabetic controls did not.",
            [("state", "Diabetic"), ("state", "non-diabetic")],
        ),
        ("The untreated surface was rough.", []),
        ("Both mice were killed.", []),
        ("Abc1−/− neurons fired.", []),
    ],
)
def test_names_of_animals(text: str, found: list[tuple[str, str]]) -> None:
    assert told(text) == found


def test_a_comparison_needs_two_names_used_often() -> None:
    sham, borane = ("state", "sham-operated"), ("state", "borane-treated")
    assert compared([sham] * LEAST) == frozenset()
    assert compared([sham] * LEAST + [borane]) == frozenset()
    assert compared([sham] * LEAST + [borane] * LEAST) == {"sham-operated", "borane-treated"}
    assert compared([sham] * LEAST + [("genotype", "wt")] * LEAST) == frozenset()


def test_a_paper_that_compares_them_names_them_as_groups() -> None:
    text = "Sham-operated rats and borane-treated rats swam. " * LEAST
    assert {s.value["normal"] for s in groups_of(Document("", text), ())} == {"Sham-operated", "borane-treated"}


@given(st.text(alphabet="Sham-operated ratsWT−/+ mice,.", max_size=80))
def test_phrases_lie_in_the_text_in_order(text: str) -> None:
    found = list(phrases(text, 0, len(text)))
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
