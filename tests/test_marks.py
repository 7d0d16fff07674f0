"""Citation marks told from powers, and the text as finders read it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Block, Document
from vivex.marks import as_read, citation_marks, plain, spelled_out

MARKED = [
    "gained 7 mg/kg|¹²| daily",
    "readers were blinded|¹⁶|.",
    "male|¹²| and female|³| rats",
    "aged 9 weeks|¹⁴|, they",
    "mice.|¹²,¹³| The rats",
    "rats|¹⁻³| ran",
    "rats|²,⁴–⁶| ran",
    "given by gavage| ¹²| each day",
    "of 30 mL|¹| each",
    "vitamin D|³|, which",
    "group B|²| had",
    "in 2011|⁷| and",
    "P < 0.01|¹²|)",
    "was 12.4|ᵃ| and 11.9|ᵇ|",
    "rats|[¹²]| ran",
    "25 kg/m²|⁸| was",
    "(n = 8)|³|",
    "H₂O₂|¹⁷| was",
    "at day 10|¹²,¹³| they",
]
KEPT = [
    "10⁵ cells", "3 × 10⁶ cells", "10⁵⁻⁶ CFU", "10⁻⁷ M", "5 cm²", "12 mm³", "kg⁻¹", "mg kg⁻¹ d⁻¹", "9.8 m/s²",
    "30 kg/m²", "R² = 0.91", "χ² test", "I² of 40%", "Ca²⁺", "Fe³⁺", "SO₄²⁻", "¹⁸F-FDG", "of ¹²⁵I", "I¹²⁵", "x10⁹/L",
    "10⁹/L", "1.5·10⁵", "length × width² / 2", "0.5 × (L × W²)", "a 2³ factorial design", "37⁰C", "10²–10⁴",
    "10 ⁶ cells", "100 µm²", "6 in²",
]  # fmt: skip


def stripped(text: str) -> str:
    """Return a text with its marks between bars."""
    for start, end in reversed(citation_marks(text)):
        text = f"{text[:start]}|{text[start:end]}|{text[end:]}"
    return text


@pytest.mark.parametrize("marked", MARKED)
def test_marks_after_words_numbers_and_stops(marked: str) -> None:
    assert stripped(marked.replace("|", "")) == marked


@pytest.mark.parametrize("text", KEPT)
def test_powers_ions_isotopes_and_squares_are_no_marks(text: str) -> None:
    assert citation_marks(text) == []


def test_a_mark_at_the_start_of_a_line_is_known_by_the_line_before() -> None:
    assert citation_marks("¹² The rats", before="were weighed. ") == [(0, 2)]
    assert citation_marks("¹²⁵I was given", before="and ") == []
    assert citation_marks("¹Department of Knees") == []


@given(st.text("ab 1.,⁰¹²³⁻ᵃ()[]\n×µ\u00a0𝑛", max_size=40))
def test_ranges_rise_and_the_read_text_is_as_long(text: str) -> None:
    ranges = citation_marks(text)
    assert all(a < b <= c for (a, b), (c, _) in zip(ranges, [*ranges[1:], (len(text), 0)]))
    read = as_read(text, [(0, len(text))])
    assert len(read) == len(text)
    assert all(b in (a, " ", plain(a)) for a, b in zip(text, read))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("twice\nweekly", "twice weekly"),
        ("twice\u00a0weekly", "twice weekly"),
        ("twice\u2009weekly", "twice weekly"),
        ("twice\r\nweekly", "twice  weekly"),
        ("𝑛 = 𝟔", "n = 6"),
        ("ｎ＝８", "n=8"),
        ("5 mg/kg¹² daily", "5 mg/kg   daily"),
        ("10⁵ and 2 µg", "10⁵ and 2 µg"),
    ],
)
def test_text_as_finders_read_it(text: str, read: str) -> None:
    assert Document("s", text).reading == read
    assert Document("s", text, blocks=(Block("paragraph", 0, len(text)),)).reading == read


def test_cells_of_tables_keep_their_line_ends() -> None:
    text = "Dose\n5\tmg\n\nGiven\ntwice"
    blocks = (Block("table", 0, 9), Block("paragraph", 11, len(text)))
    assert Document("s", text, blocks=blocks).reading == "Dose\n5\tmg\n\nGiven twice"


@given(st.text(alphabet="5 mgka㎎㎏㎍℃ﬁﬂµ²½", max_size=30))
def test_signs_for_several_letters_are_spelled_out_with_their_places(text: str) -> None:
    letters, places = spelled_out(text)
    assert len(places) == len(letters) + 1
    assert places[-1] == len(text)
    assert list(places) == sorted(places)
    for i, letter in enumerate(letters):
        assert letter in unicodedata.normalize("NFKC", text[places[i]]) or letter == text[places[i]]
    assert spelled_out(letters)[0] == letters
