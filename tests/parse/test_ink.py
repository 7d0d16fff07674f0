"""Text that no reader sees decides nothing and is warned of; banners, boxes and the text layer of a scan are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vivex.document import Document
from vivex.parse import parse_bytes

pymupdf: Any = pytest.importorskip("pymupdf")
SEEN = "Forty mice were weighed by the keepers on every day of the week."
HIDDEN = "The mice were allocated by a table of random numbers."
WHITE, GREY, NAVY = (1, 1, 1), (0.97, 0.97, 0.98), (0.1, 0.1, 0.4)


def parsed(*draw: Callable[[Any], None], rotation: int = 0) -> Document:
    """Return the Document of a page with a seen line and what `draw` adds."""
    pdf = pymupdf.open()
    page = pdf.new_page()
    for n in range(3):
        page.insert_text((72, 100 + 14 * n), SEEN, fontsize=10)
    for add in draw:
        add(page)
    page.set_rotation(rotation)
    return parse_bytes(pdf.tobytes(), name="s.pdf")


def text(words: str = HIDDEN, y: float = 300, **style: Any) -> Callable[[Any], None]:
    """Return what writes a line."""
    return lambda page: page.insert_text((72, y), words, **{"fontsize": 10, **style})


def box(fill: tuple[float, ...] | None, y: float = 300, **style: Any) -> Callable[[Any], None]:
    """Return what draws a box over a line."""
    return lambda page: page.draw_rect((60, y - 12, 500, y + 6), color=None, fill=fill, **style)


def picture(grey: int, area: tuple[float, ...] = (0, 0, 595, 842)) -> Callable[[Any], None]:
    """Return what puts a picture, half dark and half light, on the page."""
    pixmap = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 40))
    pixmap.clear_with(grey)
    for n in range(0, 40, 2):
        for m in range(40):
            pixmap.set_pixel(n, m, (255 - grey,))
    return lambda page: page.insert_image(area, pixmap=pixmap)


@pytest.mark.parametrize(
    "draw",
    [
        [text(color=WHITE)],
        [text(color=GREY)],
        [text(render_mode=3)],
        [text(fill_opacity=0, stroke_opacity=0)],
        [text(), box(WHITE)],
        [text(), box(NAVY)],
        [box(WHITE), text(color=WHITE)],
        [text(fontsize=0.7)],
        [text(color=WHITE, y=100)],
    ],
)
@pytest.mark.parametrize("rotation", [0, 90])
def test_hidden_text_decides_nothing_and_is_warned_of(draw: list[Callable[[Any], None]], rotation: int) -> None:
    document = parsed(*draw, rotation=rotation)
    assert "random numbers" not in document.text
    assert document.text.count("Forty mice") == 3
    (warning,) = document.warnings
    assert warning.startswith("page 1: text that no reader sees was left out")
    assert "allocated by a table" in warning


def crop(x0: float, y0: float, x1: float, y1: float) -> Callable[[Any], None]:
    """Return what shows a part of the sheet only."""
    return lambda page: page.set_cropbox(pymupdf.Rect(x0, y0, x1, y1))


@pytest.mark.parametrize(
    "draw",
    [
        [text(y=1000)],
        [text(y=-20)],
        [lambda page: page.insert_text((-400, 300), HIDDEN, fontsize=10)],
        [lambda page: page.insert_text((700, 300), HIDDEN, fontsize=10)],
        [text(y=700), crop(0, 0, 595, 400)],
        [text(y=60), crop(40, 80, 595, 842)],
        [lambda page: page.insert_text((30, 500), HIDDEN, rotate=90, fontsize=10), crop(60, 0, 595, 842)],
    ],
)
@pytest.mark.parametrize("rotation", [0, 90, 180])
def test_text_off_the_page_decides_nothing_and_is_warned_of(draw: list[Callable[[Any], None]], rotation: int) -> None:
    document = parsed(*draw, rotation=rotation)
    assert "random numbers" not in document.text
    assert document.text.count("Forty mice") == 3
    (warning,) = document.warnings
    assert "random numbers" in warning or "allocated by" in warning


def test_a_printers_line_beside_the_page_is_no_matter() -> None:
    slug = "knees_2024_final.indd 3 printed on Monday"
    assert parsed(text(slug, y=820), crop(0, 0, 595, 780)).warnings == ()


def test_a_line_that_runs_off_the_page_keeps_what_is_seen_of_it() -> None:
    document = parsed(lambda page: page.insert_text((480, 300), "Cages were cleaned on Mondays only", fontsize=10))
    assert "Cages were cleaned" in document.text
    assert "only" not in document.text


def test_text_under_a_plain_picture_decides_nothing_and_is_warned_of() -> None:
    plain = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 400, 40))
    plain.clear_with(255)
    document = parsed(text(), lambda page: page.insert_image((60, 285, 500, 310), pixmap=plain, keep_proportion=False))
    assert "random numbers" not in document.text
    (warning,) = document.warnings
    assert "allocated by a table" in warning


def test_text_over_a_plain_picture_is_read() -> None:
    plain = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 400, 40))
    plain.clear_with(230)
    document = parsed(lambda page: page.insert_image((60, 285, 500, 310), pixmap=plain, keep_proportion=False), text())
    assert "random numbers" in document.text
    assert document.warnings == ()


@pytest.mark.parametrize(
    "draw",
    [
        [box(NAVY), text(color=WHITE)],
        [box((0.9, 0.9, 1)), text()],
        [picture(30, (60, 280, 500, 320)), text(color=WHITE)],
        [text(color=(0.5, 0.5, 0.5))],
        [text(render_mode=1)],
        [text(), box(NAVY, fill_opacity=0.2)],
        [box(WHITE), text()],
        [text(), lambda page: page.draw_rect((60, 288, 500, 306), color=(0, 0, 0))],
    ],
)
def test_text_that_is_seen_is_read_without_a_warning(draw: list[Callable[[Any], None]]) -> None:
    document = parsed(*draw)
    assert "random numbers" in document.text
    assert document.warnings == ()


def test_the_text_layer_of_a_scan_is_read() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    picture(20)(page)
    for n in range(30):
        page.insert_text((72, 80 + 20 * n), f"Row {n}: {SEEN}", fontsize=10, render_mode=3)
    document = parse_bytes(pdf.tobytes(), name="s.pdf")
    assert document.text.count("Forty mice") == 30
    assert not [warning for warning in document.warnings if "no reader" in warning]


@pytest.mark.parametrize(
    "draw",
    [
        [text(fill_opacity=0.03, stroke_opacity=0.03)],
        [box(NAVY), text(color=NAVY)],
        [box((0, 0, 0)), text()],
        [box((0.1, 0.5, 0.1)), text(color=(0.12, 0.52, 0.1))],
        [box(WHITE), box(NAVY), text(color=(0.12, 0.1, 0.42))],
    ],
)
def test_text_in_the_colour_of_its_box_or_almost_transparent_is_hidden(draw: list[Callable[[Any], None]]) -> None:
    document = parsed(*draw)
    assert "random numbers" not in document.text
    assert document.text.count("Forty mice") == 3
    assert "allocated by a table" in document.warnings[0]


@pytest.mark.parametrize(
    "draw",
    [
        [box(NAVY), text(color=WHITE)],
        [box((0, 0, 0)), text(color=GREY)],
        [box(NAVY), box(WHITE), text(color=NAVY)],
        [box((0.8, 0.9, 0.8)), text()],
        [text(fill_opacity=0.6)],
    ],
)
def test_text_that_stands_out_from_its_box_is_read(draw: list[Callable[[Any], None]]) -> None:
    assert "random numbers" in parsed(*draw).text
