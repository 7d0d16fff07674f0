"""MuPDF opened: silent, with the reason where a file can't be read."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pymupdf
import pytest
from printed import made, parsed

from vivex.errors import UnreadablePaper
from vivex.parse.mupdf import failures, mended, mupdf, opened, short


def test_a_pdf_is_open_inside_and_closed_after() -> None:
    with opened(made("Rats ran.", "Mice ran.")) as (pdf, messages):
        assert pdf.page_count == 2
        assert messages == ""
    assert pdf.is_closed


def test_what_mupdf_says_of_damage_is_kept_from_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    data = made("Rats ran.").replace(b"startxref", b"startxxxx")
    with opened(data) as (pdf, messages):
        assert "Rats ran." in pdf[0].get_text()
        assert messages
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \t\r\n\0", "empty"),
        (b"Rats were kept in pairs.", "broken"),
    ],
)
def test_what_is_no_pdf(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePaper) as caught, opened(data):
        pass
    assert caught.value.reason == reason


def test_a_file_mended_is_the_file_again() -> None:
    locked = made("Rats ran.", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="", owner_pw="y")
    pdf: Any = mended(locked)
    assert "Rats ran." in pdf[0].get_text()


def test_errors_are_told_in_one_line() -> None:
    assert short(ValueError("first\nsecond")) == "first"
    assert short(ValueError("x" * 500)) == "x" * 120
    assert short(ValueError()) == "ValueError"
    assert all(issubclass(kind, Exception) for kind in failures())
    assert mupdf() is pymupdf


def test_the_reason_is_named() -> None:
    scan = made("")
    locked = made("Rats were kept in pairs.", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    files = (
        (b"", "empty"),
        (b"\0" * 100, "empty"),
        (scan, "no text"),
        (locked, "encrypted"),
        (b"%PDF-1.4 nothing", "empty"),
    )
    for data, reason in files:
        with pytest.raises(UnreadablePaper) as caught:
            parsed(data)
        assert caught.value.reason in (reason, "broken"), data[:10]


def test_an_empty_password_opens() -> None:
    data = made("Rats were kept in pairs.", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="", owner_pw="y")
    assert "Rats were kept in pairs." in parsed(data).text


def test_what_happens_to_be_installed_beside_mupdf_is_not_opened() -> None:
    code = (
        "import sys; from vivex.parse.mupdf import mupdf; mupdf(); "
        "print(sorted({'onnxruntime', 'pymupdf4llm', 'pymupdf.layout'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "[]"
