from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivex.codebook import template
from vivex.document import Block, Document, Section
from vivex.errors import MalformedFile, MissingModel
from vivex.labels import entity_labels
from vivex.recognize import make_entities
from vivex.recognize.entities import Entities, uncut
from vivex.recognize.kinds import finders
from vivex.recognize.other_meanings import without_other_meanings
from vivex.recognize.spans import Span, longest

TEXT = (
    "Male Sprague-Dawley rats with DMM surgery received SMSC-derived exosomes (1×10^11 particles/mL, 100 µL) by "
    "intra-articular "
    "injection once weekly for 4 weeks. miR-140-5p and IL-1β expression were measured in chondrocytes, and the OARSI "
    "score too."
)


def test_every_label_of_a_typical_sentence():
    found = Entities(finders())(Document("s", TEXT))
    quotes = {(a.label, a.evidence[0].quote) for a in found}
    for expected in (
        ("strain", "Sprague-Dawley"),
        ("species", "rats"),
        ("model", "DMM surgery"),
        ("dose", "100 µL"),
        ("dose", "1×10^11 particles/mL"),
        ("route", "intra-articular injection"),
        ("mirna", "miR-140-5p"),
        ("gene", "IL-1β"),
        ("cell", "chondrocytes"),
        ("outcome", "OARSI score"),
        ("schedule", "once weekly for 4 weeks"),
    ):
        assert expected in quotes
    assert {a.label for a in found} <= set(entity_labels())
    assert all({"text", "normal"} <= set(a.value) and a.source.startswith("grammar:") for a in found)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="miRat -0159/kgIL,()αβ.\nµ×^", max_size=120))
def test_evidence_is_the_text_it_quotes(text):
    for a in Entities(finders())(Document("s", text)):
        e = a.evidence[0]
        assert text[e.start : e.end] == e.quote == a.value["text"]


def test_references_and_page_furniture_are_not_read():
    text = "Rats ran.\nRats in a title."
    blocks = (Block("paragraph", 0, 9, 0), Block("reference", 10, len(text), 0))
    document = Document("s", text, blocks, (Section(("Results",), "results"),))
    assert [a.evidence[0].start for a in Entities(finders())(document) if a.label == "species"] == [0]


def test_a_model_takes_its_labels_and_is_named_as_source():
    class Model:
        source = "model:ner@00000000"

        def __call__(self, document):
            return [("agent", 0, 4, 0.75)]

    found = Entities({}, Model())(Document("s", "Zeta was given."))
    assert [(a.label, a.source, a.confidence) for a in found] == [("agent", "model:ner@00000000", 0.75)]


@pytest.mark.parametrize(
    ("choice", "error", "words"),
    [
        ({"gene": "spacy:no_such_model_of_ours"}, MissingModel, "no_such_model_of_ours"),
        ({"gene": "crystal ball"}, MalformedFile, "spacy:"),
        ({"weather": "spacy:x"}, MalformedFile, "weather"),
    ],
)
def test_a_chosen_model_that_cannot_be_had_is_named(choice, error, words):
    with pytest.raises(error, match=words):
        make_entities(params={"models": choice}, models=Path("nowhere"), codebook=template("invivo"))


def test_a_chosen_spacy_model_takes_its_label(tmp_path):
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GENE", "pattern": "Zyx"}])
    nlp.to_disk(tmp_path / "toy")
    annotate = make_entities(
        params={"models": {"gene": f"spacy:{tmp_path / 'toy'}"}}, models=Path("nowhere"), codebook=template("invivo")
    )
    found = [a for a in annotate(Document("s", "Zyx and IL-6 in rats.")) if a.label == "gene"]
    assert [a.evidence[0].quote for a in found] == ["Zyx"]
    assert found[0].source.startswith("model:spacy:")


def test_longest_wins():
    assert [s.end for s in longest([Span(0, 4, "x"), Span(0, 9, "x"), Span(10, 12, "x")])] == [9, 12]


def test_a_mention_does_not_leave_its_table_cell():
    text = "Group\tn\tDose\nLow\t10\t2 × 10⁸ particles\t8 µL\nHigh\t10\t5 mg/kg"
    document = Document("s", text, (Block("table", 0, len(text)),))
    quotes = {a.evidence[0].quote for a in Entities(finders())(document) if a.label == "dose"}
    assert {"2 × 10⁸ particles", "8 µL", "5 mg/kg"} <= quotes
    assert not [q for q in quotes if "\t" in q or "\n" in q]


@pytest.mark.parametrize("line", ["AGS", "THP-1", "HOS", "CT26", "HK-2"])
def test_a_cell_line_is_no_gene_of_its_name(line):
    document = Document("s", f"Mice bore {line} cells.")
    found = without_other_meanings(
        document,
        [
            Span(10, 10 + len(line), "cell", {}, "model:ner", 0.9),
            Span(10, 10 + len(line), "gene", {}, "grammar:gene@1", 0.9),
            Span(0, 4, "gene", {}, "grammar:gene@1", 0.9),
        ],
    )
    assert [(s.label, s.start) for s in found] == [("cell", 10), ("gene", 0)]


@pytest.mark.parametrize(
    ("text", "genes"),
    [
        ("The pre-miR and the miR were found.", []),
        ("Table S1 Primers. (PDF)", []),
        ("The 16S rRNA gene was sequenced.", []),
        ("Goat antibodies conjugated to horseradish peroxidase bound.", []),
        ("Neurons took up horseradish peroxidase.", ["horseradish peroxidase"]),
        ("Col2a1 was stable.", ["Col2a1"]),
    ],
)
def test_tools_of_a_method_are_no_genes(text: str, genes: list[str]) -> None:
    spans = list(finders()["gene"](text)) + ([Span(4, 12, "gene")] if "16S" in text else [])
    kept = without_other_meanings(Document("s", text), spans)
    assert [text[s.start : s.end] for s in kept] == genes


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("tobelin .75 mg/kg was", "75 mg/kg", ".75 mg/kg"),
        ("at 1,250 mg/kg", "250 mg/kg", "1,250 mg/kg"),
        ("(0\u00b75 mg)", "5 mg", "0\u00b75 mg"),
        ("12.5 mg", "2.5 mg", "12.5 mg"),
        ("given q2d for a month", "2d for a month", "q2d for a month"),
        ("twice in 12 days", "twice in 1", "twice in 12"),
        ("the rats.5 mg was", "5 mg", "5 mg"),
        ("miR-21 5 mg", "5 mg", "5 mg"),
        ("group 3, 5 mg", "5 mg", "5 mg"),
    ],
)
def test_no_mention_cuts_a_number(text: str, cut: str, whole: str) -> None:
    start = text.index(cut)
    first, last = uncut(text, start, start + len(cut))
    assert text[first:last] == whole
