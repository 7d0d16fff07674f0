"""PDF: the paper's text in reading order, its structure, and every character's place on the page."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from vivex.document import Document, sha256
from vivex.errors import UnreadablePaper
from vivex.parse.assemble import Words, assemble
from vivex.parse.mupdf import RESAVE, opened
from vivex.parse.ocr import can_add_text
from vivex.parse.outline import structure
from vivex.parse.page import body_type, mark_furniture, set_columns
from vivex.parse.pages import Pages, read_pages
from vivex.parse.paragraphs import grouped
from vivex.parse.reading_order import reordered, untangled
from vivex.parse.remarks import all_scanned, damage_of, of_pages
from vivex.parse.signs import read_signs

VERSION = "pdf@2"
MAX_PAGES = 2000
_OCR = (
    "it has no text layer (a scan?): add one with `ocrmypdf IN.pdf OUT.pdf`, or set parse.ocr: true where OCRmyPDF is "
    "installed"
)
_LOST = f"the file is damaged, and no text could be read; {RESAVE}"
_OCR_COVER = (
    "scanned pages whose only text is a stamp or cover sheet: add a text layer with `ocrmypdf --skip-text IN.pdf "
    "OUT.pdf`, or set parse.ocr: true where OCRmyPDF is installed"
)


class PdfParser:
    """Read a PDF."""

    suffixes = (".pdf",)

    def __call__(self, data: bytes, *, study: str, params: Mapping[str, Any]) -> Document:
        with opened(data) as (pdf, messages):
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


def _parsed(pdf: Any, data: bytes, study: str, params: Mapping[str, Any], messages: str) -> Document | None:
    """Return the Document of an open PDF, or None where it is to be recognised optically first."""
    found = read_pages(pdf, data, params)
    legible = any(len(line.text) > 1 for line in found.lines)
    repaired = bool(pdf.is_repaired) or bool(damage_of(messages))
    if params.get("ocr") and any(look.scanned for look in found.looks) and (not legible or can_add_text()):
        return None
    if legible and not all_scanned(found.looks):
        warnings = [*of_pages(found.looks, repaired=repaired), *found.hidden]
        return _document(found, data, study, dict(pdf.metadata or {}), warnings)
    if found.failed:
        raise UnreadablePaper(
            "broken", f"no page can be read ({next(look.damage for look in found.looks if look.damage)}); {RESAVE}"
        )
    if params.get("ocr"):
        return None
    lost = repaired and not any(look.scanned for look in found.looks)
    raise UnreadablePaper("no text", _LOST if lost else _OCR_COVER if legible else _OCR)


def _document(found: Pages, data: bytes, study: str, metadata: dict[str, Any], warnings: list[str]) -> Document:
    """Return the Document that the pages make."""
    lines = found.lines
    signs = read_signs(lines)
    body = body_type(lines)
    mark_furniture(lines, found.heights, body)
    columns = set_columns(lines, body)
    words = Words(lines)
    flow = untangled([line for line in lines if not line.kind])
    groups, sections, places, meta = structure(
        reordered(grouped(flow, columns, body)), lines, found.rules, body, columns, found.heights, metadata
    )
    layers = assemble(groups, places, words)
    return Document(
        study=study,
        text=layers.text,
        blocks=layers.blocks,
        sections=tuple(sections),
        fragments=layers.fragments,
        pages=tuple(found.pages),
        tables=layers.tables,
        marks=layers.marks,
        source_format="pdf",
        pdf_sha256=sha256(data),
        parser=VERSION,
        warnings=(*warnings, *signs),
        meta=meta,
    )


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
