"""Genes to ids by the paper's species."""

from __future__ import annotations

import pytest

from vivex.recognize.gene_ids import gene_value


@pytest.mark.parametrize(("species", "symbol"), [("human", "SOX9"), ("mouse", "Sox9"), ("rat", "Sox9")])
def test_the_symbol_is_spelt_as_in_the_papers_species_and_has_its_ids(species: str, symbol: str) -> None:
    value = gene_value("Sox9", species=species)
    assert value["symbol"] == symbol
    assert value["ids"] == {"HGNC": "11204", "MGI": "98371", "RGD": "620474"}


def test_a_family_has_a_name_and_no_id() -> None:
    value = gene_value("MAPK", species="mouse")
    assert value["normal"] == "MAPK"
    assert not any("MGI:" in str(v) for k, v in value.items() if k != "candidates")


def test_a_reporter_is_no_gene_of_the_animal() -> None:
    assert gene_value("EGFP", species="mouse")["normal"] == "EGFP"


def test_a_name_that_nobody_lists_keeps_its_words() -> None:
    assert gene_value("Qqqx17")["normal"] == "Qqqx17"
