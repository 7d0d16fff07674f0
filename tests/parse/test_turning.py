"""Pages stored turned, tables that run up or down a page, and the way back to the page's own coordinates."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import HEIGHT, WIDTH, paper

from vivex.document import Document, from_json, to_json
from vivex.parse.pdf import parse_pdf
from vivex.parse.turning import inverse, moved, moved_edges, then, upright_frame

pymupdf: Any = pytest.importorskip("pymupdf")
PAPER = paper()
NUMBERS = st.integers(-900, 900)


def parsed(data: bytes) -> Document:
    """Return the Document of a PDF's bytes."""
    return parse_pdf(data, study="s", params={})


def turned(data: bytes, rotation: int, *, only: int | None = None) -> bytes:
    """Return a PDF whose pages (or one) are stored turned and shown upright by /Rotate."""
    source, made = pymupdf.open(stream=data), pymupdf.open()
    for number in range(source.page_count):
        turn = rotation if only in (None, number) else 0
        size = (HEIGHT, WIDTH) if turn % 180 else (WIDTH, HEIGHT)
        page = made.new_page(width=size[0], height=size[1])
        page.show_pdf_page(page.rect, source, number, rotate=turn)
        page.set_rotation(turn)
    return made.tobytes()


@pytest.fixture(scope="module")
def upright() -> Document:
    """Return the paper of printed.py, read."""
    return parsed(PAPER)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages_read_as_shown(upright: Document, rotation: int) -> None:
    document = parsed(turned(PAPER, rotation))
    assert document.text == upright.text
    assert [(b.kind, b.start, b.end) for b in document.blocks] == [(b.kind, b.start, b.end) for b in upright.blocks]
    assert {page.rotation for page in document.pages} == {rotation}


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("only", [0, 1])
def test_one_turned_page_among_upright_ones(upright: Document, rotation: int, only: int) -> None:
    assert parsed(turned(PAPER, rotation, only=only)).text == upright.text


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_of_turned_pages_hold_the_ink(rotation: int) -> None:
    data = turned(PAPER, rotation)
    document = parsed(data)
    start = document.text.index("Under surgery stands")
    (number, box), *more = document.boxes(start, start + len("Under surgery"))
    assert not more
    with pymupdf.open(stream=data) as pdf:
        page = pdf[number - 1]
        found = page.search_for("Under surgery stands text number 1")[0]
        assert (box[0] + box[2]) / 2 == pytest.approx((found.x0 + found.x1) / 2, abs=3 if rotation % 180 else 99)
        assert abs(pymupdf.Rect(box) & found) > 0.8 * abs(pymupdf.Rect(box))
        assert pymupdf.Rect(box) in page.cropbox
    ((_, again),) = from_json(to_json(document)).boxes(start, start + len("Under surgery"))
    assert again == pytest.approx(box, abs=0.1)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_upside_down_pages_without_rotate_are_read(upright: Document, rotation: int) -> None:
    with pymupdf.open(stream=turned(PAPER, rotation)) as pdf:
        for page in pdf:
            page.set_rotation(0)
        assert parsed(pdf.tobytes()).text == upright.text


@pytest.mark.parametrize("value", ["45", "30", "135", "-45", "1.5"])
def test_rotations_that_are_no_quarter_turn_are_dropped(value: str) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((72, 100), "Forty mice were weighed on the first day.", fontsize=10)
    pdf.xref_set_key(page.xref, "Rotate", value)
    document = parsed(pdf.tobytes())
    assert document.text == "Forty mice were weighed on the first day."
    ((_, box),) = document.boxes(0, 5)
    assert 70 < box[0] < 74
    assert box[1] < 100 < box[3]


@given(st.integers(0, 3), st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), st.integers(0, 3))
def test_frames_lead_back(way: int, corners: tuple[int, int, int, int], other: int) -> None:
    box = (min(corners[::2]), min(corners[1::2]), max(corners[::2]), max(corners[1::2]))
    frame = then(upright_frame(way, 600, 800), upright_frame(other, 500, 700))
    assert moved(moved(box, frame), inverse(frame)) == box
    edges, vertical = moved_edges([box[0], box[2]], frame)
    whole = moved(box, frame)
    assert sorted(edges) == ([whole[1], whole[3]] if vertical else [whole[0], whole[2]])


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [(0, 0, 595, 842), (40, 40, 560, 800), (30, 0, 595, 700)])
def test_a_cropped_page_reads_the_same_however_it_is_turned(rotation: int, crop: tuple[int, ...]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for n in range(12):
        page.insert_text((72, 100 + 14 * n), f"Line {n} says that the mice were weighed on day {n} by one keeper.")
    page.set_cropbox(pymupdf.Rect(crop))
    page.set_rotation(rotation)
    document = parse_pdf(pdf.tobytes(), study="s", params={})
    assert [word for word in document.text.split() if word.isdigit()] == [str(n) for n in range(12) for _ in range(2)]
    assert document.warnings == ()
    first = document.fragments[0]
    assert first.box[0] == pytest.approx(72 - crop[0], abs=2)
