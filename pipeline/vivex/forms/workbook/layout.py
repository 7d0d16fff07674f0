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


_CANDIDATES = tuple(Column(f"candidate{n}", f"candidate {n}", 4, hidden=True, blind=False) for n in range(1, 5))
STUDY = (
    Column("id", "vivex id", 4, hidden=True, blind=False),
    Column("text", "text sha256", 4, hidden=True),
    Column("printed", "as printed", 4, hidden=True, blind=False),
    Column("study", "study id", 4, hidden=True),
    Column("row", "row", 4, hidden=True),  # study, section <table>, <table>, add <table>
    Column("field", "field", 4, hidden=True),
    Column("item", "item", 4, hidden=True),
    Column("question", "Question", 22),
    Column("proposed", "Proposed by vivex", 16, blind=False),
    Column("confidence", "Sure", 5, blind=False),
    Column("decision", "Decision", 9.5, open=True, blind=False),
    Column("yours", "Your answer", 17, open=True),
    Column("quote", "Evidence: sentence of the paper", 35, open=True),
    Column("page", "Page", 5, open=True),
    Column("group", "Group or outcome", 9, open=True),
    Column("why", "Why proposed · what else was found", 25, blind=False),
    Column("note", "Your reason or note", 12, open=True),
    Column("left", "left", 4, hidden=True),
    *_CANDIDATES,
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
    Column("id", "study id", 4, hidden=True),
)
_OF_OLD = {  # of every sheet of vivex 0.1
    "vivex id": "id",
    "text sha256": "text",
    "as printed": "printed",
    "Study": "study",
    "Confidence": "confidence",
    "Decision": "decision",
    "Evidence: quote from the paper": "quote",
    "Page": "page",
}
HEADERS = {  # kind of a sheet -> header -> key
    "study": {column.header: column.key for column in STUDY},
    "form": {
        **_OF_OLD,
        "Field": "field",
        "Question": "question",
        "Proposed value": "proposed",
        "Your value": "yours",
        "Section of the paper": "section",
        "Group or outcome it belongs to": "group",
        "Further candidates, not to be decided": "further",
        "Your note": "note",
    },
    "syrcle": {
        **_OF_OLD,
        "Item": "item",
        "Question (yes = low risk)": "question",
        "Outcome (if judged by outcome)": "group",
        "Proposed judgement": "proposed",
        "Your judgement": "yours",
        "Support: why it was proposed": "rule",
        "Your support for the judgement": "note",
    },
    "reporting": {
        **_OF_OLD,
        "Item": "item",
        "Is it stated?": "question",
        "Proposed answer": "proposed",
        "Your answer": "yours",
        "Your note": "note",
    },
}


def columns(kind: str, *, blind: bool) -> tuple[Column, ...]:
    """Return the columns of a sheet that is written: kind is study/<id> or papers."""
    chosen = STUDY if kind.startswith("study/") else OVERVIEW
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
