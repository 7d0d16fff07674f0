"""A ruling is opened again; the reviewers' answers are in conflict as before."""

from __future__ import annotations

import pytest
from answers import STUDY, low, say

from vivex.annotation import Annotation
from vivex.errors import UnknownName
from vivex.people.conflicts import conflicts
from vivex.people.importing import take_in
from vivex.people.reopen import reopen
from vivex.people.store import Session
from vivex.people.undo import undo

ITEM = "syrcle.other_bias"


def test_a_conflict_is_open_again_and_settled_again_by_undoing(review):
    say(review, "mk", ITEM, low())
    say(review, "th", ITEM, low("high"))
    ruling = Annotation(STUDY, ITEM, low("unclear"), (), "adjudicator:xy", None, decision="added")
    take_in(review, "adjudicated", [ruling], Session("", "", False))
    assert conflicts(review) == []
    assert reopen(review, STUDY, ITEM) == [ITEM]
    assert [item.label for item in conflicts(review)] == [ITEM]
    with pytest.raises(UnknownName, match="settled there: nothing"):
        reopen(review, STUDY)
    undo(review, "adjudicated")
    assert conflicts(review) == []
    assert reopen(review, STUDY) == [ITEM]
    with pytest.raises(UnknownName, match="no adjudicator settled"):
        reopen(review, "bell-2020")
