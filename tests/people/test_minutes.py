"""The seconds of acts become minutes a paper, of studies that were timed as a whole."""

from __future__ import annotations

import pytest

from vivex.people.minutes import WHOLE, Minutes, minutes
from vivex.people.sessions import Change, Seen, Session
from vivex.people.store import Statement

LABELS = ("form.dose", "form.sex", "syrcle.other_bias", "reporting.blinding")


def act(*labels: str, seconds: float | None = 30.0) -> Session:
    """Return an act on questions."""
    return Session("vivex desk", "", False, seconds=seconds, changes={label: Change() for label in labels})


def stated(*acts: Session, who: str = "mk", blind: bool = False) -> Statement:
    """Return a statement in which every question is answered."""
    seen = {label: Seen(blind) for label in LABELS}
    return Statement("a", who, reviewed=seen, sessions=acts)


def test_acts_are_summed_by_person_kind_and_how_it_was_shown() -> None:
    quick = stated(act("form.dose", "form.sex"), act("syrcle.other_bias"), act("reporting.blinding"))
    slow = stated(*quick.sessions, act("form.dose", seconds=90.0))
    blind = stated(*quick.sessions, blind=True)
    found = {(m.reviewer, m.blind, m.item): m for m in minutes([quick, slow, blind, stated(*quick.sessions, who="th")])}
    assert found["mk", False, "form"].each == (0.5, 2.0)
    assert (found["mk", False, "form"].mean, found["mk", False, "form"].median) == (1.25, 1.25)
    assert found["mk", False, WHOLE].each == (1.5, 3.0)
    assert found["mk", True, WHOLE].each == (1.5,)
    assert found["th", False, "syrcle"].each == (0.5,)
    assert [m.item for m in minutes([quick])] == ["form", "syrcle", "reporting", WHOLE]


def test_a_study_done_in_part_elsewhere_counts_for_what_was_timed_as_a_whole() -> None:
    partly = stated(act("form.dose"), act("form.sex", seconds=None), act("syrcle.other_bias"))
    assert [(m.item, m.each) for m in minutes([partly])] == [("syrcle", (0.5,))]
    assert minutes([stated(), Statement("a", "mk")]) == ()


@pytest.mark.parametrize(("each", "median"), [((1.0,), 1.0), ((1.0, 2.0), 1.5), ((1.0, 2.0, 9.0), 2.0)])
def test_the_median_is_the_middle(each: tuple[float, ...], median: float) -> None:
    assert Minutes("mk", False, "form", each).median == median
