"""What one row of a workbook says: nothing, or a reply to the proposal that was printed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vivex.annotation import Annotation, Evidence, JsonValue
from vivex.decisions import Reply, UnreadableReply, Verdict, decide, find_evidence, word_of
from vivex.document import Document
from vivex.forms import rows
from vivex.forms.workbook.layout import changed
from vivex.forms.workbook.typed_cells import UnreadableCell
from vivex.questions import NOT_REPORTED, Question, UnreadableAnswer

_COLUMNS = {"value": "yours"}  # part of a reply -> the column that it stands in, where that is called otherwise


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Hold the texts of one row by column key, and what the row is about."""

    question: Question
    study: str
    name: str  # key of the column that names the question: field or item
    texts: Mapping[str, str]
    document: Document
    proposals: Mapping[str, Annotation]  # the study's machine annotations of now, by id and by their ids of vivex 0.1
    candidates: Sequence[Annotation] = ()  # what else is offered to the question


def decision_of(row: SheetRow, reviewer: str) -> Verdict | None:
    """Return the decision of a row, None where it says nothing; raise UnreadableCell where it can't be told."""
    texts = row.texts
    seen = texts.get("id", "")
    proposal = _original(row)
    overwritten, moved, regrouped = changed(texts, row.name)
    if not texts.get("printed"):  # the print is gone: compared with the machine's proposal of now
        moved = _evidence_changed(row, proposal)
        regrouped = proposal is not None and texts.get("group", proposal.group) != proposal.group
    touched = any(texts.get(key) for key in ("decision", "yours", "note"))
    if overwritten:
        raise UnreadableCell(
            "study, field and proposed value are not those that were printed in this row: the cells were overwritten, "
            "or sorted without their hidden columns; undo that, and write your own value into the column for it",
            "proposed",
        )
    gone = proposal is None and bool(seen) and (touched or moved or regrouped)
    if gone:
        proposal = _as_printed(row)
    reply = Reply(
        decision=texts.get("decision", ""),
        value=texts.get("yours", ""),
        quote=texts.get("quote", "") if moved or (proposal is None and texts.get("quote")) else None,
        page=texts.get("page", ""),
        group=texts.get("group") if regrouped or proposal is None else None,
        note=texts.get("note", ""),
    )
    try:
        return decide(
            reply,
            study=row.study,
            question=row.question,
            source=f"reviewer:{reviewer}",
            document=row.document,
            proposal=proposal,
            candidates=row.candidates,
            revises=seen if gone else "",
        )
    except UnreadableReply as error:
        raise UnreadableCell(str(error), _COLUMNS.get(error.part, error.part)) from error


def _original(row: SheetRow) -> Annotation | None:
    """Return the machine's proposal of the row: by its id, else what says the same now, with the evidence printed."""
    texts = row.texts
    found = row.proposals.get(texts.get("id", ""))
    if found is not None:
        return found if found.label == row.question.label else None
    if not texts.get("proposed"):
        return None
    alike = [
        a
        for a in {a.id: a for a in row.proposals.values()}.values()
        if a.label == row.question.label
        and rows.flat(row.question.show(a.value)) == rows.flat(texts["proposed"])
        and texts.get("group", a.group) == a.group
    ]
    by_quote = [a for a in alike if rows.flat(rows.printed(a)[0]) == rows.flat(texts.get("quote", ""))]
    if by_quote or not alike:
        return next(iter(by_quote), None)
    seen = _printed_evidence(row)  # the person judged by these words, not by those that the machine gives now
    return replace(alike[0], evidence=seen) if seen else alike[0]


def _as_printed(row: SheetRow) -> Annotation:
    """Return the proposal as the row prints it, where the machine makes it no more; raise UnreadableCell for no answer.

    Its quotes still stand.
    """
    shown = row.texts.get("proposed", "")
    try:
        value: JsonValue = row.question.parse(shown)
    except UnreadableAnswer as error:  # the codebook of now doesn't allow it
        if not row.texts.get("yours") and word_of(row.texts.get("decision", "")) != "reject":
            message = (
                f"the proposal {shown!r} is made no more and can't be taken as printed ({error}); edit or reject it"
            )
            raise UnreadableCell(message, "proposed") from error
        value = NOT_REPORTED
    return Annotation(row.study, row.question.label, value, _printed_evidence(row), group=row.texts.get("group", ""))


def _printed_evidence(row: SheetRow) -> tuple[Evidence, ...]:
    return tuple(find_evidence(row.texts.get("quote", ""), row.texts.get("page", ""), row.document)[0])


def _evidence_changed(row: SheetRow, original: Annotation | None) -> bool:
    """Tell whether the evidence cells hold something else than the machine's quotes, where no print is kept."""
    quote = row.texts.get("quote")
    if quote is None:
        return False
    return rows.flat(quote) != rows.flat(rows.printed(original)[0]) if original is not None else bool(quote)
