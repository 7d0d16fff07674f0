"""Spans: moved, read where they may be, settled among themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Block, Document
from vivex.recognize.spans import Reach, Span, longest, readable

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9), st.floats(0, 1)).map(
        lambda s: Span(s[0], s[0] + s[1], "dose", confidence=s[2])
    ),
    max_size=12,
)


@given(SPANS)
def test_what_is_kept_overlaps_nothing_and_what_is_dropped_overlaps_something_longer(spans: list[Span]) -> None:
    kept = longest(spans)
    taken = [i for s in kept for i in range(s.start, s.end)]
    assert len(taken) == len(set(taken))
    assert kept == sorted(kept, key=lambda s: s.start)
    for span in spans:
        rivals = [k for k in kept if k.start < span.end and span.start < k.end]
        assert any(k.end - k.start >= span.end - span.start for k in rivals)


@given(SPANS, SPANS)
def test_what_a_reach_meets_is_what_overlaps_one_of_its_spans(spans: list[Span], others: list[Span]) -> None:
    reach = Reach(others)
    for span in spans:
        assert reach.meets(span) == any(span.start < o.end and o.start < span.end for o in others)


def test_a_span_moves_and_stays_as_it_was_otherwise() -> None:
    span = Span(3, 7, "dose", {"unit": "mg"}, "grammar:dose@1", 0.5)
    assert span.moved(10) == Span(13, 17, "dose", {"unit": "mg"}, "grammar:dose@1", 0.5)


def test_references_and_running_heads_are_not_read() -> None:
    kinds = ("paragraph", "reference", "header", "footer", "caption", "paragraph")
    blocks = tuple(Block(kind, 2 * i, 2 * i + 1 + (i < 5)) for i, kind in enumerate(kinds))
    assert [b.kind for b in readable(Document(study="s", text="x" * 20, blocks=blocks))] == [
        "paragraph", "caption", "paragraph",
    ]  # fmt: skip
    (whole,) = readable(Document(study="s", text="no blocks"))
    assert (whole.start, whole.end) == (0, 9)
