"""PDFs typeset here: what is read, where it stands, and what is said of files that can't be read."""

from __future__ import annotations

import random
import re

import pymupdf
import pytest
from printed import BODY, paper, parsed

from vivex.document import BODY_KINDS, from_json, to_json
from vivex.errors import UnreadablePaper


@pytest.fixture(scope="module")
def document():
    """Return the paper of printed.py, read."""
    return parsed(paper())


def test_text_over_columns_and_pages_is_one_paragraph_in_order(document):
    body = " ".join(document.slice(b) for b in document.blocks if b.kind in BODY_KINDS)
    numbers = [int(n) for n in re.findall(r"Result (\d) is told", body)]
    assert numbers == [1, 2, 3, 4, 5, 6]
    paragraphs = [b for b in document.blocks if b.kind == "paragraph"]
    assert all(document.slice(b).endswith(("analysis.", "groups.", "years.")) for b in paragraphs), [
        document.slice(b)[-40:] for b in paragraphs
    ]
    pages = [{page for page, _ in document.boxes(b.start, b.end)} for b in paragraphs]
    assert any(len(p) == 2 for p in pages)


def test_boxes_hold_the_characters_of_their_span(document):
    pdf, chance = pymupdf.open(stream=paper()), random.Random(1)
    chars = [
        (n, c["c"], (c["bbox"][0] + c["bbox"][2]) / 2, c["origin"][1] - 2)
        for n, page in enumerate(pdf, 1)
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for c in span["chars"]
    ]
    for _ in range(100):
        start = chance.randrange(len(document.text) - 1)
        end = min(len(document.text), start + chance.randint(1, 60))
        found = ""
        for page, (x0, y0, x1, y1) in document.boxes(start, end):
            found += "".join(c for n, c, x, y in chars if n == page and x0 <= x <= x1 and y0 <= y <= y1)
        assert re.sub(r"\s", "", found) == re.sub(r"\s", "", document.text[start:end])


def test_a_document_survives_json(document):
    assert from_json(to_json(document)).text == document.text


def test_line_numbers_and_watermarks_leave_the_text():
    pdf = pymupdf.open()
    for number in range(2):
        page = pdf.new_page()
        for line in range(30):
            page.insert_text((40, 80 + 20 * line), str(30 * number + line + 1), fontname=BODY, fontsize=8)
            page.insert_text(
                (72, 80 + 20 * line),
                f"Rats of group {chr(97 + line % 26)} were weighed every day at noon.",
                fontname=BODY,
            )
        page.insert_text((20, 700), "Downloaded from example.org", rotate=90, fontname=BODY, fontsize=8)
    document = parsed(pdf.tobytes())
    body = " ".join(document.slice(b) for b in document.blocks if b.kind in BODY_KINDS)
    assert "Downloaded" not in body
    assert not re.search(r"\d", body)


@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_end_in_text_or_a_reason(seed):
    chance, data = random.Random(seed), bytearray(paper())
    if seed % 3 == 0:
        data = data[: chance.randrange(len(data))]
    else:
        for _ in range(60 if seed % 3 == 1 else 3):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    try:
        reason = "" if parsed(bytes(data)).pages else "no pages"
    except UnreadablePaper as error:
        reason = error.reason
    assert reason in ("", "empty", "broken", "no text", "encrypted")


@pytest.mark.shared
def test_malformed_files_get_the_right_reason(shared):
    import csv

    right = {
        "zero_pages": "empty",
        "no_text": "no text",
        "encrypted": "encrypted",
        "open_error": "broken",
        "ok": "read",
    }
    folder = shared / "pdfs" / "broken"
    for row in csv.DictReader((folder / "manifest.csv").read_text().splitlines()):
        wanted = right.get(row["expected"]) or ("read" if int(row["chars"] or 0) else "broken")
        try:
            parsed((folder / row["file"]).read_bytes())
            found = "read"
        except UnreadablePaper as error:
            found = error.reason
        assert found == wanted, row["file"]


@pytest.mark.parametrize("share", [0.4, 0.6])
def test_a_damaged_file_without_text_is_called_damaged(share):
    whole = pymupdf.open(stream=paper()).tobytes(deflate=True, garbage=3)
    start = whole.index(b"stream")
    emptied = whole[:start].replace(b"startxref", b"") + b"stream\n\nendstream\nendobj\n" + b"%" * int(share * 100)
    with pytest.raises(UnreadablePaper) as caught:
        parsed(emptied)
    assert "\n" not in str(caught.value)
    assert "scan" not in caught.value.remedy
