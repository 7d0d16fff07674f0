"""Means of sentences: lists in brackets, values in groups; what is not surely a group's is left."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, evidence
from vivex.document import Block, Document, Section
from vivex.extract.means.from_sentences import means_in_sentences, values_beside
from vivex.extract.reading import Reading, read
from vivex.group_means import read_mean, show_mean

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "It fell (vehicle: 24.1 ± 1.2 mm, n = 8; drug: 12.0 ± 0.9 mm, n = 7, p = 0.01).",
            [("vehicle", "24.1 ± 1.2", "mm", "8"), ("drug", "12.0 ± 0.9", "mm", "7")],
        ),
        (
            "It fell (Sham 24.1 ± 1.2, low 20 ± 2, high 12.0 ± 0.9).",
            [("Sham", "24.1 ± 1.2", "", ""), ("low", "20 ± 2", "", ""), ("high", "12.0 ± 0.9", "", "")],
        ),
        (
            "It was 24.1 ± 1.2 mm in the control group compared with 12.0 ± 0.9 mm in the drug group (n = 6 rats).",
            [("control", "24.1 ± 1.2", "mm", ""), ("drug", "12.0 ± 0.9", "mm", "")],
        ),
        (
            "It was 24 ± 1% in controls [n = 6] and 12 ± 1% in treated rats [n = 8].",
            [("controls", "24 ± 1", "%", "6"), ("treated", "12 ± 1", "%", "8")],
        ),
        ("It was 24 ± 1 in May and 12 ± 1 in June.", []),
        ("Rats weighed 24 ± 1 g.", []),
        ("It fell (IL-6: 24 ± 1; IL-8: 12 ± 1).", []),
        ("It rose from 24 ± 1 to 12 ± 1 in controls.", []),
        ("It fell (control: 24 ± 1; drug: 12 ± 1, 13 ± 1 and 14 ± 2).", []),
    ],
)
def test_values_beside_groups(text: str, values: list[tuple[str, str, str, str]]) -> None:
    assert [(b.group, b.value, b.unit, b.n) for b in values_beside(text, NONE)] == values


SAID = "At week 4 the paw width was less (vehicle: 9.5 ± 0.4 mm, n = 8; drug: 8.1 ± 0.3 mm, n = 7)."


def read_paper(methods: str, *, marked: bool = True) -> Reading:
    """Return a paper of Methods and one sentence of results, whose outcome is marked or not."""
    text = f"{methods}\n\n{SAID}"
    begin = len(methods) + 2
    document = Document(
        "made-2020",
        text,
        (Block("paragraph", 0, len(methods), 0), Block("paragraph", begin, len(text), 1)),
        (Section(("Methods",), "methods"), Section(("Results",), "results")),
    )
    at = text.index("paw width")
    outcome = Annotation("made-2020", "outcome", "paw width", (evidence(document, at, at + 9),))
    return read(document, (outcome,) if marked else ())


def test_a_sentence_with_one_outcome_is_read() -> None:
    methods = "Data are means ± SEM."
    reading = read_paper(methods)
    found = means_in_sentences(reading, NONE)
    assert [show_mean(f.said) for f in found] == [
        "paw width [mm], at week 4 | vehicle: 9.5 ± 0.4 SEM, n = 8",
        "paw width [mm], at week 4 | drug: 8.1 ± 0.3 SEM, n = 7",
    ]
    assert [reading.document.text[a:b] for a, b in found[0].places] == [SAID, methods]
    assert means_in_sentences(read_paper(methods, marked=False), NONE) == []  # no outcome is named


@pytest.mark.parametrize("error", ["SD", "SEM", "95% CI"])
def test_the_wording_is_read_back_whatever_the_error(error: str) -> None:
    found = means_in_sentences(read_paper(f"Data are means ± {error}."), NONE)
    assert [f.said.error_type for f in found] == [error, error]
    assert [read_mean(show_mean(f.said)) for f in found] == [f.said for f in found]
