"""Schedules whose boundaries or neighbours are easily misread, and their normal forms."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds import Context, kind
from vivex.recognize.kinds.schedule import candidates, find_schedule


def written(finder, text):
    return [text[s.start : s.end] for s in finder(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tests began at 9 weeks of age. Once-daily injections of drug X (3 mg/kg) followed.", ["Once-daily"]),
        ("Cells were treated with 5 \u00b5M drug X for 3 hrs prior to harvest.", ["for 3 hrs"]),
        ("After 6 weeks of feeding the chow, the mice were weighed.", ["6 weeks"]),
        ("Blood was drawn from 5d isoflurane-treated rats.", ["5d"]),
        ("On the third day, rats received 2 mg/kg drug X.", ["On the third day"]),
        ("Drug X was injected 30 min before reperfusion.", ["30 min before reperfusion"]),
        ("Weight was measured 2 h after treatment.", []),  # counted from the giving: a time of measurement
        ("Sections were incubated with antibody for 2 h at room temperature.", []),
        ("Embryos were taken from dams at E14 and injected with 2 \u00b5l.", []),
    ],
)
def test_schedule(text, expected):
    assert written(find_schedule, text) == expected


def test_a_refused_time_is_still_a_candidate():
    text = "Weight was measured 2 h after treatment."
    assert "2 h after treatment" in {text[s.start : s.end] for s, _ in candidates(text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("for two weeks", "for 14 days"),
        ("3×/week", "three times a week"),
        ("every other day for 4 wks", "every 2 days for 28 d"),
        ("b.i.d.", "twice a day"),
        ("twice\nweekly", "2x weekly"),
        ("for 48 h", "for 2 days"),
    ],
)
def test_schedules_that_say_the_same_have_one_normal_form(one, other):
    assert (
        kind("schedule").normal(one, {}, Context())["normal"] == kind("schedule").normal(other, {}, Context())["normal"]
    )


@pytest.mark.parametrize("quote", ["3×/week", "2x/wk", "4 x per week", "2×/day", "3x weekly", "2 × daily"])
def test_times_by_sign_are_schedules(quote):
    assert written(find_schedule, f"Mice received the drug {quote} by gavage.") == [quote]
