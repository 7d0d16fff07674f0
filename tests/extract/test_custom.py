"""Fields that a review defines itself."""

from __future__ import annotations

from collections.abc import Sequence

from vivex.annotation import Annotation, evidence
from vivex.codebook import Field
from vivex.document import Block, Document, Section
from vivex.extract.custom import propose_custom, quote_span, values_said
from vivex.extract.reading import Line, read

TEXT = (
    "Cages held three rats and were enriched with tunnels. "
    "Exosomes were isolated by ultracentrifugation and seen by TEM. "
    "Their mean diameter was 105 nm. "
    "Synovial fibroblasts were cultured, and exosomes were taken from their medium."
)
PAPER = Document("s", TEXT, (Block("paragraph", 0, len(TEXT), 0),), (Section(("Methods",), "methods"),))


def values(field: Field, mentions: list[Annotation] | None = None) -> list[str]:
    return [a.value for a in propose_custom(read(PAPER, mentions or []), field, sure)[0]]


def sure(features: Sequence[float]) -> float:
    return 0.8


def test_allowed_values_are_found_by_their_synonyms() -> None:
    allowed = ("transmission electron microscopy", "nanoparticle tracking analysis")
    field = Field("seen_by", "How?", "category", allowed, synonyms={allowed[0]: ("TEM",)}, keywords=("exosomes",))
    assert values(field) == ["transmission electron microscopy"]


def test_a_number_stands_beside_its_unit() -> None:
    assert values(Field("size", "Which size?", "number", keywords=("nm",))) == ["105 nm"]


def test_keywords_alone_quote_the_sentence() -> None:
    field = Field("enrichment", "Enriched?", "quote", keywords=("enriched",))
    (only,), _ = propose_custom(read(PAPER, []), field, sure)
    assert only.value.startswith("Cages held")
    assert only.evidence[0].quote in TEXT
    assert only.label == "form.enrichment"
    assert only.source == "fields:enrichment@3"


def test_labels_give_the_mentions_of_sentences_with_a_keyword() -> None:
    start = TEXT.index("Synovial fibroblasts")
    cell = Annotation(
        "s",
        "cell",
        {"text": "Synovial fibroblasts", "normal": "synovial fibroblast"},
        (evidence(PAPER, start, start + 20),),
    )
    assert values(Field("cells", "Which cells?", labels=("cell",), keywords=("exosomes",)), [cell]) == [
        "synovial fibroblast"
    ]
    assert values(Field("cells", "Which cells?", labels=("cell",), keywords=("tunnels",)), [cell]) == []


def test_a_paper_that_says_nothing_gets_no_proposal() -> None:
    assert values(Field("joint", "Which joint?", "category", ("knee",))) == []


def test_a_long_sentence_is_cut_around_the_value() -> None:
    text = " ".join(f"word{i}" for i in range(150))
    line = Line(0, 100, 100 + len(text), text, "methods", "text", "", 0.1, [])
    at = 100 + text.index("word120")
    start, end = quote_span(line, at, at + 7)
    cut = text[start - 100 : end - 100]
    assert "word120" in cut
    assert len(cut.split()) == 60


def test_a_doubtful_category_is_kept_as_an_alternative() -> None:
    field = Field("made_by", "How?", "category", ("ultracentrifugation",), many=False)
    values, others = propose_custom(read(PAPER, []), field, lambda features: 0.1)
    assert values == []
    assert [(a.value, a.confidence) for a in others] == [("ultracentrifugation", 0.1)]


MARKED = (
    "## Introduction\nCD34 marks other cells. "
    "## Methods\nThe cells were positive for CD44, CD73 and CD90. Those sorted for CD44 were kept."
)


def marked() -> Document:
    begin = MARKED.index("## Methods")
    blocks = (Block("paragraph", 16, begin, 0), Block("paragraph", begin + 11, len(MARKED), 1))
    return Document("s", MARKED, blocks, (Section(("Introduction",), "introduction"), Section(("Methods",), "methods")))


def test_all_the_values_that_may_hold_at_once_are_shown_however_doubtful() -> None:
    field = Field("markers", "Which?", "category", ("CD34", "CD90", "CD44", "CD73", "CD105"))
    values, others = propose_custom(read(marked(), []), field, lambda features: 0.1)
    assert sorted(a.value for a in values) == ["CD44", "CD73", "CD90"]
    assert [a.value for a in others] == ["CD34"]  # said of other cells, in the introduction


def test_values_stand_in_order_of_confidence_and_none_is_certain() -> None:
    field = Field("markers", "Which?", "category", ("CD90", "CD44"))
    values, _ = propose_custom(read(marked(), []), field, lambda features: features[8])
    assert [(a.value, a.confidence) for a in values] == [("CD44", 0.99), ("CD90", 0.99)]


def test_each_of_several_values_is_judged_by_itself() -> None:
    every = ("CD90", "CD44", "CD73")
    several = values_said(read(marked(), []), Field("markers", "Which?", "category", every))
    lone = values_said(read(marked(), []), Field("markers", "Which?", "category", ("CD90",)))
    assert {s.value: s.features for s in several}["CD90"] == lone[0].features
