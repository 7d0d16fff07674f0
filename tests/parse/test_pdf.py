"""PDFs typeset here: what is read, where it stands, and what is said of files that can't be read."""

from __future__ import annotations

import pymupdf
import pytest

from vivex.errors import UnreadablePaper
from vivex.parse.pdf import parse_pdf


def made(*pages: str, **save) -> bytes:
    """Return the bytes of a PDF with one page for each text."""
    pdf = pymupdf.open()
    for text in pages:
        page = pdf.new_page()
        if text:
            page.insert_text((72, 100), text.split("\n"), fontsize=10)
    return pdf.tobytes(**save)


def test_the_reason_is_named():
    scan = made("")
    locked = made("Rats were kept in pairs.", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    for data, reason in (
        (b"", "empty"),
        (b"\0" * 100, "empty"),
        (scan, "no text"),
        (locked, "encrypted"),
        (b"%PDF-1.4 nothing", "empty"),
    ):
        with pytest.raises(UnreadablePaper) as caught:
            parse_pdf(data, study="s", params={})
        assert caught.value.reason in (reason, "broken"), data[:10]


def test_an_empty_password_opens():
    data = made("Rats were kept in pairs.", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="", owner_pw="y")
    assert "Rats were kept in pairs." in parse_pdf(data, study="s", params={}).text


def test_too_many_pages_are_refused():
    with pytest.raises(UnreadablePaper, match="3 pages"):
        parse_pdf(made("One.", "Two.", "Three."), study="s", params={"max_pages": 2})
