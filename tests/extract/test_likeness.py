"""When a candidate says what a person wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vivex.extract.likeness import likeness, met, quality, spelt

WORDS = st.lists(st.sampled_from(["oral", "gavage", "saline", "rats", "10", "mg"]), max_size=5).map(" ".join)


def test_one_spelling() -> None:
    assert spelt("10 μg, i.p.") == spelt("10 µg ip")
    assert likeness(spelt("male mice"), spelt("Male mouse")) == 1


def test_a_value_within_another_and_most_words_in_common_are_alike() -> None:
    assert likeness(spelt("saline"), spelt("saline by gavage")) == 0.5
    assert likeness(spelt("sham surgery group"), spelt("group with sham surgery")) > 0.6
    assert likeness(spelt("saline"), spelt("curcumin")) == 0
    assert likeness(spelt("5"), spelt("5 mg per kg")) == 0, "a figure alone says nothing"


def test_each_wanted_value_takes_one() -> None:
    wanted = [spelt("saline"), spelt("oral gavage")]
    assert met(wanted, [spelt("saline"), spelt("saline"), spelt("by oral gavage")]) == {0, 2}
    assert quality(spelt("curcumin"), wanted) == 0


@given(WORDS, WORDS)
def test_likeness_goes_both_ways(a: str, b: str) -> None:
    assert likeness(spelt(a), spelt(b)) == likeness(spelt(b), spelt(a))
