"""Every state has its words, and no two the same."""

from __future__ import annotations

from vivex.states import STATES, WORDS


def test_every_state_is_worded() -> None:
    assert set(WORDS) == set(STATES)
    assert len(set(WORDS.values())) == len(STATES)
