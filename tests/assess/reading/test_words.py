"""Names in braces stand for the vocabulary's words."""

from __future__ import annotations

import pytest

from vivex.assess.reading.words import NAMES, named, pattern


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ANIMAL", "barrows"),
        ("ANIMAL", "guinea pigs"),
        ("GROUP", "treatment"),
        ("ASSIGN", "subdivided"),
        ("ASSIGN", "formed two groups"),
        ("CARER", "care takers"),
        ("ASSESSOR", "pathologist"),
        ("PERSON", "no one"),
        ("OUTCOME_STEP", "micro-ct"),
        ("NUMBER", "twenty-four"),
        ("NUMBER", "twelve"),
    ],
)
def test_a_name_stands_for_its_words(name: str, text: str) -> None:
    assert pattern("{" + name + "}").fullmatch(text)


def test_every_name_can_be_used_and_an_unknown_one_is_an_error() -> None:
    for name in NAMES:
        pattern(r"\b{" + name + r"}\b")
    with pytest.raises(KeyError):
        named("{NOBODY}")
