"""Which quantities are doses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.decide import best, decided, probability
from vivex.recognize.spans import Span

TEXT = "Rats received dexamethasone 5 mg/kg by gavage. Sections of 10 µm were cut, and the pellet weighed 3 mg."


def test_a_dose_is_told_from_a_size_and_a_weight() -> None:
    found = [TEXT[s.start : s.end] for s in decided(TEXT, "dose")]
    assert "5 mg/kg" in found
    assert "10 µm" not in found


def test_weights_of_the_callers_are_used() -> None:
    everything = decided(TEXT, "dose", {"": 0.0})
    nothing = decided(TEXT, "dose", {"": 1.1})
    assert len(everything) > 1
    assert nothing == []


@given(
    st.dictionaries(st.sampled_from("abcd"), st.floats(-1e6, 1e6)),
    st.dictionaries(st.sampled_from("abcd"), st.floats(-1e6, 1e6)),
)
def test_a_probability_is_one_whatever_the_weights(features: dict[str, float], weights: dict[str, float]) -> None:
    assert 0 <= probability(features, weights) <= 1


def test_of_spans_that_overlap_the_more_probable_stays() -> None:
    wide, narrow, apart = Span(0, 9, "dose", confidence=0.6), Span(3, 7, "dose", confidence=0.9), Span(20, 22, "dose")
    assert best([wide, narrow, apart]) == [narrow, apart]
