"""Numbers of animals with their role; what counts cells, sections, runs or people isn't one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.kinds import Context
from vivex.recognize.kinds.number import find_number, normal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Forty-eight male Wistar rats (200-220 g) were purchased and divided into six groups of 8.",
            [("Forty-eight", "48", "total"), ("8", "8", "group")],
        ),
        (
            "There were a sham group (n = 6), a model group (n = 7) and two treated groups (n = 8 each).",
            [("6", "6", "group"), ("7", "7", "group"), ("8", "8", "group")],
        ),
        (
            "A total of 60 mice were used. Three mice died during surgery and were excluded.",
            [("60", "60", "total"), ("Three", "3", "lost")],
        ),
        (
            "Two rats of the low-dose group were excluded for infection, so that 18 rats were analysed.",
            [("Two", "2", "lost"), ("18", "18", "analysed")],
        ),
        ("Of the 20 mice, four were discarded (n = 4).", [("20", "20", "total"), ("4", "4", "lost")]),
        (
            "Ten rats received saline and twelve rats received the drug.",
            [("Ten", "10", "group"), ("twelve", "12", "group")],
        ),
        ("Knees were scored on day 7 (n = 5-6 per group).", [("5-6", "5-6", "group")]),
        ("(vehicle, n = 10; treated, n = 8, 9 and 7)", [("10", "10", "group"), ("8, 9 and 7", "8, 9, 7", "group")]),
        ("The final analysis included 9 rabbits.", [("9", "9", "analysed")]),
    ],
)
def test_numbers_and_roles(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(text[s.start : s.end], s.value["normal"], s.value["role"]) for s in find_number(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Currents of n = 24 cells were averaged over n = 3 independent experiments.",
        "Mice were housed 5 per cage at 22 °C for 2 weeks.",
        "Twenty patients with gout were asked.",
        "They weighed 25 g at 8 weeks.",
        "Five-week-old mice; 12% of mice; 7.5 rats",
        "Sections (n = 12 slices) were read twice.",
    ],
)
def test_what_is_no_number_of_animals(text: str) -> None:
    assert list(find_number(text)) == []


def test_a_number_that_no_rule_found_keeps_its_words() -> None:
    assert normal("a dozen", {}, Context()) == {"normal": "a dozen", "role": "", "told": []}


@given(st.text(alphabet="0123456789 n=(),;.-\u2013%rats micegroupeachof\n\u00a0\u0660", max_size=90))
def test_spans_lie_in_the_text_and_begin_and_end_in_a_word(text: str) -> None:
    for span in find_number(text):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        assert span.value["role"] in ("total", "group", "lost", "analysed")
