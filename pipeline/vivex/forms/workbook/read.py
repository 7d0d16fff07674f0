"""Read a workbook back: what the reviewer decided, and what can't be read, by sheet and cell."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation
from vivex.codebook import NOT_REPORTED, Codebook, Field
from vivex.document import Document
from vivex.errors import MalformedFile
from vivex.forms import rows, wording
from vivex.forms.workbook.cells import UnreadableCell, text_of
from vivex.forms.workbook.decide import decide
from vivex.forms.workbook.layout import changed, columns, read_key

HEADER_WITHIN = 12  # rows in which the headers are looked for
_NAMES = {"syrcle": "SYRCLE", "reporting": "Reporting"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what can't be read, in which cell of which sheet, and the remedy; the rest of the workbook was read."""

    sheet: str
    cell: str
    message: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.message}" if self.cell else f"{self.sheet}: {self.message}"


@dataclass(frozen=True, slots=True)
class WorkbookContents:
    """Hold what a reviewer's workbook says."""

    decisions: tuple[Annotation, ...]
    problems: tuple[Problem, ...]
    blind: bool
    prefilled_by: str = ""
    undecided: tuple[tuple[str, str], ...] = ()  # study and label of each proposed value that was left alone


@dataclass(frozen=True, slots=True)
class Row:
    """Hold the texts of one row by column key, and what the row is about."""

    kind: str  # form, syrcle or reporting
    study: str
    label: str
    field: Field | None
    texts: Mapping[str, str]
    document: Document
    proposals: Mapping[str, Annotation]  # the study's machine annotations of now, by id
    blind: bool


@dataclass
class _Reading:
    documents: Mapping[str, Document]
    machine: Mapping[str, Sequence[Annotation]]
    codebook: Codebook
    reviewer: str
    decisions: list[Annotation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    undecided: list[tuple[str, str]] = field(default_factory=list)
    decided: dict[str, Annotation] = field(default_factory=dict)  # by the id that a decision revises
    seen: set[str] = field(default_factory=set)
    cache: dict[str, dict[str, Annotation]] = field(default_factory=dict)

    def proposals(self, study: str) -> dict[str, Annotation]:
        if study not in self.cache:
            self.cache[study] = {a.id: a for a in self.machine.get(study, ())}
        return self.cache[study]


@dataclass(frozen=True, slots=True)
class _Table:
    kind: str
    blind: bool
    first: int  # first row of the body
    columns: Mapping[str, int]
    prefilled_by: str = ""


def read_workbook(
    path: Path,
    *,
    documents: Mapping[str, Document],
    machine: Mapping[str, Sequence[Annotation]],
    codebook: Codebook,
    reviewer: str,
) -> WorkbookContents:
    """Return the reviewer's decisions and the problems; a workbook left as it was written gives neither.

    Raise MalformedFile where the file is no .xlsx workbook or none of its sheets is vivex's.
    """
    book = _open(path)
    reading = _Reading(documents, machine, codebook, reviewer)
    found: list[_Table] = []
    for sheet in book.worksheets:
        table = _table(sheet, codebook)
        if table is None:
            continue
        found.append(table)
        if table.kind != "papers":
            _read_sheet(sheet, table, reading)
    if not found:
        raise MalformedFile(
            f"{path}: no sheet of this workbook is vivex's; give the workbook that `vivex assign` or `prefill` wrote, "
            "with its column headers"
        )
    have = {t.kind for t in found}
    for kind in (*(f"form/{t}" for t in codebook.tables), "syrcle", "reporting"):
        if kind not in have:
            name = _NAMES.get(kind) or wording.heading(kind.partition("/")[2])
            reading.problems.append(
                Problem(
                    name,
                    "",
                    "the sheet isn't in the file, so nothing of it was read; if you deleted it on purpose, all is well",
                )
            )
    return WorkbookContents(
        tuple(reading.decisions),
        tuple(reading.problems),
        any(t.blind for t in found),
        next((t.prefilled_by for t in found if t.prefilled_by), ""),
        tuple(dict.fromkeys(reading.undecided)),
    )


def _open(path: Path) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    remedy = "save it in the format “Excel workbook (.xlsx)” and import that file"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl warns of extensions that it doesn't carry over; nothing is written back
            return load_workbook(path, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise MalformedFile(f"{path}: not a workbook that can be opened ({error}); {remedy}") from error


# -- the sheets


def _table(sheet: Any, codebook: Codebook) -> _Table | None:
    """Return what the sheet is: by the keys of its hidden row, else by its headers; None where it isn't vivex's."""
    lines = [
        [c.value if isinstance(c.value, str) else "" for c in row]
        for row in sheet.iter_rows(min_row=1, max_row=min(HEADER_WITHIN, sheet.max_row or 1))
    ]
    headers = {
        kind: {_bare(c.header): c.key for c in columns(kind, blind=False)} for kind in ("form", "syrcle", "reporting")
    }
    for number, line in enumerate(lines, 1):
        marks = {i: mark for i, text in enumerate(line, 1) if (mark := read_key(text)) is not None}
        if marks:
            kind, blind, _, by = next(iter(marks.values()))
            known = set().union(*headers.values())
            follows = number < len(lines) and len({_bare(v) for v in lines[number]} & known) >= 2
            return _Table(kind, blind, number + (2 if follows else 1), {m[2]: i for i, m in marks.items()}, by)
    for number, line in enumerate(lines, 1):  # the hidden row is gone
        for kind, known in headers.items():
            keys = {known[_bare(v)]: i for i, v in enumerate(line, 1) if _bare(v) in known}
            if (
                {"study", "field" if kind == "form" else "item"} <= set(keys)
                and len(keys) >= 4
                and _kind_of(set(keys), line) == kind
            ):
                if kind == "form":
                    kind = _form_kind(sheet, number + 1, keys["field"], codebook)
                return _Table(kind, "proposed" not in keys, number + 1, keys)
    return None


def _form_kind(sheet: Any, first: int, column: int, codebook: Codebook) -> str:
    """Return form/<table> of a sheet by the first field that stands in it."""
    tables = {_plain(f.name): f.table for f in codebook.fields}
    texts = (_plain(str(sheet.cell(n, column).value or "")) for n in range(first, (sheet.max_row or 0) + 1))
    return f"form/{next((tables[t] for t in texts if t in tables), '')}"


def _kind_of(keys: set[str], line: Sequence[str] = ()) -> str:
    if "field" in keys:
        return "form"
    words = " ".join(line).lower()
    return "reporting" if "answer" in words or (not words and "rule" not in keys) else "syrcle"


def _bare(header: str) -> str:
    return re.sub(r"\W+", " ", header).strip().lower()


def _read_sheet(sheet: Any, table: _Table, reading: _Reading) -> None:
    if "yours" not in table.columns and "decision" not in table.columns:
        reading.problems.append(
            Problem(
                sheet.title,
                "",
                "has neither a column for decisions nor one for your values; write the workbook again and copy your entries into it",
            )
        )
        return
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    shared = {table.columns[k] for k in ("study", "field", "item", "question") if k in table.columns}
    for number in range(table.first, (sheet.max_row or 0) + 1):
        cells = {}
        for key, column in table.columns.items():
            place = merged.get((number, column), (number, column)) if column in shared else (number, column)
            cells[key] = sheet.cell(*place)
        try:
            decision = _read_row(cells, table, reading)
            if decision is not None:
                _take(decision, reading)
            else:
                _leave(cells, table, reading)
        except UnreadableCell as error:
            _leave(cells, table, reading)
            cell = cells.get(error.key)
            where = cell.coordinate if cell is not None else f"{number}:{number}"
            reading.problems.append(Problem(sheet.title, where, f"{error}. The row was not read."))
        except _Told as told:
            cell = cells.get(told.key)
            reading.problems.append(Problem(sheet.title, cell.coordinate if cell else f"{number}:{number}", str(told)))
            _take(told.decision, reading)


class _Told(Exception):
    """Carry a decision that was read although something of its row could not be."""

    def __init__(self, decision: Annotation, key: str, message: str) -> None:
        super().__init__(message)
        self.decision, self.key = decision, key


def _leave(cells: Mapping[str, Any], table: _Table, reading: _Reading) -> None:
    """Note a proposed value on which nothing was decided; "not reported" that somebody gives a value for is no such."""
    kind = table.kind.partition("/")[0]
    name = "field" if kind == "form" else "item"
    texts = {key: str(cells[key].value or "") for key in ("id", "study", "proposed", name) if key in cells}
    if not texts.get("id") or texts.get("proposed", "") in ("", NOT_REPORTED):
        return
    try:
        reading.undecided.append(
            (_study(texts.get("study", ""), reading), _label(kind, texts[name], name, reading.codebook)[0])
        )
    except UnreadableCell:  # named where the row was read
        return


def _take(decision: Annotation, reading: _Reading) -> None:
    if decision.id in reading.seen:
        return
    other = reading.decided.get(decision.revises) if decision.revises else None
    if other is not None:
        raise UnreadableCell(
            f"another row already decides on this proposal ({other.decision}); keep one of the two rows", "decision"
        )
    if decision.revises:
        reading.decided[decision.revises] = decision
    reading.seen.add(decision.id)
    reading.decisions.append(decision)


# -- the rows


def _read_row(cells: Mapping[str, Any], table: _Table, reading: _Reading) -> Annotation | None:
    kind = table.kind.partition("/")[0]
    name = "field" if kind == "form" else "item"
    hidden = {key: str(cells[key].value or "").strip() for key in ("id", "text", "printed") if key in cells}
    shown = {key: cells[key] for key in ("study", name, "proposed", "rule", "section") if key in cells}
    open_ = {
        key: text_of(cells[key], key) for key in ("decision", "yours", "quote", "page", "group", "note") if key in cells
    }
    texts = hidden | {k: text_of(c, k) for k, c in shown.items()} | open_
    written = any(open_.get(k) for k in ("decision", "yours", "note"))
    if hidden.get("printed") and not written and not any(changed(texts, name)):
        return None  # as it was printed, told without reading the study's files
    if not hidden.get("id") and not written and not open_.get("quote"):
        own = "id" in cells or table.blind  # else a machine's row can't be told from a spare one by its id
        stray = own and any(texts.get(key) for key in ("page", "group", "proposed"))
        spare = "question" in cells and not cells["question"].value
        if stray or (spare and (texts.get(name) or texts.get("study"))):
            raise UnreadableCell("something stands in the row, but no value; type the value, or clear the row", "yours")
        return None
    study = _study(texts.get("study", ""), reading)
    label, asked = _label(kind, texts.get(name, ""), name, reading.codebook)
    row = Row(
        kind,
        study,
        label,
        asked,
        texts,
        reading.documents[study],
        reading.proposals(study),
        table.blind or "proposed" not in cells,
    )
    decision, key, message = decide(row, reading.reviewer)
    if message and decision is not None:
        raise _Told(decision, key, message)
    return decision


def _study(text: str, reading: _Reading) -> str:
    if text in reading.documents:
        return text
    known = {rows.flat(s).casefold(): s for s in reading.documents}
    if rows.flat(text).casefold() in known:
        return known[rows.flat(text).casefold()]
    if not text:
        raise UnreadableCell("the study is empty; write the study that the row belongs to", "study")
    raise UnreadableCell(f"no study {text!r} in this review; write a study's name as on the sheet Papers", "study")


def _label(kind: str, text: str, key: str, codebook: Codebook) -> tuple[str, Field | None]:
    words = _plain(text)
    if not words:
        raise UnreadableCell(f"the {key} is empty; choose the {key} that the row answers", key)
    if kind == "form":
        for f in codebook.fields:
            if _plain(f.name) == words:
                return f"form.{f.name}", f
        raise UnreadableCell(f"no field {text!r} in the codebook; choose one of the fields of the sheet", key)
    for item, names in _items(kind):
        if words in names:
            return f"{kind}.{item}", None
    raise UnreadableCell(f"{text!r} is no item of this form; write it as in the other rows", key)


def _items(kind: str) -> Iterator[tuple[str, set[str]]]:
    if kind == "syrcle":
        for item, (number, _, short, _) in wording.SYRCLE.items():
            yield item, {_plain(item), _plain(short), _plain(f"{number} {short}"), str(number)}
    else:
        for item, question in wording.REPORTING.items():
            yield item, {_plain(item), _plain(question)}


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
