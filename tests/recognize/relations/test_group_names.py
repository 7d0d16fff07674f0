"""What a name says of a group: its role, its key and where it begins."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vivex.recognize.relations.group_names import key_of, name_start, role_of


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("control", "control"),
        ("normal diet and vehicle", "control"),
        ("untreated", "control"),
        ("wild-type", "control"),
        ("sham-operated", "sham"),
        ("sham + telomin", "sham"),
        ("diabetic control", "model"),
        ("model", "model"),
        ("borane-induced colitis", "model"),
        ("telomin 5 mg/kg", "treated"),
        ("diabetic + telomin treatment", "treated"),
        ("low-dose extract", "treated"),
        ("A", ""),
    ],
)
def test_roles(name: str, role: str) -> None:
    assert role_of(name) == role


@pytest.mark.parametrize(
    ("name", "agents", "role"),
    [
        ("telomin", ["Telomin"], "treated"),
        ("telomin", [], ""),
        ("telomin control", ["telomin"], "treated"),
        ("saline", ["saline"], "control"),
        ("te", ["te"], ""),  # too short to be known by
    ],
)
def test_agents_of_the_paper_treat(name: str, agents: list[str], role: str) -> None:
    assert role_of(name, agents) == role


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The low-dose group", "low \u2013 dose"),
        ("Sham rats", "sham"),
        ("a  telomin   cohort", "Telomin subgroup"),
        ("model,", "the model group"),
    ],
)
def test_wordings_of_one_group_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other) != ""


def test_groups_of_other_names_do_not() -> None:
    assert len({key_of(name) for name in ("low-dose", "high-dose", "sham", "sham + telomin")}) == 4


@example("  –")
@given(st.text(alphabet="aBc -\u2013thegroup ,.", max_size=40))
def test_the_key_of_a_key_without_articles_is_itself(name: str) -> None:
    key = key_of(f"x{name}y")
    assert key_of(key) == key


@pytest.mark.parametrize(
    ("text", "sure", "name"),
    [
        ("Scores of the low-dose group", False, "low-dose"),
        ("in the sham-operated control group", False, "sham-operated control"),
        ("than those in the other group", False, None),
        ("of the test group", False, None),
        ("of the test group", True, "test"),
        ("was significantly higher in telomin group", False, "telomin"),
        ("12 group", False, None),
        (" group", False, None),
    ],
)
def test_where_a_name_begins(text: str, sure: bool, name: str | None) -> None:
    end = text.index(" group")
    start = name_start(text, 0, end, sure=sure)
    assert (None if start is None else text[start:end]) == name


@given(st.text(alphabet="ab the5 .,-", max_size=60), st.booleans())
def test_a_name_begins_before_its_end(text: str, sure: bool) -> None:
    start = name_start(text, 0, len(text), sure=sure)
    assert start is None or (0 <= start < len(text) and not text[start].isspace())
