"""Names to keys, keys to records."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.errors import MissingModel
from vivex.recognize import lexicon


@pytest.mark.parametrize("spelt", ["IL-1β", "IL1B", "IL-1 beta", "il-1b"])
def test_spellings_of_a_symbol_share_a_key(spelt: str) -> None:
    assert lexicon.key_of(spelt) == "il1b"


def test_names_of_several_words_share_a_key_in_singular_and_plural() -> None:
    assert lexicon.phrase_key("Tumor necrosis factors") == lexicon.phrase_key("tumor-necrosis  factor")
    assert lexicon.phrase_key("Mesenchymal stem cells") == lexicon.phrase_key("mesenchymal stem cell")
    assert lexicon.phrase_key("mass") == "mass"


def test_a_symbol_leads_to_its_gene_and_a_full_name_too() -> None:
    assert ("SOX9", "s") in [(gene.symbol, how) for gene, how in lexicon.genes("Sox9")]
    assert "IL6" in {gene.symbol for gene, _ in lexicon.genes_named("interleukin 6")}
    assert lexicon.genes("no such gene at all") == ()


def test_a_key_that_is_absent_is_none_not_its_neighbour() -> None:
    table = lexicon.keys("genes.keys")
    assert table.get("il1b")
    assert not table.get("il1bzzz")
    assert not table.get("")


def test_a_lexicon_that_lacks_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    with pytest.raises(MissingModel, match="no-such"):
        lexicon.keys("no-such")
