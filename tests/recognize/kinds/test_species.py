"""Animals by any of their words, and words that only look like animals."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds.species import find_species, listed, main_animal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve guinea\npigs and six ewes were bought.", [("guinea\npigs", "guinea pig"), ("ewes", "sheep")]),
        ("Gilts and barrows grew alike.", [("Gilts", "pig"), ("barrows", "pig")]),
        ("Eggs of X. laevis and D. melanogaster", [("X. laevis", "xenopus laevis"), ("D. melanogaster", "fruit fly")]),
        ("CAT activity and fish oil rose; bovine serum albumin was added.", []),
        ("an anti-mouse antibody", []),
        ("RAM and bulls-eye", []),
    ],
)
def test_animals(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[s.start : s.end], s.value["normal"]) for s in find_species(text)] == expected


def test_an_unknown_animal_keeps_its_words() -> None:
    assert listed("Tardigrade") == {"normal": "tardigrade", "taxon": ""}
    assert listed("mice") == {"normal": "mouse", "taxon": "10090"}


def test_the_main_animal_is_the_one_named_most_people_aside() -> None:
    assert main_animal(["human", "human", "rats", "rat", "mouse"]) == "rat"
    assert main_animal([]) == ""
