"""A study as the browser gets it: its text and layout, its questions with what is proposed and what was decided.

What is hidden (see `DeskReview.hides`) is not sent: no proposal, alternative, mark or table that the machine made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vivex import questions
from vivex.annotation import Annotation, Evidence
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.desk.deciding import at_desk, matched, open_proposals, version
from vivex.desk.desk_review import DeskReview, StudyFiles, id_of
from vivex.document import BLOCK_KINDS, Block, Document
from vivex.forms import rows
from vivex.people.asked import changed_since, kept
from vivex.people.assign import assigned
from vivex.people.store import Statement, dump_statement
from vivex.people.undo import last, last_undoing
from vivex.questions import Question
from vivex.sentences import sentences

Data = dict[str, Any]  # plain JSON
_ORDER = ("low", "unclear", "high")  # judgements as they stand beside one another
_SELECTED = tuple(kind for kind in BLOCK_KINDS if kind not in ("header", "footer"))  # of these a sentence can be marked
GIVEN = ("intervention", "dose", "route", "frequency", "duration")  # what a row of what was given may say, by field
UNSURE = 0.6  # confidence below which a proposal is called unsure


def review_data(desk: DeskReview, session: str) -> Data:
    """Return what the browser needs once: who works here, the tables of questions, the session's header."""
    codebook = desk.codebook
    return {
        "title": codebook.title or codebook.name,
        "review": desk.review.root.resolve().name,
        "reviewer": desk.reviewer,
        "readOnly": desk.read_only,
        "canSend": desk.send is not None and not desk.read_only,
        "session": session,
        "tables": [*_tables(codebook)],
        "given": {f.subject: f.label for f in codebook.fields if f.subject in GIVEN},
    }


def study_data(desk: DeskReview, study: str) -> Data:
    """Return a study: text, pages, sentences, and its questions."""
    hidden, statement = desk.hides(study), desk.statement(study)
    document = desk.files(study).document
    handed = [a.reviewer for a in assigned(desk.review) if a.study == study]
    return {
        "id": id_of(study),
        "study": study,
        "called": desk.called.get(study, study),
        "title": rows.flat(document.meta.get("title", "")) or study,
        "meta": {key: document.meta[key] for key in ("doi", "journal", "year") if document.meta.get(key)},
        "warnings": list(document.warnings),
        "text": document.text,
        "paper": document.pdf_sha256[:12],
        "pages": _pages(document),
        "blocks": [_block(b) for b in document.blocks] if not document.fragments else [],
        "sentences": [[s.start, s.end] for s in sentences(document, kinds=_SELECTED)],
        "blind": hidden,
        "mine": desk.reviewer in handed,
        "questions": questions_data(desk, statement, desk.questions, hidden=hidden),
        "others": sorted(name for name in handed if name != desk.reviewer),
        **standing_data(desk, statement, hidden=hidden),
    }


def standing_data(desk: DeskReview, statement: Statement, *, hidden: bool) -> Data:
    """Return what changes with each act beside the question itself."""
    number, undone = last(statement), last_undoing(statement)
    return {
        "version": statement_id(statement),
        "canClose": can_close(desk, statement, hidden=hidden),
        "canUndo": at_desk(statement, number),
        "canRedo": at_desk(statement, undone),
    }


def statement_id(statement: Statement) -> str:
    """Return what tells a statement from every other version of it."""
    return id_of(dump_statement(statement))


def can_close(desk: DeskReview, statement: Statement, *, hidden: bool) -> bool:
    """Tell whether a study was handed to the desk's reviewer, who has answered every question of it.

    Closing shows the proposals of one that is hidden, and commits where the review is under version control.
    """
    use = hidden or (desk.commit is not None and not desk.read_only)
    return use and set(desk.questions) <= set(statement.reviewed) and statement.study in desk.handed()


def questions_data(desk: DeskReview, statement: Statement, labels: Iterable[str], *, hidden: bool) -> list[Data]:
    """Return the questions of labels, each with what of it is asked otherwise since the reviewer decided."""
    files = desk.files(statement.study)
    changed = changed_since(statement.reviewed, statement.sessions, desk.codebook, kept(desk.review))
    asked = desk.questions
    return [
        {**question_data(asked[label], files, statement, hidden=hidden), "changed": [*changed.get(label, ())]}
        for label in labels
    ]


def question_data(question: Question, files: StudyFiles, statement: Statement, *, hidden: bool) -> Data:
    """Return a question with its rows: what is proposed, what was decided, what one added."""
    label = question.label
    decided = [d for d in statement.decisions if d.label == label]
    proposed = () if hidden else files.proposals.get(label, ())
    on = matched(proposed, decided, question)
    shown = [_row(question, p, on.get(p.id), files.document) for p in proposed]
    own = [d for d in decided if not any(d is one for one in on.values()) and d.decision != "rejected"]
    shown += [_row(question, None, d, files.document) for d in own]
    left = len(open_proposals(proposed, decided, question))
    state = "answered" if label in statement.reviewed else "in part" if decided else "open"
    return {
        "label": label,
        "kind": question.kind.name,
        "name": question.name,
        "wording": question.wording,
        "choices": [*dict.fromkeys([*(c for c in _ORDER if c in question.choices), *question.choices])],
        "single": question.kind.single,
        "silence": question.kind.silence,
        "number": question.number,
        "bias": question.bias,
        "state": state,
        "left": left,
        "seen": version(statement, label),
        "silent": state == "answered" and not any(d.decision != "rejected" for d in decided) and bool(decided),
        "rows": shown,
        "alternatives": [] if hidden else _alternatives(question, files, shown),
    }


def bound_data(desk: DeskReview, study: str) -> Data:
    """Return the tables that bind values (what was given, in which group), nothing where proposals are hidden."""
    path = desk.review.outputs / "forms" / f"{study}.json"
    if desk.hides(study) or not path.exists():
        return {"rows": []}
    record = json.loads(path.read_text(encoding="utf-8"))
    keys = ("group", *GIVEN, "purpose")
    found = [row for row in record.get("interventions") or () if isinstance(row, Mapping)]
    return {
        "rows": [
            {**{key: questions.shown(row.get(key)) for key in keys}, "start": row.get("start"), "end": row.get("end")}
            for row in found
        ]
    }


def page_data(document: Document, number: int) -> Data:
    """Return what is printed on a page: character ranges with their boxes and, where known, character edges."""
    return {
        "fragments": [
            [f.start, f.end, [*f.box], [*f.edges], int(f.vertical)] for f in document.fragments if f.page == number
        ]
    }


def place_data(evidence: Iterable[Evidence], document: Document) -> list[Data]:
    """Return places for the browser: page, quote, and offsets where the document of now has the quote there."""
    found = []
    for e in evidence:
        here = document.text[e.start : e.end] == e.quote
        start, end = (e.start, e.end) if here else (None, None)
        found.append({"start": start, "end": end, "quote": rows.flat(e.quote), "page": e.page})
    return found


def _row(question: Question, proposal: Annotation | None, decision: Annotation | None, document: Document) -> Data:
    """Return a row: `status` is proposed, taken, changed, dropped or mine."""
    dropped = decision is not None and decision.decision == "rejected"
    said = proposal if decision is None or (dropped and proposal is not None) else decision
    assert said is not None
    if decision is None:
        status = "proposed"
    elif dropped:
        status = "dropped"
    elif proposal is None:
        status = "mine"
    else:
        status = {"accepted": "taken", "edited": "changed"}.get(decision.decision, "mine")
    return {
        "row": proposal.id if proposal is not None else said.id,
        "status": status,
        "value": question.show(said.value),
        "proposed": question.show(proposal.value) if proposal is not None else "",
        "silent": said.value == NOT_REPORTED,
        "group": said.group,
        "evidence": place_data(said.evidence, document),
        "confidence": proposal.confidence if proposal is not None else None,
        "unsure": proposal is not None and proposal.confidence is not None and proposal.confidence < UNSURE,
        "note": decision.note if decision is not None else "",
        "rule": rows.rule(proposal),
        "support": rows.reason(proposal) if proposal is not None and question.kind.single else "",
        "signalling": [[q, a] for q, a in rows.signalling(proposal)] if proposal is not None else [],
    }


def _alternatives(question: Question, files: StudyFiles, shown: Sequence[Data]) -> list[Data]:
    """Return the further candidates whose value no row shows."""
    there = {row["value"] for row in shown if row["status"] != "dropped"}
    found: dict[str, Data] = {}
    for a in files.candidates.get(question.label, ()):
        value = question.show(a.value)
        if value and value not in there:
            found.setdefault(
                value,
                {
                    "value": value,
                    "group": a.group,
                    "confidence": a.confidence,
                    "evidence": place_data(a.evidence, files.document),
                },
            )
    return list(found.values())


def _tables(codebook: Codebook) -> Iterable[Data]:
    for table in codebook.tables:
        labels = [f.label for f in codebook.fields if f.table == table]
        yield {"name": table, "heading": questions.heading(table), "labels": labels}
    yield {"name": "syrcle", "heading": "Risk of bias (SYRCLE)", "labels": [q.label for q in questions.SYRCLE.values()]}
    yield {"name": "reporting", "heading": "Reporting", "labels": [q.label for q in questions.REPORTING.values()]}


def _pages(document: Document) -> list[list[float]]:
    """Return each page's number, width, height and rotation, and between which characters its words stand."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for f in document.fragments:
        first[f.page] = min(f.start, first.get(f.page, f.start))
        last[f.page] = max(f.end, last.get(f.page, f.end))
    return [
        [p.number, p.width, p.height, p.rotation, first.get(p.number, 0), last.get(p.number, 0)] for p in document.pages
    ]


def _block(block: Block) -> list[str | int]:
    return [block.kind, block.start, block.end, block.level or 0]
