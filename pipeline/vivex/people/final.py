"""The review's final tables: what is resolved, and what is not yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vivex.codebook import NOT_REPORTED, Codebook
from vivex.files import csv_text, write_csv
from vivex.labels import is_entity
from vivex.people.conflicts import as_csv
from vivex.people.resolve import Resolution
from vivex.people.values import kind
from vivex.questions import SYRCLE, shown


def write(items: Sequence[Resolution], codebook: Codebook, out: Path) -> None:
    """Write resolved.csv (a value a row), characteristics.csv and syrcle.csv (a study a row), and conflicts.csv."""
    write_csv(out / "resolved.csv", resolved_csv(items))
    write_csv(out / "characteristics.csv", characteristics_csv(items, codebook))
    write_csv(out / "syrcle.csv", syrcle_csv(items), bom=False)  # robvis reads it
    write_csv(out / "conflicts.csv", as_csv([i for i in items if not i.settled]))


def resolved_csv(items: Sequence[Resolution]) -> str:
    """Return each resolved value with who decided it and its evidence."""
    lines = []
    for item in items:
        for a in item.annotations:
            value = shown(a.value)
            quotes = " | ".join(" ".join(e.quote.split()) for e in a.evidence)
            pages = "; ".join(str(e.page) for e in a.evidence if e.page is not None)
            lines.append([item.study, item.label, a.group, value, item.state, a.source, quotes, pages, a.note])
        if item.settled and not item.annotations and not is_entity(item.label):
            lines.append([item.study, item.label, "", NOT_REPORTED, item.state, "+".join(item.sides), "", "", ""])
    return csv_text(["study", "item", "group", "value", "state", "decided by", "evidence", "pages", "note"], lines)


def characteristics_csv(items: Sequence[Resolution], codebook: Codebook) -> str:
    """Return a study a row, a field a column; "conflict" where reviewers disagree, empty where nobody answered."""
    cells: dict[str, dict[str, str]] = {}
    for item in items:
        if kind(item.label) == "field":
            values = "; ".join(shown(a.value) + (f" ({a.group})" if a.group else "") for a in item.annotations)
            cells.setdefault(item.study, {})[item.label] = (values or NOT_REPORTED) if item.settled else "conflict"
    lines = [[study, *(of.get(f.label, "") for f in codebook.fields)] for study, of in sorted(cells.items())]
    return csv_text(["study", *(f.name for f in codebook.fields)], lines)


def syrcle_csv(items: Sequence[Resolution]) -> str:
    """Return the SYRCLE judgements as robvis's generic tool reads them (without overall score, as SYRCLE advises)."""
    cells: dict[str, dict[str, str]] = {}
    for item in items:
        if kind(item.label) == "judgement":
            found = sorted({shown(a.value) for a in item.annotations}, key=["high", "unclear", "low", ""].index)
            # several outcomes: the worst one stands for the study
            cells.setdefault(item.study, {})[item.label] = found[0].capitalize() if found and item.settled else ""
    lines = [[study, *(of.get(f"syrcle.{i}", "") for i in SYRCLE)] for study, of in sorted(cells.items())]
    return csv_text(["Study", *(item.name for item in SYRCLE.values())], lines)
