"""Files that are not what their ending says are left out with the reason."""

from __future__ import annotations

import pytest

from vivex.errors import UnreadablePaper
from vivex.parse import parse_bytes
from vivex.parse.content import check, held_by

LOGIN = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in to read on.</body></html>"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
ARTICLE = b'<?xml version="1.0"?>\n<article><body><p>Rats were weighed.</p></body></article>'


@pytest.mark.parametrize(
    ("name", "data", "reason", "words"),
    [
        ("a.pdf", LOGIN, "broken", "web page"),
        ("a.pdf", b"\xef\xbb\xbf  <HTML><BODY>x</BODY></HTML>", "broken", "web page"),
        ("a.pdf", b"PK\x03\x04 word/document.xml", "broken", "ZIP"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "broken", "picture"),
        ("a.pdf", b"{\\rtf1 text}", "broken", "rich-text"),
        ("a.pdf", ARTICLE, "broken", "rename it to .xml"),
        ("a.txt", PDF, "unsupported", "rename it to .pdf"),
        ("a.txt", LOGIN, "unsupported", "web page"),
        ("a.md", LOGIN.decode().encode("utf-16"), "unsupported", "web page"),
        ("a.txt", ARTICLE, "unsupported", "rename it to .xml"),
        ("a.txt", "Rats were weighed on every day.".encode("utf-16-le"), "unsupported", "UTF-8"),
        ("a.txt", "Rats were weighed on every day.".encode("utf-16-be"), "unsupported", "UTF-8"),
        ("a.txt", b"PK\x03\x04", "unsupported", "ZIP"),
        ("a.xml", PDF, "broken", "rename it to .pdf"),
        ("a.xml", LOGIN, "broken", "web page"),
    ],
)
def test_content_against_the_ending(name: str, data: bytes, reason: str, words: str) -> None:
    with pytest.raises(UnreadablePaper) as caught:
        parse_bytes(data, name=name)
    assert caught.value.reason == reason
    assert words in caught.value.remedy
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"junk before\n" + PDF, ".pdf"),
        (b"anything at all", ".pdf"),
        (b"Rats < mice, and <html> is a tag we speak of in the text.", ".txt"),
        ("Rats were weighed.".encode("utf-16"), ".txt"),
        (ARTICLE, ".xml"),
        (b"", ".txt"),
        (b"\0\0\0", ".txt"),
        (LOGIN, ".docx"),
    ],
)
def test_what_is_not_plainly_wrong_goes_on_to_its_parser(data: bytes, suffix: str) -> None:
    check(data, suffix)


def test_names_of_contents() -> None:
    assert [held_by(d) for d in (PDF, LOGIN, ARTICLE, b"Rats.")] == ["pdf", "web page", "xml", ""]
