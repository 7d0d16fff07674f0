"""Warnings: pages that were not read, damage, Methods that can't be found; scans that are no papers."""

from __future__ import annotations

import random
from typing import Any

import pytest
from printed import BODY, Paper, paper

from vivex.document import Block, Document, Section
from vivex.errors import UnreadablePaper
from vivex.parse import parse_bytes
from vivex.parse.remarks import Look, damage_of, of_pages, of_paper

pymupdf: Any = pytest.importorskip("pymupdf")
STAMP = "Downloaded from journals.example by a guest of the library on the first of May"
SENTENCE = "The animals were kept in pairs and had free access to water and to standard chow at all times. "


def scan() -> Any:
    """Return a picture like a scanned page."""
    pixmap = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 80))
    pixmap.clear_with(250)
    for n in range(0, 80, 3):
        for m in range(5, 55):
            pixmap.set_pixel(m, n, (20,))
    return pixmap


def made(*pages: str) -> bytes:
    """Return a PDF: "scan", "stamped", "strips", "figure", "blank", "cover" or "text" for each page."""
    pdf = pymupdf.open()
    for kind in pages:
        page = pdf.new_page(width=595, height=842)
        if kind in ("scan", "stamped"):
            page.insert_image(page.rect, pixmap=scan())
        if kind == "strips":
            for n in range(4):
                page.insert_image((0, 210 * n, 595, 210 * n + 210), pixmap=scan(), keep_proportion=False)
        if kind == "figure":
            page.insert_image((50, 50, 545, 700), pixmap=scan())
            page.insert_text((50, 730), "Figure 2. The score.", fontsize=9)
        if kind == "stamped":
            page.insert_text((20, 20), STAMP, fontsize=7)
        if kind == "cover":
            page.insert_text(
                (50, 100), [STAMP, "Journal of Knees", "This copy is for private study only."], fontsize=11
            )
        if kind == "text":
            for n in range(30):
                page.insert_text((50, 80 + 14 * n), SENTENCE, fontsize=10, fontname=BODY)
    return pdf.tobytes()


@pytest.mark.parametrize(
    "pages",
    [("scan",), ("stamped",), ("stamped",) * 4, ("cover", *["scan"] * 5), ("cover", "stamped", "strips"), ("strips",)],
)
def test_scans_are_no_text_whatever_is_stamped_on_them(pages: tuple[str, ...]) -> None:
    with pytest.raises(UnreadablePaper) as caught:
        parse_bytes(made(*pages), name="s.pdf")
    assert caught.value.reason == "no text"
    assert "ocrmypdf" in caught.value.remedy


@pytest.mark.parametrize(
    ("pages", "numbers"),
    [
        (("text", "scan", "text"), [2]),
        (("text", "stamped", "text"), [2]),
        (("text", "strips", "scan", "text"), [2, 3]),
        (("scan", "text", "text"), [1]),
        (("text", "text", "figure"), []),
        (("text", "blank", "text"), []),
    ],
)
def test_a_page_that_was_not_read_is_named(pages: tuple[str, ...], numbers: list[int]) -> None:
    found = parse_bytes(made(*pages), name="s.pdf").warnings
    assert [w.split(":")[0] for w in found if "scan" in w] == [f"page {n}" for n in numbers]


@pytest.mark.parametrize("share", [0.5, 0.7, 0.8, 0.9, 0.95])
def test_a_cut_download_is_warned_of_or_refused(share: float) -> None:
    data = paper()
    try:
        document = parse_bytes(data[: int(share * len(data))], name="s.pdf")
    except UnreadablePaper:
        return
    whole = parse_bytes(data, name="s.pdf")
    assert len(document.text) > 0.95 * len(whole.text) or any("damaged" in w for w in document.warnings)


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_stream_is_warned_of(seed: int) -> None:
    pdf = pymupdf.open(stream=paper())
    data = bytearray(pdf.tobytes(deflate=True, garbage=3))
    start = data.index(b"stream", data.index(b"FlateDecode", len(data) // 4)) + 40
    chance = random.Random(seed)
    for _ in range(40):
        data[start + chance.randrange(200)] ^= 1 << chance.randrange(8)
    whole = parse_bytes(paper(), name="s.pdf")
    try:
        document = parse_bytes(bytes(data), name="s.pdf")
    except UnreadablePaper:
        return
    assert len(document.text) > 0.95 * len(whole.text) or any(
        "damaged" in w or "left out" in w for w in document.warnings
    )


def test_a_whole_paper_has_no_warning() -> None:
    assert parse_bytes(paper(), name="s.pdf").warnings == ()


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("zlib error: invalid distance code", True),
        ("cannot load object (46 0 R) into cache", True),
        ("premature end of data in flate filter", True),
        ("bogus font ascent/descent values (0 / -200)", False),
        ("ActualText with no position. Text may be lost or mispositioned.", False),
        ("freetype could not find any cmaps", False),
        ("", False),
    ],
)
def test_only_lost_data_counts_as_damage(message: str, kept: bool) -> None:
    assert bool(damage_of(f"... repeated 2 times...\n{message}")) is kept


def test_the_share_read_of_a_damaged_file_is_said() -> None:
    looks = [Look(1, 400), Look(2, 0), Look(3, 200, damage="zlib error")]
    found = of_pages(looks, repaired=True)
    assert [w.split(":")[0] for w in found] == ["page 2", "page 3", "the file is damaged"]
    assert "1 of 3 pages" in found[-1]
    assert of_pages([Look(1, 400), Look(2, 300)], repaired=True) == []


def test_letters_drawn_as_shapes_are_warned_of() -> None:
    (warning,) = of_pages([Look(1, 400), Look(2, 0, shapes=900)], repaired=False)
    assert warning.startswith("page 2: no text but many shapes")


@pytest.mark.parametrize("name", ["Methods", "Materials and methods", "Other matters"])
def test_methods_that_are_not_found_are_warned_of(name: str) -> None:
    text = f"{name}\n\n{SENTENCE * 30}"
    role = "other" if name == "Other matters" else "methods"
    blocks = (Block("heading", 0, len(name), 0), Block("paragraph", len(name) + 2, len(text), 0))
    found = of_paper(Document("s", text, blocks=blocks, sections=(Section((name,), role),)))
    assert [w.startswith("Methods can't be found") for w in found] == [True] * (role == "other")


def test_a_short_note_needs_no_methods() -> None:
    assert of_paper(Document("s", SENTENCE)) == []


def test_warnings_of_a_page_come_in_its_order() -> None:
    made_paper = Paper(columns=1)
    made_paper.paragraph(SENTENCE * 12)
    document = parse_bytes(made_paper.bytes(), name="s.pdf")
    assert document.warnings == ()


@pytest.mark.parametrize(
    "title",
    [
        "Exosomes in osteoarthritis: a systematic review",
        "Stem cells and knees: A narrative review of the field",
        "Exosomes for knees: a meta-analysis",
        "Scoping review on housing of rats",
        "Review of cartilage repair in sheep",
    ],
)
def test_reviews_are_named(title: str) -> None:
    found = of_paper(Document("s", SENTENCE, meta={"title": title}))
    assert any("review" in warning for warning in found)


@pytest.mark.parametrize(
    "title",
    ["Exosomes slow the loss of cartilage in rats", "Peer reviewers of mice", "Reviewing the role of miR-1 in mice"],
)
def test_studies_are_no_reviews(title: str) -> None:
    assert of_paper(Document("s", SENTENCE, meta={"title": title})) == []


HUMAN = "The patients were seen by a nurse and the participants gave their consent before the visit. "
STEEL = "The plates were cut from steel and were heated for an hour before they were bent and measured. "


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (STEEL * 30, "no animals are named"),
        (HUMAN * 30, "no animals are named"),
        (HUMAN * 30 + "One mouse was seen.", "people are named 60 times and animals 1 times"),
        (HUMAN * 5 + SENTENCE * 25, ""),
        ("Rats were weighed. " * 90, ""),
        ("Zebrafish and piglets were weighed. " * 50, ""),
    ],
)
def test_papers_without_animals_are_named(text: str, words: str) -> None:
    document = Document(
        "s", text, blocks=(Block("paragraph", 0, len(text), 0),), sections=(Section(("Methods",), "methods"),)
    )
    found = of_paper(document)
    assert [words in warning for warning in found] == [True] * bool(words)
