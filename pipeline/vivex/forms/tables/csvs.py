"""The review as tidy CSV files (RFC 4180, UTF-8): studies, groups, interventions, outcomes, values, items, robvis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vivex import questions
from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.files import csv_text, write_csv
from vivex.forms import rows
from vivex.paper import Failure, Paper

_EVIDENCE = ("quote", "page", "section", "start", "end", "boxes")
_VALUES = (
    "study_id", "table", "field", "group", "value", "status", "confidence", "source", *_EVIDENCE,
    "more_evidence", "annotation_id",
)  # fmt: skip
_JUDGED = ("confidence", "rule", "support", *_EVIDENCE, "more_evidence", "source", "annotation_id")
# The tables of a meta-analysis and the built-in fields that fill their columns; a column without a value stays empty.
_TABLES: Mapping[str, tuple[str, ...]] = {
    "groups": ("groups", "n_per_group", "species", "strain", "sex", "age", "weight", "disease_model", "induction"),
    "interventions": ("intervention", "dose", "route", "frequency", "duration", "comparator"),
    "outcomes": ("outcomes", "main_result"),
}  # fmt: skip

_TARGETS = ("mirna", "target_gene", "direction", "sentences", "confidence", "quote", "page", "section", "start", "end")


def write_csvs(papers: Sequence[Paper], failures: Sequence[Failure], codebook: Codebook, out: Path) -> list[Path]:
    """Write the CSV set into the folder; return the files."""
    tables: dict[str, list[Mapping[str, Any]]] = {name: [] for name in _headers()}
    for paper in papers:  # once: a lazy sequence reads its files each time
        values = list(rows.form_rows(paper, codebook))
        tables["values"] += [_value(paper, field.table, field.name, a) for field, a in values]
        tables["studies"].append(_study(paper, [a for _, a in values]))
        by_field: dict[str, list[Annotation]] = {}
        for field, a in values:
            by_field.setdefault(field.source or field.name, []).append(a)
        for table, fields in _TABLES.items():
            tables[table] += _tidy(paper, table, fields, by_field)
        tables["mirna_targets"] += [
            {"study_id": paper.study, "row": number, **row}
            for number, row in enumerate(paper.form.get("mirna_targets") or (), 1)
        ]
        syrcle, reporting = rows.by_label(paper, "syrcle"), rows.by_label(paper, "reporting")
        tables["syrcle"] += [_syrcle(paper, item, a) for item in SYRCLE_ITEMS for a in syrcle.get(item, [None])]
        tables["reporting"] += [
            _reporting(paper, item, a) for item in REPORTING_ITEMS for a in reporting.get(item, [None])
        ]
        tables["robvis"].append(_robvis(paper, syrcle))
    tables["left_out"] = [
        {"study_id": f.study, "file": f.file, "reason": f.reason, "remedy": f.remedy} for f in failures
    ]
    tables["dictionary"] = [
        {"table": name, "column": column, "meaning": _MEANING.get(column) or _asked(column, codebook)}
        for name, header in _headers().items()
        if name not in ("dictionary", "robvis")
        for column in header
    ]
    written = []
    for name, header in _headers().items():
        path = out / f"{name}.csv"
        write_table(path, header, tables[name], bom=name != "robvis")
        written.append(path)
    return written


def _headers() -> dict[str, tuple[str, ...]]:
    return {
        "studies": (
            "study_id",
            "title",
            "year",
            "doi",
            "journal",
            "file_sha256",
            "pages",
            "values",
            "not_reported",
            "warnings",
        ),
        "values": _VALUES,
        "groups": ("study_id", "row", *_TABLES["groups"]),
        "interventions": ("study_id", "row", "group", "purpose", *_TABLES["interventions"], "quote", "page"),
        "outcomes": ("study_id", "row", *_TABLES["outcomes"]),
        "mirna_targets": ("study_id", "row", *_TARGETS),
        "syrcle": ("study_id", "item", "number", "bias", "domain", "outcome", "judgement", *_JUDGED),
        "reporting": ("study_id", "item", "question", "reported", *_JUDGED),
        "robvis": ("Study", *(item.name for item in questions.SYRCLE.values())),
        "left_out": ("study_id", "file", "reason", "remedy"),
        "dictionary": ("table", "column", "meaning"),
    }


def _asked(column: str, codebook: Codebook) -> str:
    """Return the question of the field that fills a column of the tidy tables."""
    return next((f.question for f in codebook.fields if column in (f.source, f.name)), column)


# What the columns mean, for whoever opens the files without this code.
_MEANING = {
    "study_id": "the paper's file name without its ending; the key of every table",
    "table": "the form's table that the field stands in",
    "field": "the field of codebook.yaml that the value answers",
    "group": "the group or outcome that the value belongs to; empty: the whole study",
    "value": "the value proposed; “not reported” where the paper doesn't say",
    "status": "extracted or not_reported",
    "confidence": "0 to 1: how sure the machine is; empty where it gives none",
    "source": "the model or grammar that proposed it, with its version",
    "quote": "the sentence that the value rests on, the best one",
    "page": "the quote's page in the PDF, from 1",
    "section": "the headings above the quote, outermost first",
    "start": "the quote's first character in the text of outputs/documents, from 0",
    "end": "the character after the quote's last",
    "boxes": "page x0 y0 x1 y1 of each printed line of the quote, in points from the top left, parted by ;",
    "more_evidence": "further quotes with their pages, parted by |",
    "annotation_id": "hash of the proposal's content",
    "row": "number of the row within the study",
    "purpose": "what it was given for: treatment, induction, test …; empty where the paper doesn't tell",
    "direction": "the microRNA's effect on the gene: down, up, or empty where only a link is stated",
    "sentences": "how many sentences state it",
    "item": "the item's name in codebook.yaml and annotations/",
    "number": "the item's number in SYRCLE's tool",
    "bias": "the kind of bias that the item concerns",
    "domain": "the item's short name",
    "outcome": "the outcome judged, for items judged by outcome",
    "judgement": "low, high or unclear risk of bias",
    "rule": "the rule of the codebook's policy that decided",
    "support": "support for the judgement: quotes, then a comment",
    "question": "what is asked",
    "reported": "yes or no: whether the paper states it, however well",
    "file_sha256": "SHA-256 of the paper's file",
    "pages": "number of pages",
    "values": "how many values are proposed",
    "not_reported": "how many fields the paper doesn't answer",
    "warnings": "what the reader of the file warned of",
    "file": "the file that was left out",
    "reason": "why",
    "remedy": "what to do about it",
}


def _study(paper: Paper, values: Iterable[Annotation]) -> dict[str, Any]:
    values, meta = list(values), paper.document.meta
    silent = sum(a.value == NOT_REPORTED for a in values)
    return {
        "study_id": paper.study,
        "title": rows.title(paper),
        **{key: meta.get(key, "") for key in ("year", "doi", "journal")},
        "file_sha256": paper.document.pdf_sha256,
        "pages": len(paper.document.pages) or "",
        "values": len(values) - silent,
        "not_reported": silent,
        "warnings": "; ".join(paper.document.warnings),
    }


def _value(paper: Paper, table: str, field: str, a: Annotation) -> dict[str, Any]:
    return {
        "study_id": paper.study,
        "table": table,
        "field": field,
        "group": a.group,
        "value": questions.shown(a.value),
        "status": "not_reported" if a.value == NOT_REPORTED else "extracted",
    } | _support(a)


def _tidy(
    paper: Paper, table: str, fields: tuple[str, ...], by_field: Mapping[str, list[Annotation]]
) -> Iterable[dict[str, Any]]:
    """Yield a row for each group, agent or outcome; what holds for all of them is filled into each row.

    A row of interventions is one agent with its own dose, route and schedule in its group, as the record binds them.
    """
    shared = {name: _joined(a for a in by_field.get(name, ()) if not a.group) for name in fields}
    bound = paper.form.get(table) or ()
    for number, row in enumerate(bound, 1):
        own = {name: row.get(name) or "" for name in ("group", "purpose", *fields, "quote", "page")}
        yield {"study_id": paper.study, "row": number} | own | {n: shared[n] for n in fields if n not in row}
    if bound:
        return
    first_field = [a for a in by_field.get(fields[0], ()) if a.value != NOT_REPORTED]
    named = [questions.shown(a.value) if table == "groups" and not a.group else a.group for a in first_field]
    named += sorted({a.group for name in fields[1:] for a in by_field.get(name, ())} - set(named))
    groups = [name for name in dict.fromkeys(named) if name]
    if groups:
        for number, group in enumerate(groups, 1):
            own = {name: _joined(a for a in by_field.get(name, ()) if a.group == group) for name in fields}
            first = {fields[0]: own[fields[0]] or (group if table == "groups" else "")}
            yield {"study_id": paper.study, "row": number} | {n: own[n] or shared[n] for n in fields[1:]} | first
        return
    for number, a in enumerate(by_field.get(fields[0], ()), 1):
        yield {"study_id": paper.study, "row": number} | shared | {fields[0]: questions.shown(a.value)}


def _joined(annotations: Iterable[Annotation]) -> str:
    return "; ".join(dict.fromkeys(questions.shown(a.value) for a in annotations))


def _syrcle(paper: Paper, item: str, a: Annotation | None) -> dict[str, Any]:
    asked = questions.SYRCLE[item]
    row = {"study_id": paper.study, "item": item, "number": asked.number, "bias": asked.bias, "domain": asked.name}
    if a is None:
        return row
    return row | {"outcome": a.group, "judgement": rows.judgement(a), **_why(a)} | _support(a)


def _reporting(paper: Paper, item: str, a: Annotation | None) -> dict[str, Any]:
    row = {"study_id": paper.study, "item": item, "question": questions.REPORTING[item].wording}
    return row if a is None else row | {"reported": rows.reported(a), **_why(a)} | _support(a)


def _why(a: Annotation) -> dict[str, str]:
    return {"rule": rows.rule(a), "support": rows.support(a)}


def _support(a: Annotation) -> dict[str, Any]:
    best = a.evidence[0] if a.evidence else None
    row: dict[str, Any] = {
        "confidence": "" if a.confidence is None else f"{a.confidence:.3f}",
        "source": a.source,
        "annotation_id": a.id,
    }
    if best is not None:
        row |= {
            "quote": rows.flat(best.quote),
            "page": "" if best.page is None else best.page,
            "section": rows.section(best),
            "start": best.start,
            "end": best.end,
            "boxes": ";".join(" ".join(f"{v:g}" for v in box) for box in best.boxes),
            "more_evidence": " | ".join(
                f"p. {e.page}: {rows.flat(e.quote)}" if e.page else rows.flat(e.quote) for e in a.evidence[1:]
            ),
        }
    return row


def _robvis(paper: Paper, syrcle: Mapping[str, list[Annotation]]) -> dict[str, str]:
    """Return the study's row for robvis' "Generic" tool; an item judged by outcome has its worst judgement."""
    row = {"Study": paper.study}
    for key, item in questions.SYRCLE.items():
        found = {rows.judgement(a) for a in syrcle.get(key, ())}
        worst = next((j for j in ("high", "unclear", "low") if j in found), "no information")
        row[item.name] = worst.capitalize()
    return row


def write_table(path: Path, header: tuple[str, ...], lines: Iterable[Mapping[str, Any]], *, bom: bool) -> None:
    """Write rows given by column; a column that a row lacks is empty."""
    write_csv(path, csv_text(header, ([line.get(column, "") for column in header] for line in lines)), bom=bom)
