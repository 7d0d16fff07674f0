"""Lists of experimental groups: announced, numbered, told by commas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.recognize.relations.group_lists import is_name, lists, n_each


def told(text: str) -> list[list[tuple[tuple[str, ...], str, str, int | None]]]:
    """Return (numbers, name, short name, n) of the groups of each list."""
    return [[(i.numbers, text[i.start : i.end], i.short, i.n) for i in found] for found in lists(text, 0, len(text))]


def names(text: str) -> list[str]:
    """Return the names of all groups."""
    return [name for found in told(text) for _, name, _, _ in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rats were divided into 3 groups: sham, telomin and borane.", ["sham", "telomin", "borane"]),
        ("Mice were allotted to two cohorts (sham, telomin).", ["sham", "telomin"]),
        ("Two groups were used: 1) sham; 2) telomin.", ["sham", "telomin"]),
        ("Groups were as follows: (a) sham, (b) telomin in water, (c) borane.", ["sham", "telomin in water", "borane"]),
        ("Group 1: sham. Group 2: telomin.", ["sham", "telomin"]),
        ("Group 1 rats received saline. Group 2 rats received telomin.", ["saline", "telomin"]),
        ("Rats were assigned to two groups: sham (saline, twice) and telomin.", ["sham", "telomin"]),
        ("Group A (control, n = 6): wounds were covered with gauze.", ["control"]),
        ("Group B (n = 6): plain gel.", ["plain gel"]),
        (
            "Six groups were formed: 1) Sham, sham-operated rats given water; 2) OVX, operated rats given water.",
            ["Sham", "OVX"],
        ),
        (
            "Piglets were allotted to a 2 × 2 factorial arrangement: (i) CON, basal diet; (ii) TE, telomin; "
            "(iii) CON + EC, infected; (iv) TE + EC, both.",
            ["CON", "TE", "CON + EC", "TE + EC"],
        ),
        ("Two groups were used: 1) telomin, 5 mg/kg; 2) telomin, 9 mg/kg.", ["telomin, 5 mg/kg", "telomin, 9 mg/kg"]),
        ("Mated mice were heavier (a, b and c).", []),
        ("The score of each group rose: 1, 2 and 3.", []),
        ("Three groups of muscles were cut.", []),
    ],
)
def test_names_of_lists(text: str, found: list[str]) -> None:
    assert [name.split(" (")[0] for name in names(text)] == found


def test_short_names_and_numbers_of_animals() -> None:
    text = "Rats were divided into two groups: sham rats (SH, n = 8) and telomin (TE, n = 9)."
    ((first, second),) = told(text)
    assert (first[2:], second[2:]) == (("SH", 8), ("TE", 9))


@pytest.mark.parametrize(
    ("first", "others", "numbers"),
    [
        ("1", "2-4", ("2", "3", "4")),
        ("I", "II to IV", ("II", "III", "IV")),
        ("A", "B \u2013 D", ("B", "C", "D")),
        ("1", "2, 3 and 4", ("2", "3", "4")),
        ("I", "II & III", ("II", "III")),
    ],
)
def test_groups_that_share_a_description_count_each(first: str, others: str, numbers: tuple[str, ...]) -> None:
    ((one, more),) = told(f"Group {first}: sham. Groups {others}: telomin in rising doses.")
    assert (one[0], more[0]) == ((first,), numbers)


def test_a_range_that_falls_is_no_list() -> None:
    assert names("Scores of group 5-1: low. The rats ran.") == []


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("(n = 8 per group)", 8),
        ("with ten rats in each group", 10),
        ("into four groups of 6", 6),
        ("groups consisting of twelve animals", 12),
        ("8 rats each", 8),
        ("8 rats in all", None),
        ("", None),
    ],
)
def test_the_number_of_every_group(text: str, n: int | None) -> None:
    assert n_each(text) == n


@pytest.mark.parametrize("name", ["sham", "low-dose telomin", "M", "α-telomin", "5 mg/kg telomin"])
def test_what_can_be_a_name(name: str) -> None:
    assert is_name(name) is (len(name) > 1)


@pytest.mark.parametrize(
    "name",
    ["", "12", "were weighed", "showed more", "rats", "the other group", "Fig. 2", "p < 0.05", "sham (low", "others"],
)
def test_what_can_be_none(name: str) -> None:
    assert not is_name(name)


PIECES = [
    "groups ",
    "Group 1: ",
    "(1) ",
    "(2) ",
    "sham",
    "; ",
    ", ",
    " and ",
    "divided into two groups: ",
    "(n = 8)",
    ".",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_items_rise_and_lie_in_the_paragraph(text: str) -> None:
    for found in lists(text, 0, len(text)):
        for item in found:
            assert 0 <= item.start < item.end <= item.until <= len(text)
            assert text[item.start : item.end].strip()
        assert [i.start for i in found] == sorted(i.start for i in found)


def test_how_often_and_how_long_name_no_group() -> None:
    for words in ("twice weekly for 4 weeks", "daily", "for 3 days", "once daily, 2 weeks"):
        assert not is_name(words)
    for words in ("daily swimming for 3 weeks", "4-week diet", "quellin twice daily", "quellin"):
        assert is_name(words)
