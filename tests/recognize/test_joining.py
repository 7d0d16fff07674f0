"""How grammar and model are joined: by name, by figures, as a review chooses."""

from __future__ import annotations

import time

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


@pytest.mark.parametrize("shift", [0, 1, 5, 10])
@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_page_of_names_is_joined_in_time_with_their_number(name: str, shift: int) -> None:
    g = [Span(10 * i, 10 * i + 5, "species") for i in range(20_000)]
    m = [Span(10 * i + shift, 10 * i + shift + 5, "species") for i in range(20_000)]
    began = time.process_time()
    assert len(combined(g, m, {"species": NAMED[name]})) >= 20_000 - 1
    assert time.process_time() - began < 3
