"""The review as tidy CSV files (RFC 4180, UTF-8): studies, groups, interventions, outcomes, values, items, robvis."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from vivex import questions
from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation
from vivex.codebook import NOT_REPORTED, Codebook, Field
from vivex.files import csv_text, write_csv
from vivex.forms import rows
from vivex.paper import Failure, Paper
from vivex.states import AWAITED, CONFLICT, OPEN, PROPOSED, SETTLED, STATES, WORDS

_EVIDENCE = ("quote", "page", "section", "start", "end", "boxes")
_VALUES = (
    "study_id", "table", "field", "group", "value", "state", "status", "confidence", "source", *_EVIDENCE,
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


def write_csvs(
    papers: Sequence[Paper], failures: Sequence[Failure], codebook: Codebook, out: Path, *, decided: bool = False
) -> list[Path]:
    """Write the CSV set into the folder; return the files.

    `decided` is for papers with states: an item that isn't settled has no value, and a column says what is open. The
    machine's own table of microRNAs and targets, which nobody is asked about, is left out then.
    """
    headers = _headers(decided)
    tables: dict[str, list[Mapping[str, Any]]] = {name: [] for name in headers}
    for paper in papers:  # once: a lazy sequence reads its files each time
        values = list(rows.form_rows(paper, codebook))
        tables["values"] += _values(paper, values)
        tables["studies"].append(_study(paper, [a for _, a in values], codebook))
        by_field: dict[str, list[Annotation]] = {}
        for field, a in values:
            by_field.setdefault(field.subject, []).extend(rows.settled(paper, [a]))
        for table, fields in _TABLES.items():
            asked = [f for f in codebook.fields if f.subject in fields]
            state = standing(paper, asked)
            tables[table] += [row | {"state": state} for row in _tidy(paper, table, fields, by_field)]
        if "mirna_targets" in tables:
            tables["mirna_targets"] += [
                {"study_id": paper.study, "row": number, **row}
                for number, row in enumerate(paper.form.get("mirna_targets") or (), 1)
            ]
        syrcle, reporting = rows.by_label(paper, "syrcle"), rows.by_label(paper, "reporting")
        for item in SYRCLE_ITEMS:
            tables["syrcle"] += _judged(paper, f"syrcle.{item}", syrcle.get(item, ()), _syrcle)
        for item in REPORTING_ITEMS:
            tables["reporting"] += _judged(paper, f"reporting.{item}", reporting.get(item, ()), _reporting)
        tables["robvis"].append(_robvis(paper, syrcle))
    tables["left_out"] = [
        {"study_id": f.study, "file": f.file, "reason": f.reason, "remedy": f.remedy} for f in failures
    ]
    tables["dictionary"] = [
        {"table": name, "column": column, "meaning": _MEANING.get(column) or _asked(column, codebook)}
        for name, header in headers.items()
        if name not in ("dictionary", "robvis")
        for column in header
    ]
    written = []
    for name, header in headers.items():
        path = out / f"{name}.csv"
        write_table(path, header, tables[name], bom=name != "robvis")
        written.append(path)
    return written


def _headers(decided: bool) -> dict[str, tuple[str, ...]]:
    """Return table -> its columns; of `decided` values each table says what is open."""
    told = ("state", "unsettled") if decided else ("state",)
    counts = ("settled", "in_conflict", "awaited", "not_reviewed") if decided else ()
    found: dict[str, tuple[str, ...]] = {
        "studies": (
            "study_id", "study", "title", "year", "doi", "journal", "file_sha256", "pages", "values", "not_reported",
            "warnings", *counts,
        ),
        "values": tuple(c for column in _VALUES for c in (told if column == "state" else (column,))),
        "groups": ("study_id", "row", *_TABLES["groups"], "state"),
        "interventions": ("study_id", "row", "group", "purpose", *_TABLES["interventions"], "quote", "page", "state"),
        "outcomes": ("study_id", "row", *_TABLES["outcomes"], "state"),
        "mirna_targets": ("study_id", "row", *_TARGETS),
        "syrcle": ("study_id", "item", "number", "bias", "domain", "outcome", "judgement", *told, *_JUDGED),
        "reporting": ("study_id", "item", "question", "reported", *told, *_JUDGED),
        "robvis": ("Study", *(item.name for item in questions.SYRCLE.values())),
        "left_out": ("study_id", "file", "reason", "remedy"),
        "dictionary": ("table", "column", "meaning"),
    }  # fmt: skip
    return {name: header for name, header in found.items() if not (decided and name == "mirna_targets")}


def standing(paper: Paper, asked: Iterable[Field]) -> str:
    """Return where the fields stand together: one state, or those that are not settled, each with its state."""
    fields = list(asked)
    states = {paper.state(field.label) for field in fields}
    if len(states) < 2:
        return "".join(WORDS[state] for state in states)
    left = [(state, [f.name for f in fields if paper.state(f.label) == state]) for state in STATES if state != SETTLED]
    return "; ".join(f"{WORDS[state]}: {', '.join(names)}" for state, names in left if names)


def _asked(column: str, codebook: Codebook) -> str:
    """Return the question of the field that fills a column of the tidy tables."""
    return next((f.question for f in codebook.fields if column in (f.source, f.name)), column)


# What the columns mean, for whoever opens the files without this code.
_MEANING = {
    "study_id": "the paper's file name without its ending; the key of every table",
    "study": "what people call the study: first author and year",
    "table": "the form's table that the field stands in",
    "field": "the field of codebook.yaml that the value answers",
    "group": "the group or outcome that the value belongs to; empty: the whole study",
    "value": "the value; “not reported” where the paper doesn't say",
    "status": "extracted or not_reported",
    "confidence": "0 to 1: how sure the machine is; empty where it gives none",
    "state": "settled by reviewers, in conflict, awaiting another reviewer, proposed by vivex and not reviewed, or not "
    "reviewed",
    "unsettled": "where it isn't settled: what each reviewer says, or what vivex proposes; no answer of the review",
    "settled": "how many items of form, SYRCLE and reporting are settled",
    "in_conflict": "on how many reviewers disagree",
    "awaited": "how many one reviewer has answered and another not yet",
    "not_reviewed": "how many nobody has answered",
    "source": "who decided, or the model or grammar that proposed it, with its version",
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


def _study(paper: Paper, values: Iterable[Annotation], codebook: Codebook) -> dict[str, Any]:
    values, meta = rows.settled(paper, values), paper.document.meta
    silent = sum(a.value == NOT_REPORTED for a in values)
    states = Counter(paper.state(label) for label in codebook.questions)
    return {
        "study_id": paper.study,
        "study": paper.called,
        "title": rows.title(paper),
        **{key: meta.get(key, "") for key in ("year", "doi", "journal")},
        "file_sha256": paper.document.pdf_sha256,
        "pages": len(paper.document.pages) or "",
        "values": len(values) - silent,
        "not_reported": silent,
        "warnings": "; ".join(paper.document.warnings),
        "settled": states[SETTLED],
        "in_conflict": states[CONFLICT],
        "awaited": states[AWAITED],
        "not_reviewed": states[PROPOSED] + states[OPEN],
    }


def _values(paper: Paper, values: Iterable[tuple[Field, Annotation]]) -> Iterator[dict[str, Any]]:
    """Yield a row for each value; one for a field that isn't settled, without a value, where people have a say."""
    for _, together in itertools.groupby(values, key=lambda pair: pair[0].name):
        (field, *_), *_ = pairs = list(together)
        found = [a for _, a in pairs]
        state = {"state": WORDS[paper.state(field.label)]}
        asked = {"study_id": paper.study, "table": field.table, "field": field.name} | state
        if len(rows.settled(paper, found)) < len(found):
            yield asked | {"unsettled": rows.unsettled(paper, found)}
            continue
        for a in found:
            status = "not_reported" if a.value == NOT_REPORTED else "extracted"
            yield asked | {"group": a.group, "value": questions.shown(a.value), "status": status} | _support(a)


def _tidy(
    paper: Paper, table: str, fields: tuple[str, ...], by_field: Mapping[str, list[Annotation]]
) -> Iterable[dict[str, Any]]:
    """Yield a row for each group, agent or outcome; what holds for all of them is filled into each row.

    A row of interventions is one agent with its own dose, route and schedule in its group, as the record binds them;
    of what people settled it is one group where they name groups, else the study where its values are several.
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
    if table == "interventions" and paper.states and any(len(found) > 1 for found in _values_of(by_field, fields[1:])):
        # people settled several doses or routes, and nobody said which of them goes with which agent
        yield {"study_id": paper.study, "row": 1} | shared
        return
    for number, a in enumerate(by_field.get(fields[0], ()), 1):
        yield {"study_id": paper.study, "row": number} | shared | {fields[0]: questions.shown(a.value)}


def _values_of(by_field: Mapping[str, list[Annotation]], names: Iterable[str]) -> Iterator[set[str]]:
    """Yield the different values of each field."""
    return ({questions.shown(a.value) for a in by_field.get(name, ())} for name in names)


def _joined(annotations: Iterable[Annotation]) -> str:
    return "; ".join(dict.fromkeys(questions.shown(a.value) for a in annotations))


def _judged(
    paper: Paper,
    label: str,
    found: Sequence[Annotation],
    row_of: Callable[[Paper, str, Annotation | None], dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    """Yield the rows of an item: of each outcome's judgement, or one row where nothing is settled or said."""
    state = {"state": WORDS[paper.state(label) if found or paper.states else OPEN]}
    item = label.partition(".")[2]
    standing = rows.settled(paper, found)
    if standing:
        yield from (row_of(paper, item, a) | state for a in standing)
    else:
        yield row_of(paper, item, None) | state | {"unsettled": rows.unsettled(paper, found)}


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
    """Return the study's row for robvis' "Generic" tool; an item judged by outcome has its worst judgement.

    What people have not settled is empty, which robvis draws as missing.
    """
    row = {"Study": paper.called}
    for key, item in questions.SYRCLE.items():
        worst = rows.worst(rows.settled(paper, syrcle.get(key, ())))
        row[item.name] = (worst or ("" if paper.states else "no information")).capitalize()
    return row


def write_table(path: Path, header: tuple[str, ...], lines: Iterable[Mapping[str, Any]], *, bom: bool) -> None:
    """Write rows given by column; a column that a row lacks is empty."""
    write_csv(path, csv_text(header, ([line.get(column, "") for column in header] for line in lines)), bom=bom)
