"""What a file holds, by its first bytes, against what its name says it is."""

from __future__ import annotations

import re

from vivex.errors import UnreadablePaper

_HEAD = 2048  # bytes that tell
_SIGNATURES = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"PK\x03\x04", "a ZIP archive (a Word, EPUB or ZIP file)"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "a rich-text file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%!PS", "a PostScript file"),
)
_WEB = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_XML = re.compile(rb"\s*(?:<\?xml|<!doctype\s+article|<article[\s>])", re.IGNORECASE)
_NULLS = 0.02  # share of zero bytes that no text has


def held_by(data: bytes) -> str:
    """Return what the bytes are: "pdf", "web page", "xml", a name of another format, or "" for text and the unknown."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"%PDF-" in head[:1024]:
        return "pdf"
    named = next((name for start, name in _SIGNATURES if head.startswith(start)), "")
    if named:
        return named
    plain = head.replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")  # UTF-16 too
    if plain[:1] == b"<" and _WEB.search(plain) and not re.search(rb"<article[\s>]", plain):
        return "web page"
    return "xml" if _XML.match(plain) else ""


def check(data: bytes, suffix: str) -> None:
    """Raise UnreadablePaper where the bytes are plainly not what the file's ending says."""
    found = held_by(data)
    if suffix == ".pdf":
        if found == "web page":
            raise UnreadablePaper("broken", "not a PDF but a web page (a sign-in page?); download the paper itself")
        if found not in ("", "pdf"):
            raise UnreadablePaper("broken", f"not a PDF but {_named(found)}; {_other_name(found)}")
    elif suffix in (".txt", ".md"):
        if found == "web page":
            raise UnreadablePaper("unsupported", "not text but a web page; save the paper as PDF or as plain text")
        if found:
            raise UnreadablePaper("unsupported", f"not text but {_named(found)}; {_other_name(found)}")
        marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        if not marked and data.strip(b"\0 \t\r\n") and data.count(0) > _NULLS * len(data):
            raise UnreadablePaper(
                "unsupported", "not UTF-8 text (UTF-16 without its mark, or no text at all); save it as UTF-8"
            )
    elif suffix in (".xml", ".nxml") and found not in ("", "xml"):
        what = "a web page; download the JATS XML, or use the PDF" if found == "web page" else ""
        raise UnreadablePaper("broken", f"not XML but {what or _named(found) + '; ' + _other_name(found)}")


def _named(found: str) -> str:
    return {"pdf": "a PDF", "xml": "XML", "web page": "a web page"}.get(found, found)


def _other_name(found: str) -> str:
    """Return what to do about a file of this format."""
    if found in ("pdf", "xml"):
        return f"rename it to .{found}"
    return "save or print the paper as PDF"
