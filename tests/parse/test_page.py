"""Line numbers of manuscripts are no part of the text."""

from __future__ import annotations

import pytest
from printed import BODY, FILLER, TYPE, Paper, set_line, wrapped

from vivex.document import BODY_KINDS
from vivex.parse.page import mark_furniture
from vivex.parse.pdf import parse_pdf


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("first", [1, 5, 200])
@pytest.mark.parametrize("places", [(20,), (34,), (550,), (20, 550)])
def test_line_numbers_are_left_out(step: int, first: int, places: tuple[float, ...]) -> None:
    made = Paper(columns=1)
    number = first
    for n in range(3):
        for line in wrapped(f"Page {n + 1} begins here. " + FILLER * 6, BODY, 10, 400):
            y = made.y
            made.line(line, indent=20, step=2)
            for place in places if number % step == 0 else ():
                made.page.insert_text((place, made.y - 20), str(number), fontname=BODY, fontsize=8)
            assert y < made.y
            number += 1
        made.new_page()
    document = parse_pdf(made.bytes(), study="s", params={})
    body = " ".join(document.slice(b) for b in document.blocks if b.kind in BODY_KINDS)
    assert not [word for word in body.split() if word.isdigit() and int(word) > 3]
    assert body.count("Sections were stained with safranin") == 18


def test_numbers_of_a_list_stay() -> None:
    made = Paper(columns=1)
    for n in range(1, 8):
        made.paragraph(f"{n}. The animals of group {n} were weighed. " + FILLER, indent=0)
    document = parse_pdf(made.bytes(), study="s", params={})
    assert "7. The animals of group 7" in document.text


def test_heads_of_tables_that_top_their_pages_are_no_running_heads() -> None:
    lines = []
    for page in (1, 2, 3):
        lines += [set_line("Journal of Knees", y=40, page=page), set_line(f"Table {page}. Weights", y=60, page=page)]
        lines += [set_line("Sham", y=76, page=page), set_line("Rats were weighed each day.", y=300, page=page)]
    mark_furniture(lines, dict.fromkeys((1, 2, 3), 842.0), TYPE)
    assert {(line.text, line.kind) for line in lines if line.text in ("Sham", "Journal of Knees")} == {
        ("Sham", ""),
        ("Journal of Knees", "header"),
    }
