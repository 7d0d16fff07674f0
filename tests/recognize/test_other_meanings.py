"""Tools of a method are no genes and no animals of the study; what is written alike and is one stays."""

from __future__ import annotations

import pytest

from vivex.document import Document
from vivex.recognize.kinds.gene import find_gene
from vivex.recognize.kinds.mirna import find_mirna
from vivex.recognize.kinds.species import find_species
from vivex.recognize.other_meanings import is_tool, of_reagent, without_other_meanings
from vivex.recognize.spans import Span

TOOLS = [
    ("We sequenced the [16S rRNA] of the caecum.", True),
    ("Antibodies coupled to [horseradish peroxidase] were used.", True),
    ("Roots of [horseradish peroxidase] were fed.", False),
    ("An [HRP]-conjugated antibody was added.", True),
    ("[HRP] was injected into the retina.", False),
    ("The protein carried a [FLAG] tag.", True),
    ("An [HA]-tagged receptor was expressed.", True),
    ("[Myc] was deleted in the liver.", False),
    ("The elav-[GAL4] line was crossed.", True),
    ("[GAL4] drivers were bought.", True),
    ("[Gal4] protein binds DNA.", False),
]
HOSTS = [
    ("[goat] anti-rabbit IgG", True),
    ("goat anti-[rabbit] IgG", True),
    ("[Rabbit] polyclonal antibodies", True),
    ("a [mouse] monoclonal antibody", True),
    ("[mouse] IgG2a was given", True),
    ("blocked in 5 % normal [goat] serum", True),
    ("[rat] serum levels of insulin rose", False),
    ("The [rats] were antibody negative", False),
    ("[mice] got the antibody", False),
    ("serum of a [rabbit] was drawn", False),
]


def _marked(sentence: str) -> tuple[str, int, int]:
    start, end = sentence.index("["), sentence.index("]") - 1
    return sentence.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(("sentence", "tool"), TOOLS)
def test_a_tool_is_no_gene(sentence: str, tool: bool) -> None:
    text, start, end = _marked(sentence)
    assert is_tool(text, start, end) is tool
    kept = without_other_meanings(Document("s", text), [Span(start, end, "gene")])
    assert bool(kept) is not tool


@pytest.mark.parametrize(("sentence", "host"), HOSTS)
def test_an_antibodys_host_is_marked_as_a_reagents(sentence: str, host: bool) -> None:
    text, start, end = _marked(sentence)
    assert of_reagent(text, start, end) is host
    (kept,) = without_other_meanings(Document("s", text), [Span(start, end, "species", {"normal": "x"})])
    assert kept.value == ({"normal": "x", "purpose": "bench"} if host else {"normal": "x"})


@pytest.mark.parametrize(
    "sentence",
    [
        "The pre-miR and the pri-miR were cloned; pre-miRs were counted.",
        "Figure S2 shows the library (PDF). A form (PDF) is enclosed.",
    ],
)
def test_words_of_other_things_are_no_genes(sentence: str) -> None:
    assert [sentence[s.start : s.end] for s in find_gene(sentence)] == []


def test_a_cell_lines_name_is_no_gene() -> None:
    text = "INS-1 cells and INS-1 were grown."
    spans = [Span(0, 5, "gene"), Span(0, 5, "cell"), Span(16, 21, "gene")]
    kept = without_other_meanings(Document("s", text), spans)
    assert [(s.start, s.label) for s in kept if s.start == 0] == [(0, "cell")]


@pytest.mark.parametrize("source", ["grammar:gene@1", "model:ner@0"])
def test_a_cell_lines_name_is_no_gene_elsewhere_in_the_paper(source: str) -> None:
    text = "HOS cells were grown, and HOS was split."
    spans = [Span(0, 9, "cell"), Span(0, 3, "gene", {}, source), Span(26, 29, "gene", {}, source)]
    assert [s.label for s in without_other_meanings(Document("s", text), spans)] == ["cell"]


@pytest.mark.parametrize("suffix", ["KO", "ko", "cKO", "TG", "Tg", "null", "KD", "WT", "-/-", "fl/fl"])
@pytest.mark.parametrize("name", ["miR-274", "miR-34a", "mir-146b"])
def test_a_genotype_is_no_part_of_a_mirna(name: str, suffix: str) -> None:
    text = f"The {name}{suffix} flies were weak."
    assert [text[s.start : s.end] for s in find_mirna(text)] == [name]


def test_a_host_found_by_the_grammar_keeps_its_name() -> None:
    text = "A rabbit antiserum against goat IgG stained rats."
    kept = without_other_meanings(Document("s", text), list(find_species(text)))
    assert [(s.value["normal"], s.value.get("purpose")) for s in kept] == [
        ("rabbit", "bench"),
        ("goat", "bench"),
        ("rat", None),
    ]


@pytest.mark.parametrize(
    ("defined", "short", "stays"),
    [
        ("caecal ligation and puncture (CLP)", "CLP", False),
        ("the medial prefrontal cortex (MPC)", "MPC", False),
        ("blood urea nitrogen (BUN)", "BUN", False),
        ("monosodium iodoacetate (MIA)", "MIA", False),
        ("slow wave sleep (SWS)", "SWS", False),
        ("brain-derived neurotrophic factor (BDNF)", "BDNF", True),
        ("matrix metalloproteinase 13 (MMP13)", "MMP13", True),
        ("smoothened (SMO)", "SMO", True),
    ],
)
def test_an_abbreviation_that_the_text_defines_otherwise_is_no_gene(defined: str, short: str, stays: bool) -> None:
    text = f"We studied {defined} in mice. Later {short} rose."
    start = text.rindex(short)
    span = Span(start, start + len(short), "gene", source="model:ner")
    assert bool(without_other_meanings(Document("s", text), [span])) is stays


@pytest.mark.parametrize(
    ("sentence", "stays"),
    [
        ("Mice had osteoarthritis (OA). [OA] was scored.", False),
        ("Rats had transverse aortic constriction (TAC). After [TAC] hearts grew.", False),
        ("In the [CLP+T] groups telomin was given.", False),
        ("In the [CLP+T]5 groups telomin was given.", False),
        ("[fasting glucose] was above the limit.", False),
        ("[fasting] for a day changed weight.", True),
        ("Metformin (MET) was given. [MET] lowered weight.", True),
        ("[telomin + borane] was given.", True),
    ],
)
def test_an_agent_is_given(sentence: str, stays: bool) -> None:
    text, start, end = _marked(sentence)
    assert bool(without_other_meanings(Document("s", text), [Span(start, end, "agent")])) is stays
