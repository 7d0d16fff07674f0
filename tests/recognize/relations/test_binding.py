"""What belongs to a dose: its agent, its route and its schedule."""

from __future__ import annotations

import re
import time

import pytest

from vivex.document import Block, Document
from vivex.recognize.relations.binding import _LIST_END, bound
from vivex.recognize.relations.purpose import purposed
from vivex.recognize.spans import Span

MARKED = re.compile(r"\[(\w)\|([^\]]+)\]")
LETTERS = {"d": "dose", "r": "route", "s": "schedule", "a": "agent", "c": "cell"}


def doses(marked: str) -> list[dict[str, object]]:
    """Return the values of the doses of a paragraph with marked mentions."""
    text, spans, at = "", [], 0
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        value = {"text": match[2], "normal": match[2]}
        spans.append(Span(len(text), len(text) + len(match[2]), LETTERS[match[1]], value))
        text += match[2]
        at = match.end()
    text += marked[at:]
    document = Document("made", text, (Block("paragraph", 0, len(text)),))
    found = [s.value for s in bound(document, purposed(document, spans)) if s.label == "dose"]
    for value in found:
        places = value["bound"]
        for label, (start, end) in places.items():
            assert 0 <= start < end <= len(text)
            if label != "agent":
                assert text[start:end] == value[label]
    return [dict(v) for v in found]


@pytest.mark.parametrize(
    ("marked", "agents"),
    [
        ("Rats got [d|5 mg/kg] [a|telomin] and [d|10 mg/kg] [a|borane].", ["telomin", "borane"]),
        ("[a|Telomin] ([d|5 mg/kg]) or [a|borane] ([d|10 mg/kg]) was given.", ["Telomin", "borane"]),
        ("Rats got [d|5 mg/kg] [12] of [a|telomin].", ["telomin"]),
        ("Rats got [d|5 mg/kg] (3,4) of [a|telomin], others [d|9 mg/kg] [7-9] of [a|borane].", ["telomin", "borane"]),
        ("[a|Telomin] was dissolved in 10% [a|DMSO] and given at [d|5 mg/kg].", ["Telomin"]),
        ("[a|Telomin], suspended in [a|saline], was injected at a dose of [d|5 mg/kg].", ["Telomin"]),
        ("[a|Telomin] emulsified in [a|corn oil] ([d|5 mg/kg]) was given.", ["Telomin"]),
        ("[a|Telomin] diluted with sterile [a|water] was given at [d|2 g/kg].", ["Telomin"]),
        ("[a|Borane] was reconstituted in [a|PBS] to [d|3 mg/kg].", ["Borane"]),
        ("Knees got [d|10 µL] of [d|5 mg/mL] [a|telomin].", ["telomin", "telomin"]),
        ("Rats got [d|25 mg], [d|50 mg] and [d|100 mg/kg] of [a|telomin].", ["telomin"] * 3),
        ("[a|Telomin] ([d|25 mg/kg], [d|50 mg/kg], and [d|100 mg/kg]) was given.", ["Telomin"] * 3),
        ("In sum [d|2 mg/kg] for [a|telomin], [d|5 mg/kg] for [a|borane].", ["telomin", "borane"]),
        ("Controls got [d|0.2 mL] of [a|saline].", ["saline"]),
        ("[a|Telomin] was milled. It was suspended in [a|saline] and given at [d|9 mg/kg].", ["Telomin"]),
    ],
)
def test_the_agent_of_each_dose(marked: str, agents: list[str]) -> None:
    assert [v["agent"] for v in doses(marked)] == agents


@pytest.mark.parametrize(
    ("marked", "each"),
    [
        (
            "Rats got [a|AB-1], [a|AB-2] and [a|AB-3] at [d|5, 10 and 20 mg/kg], respectively.",
            [("5", "AB-1"), ("10", "AB-2"), ("20 mg/kg", "AB-3")],
        ),
        (
            "[a|Telomin] and [a|borane] were given at doses of [d|1 and 3 mg/kg], respectively.",
            [("1", "Telomin"), ("3 mg/kg", "borane")],
        ),
        ("Mice got [a|ketamine]/[a|xylazine] ([d|100/10 mg/kg]).", [("100", "ketamine"), ("10 mg/kg", "xylazine")]),
        ("Mice got ketamine/xylazine ([d|80/8 mg/kg]).", [("80", "ketamine"), ("8 mg/kg", "xylazine")]),
        ("Mice got [a|TX]/[a|TY] ([d|4/2 mg/kg]) orally.", [("4", "TX"), ("2 mg/kg", "TY")]),
        (
            "[a|AA], [a|BB] or [a|CC] ([d|1, 2 or 3 mg/kg], respectively) was injected.",
            [("1", "AA"), ("2", "BB"), ("3 mg/kg", "CC")],
        ),
    ],
)
def test_amounts_told_one_by_one(marked: str, each: list[tuple[str, str]]) -> None:
    (value,) = doses(marked)
    found = value["each"]
    assert isinstance(found, list)
    assert [(e["dose"], e["agent"]) for e in found] == each
    assert value["agent"] == ", ".join(agent for _, agent in each)


def test_each_dose_of_its_own_with_respectively() -> None:
    found = doses("[a|Telomin] and [a|borane] were given at [d|1 mg/kg] and [d|3 mg/kg], respectively.")
    assert [v["agent"] for v in found] == ["Telomin", "borane"]


@pytest.mark.parametrize(
    ("marked", "routes"),
    [
        ("Rats got [d|5 mg/kg] [a|AB] [r|orally] and [d|9 mg/kg] [a|BC] [r|i.p.].", ["orally", "i.p."]),
        ("After [d|10 mg/kg] [a|AB] [r|s.c.], knees were injected with [d|10 µL] of [a|TX].", ["s.c.", ""]),
        ("[a|AB] ([d|5 mg/kg], [r|i.p.]) and [a|BC] ([d|9 mg/kg], [r|p.o.]) were given.", ["i.p.", "p.o."]),
        ("[a|AB] was given at [d|5 mg/kg]. All were treated [r|by gavage].", ["by gavage"]),
        ("Rats got [a|AB] at [d|5 mg/kg] or [a|BC] at [d|7 mg/kg]. Both drugs were given [r|i.v.].", ["i.v.", "i.v."]),
        ("[a|AB] was given [r|by gavage]. The doses were [d|5 mg/kg] and [d|7 mg/kg].", ["by gavage", "by gavage"]),
        ("[a|AB] ([d|5 mg/kg]) was given. Blood was taken from the [r|tail vein].", [""]),
        ("[a|AB] ([d|5 mg/kg]) was given. Rats were anaesthetised with ketamine [r|i.p.].", [""]),
        ("Mice were fed a diet with [d|2%] [a|AB].", ["diet"]),
        ("[a|AB] was given at [d|5 mg/kg]. [a|BC] was injected [r|i.v.].", [""]),
    ],
)
def test_the_route_of_each_dose(marked: str, routes: list[str]) -> None:
    assert [v["route"] for v in doses(marked)] == routes


@pytest.mark.parametrize(
    ("marked", "schedules"),
    [
        ("Rats got [d|5 mg/kg] [a|AB] [s|once daily].", ["once daily"]),
        ("Rats got [d|5 mg/kg] [a|AB] [s|once daily] [s|for 4 weeks].", ["once daily for 4 weeks"]),
        ("[a|AB] was given at [d|5 mg/kg]. All were treated [s|twice a week].", ["twice a week"]),
        ("Rats got [a|AB] at [d|5 mg/kg]. Rats were weighed [s|once a week].", [""]),
        (
            "Rats got [a|AB] ([d|5 mg/kg]) [s|every day], others [a|BC] ([d|2 mg/kg]) [s|weekly].",
            ["every day", "weekly"],
        ),
    ],
)
def test_the_schedule_of_each_dose(marked: str, schedules: list[str]) -> None:
    assert [v["schedule"] for v in doses(marked)] == schedules


def test_cells_are_the_agent_of_a_number_of_cells() -> None:
    (value,) = doses("Mice were injected with [d|2 × 10^6 cells] of the line [c|AB-12].")
    assert value["agent"] == "AB-12"


def test_cells_that_nothing_names_are_cells() -> None:
    assert doses("Two groups of fish were infected with [d|10^5 cells].")[0]["agent"] == "cells"


def test_how_sure_a_binding_is_falls_with_its_distance() -> None:
    near = doses("Rats got [d|5 mg/kg] [a|AB] [r|i.p.].")[0]["bound_confidence"]
    far = doses("Rats got [d|5 mg/kg] [a|AB]. All were treated [r|by gavage].")[0]["bound_confidence"]
    assert isinstance(near, dict)
    assert isinstance(far, dict)
    assert near["route"] > far["route"] > 0


def test_a_long_list_before_a_dose_does_not_hang() -> None:
    begin = time.process_time()
    for item in (", ", " , and", "; or ", " to"):
        _LIST_END.search(item * 200 + "x")
    assert time.process_time() - begin < 2


def test_a_table_s_row_gives_nothing_to_the_next_and_a_cell_names_its_own() -> None:
    text = (
        "Group\tGiven\tRoute\noil\tcorn oil 2 mL/kg\toral gavage\n"
        "T9\tT9-balls 4 mg/kg\tinto the knee\nT8\t6 mg/kg\tinto the knee\n"
    )
    places = (("corn oil", "agent"), ("2 mL/kg", "dose"), ("oral gavage", "route"), ("4 mg/kg", "dose"))
    places += (("into the knee", "route"), ("6 mg/kg", "dose"))
    spans = [Span(text.index(w), text.index(w) + len(w), label, {"normal": w}) for w, label in places]
    document = Document("made", text, (Block("table", 0, len(text)),))
    found = [s.value for s in bound(document, spans) if s.label == "dose"]
    assert [(v["agent"], v["route"]) for v in found] == [
        ("corn oil", "oral gavage"),
        ("T9-balls", "into the knee"),
        ("", ""),
    ]


@pytest.mark.parametrize(
    ("marked", "agents"),
    [
        ("Rats got [a|vehicle] and three doses ([d|2 mg/kg] and more).", [""]),
        ("Rats got [a|saline] or [a|telomin] ([d|2 mg/kg]).", ["telomin"]),
        ("Rats got [a|saline] ([d|2 mL/kg]) or [a|telomin] ([d|2 mg/kg]).", ["saline", "telomin"]),
    ],
)
def test_a_vehicle_is_given_by_volume(marked: str, agents: list[str]) -> None:
    assert [v["agent"] for v in doses(marked)] == agents


def test_the_way_of_cells_in_the_sentence_before_is_not_that_of_a_drug() -> None:
    (dose,) = doses("[c|T9 cells] were put [r|into the knee]. Later mice got [a|telomin] at [d|2 mg/kg].")
    assert dose["route"] == ""
    (dose,) = doses("It was put [r|into the knee]. Later mice got [a|telomin] at [d|2 mg/kg].")
    assert dose["route"] == "into the knee"
