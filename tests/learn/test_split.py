"""Held-out studies: a fixed share that no other study moves."""

from __future__ import annotations

from vivex.learn.split import SHARE, held_out

STUDIES = [f"author-{n}" for n in range(2000)]


def test_about_the_share_is_held_out_and_a_larger_share_keeps_the_smaller() -> None:
    kept = {s for s in STUDIES if held_out(s)}
    assert abs(len(kept) / len(STUDIES) - SHARE) < 0.03
    assert kept <= {s for s in STUDIES if held_out(s, share=0.5)}


def test_all_and_none() -> None:
    assert not any(held_out(s, share=0.0) for s in STUDIES)
    assert all(held_out(s, share=1.0) for s in STUDIES)


def test_the_choice_is_the_same_in_every_version() -> None:
    """A study that changes sides would be scored by a model that learnt from it."""
    assert [s for s in STUDIES[:12] if held_out(s)] == ["author-6"]
