"""Word pieces and the windows in which the encoder reads them."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.tagger.pieces import MARGIN, WINDOW, windows


@given(st.lists(st.integers(1, 8), min_size=1, max_size=900))
def test_windows_decide_every_word_once_with_context_on_both_sides(sizes):
    decided = []
    for first, last, keep, end in windows(sizes):
        assert first <= keep < end <= last
        assert sum(sizes[first:last]) <= WINDOW
        if first > 0:
            assert sum(sizes[first - 1 : keep]) > MARGIN
        decided += range(keep, end)
        if end < len(sizes):
            assert sum(sizes[end:last]) > MARGIN - 16
    assert decided == list(range(len(sizes)))


def test_windows_of_a_long_text_are_few():
    rng = random.Random(0)
    sizes = [rng.choice((1, 1, 1, 2, 3)) for _ in range(5000)]
    assert len(list(windows(sizes))) < 1.7 * sum(sizes) / WINDOW + 2
