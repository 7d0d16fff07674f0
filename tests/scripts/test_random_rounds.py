"""A handful of random rounds of a team: no decision is missing afterwards."""

from __future__ import annotations

from collections import Counter

import pytest

import random_rounds


@pytest.mark.slow
@pytest.mark.timeout(900)  # seconds where nothing else runs
def test_no_decision_is_missing_after_random_rounds():
    bad, done = random_rounds.rounds(3, seed=3, kills=0.0)
    assert bad == 0
    assert done["decides"] > 10
    assert done["syncs"] > 5


def test_what_is_missing_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(random_rounds, "COPIES", ("mk",))
    monkeypatch.setattr(random_rounds, "STEPS", 0)
    random_rounds.begin(tmp_path)
    one = random_rounds.Round(tmp_path, random_rounds.random.Random(1), 0.0)
    assert random_rounds.play(one) == []
    assert one.done == Counter()
    one.made.add("v1")
    one.papers.add("Paper 9")
    assert random_rounds.missing(one) == ["mk: decision v1", "mk: Paper 9"]
