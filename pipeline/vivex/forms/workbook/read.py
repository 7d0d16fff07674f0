"""Read a workbook back: what the reviewer decided, and what can't be read, by sheet and cell."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.annotation import Annotation, former_id
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.decisions import Verdict, shown_place, told
from vivex.document import Document
from vivex.errors import MalformedFile
from vivex.forms import rows
from vivex.forms.workbook.layout import changed
from vivex.forms.workbook.origin import Origin, origin_of
from vivex.forms.workbook.replies import SheetRow, decision_of
from vivex.forms.workbook.sheets import SheetTable, bare, table_of
from vivex.forms.workbook.typed_cells import Problem, UnreadableCell, last_row, open_book, text_of
from vivex.questions import Question, heading

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_NAMES = {"syrcle": "SYRCLE", "reporting": "Reporting"}
_TOLD = ("id", "study", "proposed", "field", "item", "yours", "decision")  # columns that tell what a row is about
_OPEN = ("decision", "yours", "quote", "page", "group", "note")  # columns that a person writes in
_DELETED = "the sheet isn't in the file, so nothing of it was read; if you deleted it on purpose, all is well"


_HELD = (
    "rows were not read: the paper's text is another than when the workbook was written (was its file replaced?); "
    "decide on the paper of now in a workbook written anew"
)


class _OtherText(UnreadableCell):
    """Tell that a row speaks of another text of its study, which is the `key`."""


@dataclass(frozen=True, slots=True)
class WorkbookContents:
    """Hold what a reviewer's workbook says."""

    decisions: tuple[Annotation, ...]
    problems: tuple[Problem, ...]
    blind: bool
    prefilled_by: str = ""
    undecided: tuple[tuple[str, str], ...] = ()  # study and label of what was left alone
    unread: tuple[tuple[str, str], ...] = ()  # study and label of what could not be read
    notes: tuple[str, ...] = ()  # what to know of the workbook as a whole
    reviewer: str = ""  # whose the workbook is, as it says itself


@dataclass
class _Reading:
    documents: Mapping[str, Document]
    machine: Mapping[str, Sequence[Annotation]]
    questions: Mapping[str, Question]
    reviewer: str
    candidates: Mapping[str, Mapping[str, Sequence[Annotation]]]
    decisions: list[Annotation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    undecided: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(
        default_factory=list
    )  # study, label of unread rows; "" and "form." where not told
    stale: list[str] = field(default_factory=list)  # cells of rows whose proposal the machine makes no more as printed
    nearly: list[str] = field(default_factory=list)  # what quotes were taken for that the paper holds nearly so
    decided: dict[str, Annotation] = field(default_factory=dict)  # by the id that a decision revises
    judged: dict[tuple[str, str, str], Annotation] = field(default_factory=dict)  # by study, label and group
    cache: dict[str, dict[str, Annotation]] = field(default_factory=dict)
    origin: Origin = field(default_factory=lambda: Origin("", {}))
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # study, hash of its text as printed -> see `text`
    held: dict[str, int] = field(default_factory=dict)  # study -> rows that speak of another text

    def proposals(self, study: str) -> dict[str, Annotation]:
        if study not in self.cache:
            proposed = self.machine.get(study, ())
            self.cache[study] = {former_id(a): a for a in proposed} | {a.id: a for a in proposed}
        return self.cache[study]

    def text(self, study: str, printed: str) -> str:
        """Return whether the text that a row was printed from is the "same", read "anew", or of "another" paper."""
        if (study, printed) not in self.texts:
            document = self.documents[study]
            state = "another"
            if printed in ("", document.text_sha256):
                state = "same"
            elif self.origin.is_of(study, document):
                state = "anew"
            self.texts[study, printed] = state
        return self.texts[study, printed]

    def unread(self) -> Iterator[tuple[str, str]]:
        """Yield study and label of what an unread row may be about: where it doesn't say, all that was decided."""
        for decision in self.decisions:
            for study, label in self.lost:
                if study in ("", decision.study) and decision.label.startswith(label):
                    yield decision.study, decision.label


def read_workbook(
    path: Path,
    *,
    documents: Mapping[str, Document],
    machine: Mapping[str, Sequence[Annotation]],
    codebook: Codebook,
    reviewer: str,
    candidates: Mapping[str, Mapping[str, Sequence[Annotation]]] | None = None,
) -> WorkbookContents:
    """Return the reviewer's decisions and the problems; a workbook left as it was written gives neither.

    `candidates` are the further candidates that the machine offers, by study and label.
    Raise MalformedFile where the file is no .xlsx workbook or none of its sheets is vivex's.
    """
    book = open_book(path)
    reading = _Reading(documents, machine, codebook.questions, reviewer, candidates or {})
    tables = [(sheet, table) for sheet in book.worksheets if (table := table_of(sheet, codebook)) is not None]
    found = [table for _, table in tables]
    reading.origin = origin_of(book, tables)
    for sheet, table in tables:
        if table.kind != "papers":
            _read_sheet(sheet, table, reading)
    reading.problems += [Problem(study, "", f"{count} {_HELD}") for study, count in sorted(reading.held.items())]
    if not found:
        raise MalformedFile(
            f"{path}: no sheet of this workbook is vivex's; give the workbook that `vivex assign` or `prefill` wrote, "
            "with its column headers"
        )
    have = {t.kind for t in found}
    for kind in (*(f"form/{t}" for t in codebook.tables), "syrcle", "reporting"):
        if kind not in have:
            title = _NAMES.get(kind) or heading(kind.partition("/")[2])
            reading.problems.append(Problem(title, "", _DELETED))
    return WorkbookContents(
        tuple(reading.decisions),
        tuple(reading.problems),
        any(t.blind for t in found),
        next((t.prefilled_by for t in found if t.prefilled_by), ""),
        tuple(dict.fromkeys(reading.undecided)),
        tuple(dict.fromkeys(reading.unread())),
        (*_stale(reading.stale), *_anew(reading.texts), *reading.nearly),
        reading.origin.reviewer,
    )


def _anew(texts: Mapping[tuple[str, str], str]) -> Iterator[str]:
    names = sorted({study for (study, _), state in texts.items() if state == "anew"})
    if names:
        some = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        yield f"the text was read anew since the workbook was written, evidence is placed by its words: {some}"


def _stale(cells: Sequence[str]) -> Iterator[str]:
    if cells:
        some = ", ".join(cells[:3]) + (f" and {len(cells) - 3} more" if len(cells) > 3 else "")
        yield f"proposals that are made no more as printed, decided on as they stand in the workbook: {some}"


# -- the rows


def _read_sheet(sheet: Worksheet, table: SheetTable, reading: _Reading) -> None:
    if "yours" not in table.columns and "decision" not in table.columns:
        missing = "has neither a column for decisions nor one for your values"
        remedy = "write the workbook again and copy your entries into it"
        reading.problems.append(Problem(sheet.title, "", f"{missing}; {remedy}"))
        return
    last, width = last_row(sheet), max(table.columns.values())
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, last) + 1)
        for column in range(area.min_col, min(area.max_col, width) + 1)
    }
    shared = {table.columns[k] for k in ("study", "field", "item", "question") if k in table.columns}
    for number in range(table.first, last + 1):
        cells: dict[str, Cell] = {}
        for key, column in table.columns.items():
            place = merged.get((number, column), (number, column)) if column in shared else (number, column)
            cells[key] = sheet.cell(*place)
        try:
            decided = _read_row(cells, table, reading)
            if decided is None:
                _leave(cells, table, reading)
            else:
                _take(decided.annotation, reading)
                if decided.annotation.revises and decided.annotation.revises not in reading.proposals(
                    decided.annotation.study
                ):
                    reading.stale.append(f"{sheet.title}!{number}")
                if decided.missing:
                    where = cells["quote"].coordinate if "quote" in cells else f"{number}:{number}"
                    reading.problems.append(Problem(sheet.title, where, told(decided.missing), decided=True))
                reading.nearly += [f"{sheet.title}!{number}: {shown_place(place)}" for place in decided.nearly]
        except _OtherText as error:
            _leave(cells, table, reading, unread=True)
            reading.held[error.key] = reading.held.get(error.key, 0) + 1
        except UnreadableCell as error:
            _leave(cells, table, reading, unread=True)
            cell = cells.get(error.key)
            where = cell.coordinate if cell is not None else f"{number}:{number}"
            reading.problems.append(Problem(sheet.title, where, f"{error}. The row was not read."))


def _leave(cells: Mapping[str, Cell], table: SheetTable, reading: _Reading, *, unread: bool = False) -> None:
    """Note a question on which something was left undecided: a proposal left alone, or a row that can't be read.

    "Not reported" that somebody gives a value for is no such.
    """
    texts = {key: str(cells[key].value or "").strip() for key in _TOLD if key in cells}
    name = texts.get(table.name, "")
    if unread:
        if not any(texts.get(key) for key in ("id", "study", table.name, "yours", "decision")):
            return  # a stray word beside the table
        study, label = "", table.kind.partition("/")[0] + "."
        with contextlib.suppress(UnreadableCell):
            study = _study(texts.get("study", ""), reading)
        with contextlib.suppress(UnreadableCell):
            label = _question(name, table, reading).label
        reading.lost.append((study, label))
    elif texts.get("id") and texts.get("proposed", "") not in ("", NOT_REPORTED):
        with contextlib.suppress(UnreadableCell):  # named where the row was read
            reading.undecided.append((_study(texts.get("study", ""), reading), _question(name, table, reading).label))


def _take(decision: Annotation, reading: _Reading) -> None:
    if decision in reading.decisions:
        return
    other = reading.decided.get(decision.revises) if decision.revises else None
    if other is not None:
        raise UnreadableCell(
            f"another row already decides on this proposal ({other.decision}); keep one of the two rows", "decision"
        )
    if decision.decision != "rejected" and reading.questions[decision.label].kind.single:
        item = (decision.study, decision.label, decision.group)
        if item in reading.judged:
            said = reading.questions[decision.label].show(reading.judged[item].value)
            raise UnreadableCell(
                f"another row already answers this item ({said}); keep one, or name the outcome", "yours"
            )
        reading.judged[item] = decision
    if decision.revises:
        reading.decided[decision.revises] = decision
    reading.decisions.append(decision)


def _read_row(cells: Mapping[str, Cell], table: SheetTable, reading: _Reading) -> Verdict | None:
    hidden = {key: str(cells[key].value or "").strip() for key in ("id", "text", "printed") if key in cells}
    shown = {k: text_of(cells[k], k) for k in ("study", table.name, "proposed", "rule", "section") if k in cells}
    own = {key: text_of(cells[key], key) for key in _OPEN if key in cells}
    texts = hidden | shown | own
    written = any(own.get(k) for k in ("decision", "yours", "note"))
    if hidden.get("printed") and not written and not any(changed(texts, table.name)):
        return None  # as it was printed, told without reading the study's files
    if not hidden.get("id") and not written and not own.get("quote"):
        told_apart = "id" in cells or table.blind  # else a machine's row can't be told from a spare one by its id
        stray = told_apart and any(texts.get(key) for key in ("page", "group", "proposed"))
        spare = "question" in cells and not cells["question"].value
        if stray or (spare and (texts.get(table.name) or texts.get("study"))):
            raise UnreadableCell("something stands in the row, but no value; type the value, or clear the row", "yours")
        return None
    study = _study(texts.get("study", ""), reading)
    asked = _question(texts.get(table.name, ""), table, reading)
    if reading.text(study, hidden.get("text", "")) == "another":
        raise _OtherText("", study)
    offered = reading.candidates.get(study, {}).get(asked.label, ())
    row = SheetRow(asked, study, table.name, texts, reading.documents[study], reading.proposals(study), offered)
    return decision_of(row, reading.reviewer)


def _study(text: str, reading: _Reading) -> str:
    if text in reading.documents:
        return text
    known = {rows.flat(s).casefold(): s for s in reading.documents}
    if rows.flat(text).casefold() in known:
        return known[rows.flat(text).casefold()]
    if not text:
        raise UnreadableCell("the study is empty; write the study that the row belongs to", "study")
    raise UnreadableCell(f"no study {text!r} in this review; write a study's name as on the sheet Papers", "study")


def _question(text: str, table: SheetTable, reading: _Reading) -> Question:
    """Return the question that a row names, in whatever of its wordings."""
    words = bare(text)
    if not words:
        raise UnreadableCell(f"the {table.name} is empty; choose the {table.name} that the row answers", table.name)
    head = table.kind.partition("/")[0]
    for label, question in reading.questions.items():
        if label.partition(".")[0] == head and words in _wordings(question):
            return question
    if head == "form":
        raise UnreadableCell(f"no field {text!r} in the codebook; choose one of the fields of the sheet", table.name)
    raise UnreadableCell(f"{text!r} is no item of this form; write it as in the other rows", table.name)


def _wordings(question: Question) -> Iterator[str]:
    """Yield what a question is called: id, name, "3. name", number; a reporting item's full question too."""
    yield from map(bare, (question.label.partition(".")[2], question.name))
    if question.number:
        yield from (bare(f"{question.number} {question.name}"), str(question.number))
    elif question.table == "reporting":
        yield bare(question.wording)
