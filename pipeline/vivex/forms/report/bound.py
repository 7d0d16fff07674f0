"""The tables of a form record whose rows bind values: what was given in which group, what microRNAs act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from vivex.annotation import JsonValue
from vivex.files import clean
from vivex.paper import Paper
from vivex.questions import shown


class BoundTable(NamedTuple):
    """Say which rows of the record make a table, under which heading, and what its columns are called."""

    key: str
    heading: str
    columns: Mapping[str, str]  # key of a row -> header; columns that no row fills are left out


TABLES = (
    BoundTable(
        "interventions",
        "Interventions: one row is one agent as it was given in a group",
        {
            "group": "Group",
            "intervention": "Agent",
            "dose": "Dose",
            "route": "Route",
            "frequency": "How often",
            "duration": "How long",
            "purpose": "For",
            "page": "Page",
        },
    ),
    BoundTable(
        "mirna_targets",
        "microRNAs and what they act on",
        {
            "mirna": "microRNA",
            "target_gene": "Target",
            "direction": "Target goes",
            "sentences": "Sentences",
            "page": "Page",
        },
    ),
)


def bound_tables(paper: Paper) -> str:
    """Return the tables as HTML, each cell's row with its sentence as a title; "" where the record has none."""
    return "\n".join(_table(table, rows) for table in TABLES if (rows := _rows(paper, table.key)))


def _rows(paper: Paper, key: str) -> list[Mapping[str, JsonValue]]:
    found = paper.form.get(key)
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def _table(table: BoundTable, rows: Sequence[Mapping[str, JsonValue]]) -> str:
    columns = {key: name for key, name in table.columns.items() if any(row.get(key) not in (None, "") for row in rows)}
    head = "".join(f'<th scope="col">{_esc(name)}</th>' for name in columns.values())
    lines = []
    for row in rows:
        cells = "".join(f"<td>{_esc(shown(row.get(key)))}</td>" for key in columns)
        lines.append(f'<tr title="{_esc(shown(row.get("quote")))}">{cells}</tr>')
    return (
        f'<h3>{_esc(table.heading)}</h3><div class="scroll"><table class="bound"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _esc(text: str) -> str:
    return escape(clean(text), quote=True)
