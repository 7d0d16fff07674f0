"""The pages of a PDF: lines, rules and sizes, and what of them can't be read."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest
from printed import ITALIC, made, parsed

from vivex.errors import UnreadablePaper
from vivex.parse import pages
from vivex.parse.pages import read_pages


def test_pages_have_their_lines_rules_and_size() -> None:
    pdf: Any = pymupdf.open()
    for n, (width, height) in enumerate(((595, 842), (400, 300)), 1):
        page = pdf.new_page(width=width, height=height)
        page.insert_text((72, 100), f"Page {n} of rats")
        page.draw_line((72, 120), (300, 120))
    found = read_pages(pdf, pdf.tobytes(), {})
    assert [(line.page, line.text) for line in found.lines] == [(1, "Page 1 of rats"), (2, "Page 2 of rats")]
    assert [(p.number, p.width, p.height) for p in found.pages] == [(1, 595, 842), (2, 400, 300)]
    assert found.heights == {1: 842, 2: 300}
    assert {page: len(rules) for page, rules in found.rules.items()} == {1: 1, 2: 1}
    assert [(look.number, look.words) for look in found.looks] == [(1, 4), (2, 4)]
    assert (found.failed, found.hidden) == (0, [])


def test_a_page_turned_to_be_read_is_as_high_as_it_was_wide() -> None:
    pdf: Any = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    for n in range(5):
        page.insert_text((100 + 14 * n, 700), "Rats were kept in pairs.", rotate=90)
    page.set_rotation(90)
    found = read_pages(pdf, pdf.tobytes(), {})
    assert found.heights == {1: 595}
    assert all(line.upright for line in found.lines)
    assert found.pages[0].rotation == 90


def test_a_page_that_can_not_be_read_is_left_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = pages.page_lines

    def failing(raw: dict[str, Any], number: int, *more: Any) -> Any:
        if number == 2:
            raise ValueError("bad stream\nmore")
        return lines(raw, number, *more)

    monkeypatch.setattr(pages, "page_lines", failing)
    data = made("Rats.", "Mice.", "Dogs.")
    found = read_pages(pymupdf.open(stream=data), data, {})
    assert [line.text for line in found.lines] == ["Rats.", "Dogs."]
    assert found.failed == 1
    assert found.looks[1].damage == "bad stream"
    assert len(found.pages) == len(found.heights) == 3


def test_an_odd_turn_is_none() -> None:
    pdf: Any = pymupdf.open(stream=made("Rats were kept in pairs."))
    pdf.xref_set_key(pdf[0].xref, "Rotate", "45")
    data = pdf.tobytes()
    (page,) = read_pages(pymupdf.open(stream=data), data, {}).pages
    assert page.rotation == 0


def test_more_text_than_the_limit_is_refused() -> None:
    data = made("Rats were kept in pairs.")
    with pytest.raises(UnreadablePaper) as caught:
        read_pages(pymupdf.open(stream=data), data, {"max_characters": 23})
    assert caught.value.reason == "too large"
    assert read_pages(pymupdf.open(stream=data), data, {"max_characters": 24}).lines


def test_limits_are_kept() -> None:
    with pytest.raises(UnreadablePaper, match="3 pages"):
        parsed(made("One.", "Two.", "Three."), max_pages=2)
    with pytest.raises(UnreadablePaper, match="characters"):
        parsed(made("Rats were kept in pairs."), max_characters=10)


def test_a_rotated_page_keeps_unrotated_coordinates() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((72, 100), "Rats were kept in pairs.", fontname=ITALIC, fontsize=10)
    page.set_rotation(90)
    document = parsed(pdf.tobytes())
    start = document.text.index("kept")
    ((number, (x0, y0, x1, y1)),) = document.boxes(start, start + 4)
    assert number == 1
    assert 72 < x0 < x1 < 200
    assert 88 < y0 < y1 < 106


def test_a_page_in_units_of_its_own_is_as_large_as_its_text() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=300, height=200)
    page.insert_text((200, 150), "Rats were kept.", fontname=ITALIC, fontsize=10)
    pdf.xref_set_key(page.xref, "UserUnit", "2.5")
    document = parsed(pdf.tobytes())
    assert "Rats were kept." in document.text
    assert (document.pages[0].width, document.pages[0].height) == (750, 500)
    ((_, (x0, _, x1, y1)),) = document.boxes(*(document.text.index("Rats") + n for n in (0, 4)))
    assert 495 < x0 < x1 < 600
    assert 350 < y1 < 400
