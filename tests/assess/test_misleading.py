"""Words that mislead: what the shipped assessor must not make of them, or must see in spite of them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from vivex.assess import Assessor, make_syrcle
from vivex.codebook import template
from vivex.models import shipped
from vivex.parse import parse_bytes

with Path(__file__).with_name("misleading.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = [tuple(row) for row in csv.reader(file, delimiter="\t")]
MISREAD = (  # still: whoever mends one takes it out
    "Two cages were excluded because the bottles had leaked.",
)


@cache
def assessor() -> Assessor:
    return make_syrcle(params={}, models=shipped() / "rob", codebook=template("invivo"))


@pytest.mark.parametrize(("item", "wanted", "sentence"), ROWS)
def test_word(item: str, wanted: str, sentence: str, request: pytest.FixtureRequest) -> None:
    if sentence in MISREAD:
        request.applymarker(pytest.mark.xfail(strict=True))
    found = assessor()(parse_bytes(sentence.encode(), name="sentence.txt", params={}))
    (value,) = (a.value for a in found if a.label in (item, f"syrcle.{item}"))
    if wanted in ("stated", "not stated"):
        assert value["reported"] == (wanted == "stated")
    else:
        assert value["judgement"] not in {"not low": ("low",), "not high": ("high",)}.get(wanted, ("low", "high"))
