"""Candidates for the animals' fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.annotation import Annotation, evidence
from vivex.document import Block, Document, Section
from vivex.extract.animals import age_value
from vivex.extract.looking import candidates_of
from vivex.extract.mentioned import LABELS
from vivex.extract.reading import read
from vivex.recognize.kinds.number import find_number


def found(text: str, field: str) -> set[str]:
    paper = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods", "Animals"), "methods"),))
    numbers = [
        Annotation("s", "number", dict(n.value), (evidence(paper, n.start, n.end),), n.source, n.confidence)
        for n in find_number(text)
    ]
    return {c.value for c in candidates_of(read(paper, numbers), LABELS)[field]}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Thirty-two male Wistar rats (8 weeks old, 210–240 g) were bought from a breeder.", "n_total", "32"),
        ("Thirty-two male Wistar rats (8 weeks old, 210–240 g) were bought from a breeder.", "age", "8 weeks"),
        ("Thirty-two male Wistar rats (8 weeks old, 210–240 g) were bought from a breeder.", "weight", "210–240 g"),
        ("Thirty-two male Wistar rats (8 weeks old, 210–240 g) were bought from a breeder.", "sex", "male"),
        ("We studied 8- to 12-week-old C57BL/6J mice of both sexes.", "age", "8-12 weeks"),
        ("We studied 8- to 12-week-old C57BL/6J mice of both sexes.", "sex", "both"),
        ("Knees were scored four weeks later (n = 6-8 per group).", "n_per_group", "6-8"),
        ("The rabbits were allocated to groups of six.", "n_per_group", "6"),
        ("Rats received 5, 10 or 20 mg/kg of the extract by oral gavage once daily for 4 weeks.", "dose", "10 mg/kg"),
        (
            "Rats received 5, 10 or 20 mg/kg of the extract by oral gavage once daily for 4 weeks.",
            "route",
            "oral gavage",
        ),
        (
            "Rats received 5, 10 or 20 mg/kg of the extract by oral gavage once daily for 4 weeks.",
            "frequency",
            "once daily",
        ),
        (
            "Rats received 5, 10 or 20 mg/kg of the extract by oral gavage once daily for 4 weeks.",
            "duration",
            "4 weeks",
        ),
        ("Each joint was injected with 1 × 10^10 particles in saline.", "dose", "1 × 10^10 particles"),
        ("The sham group was compared with vehicle-treated rats.", "groups", "sham"),
        ("Twelve rats (7 males and 5 females) were used.", "sex", "both"),
        ("Animals were between 7 and 9 weeks of age.", "age", "7-9 weeks"),
        ("Rats had a high lipid pro\ufb01le after the high-fat diet.", "outcomes", "lipid profile"),
        ("A rat model of knee osteoarthritis was used.", "disease_model", "knee osteoarthritis"),
    ],
)
def test_the_value_is_among_the_candidates(text: str, field: str, value: str) -> None:
    assert value in found(text, field)


def test_what_is_no_animal_and_no_weight() -> None:
    assert found("Rats weighing between 90 and 120 g were bought as adult animals.", "n_total") == set()
    assert found("Mice of this body weight received 20 mg/kg.", "weight") == set()
    assert found("Dams were weighed on a scale to the nearest 10 mg.", "weight") == set()
    assert found("Floxed mice were crossed for at least four generations to a driver line.", "n_total") == set()
    assert "3" not in found("The rats formed three groups of seven rats each.", "n_total")
    for sizes in (
        "n = 12 for each group",
        "12 in each group",
        "n=12 per group",
        "n = 12 animals each group",
        "12/group",
    ):
        assert "144" not in found(f"Cells were injected into the flank of nude mice ({sizes}).", "n_total"), sizes
    assert found("C57BL/6 mice were used.", "n_total") == set()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("One hundred and twenty mice were used.", "n_total", "120"),
        ("A total of 1,200 zebrafish larvae were used.", "n_total", "1200"),
        ("Two dozen mice were used.", "n_total", "24"),
        ("Five groups of 9 rats were formed.", "n_total", "45"),
        ("Five groups of 9 rats were formed.", "n_per_group", "9"),
        ("Mice formed three groups: plain (n=7), mild (n=7) and severe (n=7).", "n_total", "21"),
        ("Between 8 and 10 mice per group were tested.", "n_per_group", "8-10"),
        ("Rabbits weighing 2·5–3·0 kg were used.", "weight", "2.5–3 kg"),
        ("Mice weighed 20 +/- 2 g.", "weight", "20 ± 2 g"),
        ("Rats weighing 1 200 g were used.", "weight", "1200 g"),
        ("Nine-week-old mice were used.", "age", "9 weeks"),
    ],
)
def test_numbers_are_read_in_every_custom(text: str, field: str, value: str) -> None:
    assert value in found(text, field)


@given(st.integers(1, 9999))
def test_a_number_of_animals_comes_back(value: int) -> None:
    for written in (str(value), f"{value:,}"):
        assert str(value) in found(f"A total of {written} mice were used.", "n_total")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12-week", "12 weeks"),
        ("Five weeks", "5 weeks"),
        ("ten to twelve months", "10-12 months"),
        ("8–10 week", "8–10 weeks"),
        ("3- to 4-week", "3-4 weeks"),
    ],
)
def test_ages_read_as_a_reviewer_writes_them(text: str, value: str) -> None:
    assert age_value(text) == value


def test_the_numbers_of_several_groups_are_told_together_not_each_as_that_of_all() -> None:
    assert found("Rats got quellin (n = 8) or oil (n = 7).", "n_total") == {"15"}
    assert found("Rats got quellin (n = 8) or oil (n = 7).", "n_per_group") == {"8", "7"}
    assert found("Rats got quellin (n = 8).", "n_total") == {"8"}


def test_a_number_behind_a_number_of_groups_is_that_of_a_group() -> None:
    text = "The rats were divided into four groups (n = 9)."
    assert found(text, "n_per_group") == {"9"}
    assert found(text, "n_total") == {"36"}


def test_a_weight_that_is_compared_is_marked_as_a_result() -> None:
    text = "Body weight was 31 g in treated and 28 g in other mice (P < 0.01)."
    paper = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Results",), "results"),))
    assert {c.way for c in candidates_of(read(paper, []), LABELS)["weight"]} == {"weigh:compared"}
