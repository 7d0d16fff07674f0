"""What may be given at a dose, and what only carries it."""

from __future__ import annotations

import pytest
from marked_text import marked

from vivex.recognize.relations.clauses import by_sentence
from vivex.recognize.relations.given import Given, agents_given


def given(text: str) -> list[Given]:
    """Return what may be given in a marked sentence."""
    document, spans = marked(text)
    (sentence,) = by_sentence(document, spans)
    kinds = {label: [s for s in spans if s.label == label] for label in ("agent", "dose")}
    found = list(agents_given(document.reading, sentence, kinds["agent"], kinds["dose"]))
    assert [g.start for g in found] == sorted(g.start for g in found)
    assert all(0 <= g.start < g.end <= len(document.text) for g in found)
    return found


@pytest.mark.parametrize(
    ("text", "solvents"),
    [
        ("[a|Telomin] was dissolved in [a|saline] and given.", [False, True]),
        ("[a|Telomin] in [a|DMSO] was given.", [False, True]),
        ("[a|Telomin] suspended in 0.5% [a|carboxymethylcellulose] was given.", [False, True]),
        ("Rats got [a|telomin] with [a|borane].", [False, False]),
        ("Rats got [a|saline] or [a|telomin].", [False, False]),
    ],
)
def test_what_carries_another_is_a_solvent(text: str, solvents: list[bool]) -> None:
    assert [g.solvent for g in given(text)] == solvents


def test_agents_have_their_one_name() -> None:
    assert [g.name for g in given("[a|Telomin] was given.")] == ["telomin"]


def test_anaesthetics_are_seen_by_a_dose_alone() -> None:
    (found,) = given("Rats were anaesthetised with ketamine ([d|80 mg/kg]).")
    assert (found.name, found.purpose) == ("ketamine", "anaesthesia")
    assert given("Rats were anaesthetised with ketamine.") == []


def test_an_anaesthetic_that_is_a_mention_is_one() -> None:
    assert len(given("Rats got [a|ketamine] at [d|80 mg/kg].")) == 1


@pytest.mark.parametrize("dose", ["1 \u00d7 10^6 cells", "2 million", "10\u2076 cells"])
def test_cells_are_given_by_their_number(dose: str) -> None:
    assert [g.name for g in given(f"Knees got [c|stromal cells] at [d|{dose}].")] == ["stromal cells"]


def test_cells_are_not_given_by_a_mass() -> None:
    assert "stromal cells" not in [g.name for g in given("[c|Stromal cells] saw [d|5 mg/kg] of [a|telomin].")]


def test_rays_are_given_by_their_unit() -> None:
    assert [g.name for g in given("Whole-body irradiation was [d|4 Gy].")] == ["irradiation"]
    assert given("Whole-body irradiation lasted [d|5 mg].") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rats got [d|100 \u00b5g] Borane-TX in water.", ["Borane-TX"]),
        ("Rats got [d|5 mg] of the borazine.", ["borazine"]),
        ("Rats got [d|2 \u00b5g/g] body weight.", []),
        ("Rats got [d|2 \u00b5g/g] [a|body weight].", []),
        ("Antibody T7 (clone 1; Maker) was diluted and injected at a dose of [d|5 mg/kg].", ["Antibody T7"]),
        ("Rats were weighed and injected at [d|5 mg/kg].", []),
        ("Abc/d mice were injected with [d|5 mg/kg].", []),
        ("Rats in group A were injected with [d|5 mg/kg].", []),
        ("Rats got [d|5 mg/kg] [a|2LD 50] at once.", []),
        ("The drug solution was given at [d|5 mg/kg].", []),
    ],
)
def test_what_follows_a_dose_or_is_the_subject_is_given(text: str, names: list[str]) -> None:
    assert [g.name for g in given(text)] == names


def test_a_vehicle_that_holds_another_is_a_solvent() -> None:
    assert [g.solvent for g in given("Rats got [d|1 mL] [a|PBS] containing [d|5 mg] [a|telomin].")] == [True, False]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rats got [a|QX-1], QX-2 and [a|QX-3] at [d|5 mg/kg].", ["QX-1", "QX-2", "QX-3"]),
        ("Rats got [a|QX-1], QX-2, telomin or [a|QX-3] at [d|5 mg/kg].", ["QX-1", "QX-2", "telomin", "QX-3"]),
        ("Rats got [a|QX-1], food and [a|QX-3] at [d|5 mg/kg].", ["QX-1", "QX-3"]),
        ("Rats got [a|QX-1], in cages for QX-2 and [a|QX-3] at [d|5 mg/kg].", ["QX-1", "QX-3"]),
        ("Rats got [a|QX-1], QX-2 and [a|QX-3].", ["QX-1", "QX-3"]),
    ],
)
def test_a_name_between_two_agents_of_a_list_is_given_too(text: str, names: list[str]) -> None:
    assert [g.name.upper() for g in given(text)] == [n.upper() for n in names]


def test_tracers_are_given_though_no_model_marked_them() -> None:
    assert [(g.name, g.purpose) for g in given("Rats got [d|200 µl] of Evans blue.")] == [("Evans blue", "test")]
    assert given("Evans blue was seen.") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mice got [d|10 µg] [a|Tetracolor 5] conjugated anti-QX-4 antibody.", ["anti-QX-4 antibody"]),
        ("Mice got [d|10 µg] of [a|Tetracolor]-labelled [a|telomin].", ["telomin"]),
        ("Mice got [d|10 µg] of [a|Tetracolor]-labelled beads.", ["tetracolor"]),
    ],
)
def test_what_bears_a_label_is_given_and_not_the_label(text: str, names: list[str]) -> None:
    assert [g.name for g in given(text)] == names
