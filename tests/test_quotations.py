from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.quotations import exact_places, folded, place

PAPER = (
    "Housing. Rats drank saltwort tea. Each rat was given 5 × 10⁵ cells in 2 µL of brine, and the Aδ fibres were not "
    "counted. The scorers were blinded to the cages. Blood flow increased by 1.5 ml in the first week of treatment. "
    "The quick scorers left early. Fat and flow of the fibroblasts were classified by two readers in 2019.¹² Later "
    "the readers met again."
)


def found(quote: str) -> str | None:
    at = place(quote, PAPER)
    return PAPER[at.start : at.end] if at is not None else None


@pytest.mark.parametrize(
    "quote",
    [
        "Each rat was given 5×105 cells in 2 µL of brine",
        "Each rat was\x02\r\ngiven 5 \ufffe× 10 5 cells in 2 μL of br\ufffeine",
        "each rat was given 5 × 10^5 cells in 2 lL of brine",
        "and the Ad fibres were not count-\ned.",
        "classiﬁed by two readers in 2019.12 Later the readers",
        "The scorers were\n1734\nblinded to the cages.",
        "classied by two readers in 2019.12 Later the readers",  # a viewer without the ligature
        "Blood flow increased by 1.5 ml in the frist week of treatment",
        "Blood flow increased by 1.5 ml in the first week of treatment.1",  # half of a mark that vivex reads apart
        "c Blood flow increased by 1.5 ml in the first week",  # a bullet
    ],
)
def test_a_sentence_is_found_as_viewers_give_it(quote: str) -> None:
    assert found(quote) is not None


@pytest.mark.parametrize(
    "quote",
    [
        "Each rat was given 5 × 10⁶ cells in 2 µL of brine",  # another digit
        "Blood flow increased by 15 ml in the first week of treatment",  # another number
        "and the Aδ fibres were counted. The scorers were blinded",  # the negation is gone
        "The scorers were not blinded to the cages. Blood flow",  # a negation came in
        "The scorers were unblinded to the cages. Blood flow increased",
        "Blood flow decreased by 1.5 ml in the first week of treatment",
        "Each dog was given 5 × 10⁵ cells in 2 µL of brine",
        "0 × 10⁵ cells",
        "× 10⁵ cells in 2 µL of brine, and the Aγ fibres were not counted",
        "a sentence that stands nowhere in this paper at all",
        "",
    ],
)
def test_what_says_something_else_is_not_found(quote: str) -> None:
    assert found(quote) is None


def test_what_was_matched_is_told_from_what_stands_there() -> None:
    exact, near = place("given 5×105 cells", PAPER), place("cells in 2 lL of brine, and the Ad fibres", PAPER)
    assert exact is not None
    assert near is not None
    assert (exact.exact, near.exact) == (True, False)
    assert PAPER[near.start : near.end] == "cells in 2 µL of brine, and the Aδ fibres"


FREEZER = (
    "Slices were cut at 20 °C, and the sera were kept at −20 °C until use. Doses of 5–10 mg kg−1 were chosen; "
    "r = −0.45. Plasma from the freezer (− 80 °C) was warmed to 80 °C."
)


@pytest.mark.parametrize("minus", ["-", "−", "–", "‐", "\u2011", "－"])
def test_a_number_below_zero_is_found_with_any_dash_and_no_other(minus: str) -> None:
    below = place(f"{minus}20 °C", FREEZER)
    assert below is not None
    assert FREEZER[below.start : below.end] == "−20 °C"
    above = place("20 °C", FREEZER)
    assert above is not None
    assert FREEZER[above.start - 3 : above.end] == "at 20 °C"
    bare = place(f"{minus}20", FREEZER)
    assert bare is not None
    assert FREEZER[bare.start : bare.end] == "−20"
    assert [FREEZER[a - 3 : b] for a, b in exact_places("20", FREEZER)] == ["at 20"]


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("the sera were kept at -20 °C until use", True),
        ("the sera were kept at 20 °C until use", False),
        ("the sera were kept at 20 °C untl use", False),  # nor with a slip of the keyboard
        ("the sera were kept at -20 °C untl use", True),
        ("Slices were cut at -20 °C, and the sera", False),
        ("the sera were kept at \ufffe20 °C until use", True),  # a viewer that doesn't know the sign
        ("the sera were kept at \x0120 °C until use", True),
        ("Doses of 5-10 mg kg-1 were chosen", True),
        ("Doses of 5–10 mg kg 1 were chosen", True),
        ("r = 0.45", False),
        ("r=-0.45", True),
        ("Plasma from the freezer (-80 °C) was warmed to 80 °C", True),
        ("Plasma from the freezer (80 °C) was warmed to -80 °C", False),
    ],
)
def test_a_quote_and_the_paper_are_alike_below_zero(quote: str, stands: bool) -> None:
    assert (place(quote, FREEZER) is not None) == stands


def test_part_of_a_number_is_no_place() -> None:
    assert [PAPER[a:b] for a, b in exact_places("5 ml", PAPER)] == []
    assert [text[a:b] for text in ("15 mg and 5 mg",) for a, b in exact_places("5 mg", text)] == ["5 mg"]


def test_of_several_places_whole_words_then_the_nearest() -> None:
    text = "the cat scan; a cat; a cat"
    assert place("cat", text, near=12) == (16, 19, True)
    assert place("cat", text, near=30) == (23, 26, True)
    assert place("can", "scan can") == (5, 8, True)


@given(st.text(min_size=0, max_size=60))
def test_letters_come_from_where_they_stand(text: str) -> None:
    fold = folded(text)
    assert len(fold.letters) == len(fold.places)
    assert list(fold.places) == sorted(fold.places)
    for start, end in exact_places(text, text):
        assert folded(text[start:end]).letters == fold.letters


@given(
    st.lists(st.sampled_from(PAPER.split()), min_size=3, max_size=9).filter(
        lambda words: any(c.isalnum() for word in words for c in word)
    ),
    st.sampled_from(["\ufffe", "\x02", "-\n", " "]),
)
def test_signs_between_letters_change_nothing(words: list[str], sign: str) -> None:
    text = " ".join(words)
    at = place(text.replace("e", "e" + sign), text)
    assert at is not None
    assert at.exact


SHARED = os.environ.get("VIVEX_SHARED", "")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED, reason="VIVEX_SHARED names no folder of papers")
def test_sentences_are_found_as_poppler_and_pdfium_give_them() -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    if shutil.which("pdftotext") is None:
        pytest.skip("Poppler's pdftotext is not installed")
    sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
    import quotes

    counts = {"Poppler": [0, 0], "PDFium": [0, 0]}
    for path in sorted((Path(SHARED) / "pdfs" / "in-vivo").glob("*.pdf"))[:2]:
        document = quotes.parse_file(path)
        for copied in quotes.selections(path, document, 25):
            state = quotes.placed(copied, document)
            counts[copied.viewer][0] += state == "found"
            counts[copied.viewer][1] += state != "mixed"
    assert all(hit >= 0.97 * tried > 20 for hit, tried in counts.values()), counts
