"""What stands in a study's sheet, row by row: every question in order, with what is proposed and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vivex import questions
from vivex.annotation import Annotation
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.decisions import word_of
from vivex.forms import rows
from vivex.forms.workbook.layout import CELL_LIMIT, fingerprint
from vivex.paper import Paper
from vivex.questions import Question

FOLDED = 0.4  # proposals of the form that are less sure stand among the further candidates, to be decided by nobody
OFFERED, LONGEST = 4, 60  # further candidates printed beside a field; characters of one
MORE = {True: 1, False: 2}  # empty rows beneath a question of several answers, where some are proposed or none
BY_OUTCOME = frozenset(  # SYRCLE's items that teams judge outcome by outcome
    ("random_outcome_assessment", "blinding_outcome_assessors", "incomplete_outcome_data")
)
SECTIONS = {"syrcle": "Risk of bias (SYRCLE)", "reporting": "Reporting of key measures"}


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """Hold one row of a study's sheet."""

    row: str  # study, section <table>, <table>, or add <table>: an empty row for a further answer
    asked: Question | None = None  # none in headings
    cells: Mapping[str, str] = field(default_factory=dict)  # column -> text
    confidence: float | None = None
    candidates: tuple[str, ...] = ()  # answers that the cell offers to choose from


def study_rows(
    paper: Paper,
    codebook: Codebook,
    *,
    blind: bool = False,
    decided: Sequence[Annotation] = (),
    only: Collection[str] | None = None,
) -> list[PrintedRow]:
    """Return the rows of a study's sheet; `decided` is what its reviewer has decided before.

    `only` are the labels of the questions that are asked; None asks all.
    """
    before: dict[str, list[Annotation]] = {}
    for decision in decided:
        before.setdefault(decision.label, []).append(decision)
    proposed: dict[str, list[Annotation]] = {}
    further: dict[str, list[Annotation]] = {}
    if not blind:
        known = {d.revises for d in decided}
        for asked, a in rows.form_rows(paper, codebook):
            unsure = a.confidence is not None and a.confidence < FOLDED and a.value != NOT_REPORTED
            (further if unsure and a.id not in known else proposed).setdefault(asked.label, []).append(a)
        for label, others in rows.alternatives(paper.form, study=paper.study).items():
            further.setdefault(label, []).extend(others)
        for head in ("syrcle", "reporting"):
            for item, judged in rows.by_label(paper, head).items():
                proposed[f"{head}.{item}"] = judged
    whole = "The whole study" if only is None else "What was added since you were done"
    found = [PrintedRow("study", cells={"question": whole})]
    for table, title, questions_ in _sections(codebook):
        asked_ = [question for question in questions_ if only is None or question.label in only]
        if not asked_:
            continue
        found.append(PrintedRow(f"section {table}", cells={"question": title}))
        for question in asked_:
            label = question.label
            others = sorted(further.get(label, ()), key=lambda a: -(a.confidence or 0.0))
            found += _question_rows(paper, table, question, proposed.get(label, ()), others, before.get(label, ()))
    return found


def authors(paper: Paper) -> str:
    """Return who wrote the paper, as the team's library or its file says; "" where neither does."""
    return rows.flat("; ".join(paper.publication.reference.authors) or paper.document.meta.get("authors", ""))


def _sections(codebook: Codebook) -> Iterator[tuple[str, str, list[Question]]]:
    asked = codebook.questions
    for table in codebook.tables:
        yield f"form/{table}", questions.heading(table), [asked[f.label] for f in codebook.fields if f.table == table]
    for head, title in SECTIONS.items():
        yield head, title, [question for label, question in asked.items() if label.startswith(f"{head}.")]


def _question_rows(
    paper: Paper,
    table: str,
    asked: Question,
    proposed: Sequence[Annotation],
    others: Sequence[Annotation],
    decided: Sequence[Annotation],
) -> Iterator[PrintedRow]:
    """Yield the rows of one question: a row for each proposal, or an empty one, and rows for more answers."""
    text = paper.document.text_sha256
    name = f"{asked.number}. {asked.name}" if asked.number else asked.name
    column = "field" if table.startswith("form/") else "item"
    frame = {"study": paper.study, "text": text, column: name}
    own = {d.revises: d for d in decided if d.revises}
    used: set[str] = set()
    printed: list[PrintedRow] = []
    for a in proposed:
        cells = frame | _proposal(a, asked, name) | {"why": _why(a, asked)}
        if (decision := own.get(a.id)) is not None and decision.id not in used:
            used.add(decision.id)
            cells |= _said(decision, asked, a)
        printed.append(PrintedRow(table, asked, cells, a.confidence))
    first = printed[0] if printed else PrintedRow(table, asked, frame)
    wording = f"{questions.heading(name) if not asked.number else name}\n{asked.wording}"
    beside = {"question": wording, "why": "\n".join(filter(None, (first.cells.get("why", ""), _offered(others))))}
    head = replace(first, cells={**first.cells, **beside}, candidates=_choices(asked, others))
    more = [d for d in decided if d.id not in used and d.decision != "rejected"]
    if not printed and more:
        head = replace(head, cells={**head.cells, **_said(more.pop(0), asked)})
    yield head
    yield from printed[1:]
    outcomes = asked.label.partition(".")[2] in BY_OUTCOME and table == "syrcle"
    empty = max(MORE[bool(printed)] if asked.several else int(outcomes), len(more) + int(bool(more)))
    for number in range(empty):
        said = _said(more[number], asked) if number < len(more) else {}
        hint = "+ for one outcome" if outcomes else "+ a further answer"
        yield PrintedRow(f"add {table}", asked, frame | {"question": hint} | said, candidates=_choices(asked, others))


def _proposal(a: Annotation, asked: Question, name: str) -> dict[str, str]:
    quote, page = rows.printed(a)
    value = asked.show(a.value)
    return {
        "id": a.id,
        "printed": fingerprint("\n".join((a.study, name, value[:CELL_LIMIT])), quote[:CELL_LIMIT], page, a.group),
        "proposed": value,
        "quote": quote,
        "page": page,
        "group": a.group,
    }


def _said(decision: Annotation, asked: Question, proposal: Annotation | None = None) -> dict[str, str]:
    """Return what a decision of before puts into the cells that a person writes in."""
    said = {"note": decision.note}
    edited = decision.decision == "edited"  # also where it says what is proposed: an edit without a value is none
    if proposal is None or edited or asked.show(decision.value) != asked.show(proposal.value):
        said["yours"] = asked.show(decision.value)
    if proposal is not None:
        said["decision"] = word_of(decision.decision)
    if proposal is None or (decision.decision != "rejected" and decision.evidence != proposal.evidence):
        said["quote"] = "\n\n".join(rows.flat(e.quote) for e in decision.evidence)
        said["page"] = "; ".join("" if e.page is None else str(e.page) for e in decision.evidence).strip("; ")
    if proposal is None or decision.group != proposal.group:
        said["group"] = decision.group
    return said


def _why(a: Annotation, asked: Question) -> str:
    """Return why an item was judged so: its rule, and the tool's signalling questions with their answers."""
    if asked.label.startswith("form."):
        return ""
    answers = (f"{question}? {answer}" for question, answer in rows.signalling(a))
    return "\n".join(filter(None, (rows.reason(a), *answers)))


def _offered(candidates: Iterable[Annotation]) -> str:
    """Return the first further candidates, one a line: value, group, confidence, page; the report has them all."""
    lines = []
    for a in list(candidates)[:OFFERED]:
        sure = "" if a.confidence is None else f"{a.confidence:.2f}"
        page = f"p. {a.evidence[0].page}" if a.evidence and a.evidence[0].page is not None else ""
        where = ", ".join(filter(None, (a.group, sure, page)))
        value = rows.flat(questions.shown(a.value))
        value = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
        lines.append(f"or {value}" + (f" ({where})" if where else ""))
    return "\n".join(lines)


def _choices(asked: Question, candidates: Sequence[Annotation]) -> tuple[str, ...]:
    """Return what the cell of an answer offers where the codebook names no categories: candidates, and silence."""
    if asked.choices or not asked.kind.silence:
        return ()
    values = dict.fromkeys(rows.flat(asked.show(a.value)) for a in candidates)
    return (*list(values)[: OFFERED - 1], NOT_REPORTED)
