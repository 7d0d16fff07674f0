"""vivex's own CSV set, corrected in a spreadsheet or made elsewhere: values.csv, syrcle.csv, reporting.csv, read."""

from __future__ import annotations

from pathlib import Path

from vivex.errors import MalformedFile
from vivex.exchange.formats import DECISIONS, Answer, Brought, Format
from vivex.exchange.ris import library_text
from vivex.files import read_csv
from vivex.references import Reference

# the column that names the question, how its label begins, and the columns of the answer and of what it is for
TABLES = {
    "field": ("form.", "value", "group"),
    "judgement": ("syrcle.", "judgement", "outcome"),
    "reported": ("reporting.", "reported", ""),
}


def read_tables(path: Path) -> Brought:
    """Read one of the tables; each line that gives an answer is one, its quote the evidence."""
    lines = read_csv(library_text(path))
    header = [name.strip() for name in lines[0]] if lines else []
    kind = next((column for column in TABLES if column in header), None)
    if kind is None or "study_id" not in header:
        raise MalformedFile(f"{path}: it is none of values.csv, syrcle.csv and reporting.csv (no study_id, no answers)")
    begins, given, group = TABLES[kind]
    named = "field" if kind == "field" else "item"
    answers = []
    studies: dict[str, Reference] = {}
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) < len(header):
            raise MalformedFile(f"{path}:{number}: {len(line)} cells, not {len(header)}; save the table as CSV again")
        row = {name: cell.strip() for name, cell in zip(header, line, strict=False)}
        studies[row["study_id"]] = Reference(key=row["study_id"])
        if row.get(given):
            quotes = tuple(filter(None, [row.get("quote", "")]))
            question = f"{begins}{row.get(named, '')}"
            answers.append(Answer(row["study_id"], "", question, row[given], "", quotes, row.get(group, "")))
    return Brought(answers=tuple(answers), studies=studies)


FORMAT = Format(
    program="vivex, CSV set",
    holds=DECISIONS,
    about="`values.csv`, `syrcle.csv` or `reporting.csv`, corrected or filled elsewhere, as one reviewer's decisions "
    "(say whose: `--reviewer`). The workbook is the better way: it tells what was accepted.",
    loses="whether a value was accepted or typed; lines without an answer say nothing",
    read=read_tables,
    suffixes=(".csv",),
    known_by=lambda head: head.startswith("study_id,"),
)
