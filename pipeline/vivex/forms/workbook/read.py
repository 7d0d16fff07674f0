"""Read a workbook back: what the reviewer decided, and what can't be read, by sheet and cell."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.annotation import Annotation
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.decisions import Verdict
from vivex.document import Document
from vivex.errors import MalformedFile
from vivex.forms import rows
from vivex.forms.workbook.gathered import Gathered
from vivex.forms.workbook.layout import changed
from vivex.forms.workbook.origin import origin_of
from vivex.forms.workbook.replies import SheetRow, decision_of
from vivex.forms.workbook.row_cells import OPEN, RowCells, body_rows
from vivex.forms.workbook.sheets import SheetTable, bare, table_of
from vivex.forms.workbook.typed_cells import Problem, UnreadableCell, open_book, text_of
from vivex.questions import Question, heading

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_NAMES = {"syrcle": "SYRCLE", "reporting": "Reporting"}
_TOLD = ("id", "study", "proposed", "field", "item", "yours", "decision")  # columns that tell what a row is about
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
    blind: bool  # no sheet shows proposals
    prefilled_by: str = ""
    undecided: tuple[tuple[str, str], ...] = ()  # study and label of what was left alone
    unread: tuple[tuple[str, str], ...] = ()  # study and label of what could not be read
    notes: tuple[str, ...] = ()  # what to know of the workbook as a whole
    reviewer: str = ""  # whose the workbook is, as it says itself
    blind_studies: frozenset[str] = frozenset()  # those whose sheets show none, where others do


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
    found = Gathered(documents, machine, codebook.questions, reviewer, candidates or {})
    tables = [(sheet, table) for sheet in book.worksheets if (table := table_of(sheet, codebook)) is not None]
    if not any(table.kind != "papers" for _, table in tables):
        raise MalformedFile(
            f"{path}: no sheet of this workbook is vivex's; give the workbook that `vivex work` or `prefill` wrote, "
            "with its column headers"
        )
    found.origin = origin_of(book, tables)
    for sheet, table in tables:
        if table.kind != "papers":
            _read_sheet(sheet, table, found)
    found.problems += [Problem(study, "", f"{count} {_HELD}") for study, count in sorted(found.held.items())]
    found.problems += [Problem(title, "", _DELETED) for title in _missing(tables, codebook)]
    asked = [table for _, table in tables if table.kind != "papers"]
    return WorkbookContents(
        tuple(found.decisions),
        tuple(found.problems),
        all(t.blind for t in asked) if all(t.study for t in asked) else any(t.blind for t in asked),
        next((t.prefilled_by for t in asked if t.prefilled_by), ""),
        tuple(dict.fromkeys(found.undecided)),
        tuple(dict.fromkeys(found.unread())),
        (*_stale(found.stale), *_anew(found.read_anew()), *found.nearly),
        found.origin.reviewer,
        frozenset(t.study for t in asked if t.study and t.blind),
    )


def _missing(tables: Sequence[tuple[Worksheet, SheetTable]], codebook: Codebook) -> Iterator[str]:
    """Yield what the workbook was written with and holds no more: a study's sheet, of old a table's."""
    have = {table.kind for _, table in tables}
    if any(table.study for _, table in tables):
        for sheet, table in tables:
            if table.kind == "papers" and {"study", "state"} <= set(table.columns):
                key = "id" if "id" in table.columns else "study"  # of old the id was what a study was called
                for row in body_rows(sheet, table):
                    study, called, state = (str(row.cells[name].value or "") for name in (key, "study", "state"))
                    if state in ("blind", "pre-filled") and f"study/{study}" not in have:
                        yield called
    elif "study/" not in have:
        for kind in (*(f"form/{t}" for t in codebook.tables), "syrcle", "reporting"):
            if kind not in have:
                yield _NAMES.get(kind) or heading(kind.partition("/")[2])


def _anew(studies: Sequence[str]) -> Iterator[str]:
    if studies:
        some = ", ".join(studies[:3]) + (f" and {len(studies) - 3} more" if len(studies) > 3 else "")
        yield f"the text was read anew since the workbook was written, evidence is placed by its words: {some}"


def _stale(cells: Sequence[str]) -> Iterator[str]:
    if cells:
        some = ", ".join(cells[:3]) + (f" and {len(cells) - 3} more" if len(cells) > 3 else "")
        yield f"proposals that are made no more as printed, decided on as they stand in the workbook: {some}"


# -- the rows


def _read_sheet(sheet: Worksheet, table: SheetTable, found: Gathered) -> None:
    if "yours" not in table.columns and "decision" not in table.columns:
        missing = "has neither a column for decisions nor one for your answers"
        remedy = "write the workbook again and copy your entries into it"
        found.problems.append(Problem(sheet.title, "", f"{missing}; {remedy}"))
        return
    blank: list[RowCells] = []
    rest: set[str] = set()  # the headings below which all that is undecided is accepted
    for row in body_rows(sheet, table):
        with _told(sheet, row, found):
            if row.heading:
                if _accepts_the_rest(row):
                    rest.add(row.heading)
            elif (decided := _read_row(row, found)) is None:
                blank.append(row)
            else:
                _take(decided, sheet, row, found)
    for row in blank:
        with _told(sheet, row, found):
            word = _by_the_rest(row, rest, found)
            if word is None:
                _leave(row, found)
            elif word and (decided := _read_row(row, found, word)) is not None:
                _take(decided, sheet, row, found)


@contextlib.contextmanager
def _told(sheet: Worksheet, row: RowCells, found: Gathered) -> Iterator[None]:
    """Gather what can't be read of a row."""
    try:
        yield
    except _OtherText as error:
        _leave(row, found, unread=True)
        found.held[error.key] = found.held.get(error.key, 0) + 1
    except UnreadableCell as error:
        _leave(row, found, unread=True)
        found.problems.append(Problem(sheet.title, row.place(error.key), f"{error}. The row was not read."))


def _take(verdict: Verdict, sheet: Worksheet, row: RowCells, found: Gathered) -> None:
    found.take(verdict, row=f"{sheet.title}!{row.number}", sheet=sheet.title, quote=row.place("quote"))


def _accepts_the_rest(row: RowCells) -> bool:
    """Tell what stands in a heading's decision; raise UnreadableCell for what is no such decision."""
    text = text_of(row.cells["decision"], "decision") if "decision" in row.cells else ""
    words = bare(text)
    if words and words not in ("accept the rest", "accept", "accepted", "accept all", "ok"):
        raise UnreadableCell(f"{text!r} is no decision for what stands below; choose “accept the rest”", "decision")
    return bool(words)


def _by_the_rest(row: RowCells, rest: set[str], found: Gathered) -> str | None:
    """Return the decision that other rows make on an undecided one, "" where it needs none; None leaves it open."""
    if not row.text("id") or not row.text("proposed"):
        return ""
    study, asked = _study(row, found), _question(row, found)
    given = [d for d in found.decisions if (d.study, d.label) == (study, asked.label) and d.decision != "rejected"]
    if asked.kind.single and any(d.group == row.text("group") for d in given):
        return ""  # another row answers the item
    if (study, asked.label) in found.alone:
        return "reject"
    if given and row.text("proposed") == NOT_REPORTED:
        return ""
    if not rest & {"study", row.table}:
        return None
    return "reject" if given and not asked.several and not asked.kind.single else "accept"


def _leave(row: RowCells, found: Gathered, *, unread: bool = False) -> None:
    """Note a question on which something was left undecided: a proposal left alone, or a row that can't be read.

    "Not reported" that somebody gives a value for is no such.
    """
    texts = {key: row.text(key) for key in _TOLD}
    if unread:
        if not any(texts[key] for key in ("id", "study", row.name, "yours", "decision")):
            return  # a stray word beside the table
        study, label = "", row.table.partition("/")[0] + "." if row.table else ""
        with contextlib.suppress(UnreadableCell):
            study = _study(row, found)
        with contextlib.suppress(UnreadableCell):
            label = _question(row, found).label
        found.lost.append((study, label))
    elif texts["id"] and texts["proposed"] not in ("", NOT_REPORTED):
        with contextlib.suppress(UnreadableCell):  # named where the row was read
            found.undecided.append((_study(row, found), _question(row, found).label))


def _read_row(row: RowCells, found: Gathered, word: str = "") -> Verdict | None:
    """Return what a row decides, None for nothing; `word` is the decision that other rows make on it."""
    hidden = {key: row.text(key) for key in ("id", "text", "printed") if key in row.cells}
    shown = {k: row.typed(k) for k in ("study", row.name, "proposed", "rule", "section") if k in row.cells}
    own = {key: row.typed(key) for key in OPEN if key in row.cells}
    if word:
        own["decision"] = word
    texts = hidden | shown | own
    written = any(own.get(k) for k in ("decision", "yours", "note"))
    if hidden.get("printed") and not written and not any(changed(texts, row.name)):
        return None  # as it was printed, told without reading the study's files
    if not hidden.get("id") and not written and not own.get("quote"):
        if row.is_stray(texts):
            raise UnreadableCell("something stands in the row, but no value; type the value, or clear the row", "yours")
        return None
    row.refuse_merged()
    study, asked = _study(row, found), _question(row, found)
    if found.text(study, hidden.get("text", "")) == "another":
        raise _OtherText("", study)
    offered = [] if row.blind else found.offered(study, asked.label)  # who saw none takes no evidence from one
    about = SheetRow(asked, study, row.name, texts, found.documents[study], found.proposals(study), offered)
    return decision_of(about, found.reviewer)


def _study(row: RowCells, found: Gathered) -> str:
    text = row.typed("study") if "study" in row.cells else row.study
    if text in found.documents:
        return text
    known = {rows.flat(s).casefold(): s for s in found.documents}
    if rows.flat(text).casefold() in known:
        return known[rows.flat(text).casefold()]
    if not text:
        raise UnreadableCell("the study is empty; write the study that the row belongs to", "study")
    raise UnreadableCell(f"no study {text!r} in this review; write a study's name as on the sheet Overview", "study")


def _question(row: RowCells, found: Gathered) -> Question:
    """Return the question that a row names, in whatever of its wordings."""
    text = row.typed(row.name) if row.name in row.cells else ""
    words = bare(text)
    if not words:
        raise UnreadableCell(f"the {row.name} is empty; choose the {row.name} that the row answers", row.name)
    head = row.table.partition("/")[0]
    for label, question in found.questions.items():
        if label.partition(".")[0] == head and words in _wordings(question):
            return question
    if head == "form":
        raise UnreadableCell(f"no field {text!r} in the codebook; choose one of the fields of the sheet", row.name)
    raise UnreadableCell(f"{text!r} is no item of this form; write it as in the other rows", row.name)


def _wordings(question: Question) -> Iterator[str]:
    """Yield what a question is called: id, name, "3. name", number; a reporting item's full question too."""
    yield from map(bare, (question.label.partition(".")[2], question.name))
    if question.number:
        yield from (bare(f"{question.number} {question.name}"), str(question.number))
    elif question.table == "reporting":
        yield bare(question.wording)
