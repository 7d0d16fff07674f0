"""Pages of PDFs as pictures, painted in one bounded child process, so that nothing in a PDF runs in the browser."""

from __future__ import annotations

import functools
import io
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex.document import Page
from vivex.errors import TransientFault, UnknownName
from vivex.pool import Pool

SECONDS = 20.0  # for one page
MEMORY_MB = 1500
CACHE = 96 * 1024 * 1024  # bytes of pictures kept
MOST_PIXELS = 16_000_000
LEAST, MOST = 0.25, 6.0  # pixels for each point


@dataclass(frozen=True, slots=True)
class Wanted:
    """Name a picture: the file, its bytes' hash, the page as the document knows it, and pixels for each point."""

    path: Path
    sha256: str
    page: Page
    scale: float


@dataclass
class Painter:
    """Paint pages one at a time; a picture that was painted is kept."""

    _pool: Pool = field(default_factory=lambda: Pool(jobs=1, seconds=SECONDS, memory_mb=MEMORY_MB))
    _kept: OrderedDict[tuple[str, int, float], bytes] = field(default_factory=OrderedDict)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _size: int = 0
    _closed: bool = False

    def picture(self, wanted: Wanted) -> bytes:
        """Return a page as WebP; raise the error of a page that can't be painted."""
        key = (wanted.sha256, wanted.page.number, wanted.scale)
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            if self._closed:
                raise TransientFault("the desk is closing; start it anew")
            (outcome,) = self._pool.map(paint, [wanted])
            if outcome.error is not None:
                raise outcome.error
            data: bytes = outcome.value
            self._kept[key] = data
            self._size += len(data)
            while self._size > CACHE:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone)
            return data

    def warm(self) -> None:
        """Start the child before it is needed."""
        with self._turn:
            if not self._closed:
                list(self._pool.map(_ready, [None]))

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._closed = True
            self._pool.__exit__()


def scale_of(text: str) -> float:
    """Return a scale as asked for, to a twentieth: pictures of nearly one size are one."""
    try:
        asked = float(text)
    except ValueError:
        asked = float("nan")
    if not asked == asked or not 0 < asked < 100:
        raise UnknownName(f"scale {text!r} is none; give pixels for each point, such as 1.5")
    return round(min(max(asked, LEAST), MOST) * 20) / 20


def paint(wanted: Wanted) -> bytes:
    """Return a page as WebP, as large as the document's page at the scale; runs in the child."""
    from PIL import Image

    pymupdf = _mupdf()
    pdf = _opened(wanted.path, wanted.sha256)
    if not 1 <= wanted.page.number <= pdf.page_count:
        raise UnknownName(f"{wanted.path.name} has {pdf.page_count} pages; page {wanted.page.number} is none of them")
    page = pdf.load_page(wanted.page.number - 1)
    if page.rotation != wanted.page.rotation:
        page.set_rotation(wanted.page.rotation)
    width, height = shown_size(wanted.page)
    scale = min(wanted.scale, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    box = page.rect
    across, down = max(1, round(width * scale)) / box.width, max(1, round(height * scale)) / box.height
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(across, down), alpha=False, annots=True)
    image = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)
    stream = io.BytesIO()
    image.save(stream, "WEBP", quality=82, method=1)
    pymupdf.TOOLS.mupdf_warnings()
    return stream.getvalue()


def shown_size(page: Page) -> tuple[float, float]:
    """Return a page's width and height as it is shown, in points."""
    return (page.height, page.width) if page.rotation % 180 else (page.width, page.height)


def _ready(_: object) -> None:
    """Import what painting needs."""
    from PIL import Image

    Image.init()
    _mupdf()


def _mupdf() -> Any:
    """Return PyMuPDF, which has no types, without a word on standard error."""
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    return pymupdf


@functools.lru_cache(maxsize=2)
def _opened(path: Path, sha256: str) -> Any:
    """Return an open PDF; `sha256` names its bytes, so that a file that was replaced is opened anew."""
    pdf = _mupdf().open(stream=path.read_bytes(), filetype="pdf")
    if pdf.needs_pass:
        pdf.authenticate("")
    return pdf
