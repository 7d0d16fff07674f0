"""What is read of a paper: all sentences, and the costlier views only of what is long enough."""

from __future__ import annotations

from rob_paper import paper

from vivex.assess.examine import PAPER, examine
from vivex.document import Document


def test_a_paper_is_told_from_a_sentence() -> None:
    whole, single = examine(paper()), examine(paper("Hens drew lots for the pens."))
    assert whole.is_paper
    assert len(whole.readings) >= PAPER
    assert not single.is_paper
    assert {f.item for f in whole.findings} >= {"sequence_generation", "blinding_caregivers"}


def test_nothing_is_read_of_nothing() -> None:
    assert examine(Document("study", "")).findings == ()
