"""What an expression accepts, the reader behind it accepts: no number or unit that is found can't be converted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vivex import numerals, quantities, schedules, units
from vivex.quantities import canonical, find, read, show
from vivex.recognize.kinds import Context, kinds

NUMBERS = (
    "5", "10", "0", "007", "1,250", "1 250", "1'250", "1.250,5", "0·5", "·5", ".5", "1/2", "½", "²", "⁵⁻⁶",
    "10⁻⁷", "10^5", "10^(5-6)", "10(6)", "1e5", "1E-7", "٣", "１２", "Ⅳ", "௧", "①", "one", "two hundred", "half",
    "a dozen", "several", "99999999999999", "1:1",
)  # fmt: skip
SIGNS = (
    " ",
    " ",
    "-",
    "–",
    "−",
    "±",
    "+/-",
    "×",
    "x",
    "/",
    "·",
    ",",
    ", ",
    ".",
    "(",
    ")",
    "~",
    "≥",
    "<",
    "\u00a0",
    "\n",
    "%",
    "^",
)
WORDS = (
    "mg", "kg", "µg", "μL", "g", "mL", "IU", "M", "nmol", "cells", "CFU", "particles", "kg⁻¹", "kg^-1", "day",
    "days", "d", "weeks", "wk", "h", "min", "months", "per", "every", "each", "other", "once", "twice", "daily",
    "weekly", "times", "bid", "q3d", "q.d.", "doses", "single", "injection", "and", "or", "to", "for", "old",
    "mice", "group", "miR", "miR-", "let-", "p", "5p", "i.p.", "orally", "body", "weight", "million", "of",
    "the", "in", "at", "1st", "second", "3rd", "Gy", "°C", "U", "w/v", "th",
)  # fmt: skip
PHRASES = st.lists(st.sampled_from((*NUMBERS, *SIGNS, *WORDS)), max_size=14).flatmap(
    lambda parts: st.sampled_from(("", " ")).map(lambda joint: joint.join(parts))
)
PATIENT = settings(deadline=timedelta(seconds=20), max_examples=25, suppress_health_check=list(HealthCheck))


@PATIENT
@given(PHRASES)
def test_whatever_the_rules_find_has_a_normal_form(text: str) -> None:
    for kind in kinds():
        for span in kind.find(text):
            assert 0 <= span.start < span.end <= len(text)
            assert "normal" in kind.normal(text[span.start : span.end], span.value, Context())


@PATIENT
@given(PHRASES)
def test_whatever_is_found_as_a_quantity_is_converted_shown_and_read_back(text: str) -> None:
    for found in find(text, bare=True):
        again = read(show(found.quantity))
        assert again is not None
        assert canonical(again).values == canonical(found.quantity).values


@PATIENT
@given(PHRASES)
def test_whatever_is_found_as_a_schedule_is_read(text: str) -> None:
    schedules.read(text)
    assert schedules.normal(schedules.normal(text)) is not None
    for start, end, frequency in schedules.find_frequencies(text):
        assert frequency.low <= frequency.high or frequency.low > 0
        assert str(frequency)
        assert start < end


READERS = {
    "often": schedules._OFTEN,
    "every": schedules._EVERY,
    "latin": schedules._LATIN,
    "doses": schedules._DOSES,
    "unit": units.unit_pattern(),
    "number": numerals._PLAIN,
    "words": numerals._WORDED,
    "power": numerals._CARET_POWER,
    "raised": numerals._RAISED_POWER,
    "count": quantities._START,
}


@pytest.mark.parametrize("name", sorted(READERS))
def test_what_the_expression_of_a_number_accepts_is_read(name: str) -> None:
    pattern: re.Pattern[str] = READERS[name]

    @settings(deadline=timedelta(seconds=20), max_examples=25, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(pattern, fullmatch=False), st.sampled_from(("", " mg/kg", " days", " cells")))
    def accepted(text: str, behind: str) -> None:
        for found in find(text + behind, bare=True):
            show(canonical(found.quantity))
        schedules.read(text + behind)
        schedules.normal(text + behind)
        if name == "unit" and (match := pattern.search(numerals.fold(text))):
            assert len(units.ucum(match)) == 3

    accepted()
