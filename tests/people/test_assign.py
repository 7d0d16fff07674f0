"""Who gets which studies, and which of them blind."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from answers import say
from hypothesis import given
from hypothesis import strategies as st

from vivex.errors import ReviewError, UnknownName
from vivex.people.assign import Assignment, assigned, plan, record, take_back

names = st.lists(st.sampled_from(["mk", "th", "xy", "ab", "cd"]), min_size=1, max_size=5, unique=True)


@given(
    count=st.integers(0, 60), reviewers=names, share=st.floats(0, 1), per=st.integers(1, 5), again=st.integers(0, 30)
)
def test_every_study_has_its_reviewers_evenly_and_the_share_is_blind(count, reviewers, share, per, again):
    per = min(per, len(reviewers))
    first = plan([f"s{n}" for n in range(count)], reviewers, per_study=per, blind=share)
    both = first + plan([f"s{n}" for n in range(count + again)], reviewers, first, per_study=per, blind=share)
    holders = Counter(a.study for a in both)
    assert set(holders.values()) <= {per}
    assert len({(a.study, a.reviewer) for a in both}) == len(both) == per * (count + again)
    load = Counter(a.reviewer for a in both)
    assert not load or max(load.values()) - min(load[r] for r in reviewers) <= 2
    for reviewer in load:
        mine = [a for a in both if a.reviewer == reviewer]
        assert sum(a.blind for a in mine) >= math.ceil(share * len(mine) - 1e-9)
    assert len({(a.study, a.blind) for a in both}) == len(holders)  # blind for all or for none


def test_the_default_share_is_a_fifth_and_not_much_more():
    done = plan([f"s{n}" for n in range(100)], ["mk", "th"])
    assert 20 <= len({a.study for a in done if a.blind}) <= 30


def test_too_few_reviewers_are_refused():
    with pytest.raises(ReviewError, match="2 reviewers for each study, but 1"):
        plan(["s"], ["mk"])


def test_what_was_handed_out_is_read_back(review):
    new = [Assignment("ames-2019", "mk", True), Assignment("bell-2020", "th", False)]
    record(review, new)
    record(review, [Assignment("cole-2021", "mk", False)])
    assert assigned(review) == [new[0], Assignment("cole-2021", "mk", False), new[1]]


def test_who_leaves_gives_back_what_was_not_begun(review):
    say(review, "mk", "form.sex", "male")  # about ames-2019
    record(review, [Assignment(study, "mk", True) for study in ("ames-2019", "bell-2020")])
    assert take_back(review, "mk") == ["bell-2020"]
    assert [a.study for a in assigned(review)] == ["ames-2019"]
    assert take_back(review, "mk") == []
    with pytest.raises(UnknownName, match="handed to: mk"):
        take_back(review, "th")
