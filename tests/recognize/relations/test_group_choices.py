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
        ("The rats were fed chow and water ad libitum.", []),
        ("Mice were treated with borane or telomin for 3 days.", []),
        ("Cells were divided into two halves and frozen.", []),
        ("Slides were treated with xylene and ethanol.", []),
    ],
)
def test_choices(text: str, found: list[str]) -> None:
    assert told(text) == found


@given(st.text(alphabet="rats were assigned to A, B or C groups (n=8).", max_size=90))
def test_choices_lie_in_the_text(text: str) -> None:
    for items in choices(text, 0, len(text)):
        assert all(0 <= i.start < i.end <= len(text) for i in items)
