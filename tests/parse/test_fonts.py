"""Glyphs that a font misnames are named again."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest

from vivex.parse.fonts import LIGATURES, SPELLED, garbled, mend


@pytest.mark.parametrize(
    ("text", "is_garbled"),
    [
        ("at 37 \ufffdC", True),
        ("n ¼ 8", True),
        ("Te rats ran", True),
        ("Tis was seen", True),
        ("The rats ran", False),
        ("Te Aro lies there", False),
        ("Ten rats ran", False),
        ("", False),
    ],
)
def test_texts_of_misnamed_glyphs_are_known(text: str, is_garbled: bool) -> None:
    assert garbled(text) is is_garbled


def mended(text: str, differences: str, name: str = "Helvetica") -> str:
    """Return the text of a page whose font names its glyphs by these differences, once mended."""
    pdf: Any = pymupdf.open()
    pdf.new_page().insert_text((72, 100), text, fontname="helv")
    (font,) = pdf.get_page_fonts(0)
    pdf.xref_set_key(font[0], "BaseFont", f"/{name}")
    encoding = "<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[" + differences + "]>>"
    pdf.xref_set_key(font[0], "Encoding", encoding if differences else "null")
    made = pymupdf.open(stream=pdf.tobytes())
    mend(made)
    return str(made[0].get_text()).strip()


@pytest.mark.parametrize(
    ("text", "differences", "name", "read"),
    [
        ("37 xC", "120/C14", "Helvetica", "37 °C"),  # TeX's symbols
        ("5 x 1", "120/C6", "Helvetica", "5 ± 1"),
        ("x", "120/C11", "AdvP4C4E51", "α"),  # TeX's letters
        ("x", "120/C109", "AdvSymbolFour", "μ"),  # Adobe's Symbol
        ("n x 8", "120/onequarter 121/C0", "Helvetica", "n = 8"),
        ("rats", "", "Helvetica", "rats"),
        ("rats", "120/x", "Helvetica", "rats"),
    ],
)
def test_codes_become_characters(text: str, differences: str, name: str, read: str) -> None:
    assert mended(text, differences, name) == read


def test_ligatures_of_two_letters_have_a_place_of_their_own() -> None:
    assert mended("xe", "120/T_h") == chr(LIGATURES + SPELLED.index("Th")) + "e"


def test_brackets_of_formulae_stay() -> None:
    assert "°" not in mended("x", "120/C14", "AdvP4C4E46")
