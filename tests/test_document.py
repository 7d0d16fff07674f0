"""Documents: spans, boxes, sections, round trips, readable errors."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.document import (
    Block,
    Cell,
    Document,
    Fragment,
    Page,
    Section,
    Table,
    from_json,
    read_document,
    to_json,
    write_document,
)
from vivex.errors import MalformedFile

TEXT = "Rat knees were injected with exosomes (1×10¹¹ particles/mL)."


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Make a document of printed lines, each a block's part with character edges."""
    lines = draw(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8))
    text, fragments, blocks = "", [], []
    for number, line in enumerate(lines):
        start = len(text)
        text += line
        steps = draw(st.lists(st.integers(1, 120), min_size=len(line), max_size=len(line)))
        edges = [50.0]
        for step in steps:
            edges.append(round(edges[-1] + step / 10, 1))
        top = 40.0 + 12 * number
        fragments.append(Fragment(start, len(text), 1, (50.0, top, edges[-1], top + 10), tuple(edges)))
        blocks.append(Block(draw(st.sampled_from(("paragraph", "caption", "heading"))), start, len(text), 0))
    return Document(
        study="s",
        text=text,
        blocks=tuple(blocks),
        sections=(Section(("Methods", "Animals"), "methods"),),
        fragments=tuple(fragments),
        pages=(Page(1, 595.0, 842.0),),
        parser="test@1",
    )


@given(documents())
def test_round_trip_keeps_every_layer(document: Document) -> None:
    again = from_json(json.loads(json.dumps(to_json(document))))
    assert again == document
    assert again.fragments == document.fragments


@given(documents(), st.data())
def test_boxes_cover_exactly_the_lines_crossed(document: Document, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    boxes = document.boxes(start, end)
    crossed = [f for f in document.fragments if f.start < end and f.end > start]
    assert len(boxes) == len(crossed)
    for (page, box), fragment in zip(boxes, crossed, strict=True):
        assert page == fragment.page
        assert fragment.box[0] - 0.01 <= box[0] < box[2] <= fragment.box[2] + 0.01
        assert box[1::2] == fragment.box[1::2]
        if fragment.start >= start and fragment.end <= end:
            assert box == pytest.approx(fragment.box)


def test_a_part_of_a_line_has_a_part_of_its_box() -> None:
    edges = tuple(10.0 + 5 * i for i in range(len(TEXT) + 1))
    document = Document("s", TEXT, fragments=(Fragment(0, len(TEXT), 3, (10, 20, edges[-1], 30), edges),))
    assert document.boxes(4, 9) == [(3, (30.0, 20, 55.0, 30))]


def test_section_and_role_of_an_offset() -> None:
    document = Document(
        "s",
        "Abs. Body.",
        blocks=(Block("abstract", 0, 4), Block("paragraph", 5, 10, 0)),
        sections=(Section(("2. Methods",), "methods"),),
    )
    assert document.role_at(1) == "abstract"
    assert document.role_at(6) == "methods"
    assert document.block_at(4) is None
    assert document.section_at(6) == Section(("2. Methods",), "methods")


def test_tables_survive_the_round_trip() -> None:
    document = Document(
        "s",
        "Group\tn\nSham\t6",
        blocks=(Block("table", 0, 14),),
        tables=(
            Table(0, None, (Cell(0, 0, 0, 5, True), Cell(0, 1, 6, 7, True), Cell(1, 0, 8, 12), Cell(1, 1, 13, 14))),
        ),
    )
    again = from_json(to_json(document))
    assert [again.slice(c) for c in again.tables[0].cells] == ["Group", "n", "Sham", "6"]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"schema": 99}, "schema 2"),
        ({"text": "other"}, "checksum"),
        ({"blocks": [{"kind": "poem", "start": 0, "end": 1, "section": None}]}, "poem"),
        ({"blocks": [{"start": 0, "end": 1, "section": None}]}, "kind"),
        ({"fragments": [[0, 999, 1, 0, 0, 1, 1, []]]}, "outside"),
    ],
)
def test_a_malformed_document_is_named_with_the_remedy(change: dict, names: str) -> None:
    data = to_json(Document("s", TEXT)) | change
    with pytest.raises(MalformedFile, match=names) as caught:
        from_json(data, where="outputs/documents/s.json")
    assert "outputs/documents/s.json" in str(caught.value)
    assert "vivex parse" in str(caught.value)


def test_the_same_document_gives_the_same_bytes(tmp_path) -> None:
    document = Document("s", TEXT, meta={"b": "2", "a": "1"})
    write_document(document, tmp_path / "one.json")
    write_document(read_document(tmp_path / "one.json"), tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
