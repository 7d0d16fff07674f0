"""Numbers in the customs of all journals are read exactly, in time proportional to the text."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.numerals import chain_end, fold, minus_before, number_at, written_out

RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def value(text: str) -> Fraction | None:
    """Return the value of a text that is one number."""
    folded = fold(text)
    number = number_at(folded, 0)
    return number.low if number is not None and number.end == len(folded) and number.low == number.high else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,250", 1250),
        ("1,25", "1.25"),
        ("0,125", "0.125"),
        ("1,250,000.5", "1250000.5"),
        ("1.250.000", 1250000),
        ("1.250,5", "1250.5"),
        ("1.250", "1.25"),
        ("1'000", 1000),
        ("1’000", 1000),
        ("12 500", 12500),
        ("12\u202f500,5", "12500.5"),
        ("0·5", "0.5"),
        (".5", "0.5"),
        ("１２", 12),
        ("𝟏𝟐.𝟓", "12.5"),
        ("10^-7", "0.0000001"),
        ("10⁻⁷", "0.0000001"),
        ("10(-7)", "0.0000001"),
        ("10−3", None),
        ("2 × 10−3", "0.002"),
        ("2·10⁶", 2000000),
        ("2 x 106", 2000000),
        ("3 × 100", None),
        ("1.2e5", 120000),
        ("2.5E-3", "0.0025"),
        ("2.5 million", 2500000),
        ("3 thousand", 3000),
        ("one hundred and twenty", 120),
        ("Two dozen", 24),
        ("half a million", 500000),
        ("three thousand two hundred and five", 3205),
        ("twelve hundred", 1200),
        ("twenty-four", 24),
        ("ninety nine", 99),
        ("½", "1/2"),
        ("2½", "5/2"),
        ("2 ½", "5/2"),
        ("⅓", "1/3"),
        ("1 3⁄4", "7/4"),
        ("1⁄2", "1/2"),
        ("12⁄2", None),
    ],
)
def test_numbers_of_every_custom(text: str, expected: float | str | None) -> None:
    assert value(text) == (None if expected is None else Fraction(expected))


def test_a_raised_range_is_two_powers() -> None:
    for text in ("10⁵⁻⁶", "10⁵–⁶", "10^(5-6)", "10^{5–6}"):
        number = number_at(fold(text), 0)
        assert number is not None
        assert (number.low, number.high, number.end) == (10**5, 10**6, len(text))


def test_a_list_without_spaces_is_no_thousand() -> None:
    assert chain_end("0,1,2,7,14", 0) == 10
    assert chain_end("5,10 and 20", 0) == 4
    assert chain_end("1,250", 0) == 0
    assert chain_end("1,250,500", 0) == 0
    assert chain_end("2,5 and 5", 0) == 0


CUSTOMS = (
    lambda n: f"{n:,}",
    lambda n: f"{n:,}".replace(",", "\u00a0"),
    lambda n: f"{n:,}".replace(",", "\u2009"),
    lambda n: f"{n:,}".replace(",", "\u202f"),
    lambda n: f"{n:,}".replace(",", "'"),
    lambda n: f"{n:,}".replace(",", " "),
    str,
)


@given(st.integers(0, 10**9), st.sampled_from(CUSTOMS))
def test_whole_numbers_come_back(number: int, custom) -> None:
    assert value(custom(number)) == number


@given(st.integers(0, 9999), st.integers(0, 99), st.sampled_from(".·,"))
def test_decimals_come_back(whole: int, part: int, sign: str) -> None:
    assert value(f"{whole}{sign}{part:02d}") == Fraction(f"{whole}.{part:02d}")


@given(st.integers(1, 99), st.integers(-30, 30), st.sampled_from("×x·*"))
def test_powers_come_back(factor: int, exponent: int, times: str) -> None:
    raised = str(exponent).translate(RAISED)
    for power in (f"10{raised}", f"10^{exponent}", f"10({exponent})", f"10^({exponent})"):
        assert value(f"{factor} {times} {power}") == factor * Fraction(10) ** exponent


@given(st.text(max_size=60))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="0123456789 .,·'×x^()-–⁵⁻⁶eE", max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    folded = fold(text)
    for at in range(len(folded)):
        number = number_at(folded, at)
        assert number is None or at < number.end <= len(folded)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("5 ㎎/㎏", "5 mg/kg"),
        ("10㎕ each", "10μl each"),
        ("20 ㎖", "20 ml"),
        ("½ mg, 37 ℃", "½ mg, 37 ℃"),
        ("6 ㎠ and 2 ㎜", "6 cm2 and 2 mm"),
        ("plain", "plain"),
    ],
)
def test_units_of_one_character_are_written_out(text: str, plain: str) -> None:
    written, places = written_out(text)
    assert written == plain
    assert (places is None) == (written == text)
    if places is not None:
        assert len(places) == len(written)
        assert list(places) == sorted(places)
        assert all(text[place] == sign for place, sign in zip(places, written, strict=True) if sign.isascii() and
                   text[place].isascii())  # fmt: skip


@given(st.text(st.sampled_from("5 ½1⁄23/mgkg.,-±"), max_size=12))
def test_folding_fractions_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("at \u22125", 1),
        ("at -5", 1),
        ("at \u2212 5", 2),
        ("(\u20135", 1),
        ("-5", 1),
        ("4-5", 0),
        ("4 -5", 0),
        ("4 \u22125", 0),
        ("IL-5", 0),
        ("kg \u22121", 0),
        ("5", 0),
        ("a 5", 0),
        ("caspase-3, -5", 0),
        ("a sentence of more than forty characters before it -5", 1),
        ("a sentence of more than forty characters before it4-5", 0),
    ],
)
def test_a_minus_is_told_from_a_dash(text: str, length: int) -> None:
    assert minus_before(text, len(text) - 1) == length
