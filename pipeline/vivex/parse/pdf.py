"""PDF: the paper's text in reading order, its structure, and every character's place on the page."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from vivex.document import Document, Page, sha256
from vivex.errors import UnreadablePaper
from vivex.parse.assemble import Words, assemble
from vivex.parse.characters import page_lines, page_rules
from vivex.parse.fonts import garbled, mend
from vivex.parse.lines import Line, Rule
from vivex.parse.page import body_type, mark_furniture, set_columns
from vivex.parse.paragraphs import grouped
from vivex.parse.reading_order import reordered
from vivex.parse.structure import structure
from vivex.parse.turning import aside_frame, page_way, turn_page, upright_frame

VERSION = "pdf@2"
MAX_PAGES = 2000
MAX_CHARACTERS = 20_000_000
_PARENTS = 16  # levels of the page tree from which a page may inherit
_RESAVE = "open it in a PDF reader and save it again, or download it again"
_OCR = "it has no text layer (a scan?): add one with `ocrmypdf IN.pdf OUT.pdf`, or set parse.ocr: true where OCRmyPDF is installed"


class PdfParser:
    """Read a PDF."""

    suffixes = (".pdf",)

    def __call__(self, data: bytes, *, study: str, params: Mapping[str, Any]) -> Document:
        with _opened(data) as (pdf, messages):
            if pdf.page_count > params.get("max_pages", MAX_PAGES):
                raise UnreadablePaper(
                    "too large", f"{pdf.page_count} pages; split it, or raise parse.max_pages to read it whole"
                )
            with _no_collection():
                document = _parsed(pdf, data, study, params, messages)
        if document is not None:
            return document
        from vivex.parse.ocr import with_text

        return self(with_text(data), study=study, params={**params, "ocr": False})


def _parsed(pdf: Any, data: bytes, study: str, params: Mapping[str, Any], messages: list[str]) -> Document | None:
    """Return the Document of an open PDF, or None where it is to be recognised optically first."""
    lines, pages, heights, rules = _read(pdf, data, params, messages)
    if any(len(line.text) > 1 for line in lines):
        return _document(lines, pages, heights, rules, data, study, dict(pdf.metadata or {}), messages)
    if messages:
        raise UnreadablePaper("broken", f"no page can be read ({messages[0]}); {_RESAVE}")
    if params.get("ocr"):
        return None
    raise UnreadablePaper("no text", _OCR)


def _document(
    lines: list[Line],
    pages: list[Page],
    heights: dict[int, float],
    rules: dict[int, list[Rule]],
    data: bytes,
    study: str,
    metadata: dict[str, Any],
    messages: list[str],
) -> Document:
    """Return the Document that the lines make."""
    body = body_type(lines)
    mark_furniture(lines, heights, body)
    columns = set_columns(lines, body)
    words = Words(lines)
    flow = [line for line in lines if not line.kind]
    groups, sections, places, meta = structure(
        reordered(grouped(flow, columns, body)), lines, rules, body, columns, heights, metadata
    )
    layers = assemble(groups, places, words)
    return Document(
        study=study,
        text=layers.text,
        blocks=layers.blocks,
        sections=tuple(sections),
        fragments=layers.fragments,
        pages=tuple(pages),
        tables=layers.tables,
        marks=layers.marks,
        source_format="pdf",
        pdf_sha256=sha256(data),
        parser=VERSION,
        warnings=tuple(messages),
        meta=meta,
    )


def _read(
    pdf: Any, data: bytes, params: Mapping[str, Any], messages: list[str]
) -> tuple[list[Line], list[Page], dict[int, float], dict[int, list[Rule]]]:
    """Return all printed lines, the pages, and each page's height and rules; a page that can't be read is left empty."""
    lines: list[Line] = []
    pages: list[Page] = []
    heights: dict[int, float] = {}
    rules: dict[int, list[Rule]] = {}
    size, mended = 0, False
    limit = params.get("max_characters", MAX_CHARACTERS)
    for index in range(pdf.page_count):
        try:
            page, height, found, drawn = _page(pdf, index)
            if not mended and garbled("\n".join([line.text for line in found])):
                pdf, mended = _mended(data), True  # some font misnames its glyphs
                page, height, found, drawn = _page(pdf, index)
        except _failures() as error:
            pages.append(Page(index + 1, 612, 792, 0))
            messages.append(f"page {index + 1} left out: {_short(error)}")
            continue
        size += sum([len(line.text) for line in found])
        if size > limit:
            raise UnreadablePaper(
                "too large", f"more than {limit} characters of text; split it, or raise parse.max_characters"
            )
        pages.append(page)
        heights[index + 1] = height
        lines += found
        rules[index + 1] = drawn
    return lines, pages, heights, rules


def _page(pdf: Any, index: int) -> tuple[Page, float, list[Line], list[Rule]]:
    """Return a page, its height as it is read, its printed lines and its rules."""
    pymupdf = _mupdf()
    flags = pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_CLIP | pymupdf.TEXT_COLLECT_VECTORS
    page = pdf.load_page(index)
    if not page.rotation and _rotate_key(pdf, page.xref) not in ("null", "0"):
        page.set_rotation(0)  # /Rotate 45: only quarter turns exist, and readers drop others
    box = page.cropbox
    raw = page.get_text("rawdict", flags=flags)
    way = page_way(raw, page.rotation)
    frame = upright_frame(way, box.width, box.height)
    if way:
        turn_page(raw, frame)
    aside = aside_frame(raw)
    lines, rules = page_lines(raw, index + 1, frame, aside), page_rules(raw, aside)
    height = box.width if way % 2 else box.height
    return Page(index + 1, box.width, box.height, page.rotation), height, lines, rules


def _rotate_key(pdf: Any, xref: int) -> str:
    """Return a page's /Rotate as written, its own or the one it inherits."""
    for _ in range(_PARENTS):
        kind, value = pdf.xref_get_key(xref, "Rotate")
        if kind != "null":
            return str(value)
        kind, value = pdf.xref_get_key(xref, "Parent")
        if kind != "xref":
            break
        xref = int(value.split()[0])
    return "null"


def _mended(data: bytes) -> Any:
    """Return the PDF opened anew, the glyphs of its fonts named as `fonts` knows them."""
    pymupdf = _mupdf()
    pdf = pymupdf.open(stream=data, filetype="pdf")
    if pdf.needs_pass:
        pdf.authenticate("")
    with suppress(*_failures()):
        mend(pdf)
    return pdf


class _Silent:
    """Take what PyMuPDF would print."""

    def write(self, text: str) -> None:
        """Drop the text."""

    def flush(self) -> None:
        """Do nothing."""


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[Any, list[str]]]:
    """Open a PDF without a word on standard error; raise UnreadablePaper with the reason."""
    pymupdf = _mupdf()
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadablePaper("empty", "the file has no content; download it again")
    pymupdf.set_messages(stream=_Silent())
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    pymupdf.TOOLS.mupdf_warnings()
    try:
        pdf = pymupdf.open(stream=data, filetype="pdf")
    except _failures() as error:
        raise UnreadablePaper("broken", f"not a PDF that can be opened ({_short(error)}); {_RESAVE}") from error
    messages: list[str] = []
    try:
        if pdf.needs_pass and not pdf.authenticate(""):
            raise UnreadablePaper("encrypted", "it asks for a password; save a copy without one")
        try:
            count = pdf.page_count
        except _failures() as error:
            raise UnreadablePaper("broken", f"its pages can't be counted ({_short(error)}); {_RESAVE}") from error
        if count <= 0:
            raise UnreadablePaper("empty", f"it has no pages; {_RESAVE}")
        yield pdf, messages
    finally:
        pdf.close()
        pymupdf.TOOLS.mupdf_warnings()


def _mupdf() -> Any:
    """Return PyMuPDF, which has no types."""
    import pymupdf

    return pymupdf


def _failures() -> tuple[type[Exception], ...]:
    """Return the errors by which MuPDF says that a file breaks the format."""
    pymupdf = _mupdf()
    return (RuntimeError, ValueError, IndexError, TypeError, pymupdf.mupdf.FzErrorBase)


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector still while millions of short-lived tuples pass (a third of the time otherwise)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


parse_pdf = PdfParser()
