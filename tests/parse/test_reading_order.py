"""Columns are read one after another, however the file writes them."""

from __future__ import annotations

import random
from typing import Any

import pytest
from printed import BODY, wrapped

from vivex.document import BODY_KINDS
from vivex.parse.pdf import parse_pdf

pymupdf: Any = pytest.importorskip("pymupdf")
SIZE = 10
TITLE = "On the loss of cartilage in rats and mice"


def sentences(seed: int, count: int) -> str:
    """Return running text of words made up by a seed."""
    chance = random.Random(seed)
    syllables = ["ka", "lo", "mi", "ten", "sur", "vel", "dra", "po", "nix", "ba", "che", "rum"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(count)]
    return ". ".join(" ".join(words[n : n + 11]).capitalize() for n in range(0, count, 11)) + "."


def page_of(columns: int, gutter: float, shift: float, order: str) -> tuple[bytes, list[str]]:
    """Return a PDF page with columns written by "rows", "columns" or "chance", and the columns' texts."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    width = (495 - gutter * (columns - 1)) / columns
    texts = [sentences(10 * columns + n, 460 // columns) for n in range(columns)]
    rows = []
    for n, text in enumerate(texts):
        for m, line in enumerate(wrapped(text, BODY, SIZE, width)):
            rows.append((m, n, (50 + n * (width + gutter), 120 + 12 * m + shift * n), line))
    rows.sort(key=lambda row: row[:2] if order == "rows" else (row[1], row[0]))
    if order == "chance":
        random.Random(columns).shuffle(rows)
    page.insert_text((50, 80), TITLE, fontname=BODY, fontsize=17)
    for _, _, place, line in rows:
        page.insert_text(place, line, fontname=BODY, fontsize=SIZE)
    return pdf.tobytes(), texts


@pytest.mark.parametrize("columns", [2, 3])
@pytest.mark.parametrize("gutter", [12, 16, 20, 30])
@pytest.mark.parametrize("shift", [0, 4])
@pytest.mark.parametrize("order", ["rows", "columns"])
def test_columns_are_not_fused(columns: int, gutter: float, shift: float, order: str) -> None:
    data, texts = page_of(columns, gutter, shift, order)
    document = parse_pdf(data, study="s", params={})
    body = " ".join(document.slice(b) for b in document.blocks if b.kind in (*BODY_KINDS, "other"))
    assert " ".join(texts).split() == body.removeprefix(TITLE).split()
