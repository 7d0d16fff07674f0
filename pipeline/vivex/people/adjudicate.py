"""Settle disagreements: by a call for one item, or by a workbook that lists them all."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vivex.annotation import JUDGEMENTS, Annotation, find_quote
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.document import Document
from vivex.errors import MalformedFile, UnknownName
from vivex.files import write_bytes
from vivex.people.conflicts import Candidate, candidates, conflicts
from vivex.people.importing import take_in
from vivex.people.machine import Documents
from vivex.people.resolve import Item, resolve
from vivex.people.store import ADJUDICATED, Session, file_sha256, reviewer_name, statements
from vivex.people.values import is_entity, kind
from vivex.review import Review

SHEET = "Conflicts"
MARK = "vivex-conflicts@1"
COLUMNS = (
    "key",
    "study",
    "item",
    "question",
    "answer",
    "given by",
    "quote",
    "page",
    "keep",
    "other answer",
    "its quote",
    "note",
)
_WIDTHS = (4, 24, 26, 34, 28, 14, 60, 7, 9, 24, 40, 28)
_OPEN = ("keep", "other answer", "its quote", "note")


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what in a workbook could not be read, where, and the remedy."""

    sheet: str
    cell: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}: {self.what}; {self.remedy}"


# -- one item


def settle(
    review: Review,
    study: str,
    label: str,
    *,
    by: str,
    take: Sequence[str] = (),
    values: Sequence[str] = (),
    quotes: Sequence[str] = (),
    note: str = "",
) -> tuple[Annotation, ...]:
    """Settle one label of a study with the values of the reviewers in `take`, or with `values`; return what now holds.

    For a label of spans, `take` gives the whole label to a reviewer.
    """
    stated = statements(review, study)
    items = [i for i in resolve(study, stated) if i.label == label]
    if not items:
        known = sorted({i.label for i in resolve(study, stated)})
        raise UnknownName(
            f"nobody reviewed {label!r} in study {study!r}; reviewed there: {', '.join(known) or 'nothing'}"
        )
    if bool(take) == bool(values):
        raise UnknownName("give either --take REVIEWER or --value VALUE")
    chosen: list[Annotation] = []
    for name in take:
        if name not in stated or label not in stated[name].reviewed:
            sides = sorted(n for n, s in stated.items() if label in s.reviewed and n != ADJUDICATED)
            raise UnknownName(f"{name!r} did not review {label} in {study}; those who did: {', '.join(sides)}")
        chosen += stated[name].of(label)
    document = Documents(review).get(study)
    made = [_decided(a, by, note) for a in chosen]
    made += [_typed(study, label, v, quotes, document, by, note) for v in values]
    made = list({(a.group, str(a.value), a.evidence[:1]): a for a in made}.values())
    made = made or [
        Annotation(
            study, label, NOT_REPORTED, source=f"adjudicator:{reviewer_name(by)}", decision="rejected", note=note
        )
    ]
    _write(review, made, Session("", "", False))
    return tuple(a for a in made if a.decision != "rejected")


def _decided(a: Annotation, by: str, note: str) -> Annotation:
    source = f"adjudicator:{reviewer_name(by)}"
    return replace(a, source=source, decision="accepted", revises=a.id, confidence=None, note=note or a.note)


def _typed(
    study: str, label: str, text: str, quotes: Sequence[str], document: Document | None, by: str, note: str
) -> Annotation:
    """Return the annotation that an adjudicator typed; raise UnknownName where value or quote can't be."""
    evidence = []
    for quote in quotes:
        place = find_quote(quote, document) if document is not None else None
        if place is None:
            raise UnknownName(f"the paper of {study} does not hold the quote {quote[:60]!r}; paste it from the paper")
        evidence.append(place)
    source = f"adjudicator:{reviewer_name(by)}"
    return Annotation(study, label, value_of(label, text), tuple(evidence), source, decision="added", note=note)


def value_of(label: str, text: str) -> Any:
    """Return the value that a typed text stands for; raise UnknownName where the label has no such value."""
    word = text.strip()
    if kind(label) == "judgement":
        if word.lower() not in JUDGEMENTS:
            raise UnknownName(f"{word!r} is no judgement; give one of {', '.join(JUDGEMENTS)}")
        return {"judgement": word.lower()}
    if kind(label) == "statement":
        yes = {"yes": True, "reported": True, "true": True, "no": False, "not reported": False, "false": False}
        if word.lower() not in yes:
            raise UnknownName(f"{word!r} is no answer to {label}; give yes or no")
        return {"reported": yes[word.lower()]}
    if kind(label) == "entity":
        return {"text": word, "normal": word}
    return word


def _write(review: Review, made: Sequence[Annotation], session: Session) -> tuple[str, ...]:
    changed, _ = take_in(review, ADJUDICATED, made, session)
    return changed


# -- the workbook


def write_workbook(items: Sequence[Item], codebook: Codebook, path: Path) -> None:
    """Write a workbook with a row for each answer to each disputed item, to be marked keep: yes or no."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    questions = {f"form.{f.name}": f.question for f in codebook.fields}
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(
        [
            MARK,
            "Mark each answer: keep yes or no. A better one goes under other answer, with words of the paper as its quote.",
        ]
    )
    sheet.append(list(COLUMNS))
    for item in items:
        for c in candidates(item):
            row = [
                key(c),
                item.study,
                item.label,
                questions.get(item.label, ""),
                c.text,
                ", ".join(c.reviewers),
                c.quote,
                c.page,
            ]
            sheet.append([*row, None, None, None, None])
    for index, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.column_dimensions["A"].hidden = True
    for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "@"
            if cell.row == 2:
                cell.font = Font(bold=True)
            elif COLUMNS[cell.column - 1] in _OPEN:
                cell.fill = PatternFill("solid", fgColor="FFFDF0")
                cell.protection = Protection(locked=False)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # "=SUM" in a paper is text
    letter = get_column_letter(COLUMNS.index("keep") + 1)
    choice = DataValidation("list", formula1='"yes,no"', allow_blank=True)
    choice.add(f"{letter}3:{letter}{max(sheet.max_row, 3)}")
    sheet.add_data_validation(choice)
    sheet.protection.sheet = True
    for allowed in ("autoFilter", "formatColumns", "formatRows", "sort"):
        setattr(sheet.protection, allowed, False)
    sheet.freeze_panes = "D3"
    buffer = io.BytesIO()
    book.save(buffer)
    write_bytes(path, buffer.getvalue())


def key(candidate: Candidate) -> str:
    """Return the mark by which a row is known again: its annotation's id, or "-" for an answer without one."""
    return candidate.annotation.id if candidate.annotation else "-"


def read_workbook(review: Review, path: Path, codebook: Codebook, *, by: str) -> tuple[list[Annotation], list[Problem]]:
    """Return what the adjudicator decided in a workbook, and what could not be read."""
    by_item: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = {}
    for number, row in _rows(path):
        by_item.setdefault((row["study"], row["item"]), []).append((number, row))
    open_items: dict[tuple[str, str], list[Item]] = {}
    for item in conflicts(review):
        open_items.setdefault((item.study, item.label), []).append(item)
    documents = Documents(review)
    single = {f"form.{f.name}" for f in codebook.fields if not f.many}
    decided: list[Annotation] = []
    problems: list[Problem] = []
    for (study, label), rows in by_item.items():
        if not any(row["keep"] or row["other answer"] for _, row in rows):
            continue
        items = open_items.get((study, label)) or _settled_before(review, study, label)
        known = {key(c): c for item in items for c in candidates(item)}
        made, wrong = _item(rows, known, documents.get(study), by, label in single)
        problems += wrong
        if wrong:
            continue
        decided += made + (_agreed_spans(review, study, label, by) if is_entity(label) else [])
    return decided, problems


def adjudicate_workbook(
    review: Review, path: Path, codebook: Codebook, *, by: str
) -> tuple[int, tuple[str, ...], list[Problem]]:
    """Take a workbook's decisions into adjudicated.jsonl; return how many, the studies that changed, and the problems."""
    decided, problems = read_workbook(review, path, codebook, by=by)
    changed = _write(review, decided, Session(path.name, file_sha256(path), False)) if decided else ()
    return len({(a.study, a.label) for a in decided}), changed, problems


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=False, data_only=True)
    except (OSError, KeyError, ValueError, BadZipFile, InvalidFileException) as error:
        raise MalformedFile(f"{path}: not an Excel workbook ({type(error).__name__}); save it as .xlsx") from error
    if SHEET not in book.sheetnames or book[SHEET]["A1"].value != MARK:
        raise MalformedFile(f"{path}: not written by `vivex conflicts --workbook`; write it anew and fill that in")
    sheet = book[SHEET]
    names = ["" if c.value is None else str(c.value) for c in sheet[2]]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise MalformedFile(f"{path}: {SHEET}: column {missing[0]!r} is missing; write the workbook anew")
    found = []
    for number, cells in enumerate(sheet.iter_rows(min_row=3, values_only=True), 3):
        row = {name: "" if v is None else str(v).strip() for name, v in zip(names, cells, strict=False)}
        if row["study"]:
            found.append((number, row))
    return found


def _item(
    rows: Sequence[tuple[int, dict[str, str]]],
    known: Mapping[str, Candidate],
    document: Document | None,
    by: str,
    single: bool,
) -> tuple[list[Annotation], list[Problem]]:
    """Return the decisions on one item from its rows."""
    column = {name: chr(ord("A") + i) for i, name in enumerate(COLUMNS)}
    study, label = rows[0][1]["study"], rows[0][1]["item"]
    one = single or kind(label) in ("judgement", "statement")
    made: list[Annotation] = []
    wrong: list[Problem] = []
    note = "; ".join(dict.fromkeys(row["note"] for _, row in rows if row["note"]))
    others = any(row["other answer"] for _, row in rows)
    yes = [number for number, row in rows if row["keep"].lower() in ("yes", "y", "x")]
    for number, row in rows:
        word = row["keep"].lower()
        if row["key"] not in known:
            wrong.append(Problem(SHEET, f"A{number}", "this answer stands no more", "write the workbook anew"))
        elif word in ("yes", "y", "x"):
            annotation = known[row["key"]].annotation
            made += [_decided(annotation, by, note)] if annotation is not None else []
        elif word not in ("", "no", "n"):
            wrong.append(Problem(SHEET, f"{column['keep']}{number}", f"{row['keep']!r} is not yes or no", "choose one"))
        elif not word and not (one and (yes or others)):
            wrong.append(Problem(SHEET, f"{column['keep']}{number}", "left open", "mark every answer yes or no"))
        if row["other answer"]:
            try:
                quotes = [row["its quote"]] if row["its quote"] else []
                made.append(_typed(study, label, row["other answer"], quotes, document, by, note))
            except UnknownName as error:
                wrong.append(Problem(SHEET, f"{column['other answer']}{number}", str(error), "correct the cell"))
    if one and len(made) > 1:
        cell = f"{column['keep']}{rows[-1][0]}"
        wrong.append(Problem(SHEET, cell, f"{label} of {study} takes one answer, {len(made)} are kept", "keep one"))
    if not made and not wrong:
        if kind(label) in ("judgement", "statement"):
            wrong.append(Problem(SHEET, f"{column['keep']}{rows[0][0]}", "no answer is kept", "keep one"))
        else:
            source = f"adjudicator:{reviewer_name(by)}"
            made.append(Annotation(study, label, NOT_REPORTED, source=source, decision="rejected", note=note))
    return made, wrong


def _settled_before(review: Review, study: str, label: str) -> list[Item]:
    """Return the disputed items of a label as they were before an adjudicator settled it."""
    people = {name: s for name, s in statements(review, study).items() if name != ADJUDICATED}
    return [i for i in resolve(study, people) if i.label == label and i.state == "conflict"]


def _agreed_spans(review: Review, study: str, label: str, by: str) -> list[Annotation]:
    """Return the spans of a label that need no settling: the adjudicated label holds them too."""
    people = {name: s for name, s in statements(review, study).items() if name != ADJUDICATED}
    items = [i for i in resolve(study, people) if i.label == label and i.state == "unanimous"]
    return [_decided(a, by, "") for i in items for a in i.annotations]
