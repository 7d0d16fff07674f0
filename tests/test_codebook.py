"""The codebook: what it accepts, and the messages for what it doesn't."""

from __future__ import annotations

import pytest

from vivex.codebook import TEMPLATES, Codebook, from_bytes, from_data, template, template_path
from vivex.errors import MalformedFile, UnknownName
from vivex.extract.value_features import FIELDS
from vivex.labels import entity_labels
from vivex.questions import KINDS


def one(**field: object) -> dict[str, object]:
    return {"schema": 1, "name": "mine", "fields": [{"name": "diet", "question": "Which diet?", **field}]}


def test_numbers_for_a_meta_analysis_describe_no_study() -> None:
    fields = [{"name": "sex", "question": "?"}, {"name": "means", "question": "?", "type": "means"}]
    assert [f.name for f in from_data({"schema": 1, "fields": fields}).described] == ["sex"]


def test_a_field_needs_only_a_name_and_a_question() -> None:
    field = from_data(one()).fields[0]
    assert (field.type, field.allowed, field.many, field.per, field.synonyms) == ("text", (), True, "study", {})


def test_numbers_among_allowed_values_are_read_as_text() -> None:
    field = from_data(one(type="category", allowed=[1, 2], synonyms={1: ["first"]})).fields[0]
    assert field.allowed == ("1", "2")
    assert field.synonyms == {"1": ("first",)}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "schema: 1"),
        ({"schema": 1}, "`fields` is empty"),
        ({"schema": 1, "fields": [{"name": "x"}]}, r"fields\[0\].*`question`"),
        (one(kind="text"), "unknown key 'kind'"),
        (one(type="picture"), "'picture'"),
        (one(allowed=["chow"], synonyms={"lard": ["fat"]}), "synonyms"),
        (one() | {"policy": {"randomised_without_method": "high"}}, "allowed: unclear, low"),
        (one() | {"policy": {"mood": "good"}}, "policy.mood"),
        (one() | {"colour": "red"}, "'colour'"),
        (one(labels=["genes"]), "label 'genes' is no entity; known: mirna"),
        (one(labels="gene"), r"labels must be a list; write `labels: \[gene\]`"),
        (one(source="spceies"), "source 'spceies' is no built-in field; known: species"),
        (one(type="category"), r"fields\[0\] \(diet\): a category needs its values"),
        (one(allowed=[True, False]), "True is no text; put it in quotes"),
        (one(allowed="chow"), "allowed must be a list"),
        (one(allowed=["chow", "chow"]), "'chow' twice"),
        (one(allowed=["chow", " "]), "says nothing"),
        (one(allowed=["chow"], synonyms=["fat"]), "synonyms must map"),
        (one(allowed=["chow"], synonyms={"chow": "pellets"}), "chow must be a list"),
        (one(keywords={"a": 1}), "keywords must be a list"),
        (one(many="perhaps"), "many is 'perhaps'; write true or false"),
        (one(question=["Which?"]), "no text"),
        (one() | {"policy": ["a"]}, "`policy` must hold settings"),
        (one() | {"policy": {"coded_treatments_blind_caregivers": "perhaps"}}, "allowed: True, False"),
        ({"schema": 1, "fields": {"name": "a"}}, "`fields` must be a list"),
        ({"schema": 1, "fields": [{"name": "Diet!", "question": "?"}]}, "lower case"),
        ({"schema": 1, "fields": [{"name": "a", "question": "?"}] * 2}, "asked twice"),
    ],
)
def test_a_malformed_codebook_says_what_and_where(data: object, message: str) -> None:
    with pytest.raises(MalformedFile, match=message):
        from_data(data, where="codebook.yaml")


def test_words_of_a_codebook_stand_as_written() -> None:
    text = b"""
schema: 1
fields:
  - {name: blinded, question: "Blinded?", type: category, allowed: [yes, no, 010], synonyms: {yes: [on]}, many: no}
policy: {coded_treatments_blind_caregivers: no, baseline_common_characteristics: 3}
"""
    book = from_bytes(text)
    (field,) = book.fields
    assert field.allowed == ("yes", "no", "010")
    assert field.synonyms == {"yes": ("on",)}
    assert field.many is False
    assert book.policy == {"coded_treatments_blind_caregivers": False, "baseline_common_characteristics": 3}


def test_a_setting_falls_back_to_its_default() -> None:
    book: Codebook = from_data(one() | {"policy": {"automated_assessment": "low"}})
    assert book.setting("automated_assessment") == "low"
    assert book.setting("data_not_shown") == "high"


def test_an_unknown_template_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"invivo, msc-exosome-oa"):
        template_path("clinical")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_field_can_be_filled(name: str) -> None:
    book = template(name)
    assert book.name == name
    for field in book.fields:
        assert field.question.endswith("?")
        assert set(field.labels) <= set(entity_labels())
        assert field.subject in FIELDS or field.labels or field.allowed or field.keywords
        if field.type == "category":
            assert field.allowed
        if field.source:
            assert field.source in FIELDS


def test_invivo_asks_what_the_extractors_fill() -> None:
    assert [f.name for f in template("invivo").fields] == FIELDS


def test_msc_exosome_oa_has_its_four_tables() -> None:
    assert template("msc-exosome-oa").tables == (
        "animal_model",
        "cells_exosomes",
        "treatment_histology",
        "key_outcomes",
    )


def test_fields_become_questions_beside_the_items() -> None:
    asked = template("invivo").questions
    assert len(asked) == 20 + 10 + 8
    sex = asked["form.sex"]
    assert (sex.kind, sex.categories, sex.table) == (KINDS["category"], ("male", "female", "both"), "animals")
    assert (asked["form.dose"].per, asked["form.mirna"].genes, asked["form.age"].genes) == ("group", True, False)


def test_values_are_no_choice_where_the_type_is_free() -> None:
    field = from_data(one(allowed=["chow", "lard"])).fields[0]  # text: found by these words, answered in any
    assert field.ask().categories == ()
    assert field.ask().parse("hay") == "hay"
