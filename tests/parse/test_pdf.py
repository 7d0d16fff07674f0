"""PDFs typeset here: what is read, where it stands, and what is said of files that can't be read."""

from __future__ import annotations

import random
import re

import pymupdf
import pytest
from printed import BODY, BOLD, FILLER, ITALIC, Paper, paper

from vivex.document import BODY_KINDS, from_json, to_json
from vivex.errors import UnreadablePaper
from vivex.parse.pdf import parse_pdf


def parsed(data: bytes, **params):
    """Return the Document of a PDF's bytes."""
    return parse_pdf(data, study="s", params=params)


def made(*pages: str, **save) -> bytes:
    """Return the bytes of a PDF with one page for each text."""
    pdf = pymupdf.open()
    for text in pages:
        page = pdf.new_page()
        if text:
            page.insert_text((72, 100), text.split("\n"), fontsize=10)
    return pdf.tobytes(**save)


@pytest.fixture(scope="module")
def document():
    """Return the paper of printed.py, read."""
    return parsed(paper())


def kinds(document, kind):
    """Return the texts of the blocks of a kind."""
    return [document.slice(b) for b in document.blocks if b.kind == kind]


def test_parts_are_told_apart(document):
    assert kinds(document, "title") == ["Exosomes of synovial stem cells slow the loss of cartilage in rats"]
    assert document.meta["title"] == kinds(document, "title")[0]
    assert kinds(document, "abstract")[0].startswith("Background: Loss of cartilage")
    assert kinds(document, "abstract")[-1].endswith("exosomes slow it.")
    assert len(kinds(document, "reference")) == 8
    body = " ".join(document.slice(b) for b in document.blocks if b.kind in BODY_KINDS)
    assert "Journal of Knees" not in body
    assert "University of Nowhere" not in body
    assert "Keywords" not in body
    assert "We thank the keepers" not in body


def test_headings_have_levels_and_roles(document):
    heads = [
        (document.slice(b), b.level, document.sections[b.section].role) for b in document.blocks if b.kind == "heading"
    ]
    assert heads == [
        ("Introduction", 1, "introduction"),
        ("Materials and methods", 1, "methods"),
        ("Animals", heads[2][1], "methods"),
        ("Surgery", heads[2][1], "methods"),
        ("Statistical analysis", heads[2][1], "methods"),
        ("Results", 1, "results"),
        ("Discussion", 1, "discussion"),
    ]
    assert heads[2][1] > 1
    thanks = next(b for b in document.blocks if "We thank the keepers" in document.slice(b))
    assert document.sections[thanks.section].role == "statements"


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


def test_words_broken_at_line_ends_are_healed():
    paper = Paper(columns=1)
    paper.paragraph("Rats got a low-dose of the drug. A cartilage layer was seen.", indent=0)
    paper.line("The animals were observed daily and the thick-")
    paper.line("ness of the cartilage was taken from a low-")
    paper.line("dose group and an IL-")
    paper.line("6 assay in each of them.")
    text = parsed(paper.bytes()).text
    assert "thickness" in text
    assert "low-dose group" in text
    assert "IL-6 assay" in text


def test_run_in_headings_are_split_off():
    paper = Paper(columns=1)
    for name in ("Animals.", "Surgery."):
        paper.page.insert_text((50, paper.y), name, fontname=BOLD, fontsize=10)
        shift = pymupdf.get_text_length(name + " ", BOLD, 10)
        paper.line("Male rats of ten weeks were bought and kept for two weeks before use.", indent=shift)
        paper.paragraph(FILLER, indent=0)
        paper.y += 8
    document = parsed(paper.bytes())
    assert kinds(document, "heading") == ["Animals.", "Surgery."]
    assert any(t.startswith("Male rats of ten weeks") for t in kinds(document, "paragraph"))


def test_superscripts_are_not_digits_of_the_number_before_them():
    paper = Paper(columns=1)
    paper.paragraph(FILLER, indent=0)
    y = paper.y + 20
    paper.page.insert_text((50, y), "Each knee got 10", fontname=BODY, fontsize=10)
    x = 50 + pymupdf.get_text_length("Each knee got 10", BODY, 10)
    paper.page.insert_text((x, y - 3.5), "11", fontname=BODY, fontsize=6)
    x += pymupdf.get_text_length("11", BODY, 6)
    paper.page.insert_text((x, y), " particles of CO", fontname=BODY, fontsize=10)
    x += pymupdf.get_text_length(" particles of CO", BODY, 10)
    paper.page.insert_text((x, y + 2), "2", fontname=BODY, fontsize=6)
    text = parsed(paper.bytes()).text
    assert "10¹¹ particles of CO2" in text


def test_letter_spaced_headings_are_closed_up():
    paper = Paper(columns=1)
    paper.heading("R E S U L T S", BOLD, 11)
    paper.paragraph(FILLER)
    assert kinds(parsed(paper.bytes()), "heading") == ["RESULTS"]


def test_tables_have_cells_and_their_caption():
    paper = Paper(columns=1)
    paper.heading("Results")
    paper.paragraph(FILLER + FILLER, indent=0)
    paper.y += 12
    paper.line("Table 1. Doses and group sizes.", BODY, 9)
    rows = [("Group", "Dose (mg/kg)", "n"), ("Sham", "0", "8"), ("Low", "2.5", "10"), ("High", "25", "9")]
    for number, row in enumerate(rows):
        if number < 2:
            paper.page.draw_line((50, paper.y - 6), (330, paper.y - 6), width=0.5)
        for column, cell in enumerate(row):
            paper.page.insert_text((55 + 100 * column, paper.y + 4), cell, fontname=BODY, fontsize=9)
        paper.y += 13
    paper.page.draw_line((50, paper.y - 6), (330, paper.y - 6), width=0.5)
    paper.y += 14
    paper.paragraph(FILLER, indent=0)
    document = parsed(paper.bytes())
    (table,) = document.tables
    assert [(c.row, c.column, document.slice(c), c.header) for c in table.cells] == [
        (r, c, text, r == 0) for r, row in enumerate(rows) for c, text in enumerate(row)
    ]
    assert document.slice(document.blocks[table.caption]) == "Table 1. Doses and group sizes."
    assert document.boxes(table.cells[-1].start, table.cells[-1].end)
    assert "2.5" not in " ".join(kinds(document, "paragraph"))


def test_captions_and_lettering_of_figures_leave_the_text():
    paper = Paper(columns=1)
    paper.heading("Results")
    paper.paragraph("The score rose over time. " + FILLER, indent=0)
    for n, label in enumerate(("0", "50", "100", "Sham", "Treated")):
        paper.page.insert_text((150 + 30 * n, paper.y + 30), label, fontname="helv", fontsize=7)
    paper.y += 60
    paper.line("Figure 1. The score over time in both groups.", BODY, 8)
    paper.y += 20
    paper.paragraph("The second paragraph goes on with what was seen. " + FILLER, indent=0)
    document = parsed(paper.bytes())
    assert kinds(document, "caption") == ["Figure 1. The score over time in both groups."]
    body = " ".join(document.slice(b) for b in document.blocks if b.kind in BODY_KINDS)
    assert "Treated" not in body


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


def test_small_set_methods_are_text():
    paper = Paper(columns=1)
    for name, size in (("Introduction", 10), ("Results", 10), ("Discussion", 10), ("Methods", 8)):
        paper.heading(name)
        for _ in range(12):
            paper.paragraph(FILLER, size=size)
    document = parsed(paper.bytes())
    roles = {document.sections[b.section].role for b in document.blocks if b.kind == "paragraph"}
    assert roles == {"introduction", "results", "discussion", "methods"}


def test_the_reason_is_named():
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


def test_a_scan_says_how_to_add_a_text_layer(monkeypatch):
    with pytest.raises(UnreadablePaper, match="ocrmypdf"):
        parsed(made(""))
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(UnreadablePaper, match="not installed"):
        parsed(made(""), ocr=True)


def test_an_empty_password_opens():
    data = made("Rats were kept in pairs.", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="", owner_pw="y")
    assert "Rats were kept in pairs." in parsed(data).text


def test_limits_are_kept():
    with pytest.raises(UnreadablePaper, match="3 pages"):
        parsed(made("One.", "Two.", "Three."), max_pages=2)
    with pytest.raises(UnreadablePaper, match="characters"):
        parsed(made("Rats were kept in pairs."), max_characters=10)


def test_a_rotated_page_keeps_unrotated_coordinates():
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((72, 100), "Rats were kept in pairs.", fontname=ITALIC, fontsize=10)
    page.set_rotation(90)
    document = parsed(pdf.tobytes())
    start = document.text.index("kept")
    ((number, (x0, y0, x1, y1)),) = document.boxes(start, start + 4)
    assert number == 1
    assert 72 < x0 < x1 < 200
    assert 88 < y0 < y1 < 106


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
