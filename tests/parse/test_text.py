"""Plain text: offsets that are the file's own, and structure by marks, blank lines or words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.errors import UnreadablePaper
from vivex.parse.text import parse_text


def parsed(text: str | bytes):
    """Return the Document of a text."""
    return parse_text(text if isinstance(text, bytes) else text.encode(), study="s", params={})


def shape(document):
    """Return (kind, text) of each block."""
    return [(b.kind, document.slice(b)) for b in document.blocks]


def test_marked_headings_part_the_text():
    document = parsed(
        "A study of knees\n## Abstract\nShort.\n## Methods > Animals\nMale rats.\n## [figure]\nFig. 1\n## "
        "References\n1. A."
    )
    assert shape(document) == [
        ("title", "A study of knees"),
        ("heading", "Abstract"),
        ("abstract", "Short."),
        ("heading", "Animals"),
        ("paragraph", "Male rats."),
        ("caption", "Fig. 1"),
        ("heading", "References"),
        ("reference", "1. A."),
    ]
    assert document.sections[1].path == ("Methods", "Animals")
    assert document.sections[1].role == "methods"


def test_a_top_mark_is_the_title():
    document = parsed("# A study of knees\n\n## Methods\n\nMale rats.")
    assert shape(document)[0] == ("title", "A study of knees")
    assert document.meta == {"title": "A study of knees"}


def test_hard_wrapped_paragraphs_are_one_block():
    document = parsed(
        "Knees and rats\n\n1. Introduction\n\nRats have\nfour knees.\n\n2. Methods\nMale rats\nwere used.\n\n2.1 "
        "Surgery\n\nThe joint was opened."
    )
    assert shape(document) == [
        ("title", "Knees and rats"),
        ("heading", "1. Introduction"),
        ("paragraph", "Rats have\nfour knees."),
        ("heading", "2. Methods"),
        ("paragraph", "Male rats\nwere used."),
        ("heading", "2.1 Surgery"),
        ("paragraph", "The joint was opened."),
    ]
    assert [document.sections[b.section].role for b in document.blocks if b.kind == "heading"] == [
        "introduction",
        "methods",
        "methods",
    ]


def test_headings_in_capitals_without_blank_lines_between_paragraphs():
    document = parsed(
        "INTRODUCTION\nRats have four knees, and all of them were looked at in this study.\nMETHODS\nANIMALS\nMale "
        "rats were used.\n"
    )
    assert [t for k, t in shape(document) if k == "heading"] == ["INTRODUCTION", "METHODS", "ANIMALS"]


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\ufeff\n".encode()])
def test_nothing_is_empty(data):
    with pytest.raises(UnreadablePaper) as caught:
        parsed(data)
    assert caught.value.reason == "empty"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_encodings_are_read(encoding):
    assert "µg of exosomes" in parsed("## Methods\r\nRats got 5 µg of exosomes.\r\n".encode(encoding)).text


@given(st.text(min_size=1).filter(lambda t: t.replace("\ufeff", "").replace("\0", "").strip()))
def test_the_text_is_unchanged_and_blocks_are_ordered(text):
    document = parsed(
        text.encode("utf-8", "surrogatepass") if text.isascii() else text.encode("utf-8", "ignore") or b"x"
    )
    assert document.text == text.encode("utf-8", "ignore").decode() or text.isascii()
    ends = [(b.start, b.end) for b in document.blocks]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))
    assert all(document.slice(b).strip() for b in document.blocks)


def test_a_dump_of_printed_lines_gets_its_paragraphs_back():
    lines = [
        "The animals were kept in pairs and had free",
        "access to water, and their weight was taken",
        "every week.",
    ] * 8
    document = parsed("\n".join(["A study of knees", "1. Introduction", *lines, "2. Methods", *lines]))
    assert [t for k, t in shape(document) if k == "heading"] == ["1. Introduction", "2. Methods"]
    assert [t for k, t in shape(document) if k == "paragraph"] == ["\n".join(lines[:3])] * 16


def test_a_heading_sign_without_words_is_no_trouble():
    assert parse_text(
        b"# A study of rats\n\n##\n\nRats ran.\n\n## 2.1 Rats\n\nThey ate.", study="s", params={}
    ).sections
