"""A page's characters become printed lines with an edge at every character, and its drawings rules."""

from __future__ import annotations

from typing import Any

import pymupdf
from printed import BODY, BOLD, FILLER, Paper, parsed

from vivex.parse.characters import page_lines, page_rules
from vivex.parse.lines import Line


def raw(page: Any) -> dict[str, Any]:
    """Return a page as MuPDF tells it."""
    flags = pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_CLIP | pymupdf.TEXT_COLLECT_VECTORS
    found: dict[str, Any] = page.get_text("rawdict", flags=flags)
    return found


def printed(*pieces: tuple[float, float, str, float, str]) -> list[Line]:
    """Return the lines of a page with texts at (x, y), in a size and font."""
    page = pymupdf.open().new_page()
    for x, y, text, size, font in pieces:
        page.insert_text((x, y), text, fontsize=size, fontname=font)
    return page_lines(raw(page), 3)


def test_a_line_has_an_edge_at_every_character() -> None:
    text = "Rats were kept in pairs."
    (line,) = printed((72, 100, text, 10, BODY))
    assert (line.page, line.text, line.size, line.base, line.upright) == (3, text, 10, 100, True)
    assert len(line.edges) == len(text) + 1
    assert line.edges == sorted(line.edges)
    for i in range(len(text)):
        width = pymupdf.get_text_length(text[:i], BODY, 10)
        assert abs(line.edges[i] - 72 - width) < 0.1
    assert line.y0 < 100 < line.y1


def test_spans_tell_the_type() -> None:
    width = pymupdf.get_text_length("Animals. ", BOLD, 10)
    (line,) = printed((72, 100, "Animals. ", 10, BOLD), (72 + width, 100, "Rats ran far.", 10, BODY))
    assert line.text == "Animals. Rats ran far."
    assert [(line.text[s.start : s.end].strip(), s.bold) for s in line.spans] == [
        ("Animals.", True),
        ("Rats ran far.", False),
    ]
    assert not line.pure
    assert not line.bold


def test_lines_and_far_pieces_are_apart() -> None:
    found = printed((72, 100, "Sham", 10, BODY), (200, 100, "8", 10, BODY), (72, 120, "Low", 10, BODY))
    assert [line.text for line in found] == ["Sham", "8", "Low"]


def test_white_around_a_line_is_no_part_of_it() -> None:
    (line,) = printed((72, 100, "   Rats ran.  ", 10, BODY))
    assert line.text == "Rats ran."
    assert len(line.edges) == 10
    assert line.x0 == line.edges[0] > 72


def test_a_line_up_the_page_has_a_box_and_no_edges() -> None:
    page = pymupdf.open().new_page()
    page.insert_text((72, 300), "Downloaded", fontsize=10, rotate=90)
    (line,) = page_lines(raw(page), 1)
    assert (line.upright, line.edges) == (False, [])
    assert line.y1 - line.y0 > line.x1 - line.x0


def test_an_empty_page_has_no_lines() -> None:
    assert printed() == []


def test_rules_are_joined_and_short_strokes_left_out() -> None:
    page = pymupdf.open().new_page()
    for x0, y0, x1, y1 in ((72, 100, 150, 100), (152, 100, 300, 100), (72, 200, 80, 200), (72, 200, 72, 400)):
        page.draw_line((x0, y0), (x1, y1), width=0.5)
    (rule,) = page_rules(raw(page))
    assert (round(rule.x0), round(rule.x1), round(rule.y)) == (72, 300, 100)


def test_a_frame_is_two_rules() -> None:
    page = pymupdf.open().new_page()
    page.draw_rect((72, 100, 300, 200), width=0.5)
    rules = page_rules(raw(page))
    assert len(rules) == 2
    assert 95 < rules[0].y < 105 < 195 < rules[1].y < 205


def test_superscripts_are_not_digits_of_the_number_before_them() -> None:
    paper = Paper(columns=1)
    paper.paragraph(FILLER, indent=0)
    y = paper.y + 20
    paper.page.insert_text((50, y), "Each knee got 10", fontname=BODY, fontsize=10)
    x = 50 + pymupdf.get_text_length("Each knee got 10", BODY, 10)
    paper.page.insert_text((x, y - 3.5), "11", fontname=BODY, fontsize=6)
    x += pymupdf.get_text_length("11", BODY, 6)
    paper.page.insert_text((x, y), " particles of CO", fontname=BODY, fontsize=10)
    x += pymupdf.get_text_length(" particles of CO", BODY, 10)
    paper.page.insert_text((x, y + 2), "2", fontname=BODY, fontsize=6)
    text = parsed(paper.bytes()).text
    assert "10¹¹ particles of CO2" in text
