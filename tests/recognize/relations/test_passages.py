"""Sentences as the bindings see them, and lists that give each amount its own agent."""

from __future__ import annotations

import pytest
from marked_text import marked

from vivex.recognize.relations.passages import Passage, one_by_one, passages_of, without


def passages(text: str) -> tuple[str, list[Passage]]:
    """Return the words of a marked paragraph and its passages."""
    document, spans = marked(text)
    return document.reading, list(passages_of(document, spans))


def test_each_sentence_has_what_is_given_in_it() -> None:
    text, (first, second) = passages(
        "Rats got [d|5 mg/kg] [a|telomin] [r|orally] [s|twice daily]. Mice got [a|borane], [o|pain] fell."
    )
    assert [[text[s.start : s.end] for s in part] for part in (first.doses, first.routes, first.schedules)] == [
        ["5 mg/kg"],
        ["orally"],
        ["twice daily"],
    ]
    assert [a.name for a in first.agents] == ["telomin"]
    assert ([a.name for a in second.agents], second.doses) == (["borane"], ())


def test_clauses_count_from_one() -> None:
    text, (passage,) = passages("[a|Telomin] was given at [d|5 mg/kg]; [a|borane] was given at [d|9 mg/kg].")
    assert [passage.clause(d.start) for d in passage.doses] == [1, 2]
    assert passage.clause(text.index("borane")) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a|A1], [a|B1] and [a|C1] at [d|5, 10 and 20 mg/kg], respectively.", {0: ["a1", "b1", "c1"]}),
        ("[a|A1]/[a|B1] ([d|100/10 mg/kg]) was given.", {0: ["a1", "b1"]}),
        ("[a|A1] and [a|B1] at [d|5 mg/kg] and [d|9 mg/kg], respectively.", {0: ["a1"], 1: ["b1"]}),
        ("[a|A1] and [a|B1] at [d|5 and 9 mg/kg].", {}),  # both at both
        ("[a|A1] at [d|5 and 9 mg/kg], respectively.", {}),  # one agent, two groups
        ("[a|A1] and [a|B1] at [d|5, 7 and 9 mg/kg], respectively.", {}),
        ("[a|A1] and [a|B1]; rats at [d|5 and 9 mg/kg], respectively.", {}),
    ],
)
def test_amounts_told_one_by_one(text: str, told: dict[int, list[str]]) -> None:
    words, (passage,) = passages(text)
    found = one_by_one(words, passage)
    places = [d.start for d in passage.doses]
    assert {places.index(at): [a.name for a in agents] for at, agents in found.items()} == told


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("at [d|5 mg/kg] or more", "at  or more"),
        ("given [12, 13] and (3,4) seen", "given and seen"),
        ("given (5 mg) once", "given (5 mg) once"),
        ("no number", "no number"),
    ],
)
def test_words_without_doses_and_citations(text: str, rest: str) -> None:
    document, spans = marked(text)
    assert without(document.text, 0, len(document.text), spans) == rest
