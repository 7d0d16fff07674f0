"""Groups that a sentence gives as a choice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.relations.group_choices import choices


def told(text: str) -> list[str]:
    """Return the names of the first choice, without brackets."""
    found = next(choices(text, 0, len(text)), [])
    return [text[i.start : i.end].split(" (")[0] for i in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mice were randomly divided into sham, model and telomin groups.", ["sham", "model", "telomin"]),
        (
            "Rats were allocated to control, telomin and telomin + borane groups (n = 8).",
            ["control", "telomin", "telomin + borane"],
        ),
        ("Mice were assigned to a control or an exercise group.", ["control", "exercise"]),
        (
            "Rats were assigned to receive vehicle (n = 8), telomin (5 mg/kg) or borane by gavage.",
            ["vehicle", "telomin", "borane"],
        ),
        ("Pups were randomized to either telomin or placebo for 3 weeks.", ["telomin", "placebo"]),
        ("Mice were treated with borane or vehicle for 3 days.", ["borane", "vehicle"]),
        ("Animals were injected with either telomin (5 mg/kg) or saline once daily.", ["telomin", "saline"]),
        ("Rats received corn oil or telomin in corn oil.", ["corn oil", "telomin"]),
        (
            "Rats were allocated in blocks of four to: no treatment, telomin only, light only, or telomin plus light.",
            ["no treatment", "telomin only", "light only", "telomin plus light"],
        ),
        (
            "Mice were randomized to receive vehicle (0.5% cellulose), telomin (3 mg/kg, i.p., daily), or both drugs.",
            ["vehicle", "telomin", "both drugs"],
        ),
        (
            "Pups were assigned, within litter and by envelopes, to warmth + saline, cold + saline or cold + telomin.",
            ["warmth + saline", "cold + saline", "cold + telomin"],
        ),
        (
            "Males were used: 14 lean unfed, 13 lean fed, 12 obese unfed and 13 obese fed.",
            ["lean unfed", "lean fed", "obese unfed", "obese fed"],
        ),
        ("Strain Q (10^9 CFU) or PBS alone was given by gavage.", ["Strain Q", "PBS alone"]),
        ("Done. Telomin (2 nmol in 24 µL) or scrambled oligomer was given daily.", ["Telomin", "scrambled oligomer"]),
        ("Telomin or borane was given daily.", []),
        ("Table 1 shows: 3 mice and 4 rats.", []),
        ("Thus, telomin or saline was injected.", []),
        ("Rats were filmed. Limits were: 5 ± 15 for spikes, 9 ± 30 for fibres.", []),
        ("Cycles were as follows: 30 hot, 20 warm and 10 cold.", []),
        ("Images were divided into pairs and structures.", []),
        ("Rats were divided into: sham, telomin and borane.", ["sham", "telomin", "borane"]),
        ("The rats were fed chow and water ad libitum.", []),
        ("Mice were treated with borane or telomin for 3 days.", []),
        ("Cells were divided into two halves and frozen.", []),
        ("Slides were treated with xylene and ethanol.", []),
    ],
)
def test_choices(text: str, found: list[str]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("Rats were allocated to: sham, model or telomin (n=10, 10, 11).", [10, 10, 11]),
        ("Mice were randomised to sham, model or telomin (n = 8, 10 and 9, respectively).", [8, 10, 9]),
        ("Mice were assigned to sham (n = 16) or telomin (n = 17).", [16, 17]),
        ("Mice were used: 14 lean fed and 12 obese fed.", [14, 12]),
        ("Mice were randomised to sham, model or telomin (n = 8, 10).", [None, None, None]),
    ],
)
def test_each_choice_has_its_number_of_animals(text: str, sizes: list[int | None]) -> None:
    assert [i.n for i in next(choices(text, 0, len(text)))] == sizes


@given(st.text(alphabet="rats were assigned to A, B or C groups (n=8).", max_size=90))
def test_choices_lie_in_the_text(text: str) -> None:
    for items in choices(text, 0, len(text)):
        assert all(0 <= i.start < i.end <= len(text) for i in items)
