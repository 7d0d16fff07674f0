"""Proposals for a whole (invented) paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.annotation import Annotation, evidence
from vivex.codebook import from_data, template
from vivex.document import Block, Document
from vivex.errors import MissingModel
from vivex.extract.looking import sized, targeted
from vivex.extract.propose import on_subject, propose, whole
from vivex.extract.reading import Candidate, read
from vivex.extract.value_features import Group
from vivex.forms.record import form_record
from vivex.parse import parse_bytes

PAPER = """# Curcumin eases knee osteoarthritis in rats

## Abstract
Knee osteoarthritis is common. We tested whether curcumin protects cartilage in a rat model of osteoarthritis. \
Curcumin lowered OARSI scores and serum IL-6 compared with vehicle-treated rats.

## Methods > Animals
Forty male Sprague-Dawley rats (8 weeks old, weighing 250-280 g) were purchased from a breeder and housed at 22 °C.

## Methods > Osteoarthritis model and treatment
Osteoarthritis was induced by a single intra-articular injection of monosodium iodoacetate (3 mg) into the right \
knee. Rats were randomly divided into four groups (n = 10 per group): sham group, vehicle group, low-dose curcumin \
group and high-dose curcumin group. Curcumin (50 or 100 mg/kg) was given by oral gavage once daily for 4 weeks. The \
vehicle group received 0.5% carboxymethyl cellulose.

## Methods > Histology
Knee sections were stained with safranin O and scored by two observers who were blind to the groups. Serum IL-6 was \
measured by ELISA.

## Results
Curcumin at 100 mg/kg significantly reduced OARSI scores compared with the vehicle group. Serum IL-6 fell in both \
curcumin groups.

## Discussion
Curcumin may protect cartilage.
"""


@pytest.fixture(scope="module")
def everything():
    from vivex.models import shipped
    from vivex.recognize import make_entities

    document = parse_bytes(PAPER.encode(), name="invented.txt")
    mentions = make_entities(params={}, models=shipped(), codebook=template("invivo"))(document)
    return document, mentions, propose(document, mentions, template("invivo"))


@pytest.fixture(scope="module")
def proposals(everything):
    document, _, filled = everything
    return document, filled.values


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("species", "rat"),
        ("strain", "Sprague-Dawley"),
        ("sex", "male"),
        ("age", "8 weeks"),
        ("weight", "250-280 g"),
        ("n_total", "40"),
        ("n_per_group", "10"),
        ("dose", "100 mg/kg"),
        ("route", "oral gavage"),
        ("frequency", "once daily"),
        ("duration", "4 weeks"),
    ],
)
def test_plain_statements_are_proposed(proposals, field: str, value: str) -> None:
    _, found = proposals
    assert value in [a.value for a in found if a.label == f"form.{field}"]


def test_each_proposal_has_its_evidence_and_a_probability(proposals) -> None:
    document, found = proposals
    assert found
    for proposal in found:
        assert proposal.source.startswith("fields:")
        assert 0 <= proposal.confidence <= 1
        assert 1 <= len(proposal.evidence) <= 3
        for piece in proposal.evidence:
            assert document.text[piece.start : piece.end] == piece.quote
            assert len(piece.quote.split()) <= 61


def test_the_same_paper_gives_the_same_record(everything) -> None:
    document, mentions, filled = everything
    book = template("invivo")
    assert propose(document, mentions, book) == filled
    record = form_record(document, book, filled.values, [], alternatives=filled.alternatives, tables=filled.tables)
    assert set(record["fields"]) == {f.name for f in book.fields}
    assert all(0 < len(entries) <= 8 for entries in record["alternatives"].values())
    first = record["alternatives"]["outcomes"][0]
    assert first["evidence"]
    assert first["value"] not in [e["value"] for e in record["fields"]["outcomes"]]


def test_no_row_holds_a_dose_of_another_agent(everything) -> None:
    _, _, filled = everything
    rows = [(r["intervention"], r["dose"]) for r in filled.tables["interventions"]]
    assert any("curcumin" in agent.lower() and dose == "100 mg/kg" for agent, dose in rows)
    assert not any("curcumin" in agent.lower() and dose == "3 mg" for agent, dose in rows)


def test_a_renamed_field_is_filled_by_its_source(everything) -> None:
    document, mentions, _ = everything
    book = from_data(
        {"schema": 1, "name": "b", "fields": [{"name": "kind", "question": "?", "source": "species", "many": False}]}
    )
    (only,) = propose(document, mentions, book).values
    assert (only.label, only.value) == ("form.kind", "rat")


def test_a_paper_without_sentences_gets_no_proposals() -> None:
    assert propose(parse_bytes(b"x", name="x.txt"), [], template("invivo")).values == ()


def test_a_folder_without_a_model_says_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="train one"):
        propose(parse_bytes(PAPER.encode(), name="x.txt"), [], template("invivo"), models=tmp_path)


def test_the_number_of_all_animals_is_no_groups() -> None:
    def number(way: str) -> Group:
        return Group("n_per_group", "40", (Candidate("n_per_group", "40", 0, 2, 0, way),), (0.0,))

    totals = [(Group("n_total", "40", (), ()), 0.6)]
    assert whole(number("count"), totals)
    assert not whole(number("per"), totals)
    assert not whole(number("count"), [])


def test_a_gene_that_a_sentence_calls_a_target_is_likely() -> None:
    text = "miR-77 targets Abc1."
    paper = Document("s", text, (Block("paragraph", 0, len(text)),))
    targets = [{"gene": "Abc1", "direction": "down", "start": 0, "end": len(text), "confidence": 0.9}]
    mention = Annotation("s", "mirna", {"normal": "miR-77", "targets": targets}, (evidence(paper, 0, 6),))
    groups = [Group("target_gene", n, (Candidate("target_gene", n, 0, 1, 0, "x"),), (0.0,)) for n in ("Abc1", "Xyz")]
    assert targeted(groups, [0.1, 0.1], read(paper, [mention])) == [0.5, 0.1]


def test_a_group_with_its_number_of_animals_is_a_group() -> None:
    size = Group("n_per_group", "7", (Candidate("n_per_group", "7", 0, 1, 0, "mention:group", group="Mated"),), (0.0,))
    groups = [Group("groups", n, (Candidate("groups", n, 0, 1, 0, "x"),), (0.0,)) for n in ("mated", "mice")]
    assert sized(groups, [0.1, 0.1], [size]) == [0.5, 0.1]


def test_values_stand_best_first_none_is_certain_and_few_others_are_kept(everything) -> None:
    _, _, filled = everything
    for listed in (filled.values, filled.alternatives):
        by_field: dict[str, list[float]] = {}
        for annotation in listed:
            by_field.setdefault(annotation.label, []).append(annotation.confidence or 0.0)
        for confidences in by_field.values():
            assert confidences == sorted(confidences, reverse=True)
            assert all(0 < c <= 0.99 and round(c, 2) == c for c in confidences)
    labels = [a.label for a in filled.alternatives]
    assert max(labels.count(label) for label in labels) <= 4
    assert min(a.confidence or 0.0 for a in filled.alternatives) >= 0.03


def test_a_codebook_s_words_choose_among_a_built_in_field_s_values() -> None:
    order = [(Group("disease_model", v, (Candidate("disease_model", v, 0, 4, 0, "x"),), (1.0,)), p) for v, p in VALUES]
    assert [g.key for g, _ in on_subject(order, ("arthritis", "OA"))] == ["knee arthritis"]
    assert on_subject(order, ("asthma",)) == on_subject(order, ()) == order


VALUES = (("pain", 0.6), ("knee arthritis", 0.4))
