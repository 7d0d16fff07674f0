"""MuPDF, opened without a word on standard error, and the errors by which it says that a file breaks the format."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from vivex.errors import UnreadablePaper
from vivex.parse.fonts import mend

_UNASKED = ("pymupdf.layout", "pymupdf4llm")  # a network for layouts, opened at once, and Markdown
RESAVE = "open it in a PDF reader and save it again, or download it again"


@contextmanager
def opened(data: bytes) -> Iterator[tuple[Any, str]]:
    """Give an open PDF and what MuPDF said as it opened it; raise UnreadablePaper with the reason."""
    pymupdf = mupdf()
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadablePaper("empty", "the file has no content; download it again")
    pymupdf.set_messages(stream=_Silent())
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pymupdf.TOOLS.mupdf_warnings()
    try:
        pdf = pymupdf.open(stream=data, filetype="pdf")
    except failures() as error:
        raise UnreadablePaper("broken", f"not a PDF that can be opened ({short(error)}); {RESAVE}") from error
    try:
        if not pdf.is_pdf:
            raise UnreadablePaper("broken", f"not a PDF, though named so; {RESAVE}")
        if pdf.needs_pass and not pdf.authenticate(""):
            raise UnreadablePaper("encrypted", "it asks for a password; save a copy without one")
        try:
            count = pdf.page_count
        except failures() as error:
            raise UnreadablePaper("broken", f"its pages can't be counted ({short(error)}); {RESAVE}") from error
        if count <= 0:
            raise UnreadablePaper("empty", f"it has no pages; {RESAVE}")
        yield pdf, pymupdf.TOOLS.mupdf_warnings()
    finally:
        pdf.close()
        pymupdf.TOOLS.mupdf_warnings()


def mended(data: bytes) -> Any:
    """Return the PDF opened anew, the glyphs of its fonts named as `fonts` knows them."""
    pymupdf = mupdf()
    pdf = pymupdf.open(stream=data, filetype="pdf")
    if pdf.needs_pass:
        pdf.authenticate("")
    with suppress(*failures()):
        mend(pdf)
    pymupdf.TOOLS.mupdf_warnings()  # said when the file was opened first
    return pdf


class _Silent:
    """Take what PyMuPDF would print."""

    def write(self, text: str) -> None:
        """Drop the text."""

    def flush(self) -> None:
        """Do nothing."""


def mupdf() -> Any:
    """Return PyMuPDF, which has no types, without the packages that it imports where they happen to be installed."""
    if "pymupdf" not in sys.modules:
        hidden = [name for name in _UNASKED if name not in sys.modules]
        sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: not to be found
        try:
            import pymupdf
        finally:
            for name in hidden:
                del sys.modules[name]
    import pymupdf

    return pymupdf


def size_of(page: Any) -> tuple[float, float]:
    """Return the width and height of an unturned page in the points that its text is given in.

    A page in units of its own (/UserUnit) is larger than its boxes say.
    """
    kind, value = page.parent.xref_get_key(page.xref, "UserUnit")
    unit = float(value) if kind in ("int", "real", "float") else 1.0
    box = page.cropbox
    return box.width * unit, box.height * unit


def failures() -> tuple[type[Exception], ...]:
    """Return the errors by which MuPDF says that a file breaks the format."""
    pymupdf = mupdf()
    return (RuntimeError, ValueError, IndexError, TypeError, pymupdf.mupdf.FzErrorBase)


def short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
