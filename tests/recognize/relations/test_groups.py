"""The experimental groups of a paper, and which of them a dose is for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Block, Document
from vivex.recognize.relations.groups import with_groups
from vivex.recognize.spans import Span


def read(text: str, *doses: str) -> tuple[list[tuple[str, int | None]], list[str]]:
    """Return the groups of a paragraph with their n, in reading order, and the groups of the doses."""
    spans = [Span(text.index(d), text.index(d) + len(d), "dose", {"text": d}) for d in doses]
    document = Document("made", text, (Block("paragraph", 0, len(text)),))
    found = with_groups(document, spans)
    groups = [(s.value["normal"], s.value["n"]) for s in found if s.label == "group"]
    assert all(text[s.start : s.end] == s.value["text"] for s in found if s.label == "group")
    return list(dict.fromkeys(groups)), [s.group for s in found if s.label == "dose"]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        (
            "Six groups of 8 rats were used: (1) saline; (2) borane; (3) borane and telomin.",
            [("saline", 8), ("borane", 8), ("borane and telomin", 8)],
        ),
        (
            "Rats were divided into three groups: control, model and telomin.",
            [("control", None), ("model", None), ("telomin", None)],
        ),
        (
            "Mice were randomized into three groups: not fed (n=7), fed (n=8) and fed with telomin in water (n=9).",
            [("not fed", 7), ("fed", 8), ("fed with telomin in water", 9)],
        ),
        (
            "Group I: controls without treatment. Group II: borane alone. Group III: borane and telomin.",
            [("controls without treatment", None), ("borane alone", None), ("borane and telomin", None)],
        ),
        (
            "Animals were assigned to two groups (n = 10 per group): sham and lesion.",
            [("sham", 10), ("lesion", 10)],
        ),
        (
            "Rats were allocated to groups as follows: i) vehicle, ii) telomin, iii) borane.",
            [("vehicle", None), ("telomin", None), ("borane", None)],
        ),
        (
            "The control group (n = 6) and the telomin group (n = 7) were compared.",
            [("control", 6), ("telomin", 7)],
        ),
        (
            "Rats were divided into the model group (M) and the telomin group (T). Group M lost weight.",
            [("model", None), ("telomin", None)],
        ),
        (
            "Rats were split into 2 groups, vehicle and telomin, with six rats in each group.",
            [("vehicle", 6), ("telomin", 6)],
        ),
        (
            "Mice (n = 8/group) were randomized to receive vehicle, telomin or both drugs.",
            [("vehicle", 8), ("telomin", 8), ("both drugs", 8)],
        ),
        (
            "Rats were allocated to: no treatment, light only or telomin plus light (n=9, 10, 11).",
            [("no treatment", 9), ("light only", 10), ("telomin plus light", 11)],
        ),
    ],
)
def test_groups_with_their_n(text: str, groups: list[tuple[str, int | None]]) -> None:
    assert read(text)[0] == groups


@pytest.mark.parametrize(
    "text",
    [
        "Floxed mice were crossed for three generations to a Cre line.",
        "Mated mice were heavier than mice that were not mated.",
        "Values of the two groups were compared with a t test.",
        "The hydroxyl group and the amino group react.",
        "Our research group is in this age group.",
        "Numbers per group are given in the figure: a, b and c.",
    ],
)
def test_what_is_no_group(text: str) -> None:
    assert read(text)[0] == []


@pytest.mark.parametrize(
    ("text", "doses", "groups"),
    [
        (
            "Two groups were used: (1) saline; (2) telomin at 5 mg/kg by gavage.",
            ["5 mg/kg"],
            ["telomin at 5 mg/kg by gavage"],
        ),
        (
            "Rats were divided into three groups: control, low (5 mg/kg telomin) and high (9 mg/kg telomin).",
            ["5 mg/kg", "9 mg/kg"],
            ["low", "high"],
        ),
        ("The control group (n = 5) got 2 mL/kg saline.", ["2 mL/kg"], ["control"]),
        (
            "Rats were given 5 mg/kg (low-dose group, n = 4) or 9 mg/kg (high-dose group, n = 4).",
            ["5 mg/kg", "9 mg/kg"],
            ["low-dose", "high-dose"],
        ),
        (
            "Group A: vehicle. Group B: telomin. All rats got 3 mg/kg borane.",
            ["3 mg/kg"],
            [""],
        ),
        ("All rats received 5 mg/kg borane.", ["5 mg/kg"], [""]),
    ],
)
def test_the_group_of_a_dose(text: str, doses: list[str], groups: list[str]) -> None:
    assert read(text, *doses)[1] == groups


def test_several_numbers_share_one_description() -> None:
    text = "Group I: control. Groups II and III: extract (25 mg/kg and 50 mg/kg). Six rats were in each group."
    groups, placed = read(text, "25 mg/kg", "50 mg/kg")
    assert len(groups) == 3
    assert {n for _, n in groups} == {6}
    assert placed[0] != placed[1]


@given(st.text(alphabet="group ABI1(2);:,. and control n=", max_size=120))
def test_any_text_gives_groups_within_it(text: str) -> None:
    document = Document("made", text, (Block("paragraph", 0, len(text)),))
    for span in with_groups(document, []):
        assert 0 <= span.start < span.end <= len(text)
        assert span.value["normal"]
