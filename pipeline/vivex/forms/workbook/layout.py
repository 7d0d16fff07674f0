"""What the sheets of a workbook hold: their columns, and the marks by which they are known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import NamedTuple

from vivex.forms.rows import flat

MARK = "vivex@1"
SPARE_ROWS = {"form": 30, "syrcle": 10}  # empty rows at the end of a sheet, with dropdowns, for what is to be added
MANY_ROWS = 3  # rows of a blind sheet for a field that may have several values
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
PAPERS = (
    Column("study", "Study", 28),
    Column("title", "Title", 60),
    Column("file", "File", 30),
    Column("pages", "Pages", 8),
    Column("state", "State", 10),
    Column("reason", "Why left out, or what the reader warned of", 40),
    Column("remedy", "What to do", 50),
    Column("found", "Values proposed", 10),
    Column("silent", "Fields not reported", 10),
)


def columns(kind: str, *, blind: bool) -> tuple[Column, ...]:
    """Return the columns of a sheet: kind is form/<table>, syrcle, reporting or papers."""
    chosen = {"form": FORM, "syrcle": SYRCLE, "reporting": REPORTING, "papers": PAPERS}[kind.partition("/")[0]]
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
