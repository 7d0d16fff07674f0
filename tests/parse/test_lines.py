"""A printed line's box lies on the page as the file has it, whichever way the line was turned to be read."""

from __future__ import annotations

import pytest
from printed import set_line

from vivex.parse.turning import inverse, moved, upright_frame


def test_an_upright_line_stands_where_it_is_printed() -> None:
    line = set_line("Rats", 50, 100)
    assert line.box == (50, pytest.approx(91.8), 70, pytest.approx(102.4))


@pytest.mark.parametrize("way", [1, 2, 3])
def test_a_turned_line_has_its_box_on_the_page(way: int) -> None:
    frame = upright_frame(way, 595, 842)
    line = set_line("Rats", 50, 100, back=inverse(frame))
    assert line.box != (line.x0, line.y0, line.x1, line.y1)
    assert moved(line.box, frame) == pytest.approx((line.x0, line.y0, line.x1, line.y1))
    x0, y0, x1, y1 = line.box
    assert 0 <= x0 < x1 <= 595
    assert 0 <= y0 < y1 <= 842


def test_lines_of_the_same_words_are_not_one() -> None:
    assert set_line("Rats") != set_line("Rats")
