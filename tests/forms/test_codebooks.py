"""The shipped codebooks."""

from __future__ import annotations

import pytest

from vivex.codebook import TEMPLATES, template
from vivex.extract.value_features import FIELDS
from vivex.labels import entity_labels


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_field_can_be_filled(name: str) -> None:
    book = template(name)
    assert book.name == name
    for field in book.fields:
        assert field.question.endswith("?")
        assert set(field.labels) <= set(entity_labels())
        assert (field.source or field.name) in FIELDS or field.labels or field.allowed or field.keywords
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
