"""The rows of the interventions table and of what microRNAs act on."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, evidence
from vivex.document import Block, Document, Section
from vivex.extract.interventions import intervention_rows, target_rows
from vivex.extract.reading import Candidate, Reading, read
from vivex.extract.value_features import Group

TEXT = "Rats received quellin 5 mg/kg or metarin 8 mg/kg by gavage. miR-77 lowered Abc1 in the liver of these rats."
PAPER = Document("s", TEXT, (Block("paragraph", 0, len(TEXT), 0),), (Section(("Methods",), "methods"),))


def place(field: str, words: str, **bound: str) -> Candidate:
    start = TEXT.index(words)
    value = bound.pop("name", "") or words
    return Candidate(field, value, start, start + len(words), 0, "mention:x", **bound)  # type: ignore[arg-type]


def value(field: str, words: str, *, key: str = "", **bound: str) -> Group:
    return Group(field, key or words, (place(field, words, **bound),), (1.0,))


def reading(*mentions: Annotation) -> Reading:
    return read(PAPER, mentions)


def test_a_row_is_one_agent_with_its_own_dose_in_its_group() -> None:
    chosen = {
        "intervention": [value("intervention", "quellin"), value("intervention", "metarin")],
        "dose": [
            value("dose", "5 mg/kg", agent="Quellin", group="low"),
            value("dose", "8 mg/kg", agent="metarin", group="met"),
        ],
        "route": [value("route", "gavage", name="oral gavage", purpose="treatment")],
    }
    rows = intervention_rows(reading(), chosen)
    assert [(r["intervention"], r["dose"], r["route"], r["group"]) for r in rows] == [
        ("quellin", "5 mg/kg", "oral gavage", "low"),
        ("metarin", "8 mg/kg", "oral gavage", "met"),
    ]
    assert rows[0]["quote"] == TEXT[: TEXT.index(" miR")]


def test_an_agent_that_no_dose_is_bound_to_has_a_row_of_its_own() -> None:
    chosen = {
        "intervention": [value("intervention", "quellin"), value("intervention", "metarin")],
        "dose": [value("dose", "5 mg/kg", agent="quellin")],
    }
    rows = intervention_rows(reading(), chosen)
    assert [(r["intervention"], r["dose"]) for r in rows] == [("quellin", "5 mg/kg"), ("metarin", "")]
    assert intervention_rows(reading(), {}) == []


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("hydrochloride", ""),  # of quellin or of metarin: nobody says
        ("quellin", "quellin hydrochloride"),
        ("metarin hydrochloride", "metarin hydrochloride"),
        ("inhibitor", "kinase inhibitor K"),  # the only one
        ("kinase", "kinase inhibitor K"),
        ("antibody", ""),
        ("sodium oltate", "sodium oltate"),
    ],
)
def test_a_word_that_names_no_agent_is_none_of_several(agent: str, name: str) -> None:
    given = [("5 mg/kg", "quellin hydrochloride"), ("8 mg/kg", "metarin hydrochloride"), ("rats", "kinase inhibitor K")]
    chosen = {
        "intervention": [value("intervention", words, name=said, key=said) for words, said in given],
        "dose": [value("dose", "5 mg/kg", agent=agent)],
    }
    (row,) = [r for r in intervention_rows(reading(), chosen) if r["dose"]]
    assert row["intervention"] == name


def test_a_dose_of_a_test_or_without_purpose_gives_no_row_where_another_place_says_what_for() -> None:
    members = (
        place("dose", "8 mg/kg", agent="glucose", purpose="test"),
        place("dose", "8 mg/kg", agent="metarin"),
        place("dose", "8 mg/kg", agent="metarin", purpose="treatment"),
    )
    rows = intervention_rows(reading(), {"dose": [Group("dose", "8 mg/kg", members, (1.0, 0.5, 0.2))]})
    assert [(r["intervention"], r["purpose"]) for r in rows] == [("metarin", "treatment")]


def test_a_target_is_given_once_with_direction_and_sentence() -> None:
    start, end = TEXT.index("miR-77"), len(TEXT)
    targets = [
        {"gene": "Abc1", "direction": "", "start": start, "end": end, "quote": "", "confidence": 0.5},
        {"gene": "Abc1", "direction": "down", "start": start, "end": end, "quote": "", "confidence": 0.9},
    ]
    mention = Annotation("s", "mirna", {"normal": "miR-77", "targets": targets}, (evidence(PAPER, start, start + 6),))
    (row,) = target_rows(reading(mention))
    assert (row["mirna"], row["target_gene"], row["direction"], row["sentences"]) == ("miR-77", "Abc1", "down", 1)
    assert row["quote"] == TEXT[start:end]
