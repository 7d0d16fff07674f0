"""Write the review's workbook: a guide, a sheet for each form table, SYRCLE, reporting items, papers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from vivex import questions
from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.files import write_bytes
from vivex.forms import rows, wording
from vivex.forms.workbook.guide import guide
from vivex.forms.workbook.layout import (
    CELL_LIMIT,
    MANY_ROWS,
    SPARE_ROWS,
    Column,
    columns,
    fingerprint,
    key_cell,
)
from vivex.forms.workbook.looks import LISTS, Lists, Styles
from vivex.forms.workbook.timeless import timeless
from vivex.paper import Failure, Paper

HEADER, FIRST = 2, 3  # row of the headers; first row of the body (row 1 is the hidden key row)
OFFERED, LONGEST = 4, 60  # further candidates printed beside a field; characters of one
_TINTS = {"accept": "DDF1E4", "edit": "FFF0CC", "reject": "F7D9D2", "add": "DCE9F7"}


def write_workbook(
    path: Path,
    *,
    papers: Sequence[Paper],
    codebook: Codebook,
    failures: Sequence[Failure] = (),
    reviewer: str = "",
    blind: bool = False,
    prefilled_by: str = "",
) -> None:
    """Write one workbook for the review; a blind one holds no proposal, judgement or evidence."""
    from openpyxl import Workbook as Book

    book = Book(write_only=True)
    book.properties.creator = "vivex"
    book.properties.title = f"Extraction and SYRCLE forms: {codebook.title or codebook.name}"
    styles = Styles(book)
    bodies: dict[str, list[dict[str, Any]]] = {f"form/{t}": [] for t in codebook.tables}
    bodies |= {"syrcle": [], "reporting": [], "papers": []}
    studies = []
    for paper in papers:  # once: a lazy sequence reads its files each time
        studies.append(paper.study)
        for table in codebook.tables:
            bodies[f"form/{table}"] += _form_body(paper, codebook, table, blind)
        bodies["syrcle"] += _item_body(paper, "syrcle", SYRCLE_ITEMS, blind)
        bodies["reporting"] += _item_body(paper, "reporting", REPORTING_ITEMS, blind)
        bodies["papers"].append(_paper_row(paper, codebook, blind))
    bodies["papers"] += [
        {
            "study": f.study,
            "file": f.file,
            "state": "partly" if f.study in studies else "left out",
            "reason": f.reason,
            "remedy": f.remedy,
        }
        for f in failures
    ]
    guide(
        book,
        styles,
        codebook,
        reviewer=reviewer,
        blind=blind,
        prefilled_by=prefilled_by,
        counts=(len(studies), len(failures)),
    )
    lists = Lists(studies, codebook)
    titles = sheet_titles(codebook)
    for kind, body in bodies.items():
        _sheet(book, styles, lists, titles[kind], kind, body, codebook, blind, prefilled_by)
    lists.write(book)
    buffer = io.BytesIO()
    book.save(buffer)
    write_bytes(path, timeless(buffer.getvalue()))


def sheet_titles(codebook: Codebook) -> dict[str, str]:
    """Return the title of the sheet of each kind: 31 characters at most, none twice."""
    titles: dict[str, str] = {}
    fixed = {"syrcle": "SYRCLE", "reporting": "Reporting", "papers": "Papers"}
    for table in codebook.tables:
        plain = re.sub(r"[\[\]:*?/\\']", " ", table.replace("_", " ")).strip().capitalize() or "Form"
        taken = {t.lower() for t in (*titles.values(), *fixed.values(), "Read me", LISTS)}
        endings = ("", " form", *(f" {n}" for n in range(2, 1000)))
        plain = next(t for e in endings if (t := plain[: 31 - len(e)] + e).lower() not in taken)
        titles[f"form/{table}"] = plain
    return titles | fixed


# -- the rows


def _form_body(paper: Paper, codebook: Codebook, table: str, blind: bool) -> list[dict[str, Any]]:
    sha = paper.document.text_sha256
    body = []
    if blind:
        for field in (f for f in codebook.fields if f.table == table):
            row = {"study": paper.study, "field": questions.name(field.name), "question": field.question, "text": sha}
            body += [{**row, "_field": field.name}] * (MANY_ROWS if field.many else 1)
        return body
    further = rows.alternatives(paper.form, study=paper.study)
    for field, a in rows.form_rows(paper, codebook, table=table):
        body.append(
            _proposal(a, questions.name(field.name), questions.shown(a.value), sha)
            | {
                "field": questions.name(field.name),
                "_field": field.name,
                "question": field.question,
                "section": rows.section(a.evidence[0]) if a.evidence else "",
                "group": a.group,
                "further": _offered(further.pop(field.label, ())),  # beside the field's first row
            }
        )
    return body


def _offered(candidates: Iterable[Annotation]) -> str:
    """Return the first further candidates, one a line: value, group, confidence, page; the report has them all."""
    lines = []
    for a in list(candidates)[:OFFERED]:
        sure = "" if a.confidence is None else f"{a.confidence:.2f}"
        page = f"p. {a.evidence[0].page}" if a.evidence and a.evidence[0].page is not None else ""
        where = ", ".join(filter(None, (a.group, sure, page)))
        value = rows.flat(questions.shown(a.value))
        value = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
        lines.append(value + (f" ({where})" if where else ""))
    return "\n".join(lines)


def _item_body(paper: Paper, head: str, items: Iterable[str], blind: bool) -> list[dict[str, Any]]:
    sha = paper.document.text_sha256
    found = rows.by_label(paper, head)
    body = []
    for item in items:
        if head == "syrcle":
            asked = questions.SYRCLE[item]
            words = {"item": f"{asked.number}. {asked.name}", "question": asked.wording}
        else:
            asked = questions.REPORTING[item]
            words = {"item": asked.name, "question": asked.wording}
        words |= {"study": paper.study, "text": sha}
        for a in found.get(item, ()) if not blind else ():
            answer = rows.judgement(a) if head == "syrcle" else rows.reported(a)
            body.append(words | _proposal(a, words["item"], answer, sha) | {"rule": rows.reason(a), "group": a.group})
        if blind or not found.get(item):
            body.append(words)
    return body


def _proposal(a: Annotation, name: str, value: str, sha: str) -> dict[str, Any]:
    quote, page = rows.printed(a)
    return {
        "id": a.id,
        "text": sha,
        "printed": fingerprint("\n".join((a.study, name, value[:CELL_LIMIT])), quote[:CELL_LIMIT], page, a.group),
        "study": a.study,
        "proposed": value,
        "confidence": a.confidence,
        "quote": quote,
        "page": page,
    }


def _paper_row(paper: Paper, codebook: Codebook, blind: bool) -> dict[str, Any]:
    row = {
        "study": paper.study,
        "title": rows.title(paper),
        "file": paper.source.name if paper.source else "",
        "pages": str(len(paper.document.pages) or ""),
        "state": "read",
        "reason": "; ".join(paper.document.warnings),
    }
    if not blind:
        values = [a.value for _, a in rows.form_rows(paper, codebook)]
        silent = sum(v == NOT_REPORTED for v in values)
        row |= {"found": str(len(values) - silent), "silent": str(silent)}
    return row


# -- the sheets


def _sheet(
    book: Any,
    styles: Styles,
    lists: Lists,
    title: str,
    kind: str,
    body: list[dict[str, Any]],
    codebook: Codebook,
    blind: bool,
    prefilled_by: str,
) -> None:
    from openpyxl.utils import get_column_letter

    layout = columns(kind, blind=blind)
    letters = {c.key: get_column_letter(i) for i, c in enumerate(layout, 1)}
    sheet = book.create_sheet(title)
    last = FIRST + len(body) - 1 + SPARE_ROWS.get(kind.partition("/")[0], 0)
    for i, column in enumerate(layout, 1):
        dimension = sheet.column_dimensions[get_column_letter(i)]
        dimension.width, dimension.hidden = column.width, column.hidden
        if column.open:
            dimension._style = styles["open"]  # text cells below the spare rows too: Excel turns nothing into a date
    frozen = "question" if "question" in letters else "title"
    sheet.freeze_panes = f"{letters[frozen]}{FIRST}"
    _print_setup(sheet, title)
    sheet.row_dimensions[1].hidden = True
    sheet.row_dimensions[HEADER].height = 32
    by = "" if blind else prefilled_by
    sheet.append([styles.cell(sheet, key_cell(kind, blind, c.key, by), "key") for c in layout])
    sheet.append([styles.cell(sheet, c.header, "header open" if c.open else "header") for c in layout])
    before = None
    for number, row in enumerate(body, FIRST):
        top = "" if row["study"] == before else " top"
        before = row["study"]
        sheet.row_dimensions[number].height = _height(row, layout)
        sheet.append([_cell(sheet, styles, row.get(c.key), c, top) for c in layout])
    for number in range(FIRST + len(body), last + 1):
        spare = {"study", "field", "item"}
        sheet.append([styles.cell(sheet, None, "open" if c.open or c.key in spare else "fixed") for c in layout])
        sheet.row_dimensions[number].height = 18
    _validate(sheet, lists, letters, kind, body, last, codebook)
    if kind != "papers":
        _tint(sheet, letters, last)
        _protect(sheet)
    sheet.auto_filter.ref = f"A{HEADER}:{get_column_letter(len(layout))}{max(last, HEADER + 1)}"


def _cell(sheet: Any, styles: Styles, value: Any, column: Column, top: str) -> Any:
    if column.key == "confidence":
        cell = styles.cell(sheet, None, f"number{top}")
        if value is not None:
            cell.value = round(float(value), 2)
        return cell
    look = "open" if column.open else "strong" if column.key in ("study", "proposed") else "fixed"
    return styles.cell(sheet, None if value in (None, "") else str(value), look + top)


def _height(row: dict[str, Any], layout: tuple[Column, ...]) -> float:
    """Return the points that the row's longest text needs, 210 at most."""
    lines = 1
    for column in layout:
        text = row.get(column.key)
        if isinstance(text, str) and not column.hidden and column.key != "further":
            wide = max(column.width - 1, 1)
            lines = max(lines, sum(1 + int(len(part) / wide) for part in text.split("\n")))
    return min(13.0 * lines + 5, 210.0)


def _validate(
    sheet: Any,
    lists: Lists,
    letters: dict[str, str],
    kind: str,
    body: list[dict[str, Any]],
    last: int,
    codebook: Codebook,
) -> None:
    end = FIRST + len(body) - 1
    if "decision" in letters:
        lists.dropdown(sheet, "decision", [(letters["decision"], FIRST, last)], "accept, edit, reject or add")
    if kind == "syrcle":
        lists.dropdown(sheet, "syrcle", [(letters["yours"], FIRST, last)], "low, high or unclear")
        lists.dropdown(sheet, "items", [(letters["item"], end + 1, last)], "an item of SYRCLE's tool")
    if kind == "reporting":
        lists.dropdown(sheet, "reporting", [(letters["yours"], FIRST, end)], "yes or no")
    if last > end:
        lists.dropdown(sheet, "studies", [(letters["study"], end + 1, last)], "a study of this review")
    if not kind.startswith("form/"):
        return
    lists.dropdown(sheet, kind, [(letters["field"], end + 1, last)], "a field of this table")
    for field in codebook.fields:
        runs = _runs([n for n, row in enumerate(body, FIRST) if row["_field"] == field.name])
        if field.label in lists.values and runs:
            places = [(letters["yours"], a, b) for a, b in runs]
            lists.dropdown(sheet, field.label, places, "one of the allowed values")


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return runs of neighbouring row numbers as (first, last)."""
    runs: list[tuple[int, int]] = []
    for n in numbers:
        if runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs


def _tint(sheet: Any, letters: dict[str, str], last: int) -> None:
    """Colour the rows by decision and the judgements by what they say."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    if last < FIRST:
        return
    if "decision" in letters:
        area = f"{letters['study']}{FIRST}:{letters['note']}{last}"
        for word, tint in _TINTS.items():
            fill = PatternFill("solid", bgColor=tint)
            sheet.conditional_formatting.add(area, FormulaRule([f'${letters["decision"]}{FIRST}="{word}"'], fill=fill))
    if "confidence" in letters:
        place = f"{letters['confidence']}{FIRST}"
        amber = FormulaRule([f"AND(ISNUMBER({place}),{place}<0.5)"], fill=PatternFill("solid", bgColor="F6C66A"))
        sheet.conditional_formatting.add(f"{place}:{letters['confidence']}{last}", amber)
    for key in ("proposed", "yours"):
        if "item" in letters and key in letters:
            area = f"{letters[key]}{FIRST}:{letters[key]}{last}"
            for word, colour in wording.JUDGEMENT_COLOURS.items():
                fill = PatternFill("solid", bgColor=colour[1:])
                sheet.conditional_formatting.add(
                    area, FormulaRule([f'{letters[key]}{FIRST}="{word}"'], fill=fill, font=Font(bold=True))
                )
        elif key in letters:
            area = f"{letters[key]}{FIRST}:{letters[key]}{last}"
            grey = Font(color="6B7280", italic=True)
            sheet.conditional_formatting.add(area, FormulaRule([f'{letters[key]}{FIRST}="{NOT_REPORTED}"'], font=grey))


def _protect(sheet: Any) -> None:
    """Lock what the machine wrote, without a password; filters, formats and new rows stay allowed."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("autoFilter", "formatCells", "formatColumns", "formatRows", "insertRows", "sort"):
        setattr(protection, allowed, False)  # in the file format, False is "not forbidden"


def _print_setup(sheet: Any, title: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    sheet.oddFooter.center.text = f"{title.replace('&', '&&')} · page &P of &N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
