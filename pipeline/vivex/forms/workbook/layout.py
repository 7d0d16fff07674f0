"""What the sheets of a workbook hold: their columns, and the marks by which they are known again.

A study has one sheet, with a row for each answer. Workbooks of vivex 0.1 had a sheet for each table, with the rows of
all studies; they are read, and no longer written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import NamedTuple

from vivex.forms.rows import flat

MARK = "vivex@1"
REST = "accept the rest"  # what stands in the decision of a heading: all below it that is undecided is accepted
CELL_LIMIT = 32000  # characters; Excel's own limit is 32,767


class Column(NamedTuple):
    """Describe a column; `key` stands in the hidden row, so a renamed or moved column is known again."""

    key: str
    header: str
    width: float  # characters
    open: bool = False  # a person writes here
    hidden: bool = False
    blind: bool = True  # stands in blind sheets too


_MACHINE = (
    Column("id", "vivex id", 4, hidden=True, blind=False),
    Column("text", "text sha256", 4, hidden=True),
    Column("printed", "as printed", 4, hidden=True, blind=False),
)
_CANDIDATES = tuple(Column(f"candidate{n}", f"candidate {n}", 4, hidden=True, blind=False) for n in range(1, 5))
STUDY = (
    *_MACHINE,
    Column("study", "study id", 4, hidden=True),
    Column("row", "row", 4, hidden=True),  # study, section <table>, <table>, add <table>
    Column("field", "field", 4, hidden=True),
    Column("item", "item", 4, hidden=True),
    Column("question", "Question", 23),
    Column("proposed", "Proposed by vivex", 17, blind=False),
    Column("confidence", "Sure", 5, blind=False),
    Column("decision", "Decision", 9.5, open=True, blind=False),
    Column("yours", "Your answer", 17, open=True),
    Column("quote", "Evidence: sentence of the paper", 37, open=True),
    Column("page", "Page", 5, open=True),
    Column("group", "Group or outcome", 10, open=True),
    Column("why", "Why proposed · what else was found", 19, blind=False),
    Column("note", "Your reason or note", 13, open=True),
    Column("left", "left", 4, hidden=True),
    *_CANDIDATES,
)
_EVIDENCE = (
    Column("quote", "Evidence: quote from the paper", 62, open=True),
    Column("page", "Page", 7, open=True),
)
_NOTE = (Column("note", "Your note", 26, open=True),)
_CONFIDENCE = (Column("confidence", "Confidence", 10, blind=False),)
_DECISION = (Column("decision", "Decision", 11, open=True, blind=False),)

FORM = (
    *_MACHINE,
    Column("study", "Study", 22),
    Column("field", "Field", 17),
    Column("question", "Question", 30),
    Column("proposed", "Proposed value", 28, blind=False),
    *_CONFIDENCE,
    *_DECISION,
    Column("yours", "Your value", 28, open=True),
    *_EVIDENCE,
    Column("section", "Section of the paper", 20, blind=False),
    Column("group", "Group or outcome it belongs to", 18, open=True),
    Column("further", "Further candidates, not to be decided", 30, blind=False),
    *_NOTE,
)
SYRCLE = (
    *_MACHINE,
    Column("study", "Study", 22),
    Column("item", "Item", 25),
    Column("question", "Question (yes = low risk)", 34),
    Column("group", "Outcome (if judged by outcome)", 18, open=True),
    Column("proposed", "Proposed judgement", 12, blind=False),
    *_CONFIDENCE,
    *_DECISION,
    Column("yours", "Your judgement", 12, open=True),
    Column("rule", "Support: why it was proposed", 34, blind=False),
    *_EVIDENCE,
    Column("note", "Your support for the judgement", 34, open=True),
)
REPORTING = (
    *_MACHINE,
    Column("study", "Study", 22),
    Column("item", "Item", 25),
    Column("question", "Is it stated?", 34),
    Column("proposed", "Proposed answer", 12, blind=False),
    *_CONFIDENCE,
    *_DECISION,
    Column("yours", "Your answer", 12, open=True),
    *_EVIDENCE,
    *_NOTE,
)
OVERVIEW = (
    Column("study", "Study", 22),
    Column("title", "Title", 42),
    Column("authors", "Authors", 24),
    Column("state", "State", 10),
    Column("asked", "Questions", 9.5),
    Column("open", "Decisions left", 9.5),
    Column("reason", "Why left out, or what the reader warned of", 22),
    Column("remedy", "What to do", 16),
)


def columns(kind: str, *, blind: bool) -> tuple[Column, ...]:
    """Return the columns of a sheet: kind is study/<id>, papers, or of old form/<table>, syrcle, reporting."""
    known = {"study": STUDY, "papers": OVERVIEW, "form": FORM, "syrcle": SYRCLE, "reporting": REPORTING}
    chosen = known[kind.partition("/")[0]]
    return tuple(c for c in chosen if c.blind or not blind)


def key_cell(kind: str, blind: bool, key: str, prefilled_by: str) -> str:
    """Return what stands in the hidden row above a column: each cell alone says what the sheet is."""
    return json.dumps([MARK, kind, "blind" if blind else "prefilled", key, prefilled_by], ensure_ascii=False)


def read_key(text: object) -> tuple[str, bool, str, str] | None:
    """Return kind, blind, key and what pre-filled the sheet, from a cell of the hidden row; None for other cells."""
    if not isinstance(text, str) or not text.startswith(f'["{MARK}"'):
        return None
    try:
        _, kind, state, key, by = json.loads(text)
    except ValueError:
        return None
    return kind, state == "blind", key, by


def fingerprint(what: str, quote: str, page: str, group: str) -> str:
    """Return three short hashes, of what a row proposes, its evidence and its group, by which a change is told."""
    return f"{_short(what)}-{_short(quote, page)}-{_short(group)}"


def changed(texts: Mapping[str, str], name: str) -> tuple[bool, bool, bool]:
    """Tell whether what a row proposes, its evidence and its group differ from what was printed; `name` is its column.

    Without a print to compare with, and for columns that were deleted, nothing is said to have changed.
    """
    old = texts.get("printed", "").split("-")
    if len(old) != 3:
        return False, False, False
    new = fingerprint(
        "\n".join(texts.get(key, "") for key in ("study", name, "proposed")),
        texts.get("quote", ""),
        texts.get("page", ""),
        texts.get("group", ""),
    ).split("-")
    known = (
        {"study", name, "proposed"} <= set(texts),
        {"quote", "page"} <= set(texts),
        "group" in texts,
    )
    return tuple(there and a != b for there, a, b in zip(known, old, new, strict=True))  # type: ignore[return-value]


def _short(*texts: str) -> str:
    return hashlib.sha256("\0".join(flat(t) for t in texts).encode()).hexdigest()[:10]
