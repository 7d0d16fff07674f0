"""How grammar and model are joined: by name, by figures, as a review chooses."""

from __future__ import annotations

import pytest

from vivex.errors import MalformedFile
from vivex.recognize.joining import NAMED, Joining, combined, read_strategy
from vivex.recognize.kinds import strategy
from vivex.recognize.spans import Span


def test_ways_of_joining() -> None:
    g = [Span(0, 4, "dose", confidence=0.9), Span(10, 14, "dose", confidence=0.6)]
    m = [Span(0, 6, "dose", confidence=0.8), Span(20, 24, "dose", confidence=0.7)]
    got = {name: [(s.start, s.end) for s in combined(g, m, {"dose": joining})] for name, joining in NAMED.items()}
    assert got == {
        "grammar": [(0, 4), (10, 14)],
        "model": [(0, 6), (20, 24)],
        "union": [(0, 4), (10, 14), (20, 24)],
        "filtered": [(0, 4), (20, 24)],
    }
    sure = combined(g, m, {"dose": Joining(0.7, 0.75, "model")})
    assert [(s.start, s.end) for s in sure] == [(0, 6)]


def test_a_review_chooses_how_to_join() -> None:
    chosen = read_strategy({"gene": "model", "dose": {"grammar": 0.5, "model": 0.9, "prefer": "model"}}, strategy())
    assert chosen["gene"] == NAMED["model"]
    assert chosen["dose"] == Joining(0.5, 0.9, "model")
    for wrong in ({"gene": "vote"}, {"weather": "model"}, {"gene": {"prefer": "both"}}, {"gene": {"who": 1}}):
        with pytest.raises(MalformedFile, match=r"recognize\.strategy"):
            read_strategy(wrong, strategy())


def test_labels_that_nobody_declares_are_left_out() -> None:
    assert combined([], [Span(0, 4, "weather")], {"dose": NAMED["union"]}) == []
