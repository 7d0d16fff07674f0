"""What was gathered: one decision a proposal, one answer an item, and what is still to be told."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation
from vivex.decisions import Verdict
from vivex.forms.workbook.gathered import Gathered
from vivex.forms.workbook.typed_cells import UnreadableCell


@pytest.fixture
def found(papers, codebook) -> Gathered:
    return Gathered({p.study: p.document for p in papers}, {}, codebook.questions, "mk", {})


def decision(word: str, *, label: str = "form.dose", revises: str = "a" * 16, group: str = "") -> Annotation:
    value = {"judgement": "low"} if label.startswith("syrcle") else "5 mg"
    return Annotation("Abel 2020", label, value, (), "reviewer:mk", None, group, word, revises)


def take(found: Gathered, verdict: Verdict) -> None:
    found.take(verdict, row="sheet!7", sheet="sheet", quote="K7")


def test_a_proposal_is_decided_once_and_the_same_twice_is_once(found) -> None:
    take(found, Verdict(decision("accepted")))
    take(found, Verdict(decision("accepted")))
    assert len(found.decisions) == 1
    with pytest.raises(UnreadableCell, match="keep one"):
        take(found, Verdict(decision("rejected")))


def test_an_item_has_one_answer_for_each_outcome(found) -> None:
    item = "syrcle.other_bias"
    take(found, Verdict(decision("added", label=item, revises="")))
    take(found, Verdict(decision("added", label=item, revises="", group="pain")))
    with pytest.raises(UnreadableCell, match="name the outcome"):
        take(found, Verdict(decision("edited", label=item, revises="b" * 16)))


def test_what_is_to_be_told_is_kept(found) -> None:
    take(found, Verdict(decision("added", revises=""), missing=("no such words",), alone=True))
    assert found.alone == {("Abel 2020", "form.dose")}
    (problem,) = found.problems
    assert (problem.cell, problem.decided) == ("K7", True)
    take(found, Verdict(decision("accepted")))
    assert found.stale == ["sheet!7"]
