"""Documents with one table, made from rows of texts: header rows first, spans as a publisher's file gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vivex.document import Block, Cell, Document, Section, Table

Rows = Sequence[Sequence[str]]


def laid_document(
    rows: Rows,
    *,
    heads: int = 1,
    caption: str = "Table 1. Findings at the end.",
    note: str = "",
    methods: str = "",
    spans: Mapping[tuple[int, int], tuple[int, int]] | None = None,
) -> Document:
    """Return a document with a table; `spans` are (rows, columns) by the place of a cell."""
    parts, blocks, cells, at = [], [], [], 0

    def put(kind: str, text: str, section: int | None = None) -> None:
        nonlocal at
        blocks.append(Block(kind, at, at + len(text), section))
        parts.append(text + "\n\n")
        at += len(text) + 2

    put("paragraph", methods or "Animals were looked at.", 0)
    put("caption", caption)
    begin = at
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text:
                height, width = (spans or {}).get((row, column), (1, 1))
                cells.append(Cell(row, column, at, at + len(text), row < heads, height, width))
            parts.append(text + "\t")
            at += len(text) + 1
        parts.append("\n")
        at += 1
    blocks.append(Block("table", begin, at))
    if note:
        put("footnote", note)
    text = "".join(parts)
    table = Table(2, 1, tuple(cells))
    return Document("made-2020", text, tuple(blocks), (Section(("Methods",), "methods"),), tables=(table,))
