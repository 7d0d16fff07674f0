"""Signs that fonts of their own misname are told by their use, with a warning; plain letters and digits stay."""

from __future__ import annotations

import pytest

from vivex.parse.lines import Line, Span
from vivex.parse.signs import read_signs

FILLER = "The animals were kept in pairs and had free access to water and to standard chow at all times."


def line(*pieces: tuple[str, str], raised: tuple[int, ...] = ()) -> Line:
    """Return a line of (text, font) pieces; `raised` names those that are small and raised."""
    text, spans = "", []
    for n, (words, font) in enumerate(pieces):
        size = 6.0 if n in raised else 10.0
        spans.append(Span(len(text), len(text) + len(words), size, font, False, False, n in raised))
        text += words
    edges = [float(5 * n) for n in range(len(text) + 1)]
    return Line(1, 0, text, edges, 0, 0, edges[-1], 10, 8, 10.0, "Body", False, False, spans)


def read(*lines: Line) -> tuple[list[str], list[str]]:
    """Return the lines' texts with their signs read, and the warnings."""
    filler = [line((FILLER, "Body")) for _ in range(8)]
    warnings = read_signs([*filler, *lines])
    return [one.text for one in lines], warnings


@pytest.mark.parametrize(
    ("before", "char", "after", "sign"),
    [
        ("They got 7 ", "m", "g/kg once.", "µ"),
        ("in 40 ", "m", "L of saline", "µ"),
        ("with 3 ", "m", "mol/L of it", "µ"),
        ("was 21.5 ", "6", " 1.4 g", "±"),
        ("given as mean ", "6", " SEM", "±"),
        ("(n ", "¼", " 9)", "="),
        ("(P ", "¼", " .03)", "="),
        ("(n ", "5", " 12)", "="),
        ("(P ", ",", " 0.05)", "<"),
        ("(P ", ".", " 0.05)", ">"),
        ("kept at ", "2", "20 C", "−"),
        ("got 3 ", "3", " 10⁶ cells", "×"),
        ("at 22 ", "8", "C", "°"),
        ("aged ", "$", "12 weeks", "≥"),
        ("NF-", "k", "B", "κ"),
        ("TGF-", "b", " rose", "β"),
    ],
)
def test_a_sign_is_told_by_its_use_and_warned_of(before: str, char: str, after: str, sign: str) -> None:
    (text,), (warning,) = read(line((before, "Body"), (char, "AdvP1"), (after, "Body")))
    assert text == before + sign + after
    assert warning.startswith("signs in fonts of their own")
    assert sign in warning


@pytest.mark.parametrize(
    ("before", "char", "after"),
    [("They got 7 ", "m", "g/kg once."), ("was 21.5 ", "6", " 1.4 g"), ("(n ", "5", " 12)"), ("at ", "2", "20 C")],
)
def test_letters_and_digits_of_the_body_stay(before: str, char: str, after: str) -> None:
    assert read(line((before + char + after, "Body"))) == ([before + char + after], [])


def test_a_minus_in_an_exponent_and_between_alleles() -> None:
    texts, _ = read(
        line(("of 10", "Body"), ("²", "AdvP2"), ("⁷", "Small"), (" M", "Body"), raised=(1, 2)),
        line(("kept at ", "Body"), ("2", "AdvP2"), ("80 C", "Body")),
        line(("Sod1", "Body"), ("2\ufffd2", "AdvP2"), (" mice", "Body")),
    )
    assert texts == ["of 10⁻⁷ M", "kept at −80 C", "Sod1−/− mice"]


def test_a_font_of_words_or_an_index_is_no_font_of_signs() -> None:
    texts, warnings = read(
        line(("The gene ", "Body"), ("Spry", "Slanted"), (" in 7 ", "Body"), ("m", "Slanted"), ("g/kg", "Body")),
        line(("of CO", "Body"), ("2", "Index"), (" and H", "Body"), ("2", "Index"), ("O", "Body"), raised=(1, 3)),
    )
    assert texts == ["The gene Spry in 7 mg/kg", "of CO2 and H2O"]
    assert warnings == []


def test_uses_that_disagree_are_left_and_warned_of() -> None:
    lines = [line(("They got 7 ", "Body"), ("m", "AdvP1"), ("g/kg", "Body"))]
    lines += [line(("the term ", "Body"), ("m", "AdvP1"), (" of the sum", "Body")) for _ in range(3)]
    texts, (warning,) = read(*lines)
    assert texts[0] == "They got 7 mg/kg"
    assert warning.startswith('page 1: "m" in')
