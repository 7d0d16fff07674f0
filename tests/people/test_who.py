"""Who works on this machine, and when; whose work it is: given, remembered, or refused with the names there are."""

from __future__ import annotations

import re

import pytest

from vivex.errors import UnknownName
from vivex.people.assign import Assignment, record
from vivex.people.who import known_reviewer, me, now, remember, remembered, reviewers, who


def test_the_name_given_goes_before_the_one_remembered(tmp_path):
    with pytest.raises(UnknownName, match="give --by NAME"):
        who(tmp_path, None, option="--by")
    (tmp_path / ".vivex").mkdir()
    (tmp_path / ".vivex" / "me").write_text("mk\n", encoding="utf-8")
    assert who(tmp_path, None, option="--by") == remembered(tmp_path) == "mk"
    assert who(tmp_path, "TH", option="--by") == "th"


def test_the_time_is_utc_to_the_second():
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())


def test_a_machine_remembers_who_works_on_it(review):
    record(review, [Assignment("ames-2019", "mk", False)])
    assert remembered(review.root) == ""
    with pytest.raises(UnknownName, match="known: mk"):
        me(review, None)
    remember(review, "mk")
    assert (remembered(review.root), me(review, None)) == ("mk", "mk")
    assert (review.root / ".vivex" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_name_that_nobody_bears_is_refused_once_there_are_some(review):
    assert known_reviewer(review, "MK") == "mk"  # nobody is known yet
    record(review, [Assignment("ames-2019", "th", False)])
    assert reviewers(review) == ["th"]
    with pytest.raises(UnknownName, match="'mk' is no reviewer of this review; known: th"):
        known_reviewer(review, "mk")
    assert known_reviewer(review, "mk", new=True) == "mk"


def test_before_anything_is_handed_out_it_says_so(review):
    with pytest.raises(UnknownName, match="vivex assign"):
        me(review, None)
