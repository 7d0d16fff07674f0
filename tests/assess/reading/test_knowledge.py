"""Who knew the groups: sentences that speak of it, and what they say."""

from __future__ import annotations

import pytest

from vivex.assess.reading.knowledge import plain, speaks


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("the observer was blinded to the treatment of the hens.", True),
        ("slides were coded and scored by a second person.", True),
        ("the hens were weighed on friday.", False),
    ],
)
def test_a_sentence_speaks_of_knowledge_or_not(sentence: str, expected: bool) -> None:
    assert speaks(plain(sentence)) is expected
