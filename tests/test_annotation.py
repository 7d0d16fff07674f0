"""Annotations: identity, round trips, four-way anchoring, readable errors."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.annotation import (
    Annotation,
    Evidence,
    dump_annotations,
    evidence,
    find_quote,
    former_id,
    from_json,
    known_label,
    read_annotations,
    reanchor,
    reanchored,
    to_json,
    write_annotations,
)
from vivex.document import Block, Document, Section
from vivex.errors import MalformedFile

WORDS = st.lists(
    st.sampled_from("rats received miR-140-5p exosomes 10 mg/kg weekly, knee OARSI α-SMA".split()),
    min_size=8,
    max_size=60,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda v: st.dictionaries(st.text(max_size=4), v, max_size=3),
)


def document(text: str) -> Document:
    return Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods", "Animals"), "methods"),))


@given(WORDS, VALUES, st.data())
def test_round_trip_and_identity(words: list[str], value: object, data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = Annotation("s", "dose", value, (evidence(document(text), start, end),), "grammar:dose@1", 0.5)
    again = from_json(json.loads(json.dumps(to_json(made))))
    assert again == made
    assert again.id == made.id
    assert replace(made, value="other value").id != made.id


@given(WORDS, WORDS, WORDS, st.data())
def test_evidence_moves_with_its_text(
    before: list[str], words: list[str], after: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    old = evidence(document(text), start, end)
    if not old.quote.strip():
        return
    longer = document(" ".join([*before, text, *after]))
    moved = reanchor(old, longer)
    assert moved is not None
    assert moved.quote == old.quote == longer.text[moved.start : moved.end]


def test_of_equal_quotes_the_one_in_context_wins() -> None:
    old = evidence(document("Sham rats got saline. Treated rats got exosomes."), 30, 34)
    new = document("Many rats lived. Sham rats got saline again. Treated rats got exosomes.")
    moved = reanchor(old, new)
    assert moved is not None
    assert new.text[moved.start - 8 : moved.end] == "Treated rats"


def test_a_quote_is_found_across_hyphens_and_line_ends() -> None:
    found = find_quote("cartilage degen-\neration was", document("Severe cartilage degeneration  was seen."))
    assert found is not None
    assert found.quote == "cartilage degeneration  was"
    assert found.section == "Methods > Animals"


def test_what_cannot_be_placed_is_returned_not_dropped() -> None:
    kept = Annotation("s", "species", {"normal": "rat"}, (Evidence(0, 3, "rat"),))
    lost = Annotation("s", "species", {"normal": "mouse"}, (Evidence(0, 5, "mouse"),))
    placed, orphans = reanchored([kept, lost], document("one rat"))
    assert [a.evidence[0].start for a in placed] == [4]
    assert orphans == [lost]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("not json", "a.jsonl:2: not JSON"),
        ("[]", "one JSON object"),
        ('{"study":"s","label":"dose","value":1,"evidence":[]}', "'source' is missing"),
        ('{"study":"s","label":"dosis","value":1,"evidence":[],"source":"x"}', "unknown label 'dosis'"),
        (
            '{"study":"s","label":"dose","value":1,"evidence":[{"start":1}],"source":"x"}',
            "evidence 1: start 1, end None are no span",
        ),
        ('{"study":"s","label":"dose","value":1,"evidence":[],"source":"x","decision":"maybe"}', "decision 'maybe'"),
    ],
)
def test_a_malformed_line_is_named(tmp_path, line: str, names: str) -> None:
    path = tmp_path / "a.jsonl"
    good = dump_annotations([Annotation("s", "dose", {"normal": "1 mg"}, source="x")])
    path.write_text(good + line + "\n", encoding="utf-8")
    with pytest.raises(MalformedFile, match=names):
        read_annotations(path)


def test_files_round_trip(tmp_path) -> None:
    made = [
        Annotation("s", "syrcle.other_bias", {"judgement": "low"}, source="reviewer:mk", decision="accepted", note="ok")
    ]
    write_annotations(made, tmp_path / "a.jsonl")
    assert read_annotations(tmp_path / "a.jsonl") == made


def test_labels() -> None:
    assert known_label("mirna")
    assert known_label("syrcle.random_housing")
    assert known_label("form.own_field")
    assert not known_label("syrcle.housing")
    assert not known_label("form.Own Field")


LOW = {"judgement": "low", "probability": {"low": 0.7}, "rule": "table of numbers", "signalling": {"random": True}}
TEXT = document("The rats were divided by a table of numbers and got 10 mg/kg weekly.")


def claim(label: str, value: object, start: int = 4, **more: object) -> Annotation:
    return Annotation("s", label, value, (evidence(TEXT, start, start + 4),), "model:x@1", 0.7, **more)


@pytest.mark.parametrize(
    ("label", "value", "noise"),
    [
        ("syrcle.sequence_generation", LOW, LOW | {"probability": {"low": 0.699}, "rule": "another policy"}),
        ("reporting.blinding", {"reported": False, "probability": 0.2}, {"reported": False, "probability": 0.3}),
        ("dose", {"normal": "10 mg/kg", "bound_confidence": 0.9}, {"normal": "10 mg/kg", "bound_confidence": 0.8}),
        ("form.dose", "10 mg/kg", "10 mg/kg"),
    ],
)
def test_an_id_rests_on_what_is_claimed_not_on_how_sure_or_by_whom(label: str, value: object, noise: object) -> None:
    made = claim(label, value)
    for same in (
        replace(made, value=noise, confidence=0.1, source="model:x@2"),
        replace(made, source="reviewer:mk", decision="accepted", revises=made.id, note="yes"),
        replace(made, evidence=(*made.evidence, evidence(TEXT, 20, 30))),
    ):
        assert same.id == made.id
        assert former_id(same) != former_id(made)


def test_an_id_tells_study_label_value_place_and_group_apart() -> None:
    made = claim("syrcle.sequence_generation", LOW)
    others = [
        replace(made, study="t"),
        replace(made, label="syrcle.other_bias"),
        replace(made, value={"judgement": "high"}),
        replace(made, group="weight"),
        replace(made, evidence=()),
        claim("syrcle.sequence_generation", LOW, 5),
        replace(made, value={"reported": False}),
        replace(made, value={"reported": True}),
    ]
    assert len({a.id for a in (made, *others)}) == len(others) + 1
