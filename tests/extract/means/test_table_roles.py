"""What labels name: groups, outcomes with their units, times, statistics, numbers of animals."""

from __future__ import annotations

import os

import pytest

from vivex.extract.means import table_roles as roles
from vivex.extract.means.table_roles import GROUP, OUTCOME, TIME, Level


@pytest.mark.parametrize(
    ("label", "what", "unit"),
    [
        ("Body weight (g)", "Body weight", "g"),
        ("ALT (U/L)", "ALT", "U/L"),
        ("Liver weight, mg/g", "Liver weight", "mg/g"),
        ("Paw score (score)", "Paw score", "score"),
        ("Vehicle (DMSO)", "Vehicle (DMSO)", ""),
        ("Low-density lipoprotein (LDL)", "Low-density lipoprotein (LDL)", ""),
        ("Sodium (%)*", "Sodium", "%"),
    ],
)
def test_units_are_parted_and_abbreviations_are_none(label: str, what: str, unit: str) -> None:
    assert roles.parted(label) == (what, unit)


def test_sizes_are_taken_out_of_labels() -> None:
    assert roles.sized("Sham (n = 8)") == ("Sham", "8")
    assert roles.sized("MSC, n=6–8") == ("MSC", "6–8")
    assert roles.sized("MSC") == ("MSC", "")


@pytest.mark.parametrize(
    ("header", "kind"),
    [("Mean", "mean"), ("Mean weight", "mean"), ("SD", "SD"), ("S.E.M.", "SEM"), ("Stdev", "SD"), ("n", "n"),
     ("N", "n"), ("No. of animals", "n"), ("Weight", ""), ("Mean ± SD", "")],
)  # fmt: skip
def test_statistics_of_columns(header: str, kind: str) -> None:
    assert roles.statistic(header) == kind


def test_errors_named_in_headers_are_no_part_of_the_outcome() -> None:
    assert roles.error_named("Time (min) ± SD") == "SD"
    assert roles.error_named("Weight, mean (SEM)") == "SEM"
    assert roles.error_named("Weight") == ""
    assert roles.without_statistics("Time (min) ± SD") == "Time (min)"


def test_levels_are_scored() -> None:
    none: frozenset[str] = frozenset()
    assert roles.role_scores(Level(("Sham", "Vehicle", "Drug X 5 mg/kg")), none)[GROUP] > 1
    assert roles.role_scores(Level(("ALT (U/L)", "AST (U/L)")), none)[OUTCOME] == 1
    assert roles.role_scores(Level(("Day 1", "Day 7")), none)[TIME] == 1
    assert roles.role_scores(Level(("1", "7"), "Day"), none)[TIME] == 2
    assert roles.role_scores(Level(("A", "B"), "Treatment groups"), none)[GROUP] == 1
    assert roles.role_scores(Level(("QX", "QY")), frozenset(("qx", "qy")))[GROUP] == 1
    assert roles.role_scores(Level(()), none) == {GROUP: 0, OUTCOME: 0, TIME: 0}


def test_labels_join_and_dashes_say_nothing() -> None:
    assert roles.joined(("Extract", "-", "100 mg/kg")) == "Extract 100 mg/kg"
    assert roles.joined(("Untreated", "control")) == "Untreated control"
    assert roles.joined(("Serum", "ALT", "ALT")) == "Serum, ALT"


@pytest.mark.parametrize("part", ["(", "[(", "1 , ", "a, ", "n = ", " ", "mean ± ", "(n=1"])
def test_long_labels_take_no_time(part: str) -> None:
    text = part * 2000
    begin = os.times().user
    for reading in (roles.parted, roles.statistic, roles.sized, roles.without_statistics, roles.error_named):
        reading(text)
    assert not roles.is_group(text, frozenset())
    assert os.times().user - begin < 2
