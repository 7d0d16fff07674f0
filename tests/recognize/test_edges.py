"""Mentions begin and end with whole words and quantities; thresholds and animals' weights are no doses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Document
from vivex.recognize.edges import with_whole_edges
from vivex.recognize.spans import Span

DOSES = [
    ("Telomin was infused at 5, [10 or 20 µg/kg/h].", "5, 10 or 20 µg/kg/h"),
    ("Rats got borane [25], 50 and 100 mg/kg by gavage.", "25, 50 and 100 mg/kg"),
    ("Telomin at 0.1, [0.5] or 2 mg/L was tested.", "0.1, 0.5 or 2 mg/L"),
    ("Telomin (2 to [4 mg/kg]) was given.", "2 to 4 mg/kg"),
    ("A dose of 5 ± [1 mg/kg] was given.", "5 ± 1 mg/kg"),
    ("RvT[9 10 ng] was given.", "10 ng"),
    ("Mice got [5 mg/kg] of telomin.", "5 mg/kg"),
    ("Goats got saline on days 2 and [9 and 15 mg/kg] telomin on days 4 and 11.", "15 mg/kg"),
]
NO_DOSES = [
    "Rats with glucose above [16.7 mmol/L] were used.",
    "Mice whose glucose was ≥ [250 mg/dL] were used.",
    "Flow had to fall below [20%] of baseline.",
    "Animals with a cut-off of > [30%] were kept.",
    "Rabbits with pressure under < [90 mg/mL] were left out.",
    "Wistar rats ([200 ± 20 g]) were bought.",
    "Mice weighing [20-25 g] were used.",
    "Piglets (initial weight [6.8 kg]) were fed.",
    "Gerbils of [60 g] body weight were used.",
    "Tissue loss was [25] (11)% after saline.",
    "We used [14] 2N unsupplemented mice.",
]
STAYING = [
    "Mice got more than [5 mg/kg] of telomin.",
    "Glucose ([10 g]) was dissolved and given.",
    "Mice got [250] pupae.",
]


def read(marked: str, label: str) -> list[str]:
    """Return the words of the mention that is marked in brackets, as the edges leave it."""
    start, end = marked.index("["), marked.index("]") - 1
    text = re.sub(r"[\[\]]", "", marked)
    return [text[s.start : s.end] for s in with_whole_edges(Document("s", text), [Span(start, end, label)])]


@pytest.mark.parametrize(("marked", "whole"), DOSES)
def test_a_dose_is_the_whole_quantity(marked: str, whole: str) -> None:
    assert read(marked, "dose") == [whole]


@pytest.mark.parametrize("marked", NO_DOSES)
def test_what_is_none_is_no_dose(marked: str) -> None:
    assert read(marked, "dose") == []


@pytest.mark.parametrize("marked", STAYING)
def test_other_doses_stay(marked: str) -> None:
    assert read(marked, "dose") == [marked[marked.index("[") + 1 : marked.index("]")]]


@pytest.mark.parametrize(
    ("marked", "whole"),
    [
        ("Mice got [RvT]9 in saline.", "RvT9"),
        ("Mice got Rv[T9] in saline.", "RvT9"),
        ("Mice got\n[telomin] in saline.", "telomin"),
        ("Mice got [telomin] 20 mg/kg.", "telomin"),
        ("Mice got [resolvin T9].", "resolvin T9"),
    ],
)
def test_an_agent_is_whole_words(marked: str, whole: str) -> None:
    assert read(marked, "agent") == [whole]


def test_an_agent_ends_before_its_dose() -> None:
    text = "Mice got telomin 20, 60 or 180 mg/kg."
    spans = [Span(9, 19, "agent"), Span(21, 36, "dose")]
    assert [(s.label, text[s.start : s.end]) for s in with_whole_edges(Document("s", text), spans)] == [
        ("agent", "telomin"),
        ("dose", "20, 60 or 180 mg/kg"),
    ]


def test_no_gene_is_cut_out_of_a_strain() -> None:
    text = "Qb65Dn mice and Qb65 protein"
    spans = [Span(0, 4, "gene"), Span(0, 6, "strain"), Span(16, 20, "gene")]
    kept = with_whole_edges(Document("s", text), spans)
    assert [(s.label, s.start) for s in kept] == [("strain", 0), ("gene", 16)]


@pytest.mark.parametrize(
    ("marked", "phrase"),
    [
        ("[Body weight didn't differ] between groups.", "Body weight"),
        ("Both drugs reduced [proteinuria alike].", "proteinuria"),
        ("[Telomin lowered the infarct volume] by half.", "infarct volume"),
        ("[Grip strength fell] by a third.", "Grip strength"),
        ("We assayed [C-terminal peptide (CTX] by ELISA.", "C-terminal peptide"),
        ("We assayed [C-terminal peptide (CTX]) by ELISA.", "C-terminal peptide (CTX)"),
        ("It changed [muscle and] memory.", "muscle"),
        ("[latency to fall] rose.", "latency to fall"),
    ],
)
def test_an_outcome_is_a_noun_phrase(marked: str, phrase: str) -> None:
    assert read(marked, "outcome") == [phrase]


WORDS = st.text("ab1 (),.%/≥5mgk-\n", min_size=1, max_size=40)


@given(WORDS, st.data(), st.sampled_from(["dose", "agent", "gene", "outcome", "route"]))
def test_edges_stay_in_the_text(text: str, data: st.DataObject, label: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for span in with_whole_edges(Document("s", text), [Span(start, end, label)]):
        assert 0 <= span.start < span.end <= len(text)
