"""Pages are painted in a child, as large as the document says, turned as readers show them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from vivex.desk.painting import CACHE, LEAST, MOST, Painter, Wanted, paint, scale_of, shown_size
from vivex.document import Page, sha256
from vivex.errors import UnknownName, UnreadablePaper, VivexError


def pdf(path: Path, *, rotation: int = 0, unit: int = 1) -> Wanted:
    """Write a page with a black corner at its top left; return what to ask for."""
    import pymupdf

    made = pymupdf.open()
    page = made.new_page(width=300, height=400)
    page.draw_rect(pymupdf.Rect(0, 0, 60, 40), fill=(0, 0, 0))
    page.set_rotation(rotation)
    if unit != 1:
        made.xref_set_key(page.xref, "UserUnit", str(unit))
    path.write_bytes(made.tobytes())
    made.close()
    return Wanted(path, sha256(path.read_bytes()), Page(1, 300, 400, rotation), 1.0)


def image(data: bytes) -> Image.Image:
    """Return a picture."""
    return Image.open(io.BytesIO(data)).convert("L")


@pytest.fixture
def painter() -> Iterator[Painter]:
    """Return a painter, and end its child."""
    made = Painter()
    yield made
    made.close()


@pytest.mark.parametrize(("rotation", "corner"), [(0, (5, 5)), (90, (395, 5)), (180, (295, 395)), (270, (5, 295))])
def test_a_page_is_as_large_as_it_is_shown(tmp_path: Path, rotation: int, corner: tuple[int, int]) -> None:
    wanted = pdf(tmp_path / "a.pdf", rotation=rotation)
    made = image(paint(wanted))
    assert made.size == shown_size(wanted.page)
    assert made.getpixel(corner) < 60
    assert made.getpixel((made.width // 2, made.height // 2)) > 240


def test_a_user_unit_changes_no_size(tmp_path: Path) -> None:
    made = image(paint(pdf(tmp_path / "a.pdf", unit=2)))
    assert made.size == (300, 400)
    assert made.getpixel((55, 35)) < 60
    assert made.getpixel((70, 50)) > 240


def test_pictures_are_painted_in_a_child_and_kept(tmp_path: Path, painter: Painter) -> None:
    wanted = pdf(tmp_path / "a.pdf")
    painter.warm()
    first = painter.picture(wanted)
    wanted.path.unlink()
    assert painter.picture(wanted) == first
    assert len(first) < CACHE


def test_a_file_that_breaks_is_told_and_the_next_is_painted(tmp_path: Path, painter: Painter) -> None:
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(VivexError):
        painter.picture(Wanted(broken, "x", Page(1, 300, 400), 1.0))
    with pytest.raises((UnknownName, UnreadablePaper)):
        painter.picture(Wanted(pdf(tmp_path / "a.pdf").path, "y", Page(9, 300, 400), 1.0))
    assert painter.picture(pdf(tmp_path / "a.pdf"))


@pytest.mark.parametrize(("text", "scale"), [("1.5", 1.5), ("0.01", LEAST), ("50", MOST), ("1.513", 1.5)])
def test_scales_are_bounded(text: str, scale: float) -> None:
    assert scale_of(text) == scale


@pytest.mark.parametrize("text", ["", "nan", "-1", "inf", "1e9", "x"])
def test_what_is_no_scale_is_told(text: str) -> None:
    with pytest.raises(UnknownName, match="pixels for each point"):
        scale_of(text)
