"""The strongest indication of a signal is the one that answers."""

from __future__ import annotations

from vivex.assess.reading.indication import Indication, best


def test_best_is_the_strongest_of_its_signal_and_answer() -> None:
    weak = Indication("other_bias", "interest", "none", 0.4, ((0, 5),))
    strong = Indication("other_bias", "interest", "none", 0.9, ((9, 15),))
    other = Indication("other_bias", "interest", "stake", 1.0, ((20, 25),))
    assert best([weak, strong, other], "interest", "none") == strong
    assert best([weak], "interest", "stake") is None
    assert best([], "interest") is None
