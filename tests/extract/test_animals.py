"""Candidates for the animals' fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Block, Document, Section
from vivex.extract import animals as fields_animals
from vivex.extract import results as fields_results
from vivex.extract import treatment as fields_treatment
from vivex.extract.animals import age_value, figures, number
from vivex.extract.reading import read


def found(text: str, field: str) -> set[str]:
    paper = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods", "Animals"), "methods"),))
    modules = (fields_animals, fields_treatment, fields_results)
    return {c.value for m in modules for c in m.candidates(read(paper, [])) if c.field == field}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Thirty-two male Wistar rats (8 weeks old, 210–240 g) were bought from a breeder.", "n_total", "32"),
        ("Thirty-two male Wistar rats (8 weeks old, 210–240 g) were bought from a breeder.", "age", "8 weeks"),
        ("Thirty-two male Wistar rats (8 weeks old, 210–240 g) were bought from a breeder.", "weight", "210–240 g"),
        ("Thirty-two male Wistar rats (8 weeks old, 210–240 g) were bought from a breeder.", "sex", "male"),
        ("Thirty-two male Wistar rats (8 weeks old, 210–240 g) were bought from a breeder.", "strain", "Wistar"),
        ("We studied 8- to 12-week-old C57BL/6J mice of both sexes.", "age", "8-12 weeks"),
        ("We studied 8- to 12-week-old C57BL/6J mice of both sexes.", "sex", "both"),
        ("We studied 8- to 12-week-old C57BL/6J mice of both sexes.", "strain", "C57BL/6J"),
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
        ("Exosomal miR-140-5p lowered the scores.", "mirna", "miR-140-5p"),
        ("The sham group was compared with vehicle-treated rats.", "groups", "sham"),
        ("Twelve rats (7 males and 5 females) were used.", "sex", "both"),
        ("Animals were between 7 and 9 weeks of age.", "age", "7-9 weeks"),
        (
            "Diabetes was induced by an intraperitoneal injection of alloxan (150 mg/kg).",
            "induction",
            "intraperitoneal injection of alloxan 150 mg/kg",
        ),
        ("Rats had a high lipid pro\ufb01le after the high-fat diet.", "outcomes", "lipid profile"),
        ("A rat model of knee osteoarthritis was used.", "disease_model", "knee osteoarthritis"),
    ],
)
def test_the_value_is_among_the_candidates(text: str, field: str, value: str) -> None:
    assert value in found(text, field)


def test_antibodies_and_concentrations_are_no_animals_or_weights() -> None:
    assert found("Sections were stained with a rabbit anti-collagen antibody.", "species") == set()
    assert found("Rats weighing between 90 and 120 g were bought as adult animals.", "n_total") == set()
    assert found("Mice of this body weight received 20 mg/kg.", "weight") == set()


@given(st.integers(1, 99))
def test_numbers_in_words_and_digits_agree(value: int) -> None:
    words = {v: k for k, v in fields_animals.WORDS.items()}
    text = words.get(value) or f"{words[value // 10 * 10]}-{words[value % 10]}"
    assert number(text) == number(str(value)) == value
    assert figures(text) == str(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12-week", "12 weeks"), ("five weeks", "five weeks"), ("8–10 week", "8-10 weeks"), ("3- to 4-week", "3-4 weeks")],
)
def test_ages_read_as_a_reviewer_writes_them(text: str, value: str) -> None:
    assert age_value(text) == value
