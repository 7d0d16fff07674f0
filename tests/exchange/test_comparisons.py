"""Which groups are compared: told by names and the settled comparator, left open where neither tells."""

from __future__ import annotations

import pytest

from vivex.exchange.comparisons import control_kind, control_of


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("Sham", "healthy"),
        ("sham-operated rats", "healthy"),
        ("Normal control", "healthy"),
        ("Vehicle (DMSO)", "untreated"),
        ("PBS group", "untreated"),
        ("OA", "untreated"),
        ("Control", "plain"),
        ("Positive control", "positive"),
        ("MSC", ""),
        ("Drug in saline-fed rats", ""),
    ],
)
def test_kinds(group: str, kind: str) -> None:
    assert control_kind(group) == kind


def test_the_untreated_control_stands_before_the_healthy_one() -> None:
    assert control_of(["Sham", "Vehicle", "Drug low", "Drug high"]) == {"Drug low": "Vehicle", "Drug high": "Vehicle"}


def test_a_group_whose_name_another_goes_on_from() -> None:
    assert control_of(["Normal", "HC", "HC + OS"]) == {"HC + OS": "HC"}
    assert control_of(["Normal control", "Lesion", "Herb in lesion, 100 mg/kg"]) == {
        "Herb in lesion, 100 mg/kg": "Lesion"
    }


def test_a_group_that_was_given_a_vehicle_in_the_same_model() -> None:
    assert control_of(["Sham", "OA + PBS", "OA + MSC", "OA + EV-193b"]) == {
        "OA + MSC": "OA + PBS",
        "OA + EV-193b": "OA + PBS",
    }


def test_the_settled_comparator_decides() -> None:
    assert control_of(["A", "B", "Vehicle"], ["b"]) == {"A": "B"}


def test_what_is_not_told_is_left_open() -> None:
    assert control_of(["A", "B"]) == {}
    assert control_of(["Vehicle", "Saline", "Drug"]) == {}
    assert control_of(["Sham", "X", "Y"]) == {}
    assert control_of(["Sham", "X"]) == {"X": "Sham"}
    assert control_of(["Control", "Drug", "Positive control"]) == {"Drug": "Control", "Positive control": "Control"}
