"""Characters as a reader sees them, whatever the font calls them."""

from __future__ import annotations

import pytest

from vivex.parse.fonts import LIGATURES, SPELLED, _renamed
from vivex.parse.glyphs import relabelled, rewritten, style
from vivex.parse.lines import Span
from vivex.parse.spacing import closed_up, without_soft_hyphens


def seen(part: str, font: str = "Times", lefts: list[float] | None = None) -> str:
    """Return the text that a run of characters is rewritten to, its edges checked."""
    text, edges = rewritten(part, lefts or [5.0 * i for i in range(len(part))], 5.0 * len(part), font)
    assert len(text) == len(edges)
    return text


@pytest.mark.parametrize(
    ("part", "font", "text"),
    [
        ("10\uf06dg", "Symbol", "10μg"),
        ("\uf062", "Symbol", "β"),
        ("5\uf0b1 2", "SymbolMT", "5± 2"),
        ("\uf0e0", "Wingdings-Regular", " "),
        ("ﬁve ﬂat eﬀects", "Times", "five flat effects"),
        ("a\u00a0b\u2009c", "Times", "a b c"),
        ("pre‐clinical", "Times", "pre-clinical"),
        ("7 ㎎/㎏", "Batang", "7 mg/kg"),
        (chr(LIGATURES + SPELLED.index("Th")) + "e", "MinionPro", "The"),
        ("e\u0301tude", "Times", "étude"),
    ],
)
def test_characters_are_rewritten(part, font, text):
    assert seen(part, font) == text


def test_an_accent_over_its_letter_is_composed():
    assert seen("Hu¨lsmann", lefts=[0, 7, 7.4, 12, 15, 19, 27, 32, 37]) == "Hülsmann"
    assert seen("3´-end", lefts=[0, 5, 8, 11, 15, 20]) == "3´-end"


@pytest.mark.parametrize(
    ("part", "font", "text"),
    [
        ("l", "ABCDEF+AdvPSMP13", "μ"),
        ("j", "AdvPSMP13", "κ"),
        ("9", "AdvTir_symb", "×"),
        ("b", "AdvPS3F4C13", "β"),
        ("e", "AdvPS44A44B", "–"),
        ("6", "MathematicalPi-One", "±"),
    ],
)
def test_letters_that_stand_for_signs_are_read_as_signs(part, font, text):
    assert style(font, 0)[3]
    assert relabelled(part, font) == text


@pytest.mark.parametrize(
    ("glyph", "font", "name"),
    [
        ("C14", "AdvP4C4E74", "uni00B0"),
        ("C0", "AdvP4C4E74", "uni2212"),
        ("C6", "AdvP4C4E74", "uni00B1"),
        ("C176", "AdvPSSym", "uni00B0"),
        ("T_h", "MinionPro", f"uni{LIGATURES:04X}"),
        ("f_i", "MinionPro", "f_i"),
        ("onequarter", "AdvP4C4E74", "equal"),
        ("C300", "AdvP4C4E74", "C300"),
    ],
)
def test_glyphs_get_names_that_say_what_they_are(glyph, font, name):
    assert _renamed(glyph, font, coded=True) == name


def test_soft_hyphens_inside_a_line_go_and_the_last_one_stays():
    text = "pre\u00adserved car\u00ad"
    edges = [float(i) for i in range(len(text) + 1)]
    spans = [Span(0, len(text), 10, "Times", False, False, False)]
    clean, moved, spans = without_soft_hyphens(text, edges, spans)
    assert clean == "preserved car\u00ad"
    assert len(moved) == len(clean) + 1
    assert (spans[0].start, spans[0].end) == (0, len(clean))


def test_spread_letters_are_closed_up():
    text = "R E S U L T S  A N D"
    edges = [float(i) for i in range(len(text) + 1)]
    closed, moved, _ = closed_up(text, edges, [Span(0, len(text), 10, "Times", True, False, False)])
    assert closed == "RESULTS AND"
    assert len(moved) == len(closed) + 1
