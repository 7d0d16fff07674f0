"""Frequencies and durations say the same in many words, and a text's normal form loses nothing that was said."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.quantities import show
from vivex.schedules import Frequency, find_frequencies, normal, read

WORDS = {1: "once", 2: "twice", 3: "thrice", 4: "four times", 5: "five times", 6: "6 times"}
PERIODS = {"day": ("daily", "d"), "week": ("weekly", "wk"), "month": ("monthly", "mo")}


def frequency(text: str) -> Frequency:
    """Return the one frequency that the whole text is."""
    [(start, end, found)] = find_frequencies(text)
    assert (start, end) == (0, len(text))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4×/week", "4 times weekly"),
        ("4 x per week", "4 times weekly"),
        ("four times a week", "4 times weekly"),
        ("thrice weekly", "3 times weekly"),
        ("2–4 times per week", "2–4 times weekly"),
        ("every second day", "every 2 days"),
        ("on alternate days", "every 2 days"),
        ("q.o.d.", "every 2 days"),
        ("t.i.d.", "3 times daily"),
        ("8-hourly", "3 times daily"),
        ("six-hourly", "4 times daily"),
        ("3-weekly", "every 3 weeks"),
        ("at 8-h intervals", "3 times daily"),
        ("at 2-week intervals", "every 2 weeks"),
        ("once-a-week", "once weekly"),
        ("three-times-a-day", "3 times daily"),
        ("5 d/wk", "5 times weekly"),
        ("q6h", "4 times daily"),
        ("every 12 hours", "twice daily"),
        ("twice\ndaily", "twice daily"),
        ("twice\u00a0a\u00a0week", "twice weekly"),
        ("every other week", "every 2 weeks"),
        ("fortnightly", "every 2 weeks"),
        ("once every 14 days", "every 2 weeks"),
        ("six injections per week", "6 times weekly"),
        ("every day", "once daily"),
        ("once a fortnight", "every 2 weeks"),
        ("every fortnight", "every 2 weeks"),
        ("QOD", "every 2 days"),
        ("Q8H", "3 times daily"),
        ("q3w", "every 3 weeks"),
        ("qw", "once weekly"),
    ],
)
def test_frequencies(text: str, said: str) -> None:
    assert str(frequency(text)) == said


def test_genes_in_capitals_are_no_frequency() -> None:
    assert list(find_frequencies("BID and TID were measured")) == []


@given(st.sampled_from(sorted(WORDS)), st.sampled_from(sorted(PERIODS)))
def test_a_frequency_in_any_words_is_one(number: int, period: str) -> None:
    adverb, short = PERIODS[period]
    texts = {
        f"{WORDS[number]} {adverb}",
        f"{WORDS[number]} a {period}",
        f"{number}×/{short}",
        f"{number} times per {period}",
    }
    assert len({frequency(text) for text in texts}) == 1
    assert frequency(str(frequency(f"{number}x/{short}"))) == frequency(f"{number}x/{short}")


@pytest.mark.parametrize(
    ("text", "often", "doses", "long"),
    [
        ("3x/week for 14 days", "3 times weekly", None, "14 days"),
        ("for two weeks, every other day", "every 2 days", None, "2 weeks"),
        ("five doses every 2 weeks", "every 2 weeks", 5, None),
        ("a single injection", None, 1, None),
        ("for 36 h", None, None, "36 h"),
    ],
)
def test_parts_of_a_schedule(text: str, often: str | None, doses: int | None, long: str | None) -> None:
    found = read(text)
    assert (None if found.frequency is None else str(found.frequency)) == often
    assert found.doses == doses
    assert (None if found.duration is None else show(found.duration)) == long


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("twice weekly for two weeks", "2×/week for 14 days"),
        ("a single dose", "one dose"),
        ("10 mg/kg, i.p.", "10mg/kg I.P"),
        ("12-week-old", "12 weeks old"),
        ("10⁶ cells", "10^6 cells"),
        ("0.3 kg", "300 g"),
        ("1,5 mg/kg", "1.5 mg/kg"),
        ("5 µg", "5 μg"),
        ("Wistar–Kyoto", "wistar-kyoto"),
        ("C57BL/6 mice", "c57bl/6  mice"),
    ],
)
def test_one_normal_form(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10⁶ cells", "106 cells"),
        ("10⁻⁷ M", "10-7 M"),
        (".5 mg/kg", "5 mg/kg"),
        ("10 mM", "10 mm"),
        ("mm²", "mm2"),
        ("for 2 weeks", "for 2 months"),
        ("twice weekly", "twice daily"),
        ("two doses", "2 injections"),
        ("−5 °C", "5 °C"),
        ("IL-6", "IL-10"),
        ("< 20 g", "20 g"),
    ],
)
def test_two_normal_forms(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@given(st.text(max_size=80))
def test_a_normal_form_is_made_of_any_text(text: str) -> None:
    normal(text)


@pytest.mark.parametrize("item", ["3x ", "every ", "once a ", "twice-", "q2", "1,", "two ", "5 days a ", "a single "])
def test_time_is_in_proportion_to_the_text(item: str) -> None:
    def seconds(length: int) -> float:
        text = (item * length)[:length]
        begin = time.process_time()
        list(find_frequencies(text))
        normal(text)
        return time.process_time() - begin

    short, long = min(seconds(1000) for _ in range(2)), min(seconds(4000) for _ in range(2))
    assert long < 8 * short + 0.1


@pytest.mark.parametrize("text", ["once yearly", "once a year", "once per year", "1 time yearly", "one time each year"])
def test_a_year_is_a_period_of_months(text: str) -> None:
    assert frequency(text) == Frequency(Fraction(1, 12), Fraction(1, 12), "mo")
    assert normal(text) == "once yearly"


def test_hourly_injections_by_number_are_that_many() -> None:
    assert normal("six hourly injections") == "6 every hour injections"  # "six-hourly" is every six hours
