"""Candidates for what was done that sentences give."""

from __future__ import annotations

import pytest

from vivex.document import Block, Document, Section
from vivex.extract.reading import read
from vivex.extract.treatment import candidates, lasting


def found(text: str, field: str) -> set[str]:
    paper = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods",), "methods"),))
    return {c.value for c in candidates(read(paper, [])) if c.field == field}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Rats were given the oil 3×/week for 4 weeks.", "frequency", "3×/week"),
        ("Rats were given the oil 3×/week for 4 weeks.", "duration", "4 weeks"),
        ("They rested over a 14-day period.", "duration", "14 days"),
        ("Rats received a single tail vein injection.", "frequency", "single tail vein injection"),
        ("The oil was dosed by oral gavage.", "route", "oral gavage"),
        ("The oil was dosed at 5 and 10 mg/kg.", "dose", "10 mg/kg"),
        ("The sham-operated rats were compared with quellin-treated rats.", "comparator", "sham-operated rats"),
        ("Arthritis was induced by injection of collagen.", "induction", "injection of collagen"),
        ("A rat model of knee arthritis was used.", "disease_model", "knee arthritis"),
        ("Rats were treated with quellin.", "intervention", "quellin"),
        ("MX + quellin and MX + oil were compared.", "groups", "MX + quellin"),
        ("Group A: high dose of quellin, group B: none.", "groups", "high dose of quellin"),
    ],
)
def test_the_value_is_among_the_candidates(text: str, field: str, value: str) -> None:
    assert value in found(text, field)


@pytest.mark.parametrize(
    "text",
    [
        "Rats aged 9 weeks were given the oil for 20 days.",
        "The oil was given for 20 days to 9-week-old rats.",
        "Rats (9 weeks of age) drank the oil for 20 days.",
        "At an age of 9 weeks rats were given the oil for 20 days.",
        "The oil was given every 3 days for 20 days.",
        "After 7 days of acclimatisation the oil was given for 20 days.",
        "The rats had 2 weeks of quarantine or 12 h of fasting, and the oil for 20 days.",
    ],
)
def test_an_age_or_an_interval_is_no_duration(text: str) -> None:
    assert found(text, "duration") == {"20 days"}


def test_a_time_reads_as_a_reviewer_writes_it() -> None:
    assert [lasting(t) for t in ("14-day", "1 week", "6 more weeks")] == ["14 days", "1 week", "6 weeks"]


@pytest.mark.parametrize(
    ("text", "field", "nothing"),
    [
        ("Swelling was less than that of the oil group.", "groups", "that"),
        ("The dose was injected into mice with care.", "intervention", "mice"),
        ("The cells were injected mice by mice.", "intervention", "mice"),
        ("The deletion of the gene was complete.", "intervention", "deletion"),
    ],
)
def test_a_word_that_says_nothing_alone_is_no_candidate(text: str, field: str, nothing: str) -> None:
    assert nothing not in found(text, field)
