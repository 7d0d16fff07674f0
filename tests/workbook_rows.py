"""Fill in a workbook as a person would: its rows by study, question and what is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook

from vivex.codebook import Codebook
from vivex.document import Document
from vivex.forms.rows import proposals
from vivex.forms.workbook import WorkbookContents, read_workbook
from vivex.forms.workbook.layout import read_key
from vivex.paper import Paper


def read_back(
    path: Path, papers: Sequence[Paper], codebook: Codebook, documents: Mapping[str, Document] | None = None
) -> WorkbookContents:
    """Return what a workbook of mk's says of the papers, or of other documents in their place."""
    return read_workbook(
        path,
        documents={p.study: p.document for p in papers} if documents is None else documents,
        machine={p.study: [*p.judgements, *proposals(p.form)] for p in papers},
        codebook=codebook,
        reviewer="mk",
    )


class Row(NamedTuple):
    """Name a row of a sheet, with the column of each key and the texts that stand in it."""

    sheet: str
    number: int
    columns: dict[str, int]
    texts: dict[str, str]


class FilledBook:
    """Hold an open workbook whose cells a test fills in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = load_workbook(path)

    def rows(self) -> Iterator[Row]:
        """Yield the rows of the studies' sheets."""
        for sheet in self.book.worksheets:
            for top in range(1, 8):
                keys = {mark[2]: c.column for c in sheet[top] if (mark := read_key(c.value)) is not None}
                if "yours" in keys:
                    for number in range(top + 2, sheet.max_row + 1):
                        texts = {key: str(sheet.cell(number, n).value or "") for key, n in keys.items()}
                        yield Row(sheet.title, number, keys, texts)

    def row(self, study: str, name: str, proposed: str = "", *, kind: str = "") -> Row:
        """Return the first row of a question; `kind` is "add", "section" or "study"."""
        for row in self.rows():
            texts = row.texts
            asked = (texts.get("field") or texts.get("item") or texts.get("row", "")).casefold()
            if texts.get("study", "") not in (study, "") or study not in row.sheet:
                continue
            head = texts["row"].partition(" ")[0] if texts["row"].startswith(("add ", "section ")) else ""
            if head == kind and asked.endswith(name.casefold()) and proposed in ("", texts.get("proposed")):
                return row
        raise AssertionError((study, name, proposed, kind))

    def spare(self, study: str, name: str) -> Row:
        """Return the first empty row beneath a question."""
        return self.row(study, name, kind="add")

    def put(self, row: Row, **texts: object) -> str:
        """Write into cells of a row; return the name of the last cell."""
        for key, value in texts.items():
            cell = self.book[row.sheet].cell(row.number, row.columns[key])
            cell.value = value
        return str(cell.coordinate)

    def save(self) -> Path:
        """Write the workbook to its place."""
        self.book.save(self.path)
        return self.path
