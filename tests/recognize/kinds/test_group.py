"""The label group, paragraph by paragraph."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds import Context
from vivex.recognize.kinds.group import KIND, find_group


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rats were divided into three groups: control, model and telomin.", ["control", "model", "telomin"]),
        ("The sham group (n = 5) and the borane group (n = 6) were alike.", ["sham", "borane"]),
        ("Cohort 1: vehicle. Cohort 2: telomin.", ["vehicle", "telomin"]),
        ("Group A received saline. Group B received telomin.", ["saline", "telomin"]),
        ("The weather was fine.", []),
        ("Four generations were bred in groups.", []),
    ],
)
def test_groups_of_a_paragraph(text: str, names: list[str]) -> None:
    found = list(find_group(text))
    assert list(dict.fromkeys(s.value["normal"] for s in found)) == names
    for span in found:
        value = KIND.normal(text[span.start : span.end], span.value, Context())
        assert value["normal"] == span.value["normal"]
        assert {"n", "role"} <= set(value)
