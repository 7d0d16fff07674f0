"""Raised citation marks of JATS and PDF: out of the words, kept with their places; powers stay."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import BODY, Paper

from vivex.document import Document, from_json, to_json
from vivex.parse.jats import parse_jats
from vivex.parse.pdf import parse_pdf
from vivex.parse.raised import CLOSE, OPEN, enclosed, placed, without

pymupdf: Any = pytest.importorskip("pymupdf")


def jats(content: str) -> Document:
    """Return the Document of a paragraph of JATS."""
    article = f"<article><body><sec><title>Methods</title>{content}</sec></body></article>"
    return parse_jats(article.encode(), study="s", params={})


def written(document: Document) -> list[str]:
    """Return the marks as they are written."""
    return [document.text[mark.start : mark.end].strip() for mark in document.marks]


CITED = '<xref ref-type="bibr">{}</xref>'


@pytest.mark.parametrize(
    ("content", "text", "marks"),
    [
        ("Given 7 mg/kg<sup>" + CITED.format(12) + "</sup> daily.", "Given 7 mg/kg daily.", ["¹²"]),
        ("blinded<sup>" + CITED.format(4) + "," + CITED.format(5) + "</sup>. Rats", "blinded. Rats", ["⁴,⁵"]),
        (
            'male<xref ref-type="bibr"><sup>1</sup></xref><sup>,</sup><xref ref-type="bibr"><sup>2</sup></xref> rats',
            "male rats",
            ["¹,²"],
        ),
        ("rats <sup>12</sup> and mice<sup>3,4</sup>.", "rats and mice.", ["¹²", "³,⁴"]),
        ("rats<sup>1-3</sup> ran", "rats ran", ["¹⁻³"]),
        ('value<sup><xref ref-type="table-fn">a</xref></sup> rose', "value rose", ["a"]),
        ("was 12<sup>a</sup> there", "was 12 there", ["ᵃ"]),
        ("rats<sup>" + ",".join(CITED.format(n) for n in range(1, 41)) + "</sup> ran", "rats ran", None),
        ("10<sup>5</sup> cells, 9 cm<sup>2</sup>, kg<sup>-1</sup>", "10⁵ cells, 9 cm², kg⁻¹", []),
        ("10<sup>5-6</sup> CFU of <sup>18</sup>F", "10⁵⁻⁶ CFU of ¹⁸F", []),
        ("rats [" + CITED.format(12) + "] ran", "rats [12] ran", []),
        ("Ca<sup>2+</sup> and Pten<sup>−/−</sup>", "Ca²⁺ and Pten⁻/⁻", []),
    ],
)
def test_raised_marks_of_jats(content: str, text: str, marks: list[str] | None) -> None:
    document = jats(f"<p>{content}</p>")
    assert " ".join(document.reading.removeprefix("Methods\n\n").split()).replace(" .", ".") == text
    assert marks is None or written(document) == marks


def test_marks_of_jats_stand_where_they_stood() -> None:
    document = jats("<p>Given 7 mg/kg<sup>" + CITED.format(12) + "</sup> to male<sup>3</sup> rats.</p>")
    assert [document.text[: mark.start].split()[-1] for mark in document.marks] == ["mg/kg", "male"]
    table = jats("<table-wrap><table><tr><td>Dose<sup>2</sup></td><td>7.5<sup>a</sup></td></tr></table></table-wrap>")
    assert [table.slice(cell) for cell in table.tables[0].cells] == ["Dose²", "7.5ᵃ"]
    assert table.reading.removeprefix("Methods\n\n").split() == ["Dose", "7.5"]
    assert [table.text[: mark.start].split()[-1] for mark in table.marks] == ["Dose", "7.5"]


def set_raised(*pieces: tuple[str, bool]) -> Document:
    """Return the Document of a page with a line of pieces, some small and raised, and plain lines around it."""
    made = Paper(columns=1)
    for n in range(4):
        made.line(f"The animals of row {n} were weighed on every day of the first week by the same keeper.")
    x = made.x
    for text, raised in pieces:
        size = 6.0 if raised else 10.0
        made.page.insert_text((x, made.y - 3.5 * raised), text, fontname=BODY, fontsize=size)
        x += pymupdf.get_text_length(text, BODY, size)
    made.y += 12
    made.line("Then all of the animals went home to their cages and were given food and water at will.")
    return parse_pdf(made.bytes(), study="s", params={})


@pytest.mark.parametrize(
    ("pieces", "text", "marks"),
    [
        (
            [("They were given 7 mg/kg", False), ("12", True), (" once daily.", False)],
            "given 7 mg/kg once daily.",
            ["¹²"],
        ),
        ([("All readers were blinded", False), ("3,16", True), (" to it.", False)], "blinded to it.", ["³,¹⁶"]),
        ([("Only the male", False), ("12-14", True), (" rats ran.", False)], "male rats ran.", ["¹²⁻¹⁴"]),
        ([("They were weighed.", False), ("9", True), (" Then they ran.", False)], "weighed. Then they ran.", ["⁹"]),
        ([("The values were 12.5", False), ("a,b", True), (" and more.", False)], "12.5 and more.", ["ᵃ,ᵇ"]),
        ([("They got 10", False), ("5", True), (" cells in all.", False)], "10⁵ cells in all.", []),
        ([("An area of 9 cm", False), ("2", True), (" was cut out.", False)], "9 cm² was cut out.", []),
        ([("A dose of 7 mg kg", False), ("-1", True), (" was given.", False)], "7 mg kg⁻¹ was given.", []),
        ([("They got 10", False), ("5-6", True), (" cells in all.", False)], "10⁵⁻⁶ cells in all.", []),
    ],
)
def test_raised_marks_of_pdf(pieces: list[tuple[str, bool]], text: str, marks: list[str]) -> None:
    document = set_raised(*pieces)
    assert text in " ".join(document.reading.split()).replace(" .", ".")
    assert written(document) == marks


def test_boxes_beside_a_mark_of_pdf() -> None:
    document = set_raised(("They were given 7 mg/kg", False), ("12", True), (" once daily.", False))
    (mark,) = document.marks
    start = document.text.index("mg/kg")
    ((_, word),) = document.boxes(start, start + 5)
    ((_, raised),) = document.boxes(mark.start, mark.end)
    assert word[2] == pytest.approx(raised[0], abs=0.2)
    assert raised[2] - raised[0] == pytest.approx(6, abs=1)
    assert from_json(to_json(document)) == document


@given(st.lists(st.tuples(st.text("ab .,", max_size=5), st.text("12,–", max_size=4)), max_size=6))
def test_enclosed_marks_keep_their_places(pieces: list[tuple[str, str]]) -> None:
    enclosing = "".join(words + enclosed(mark) for words, mark in pieces)
    text, marks = placed(enclosing)
    assert OPEN not in text
    assert CLOSE not in text
    assert all(0 <= start < end <= len(text) for start, end in marks)
    assert marks == sorted(marks)
    letters = "".join(words for words, _ in pieces).replace(" ", "").replace(",", "")
    assert without(enclosing).replace(" ", "").replace(",", "") == letters
