"""What one row of a workbook says: nothing, or an annotation with the reviewer's decision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vivex.annotation import JUDGEMENTS, Annotation, Evidence
from vivex.codebook import NOT_REPORTED
from vivex.forms import rows
from vivex.forms.workbook.cells import UnreadableCell, check_gene, find_evidence, kept, same
from vivex.forms.workbook.layout import changed

if TYPE_CHECKING:
    from vivex.forms.workbook.read import Row

_WORDS = {
    **dict.fromkeys(("accept", "accepted", "ok", "agree", "agreed", "correct"), "accept"),
    **dict.fromkeys(("edit", "edited", "change", "changed"), "edit"),
    **dict.fromkeys(("reject", "rejected", "delete", "wrong"), "reject"),
    **dict.fromkeys(("add", "added", "new"), "add"),
}
_NOT_REPORTED = ("not reported", "not_reported", "nr", "n.r.", "not stated", "not given")
Said = tuple[
    Annotation | None, str, str
]  # the decision; a column and a message where part of the row could not be read


def decide(row: Row, reviewer: str) -> Said:
    """Return the decision of a row; raise UnreadableCell where it can't be told."""
    t = row.texts
    original = _original(row)
    word = _decision(t.get("decision", ""))
    value = _value(row)
    overwritten, moved, regrouped = changed(t, "field" if row.kind == "form" else "item")
    if not t.get("printed"):
        moved, regrouped = (
            _evidence_changed(row, original),
            original is not None and t.get("group", original.group) != original.group,
        )
    touched = bool(word or value is not None or t.get("note") or moved or regrouped or overwritten)
    if not touched:
        return None, "", ""
    proposed = bool(t.get("id")) or original is not None
    if overwritten:
        raise UnreadableCell(
            "study, field and proposed value are not those that were printed in this row: the cells were overwritten, "
            "or sorted without their hidden columns; undo that, and write your own value into the column for it",
            "proposed",
        )
    if not word:
        word = _implied(row, original, value, moved or regrouped, proposed)
    if word == "add" or not proposed:
        if word in ("accept", "reject"):
            raise UnreadableCell(
                f"nothing is proposed in this row that one could {word}; choose add and give a value", "decision"
            )
        if value is None:
            raise UnreadableCell("no value is given; type it, or clear the row", "yours")
        return _said(row, reviewer, "added", value, moved or not proposed, None, "")
    before = original.value if original is not None else t.get("proposed", "")
    if word == "accept":
        if value is not None and not _equal(row, value, before):
            raise UnreadableCell("says accept, but another value is given; choose edit, or clear the value", "decision")
        return _said(row, reviewer, "accepted", before, moved, original, t.get("id", ""))
    if word == "reject":
        if value is not None and not _equal(row, value, before):
            raise UnreadableCell("says reject, but a value is given; choose edit, or clear the value", "decision")
        return _said(row, reviewer, "rejected", before, False, original, t.get("id", ""))
    if value is None and not moved and not regrouped:
        raise UnreadableCell(
            "says edit, but neither a value nor new evidence is given; type it, or choose accept", "yours"
        )
    if value is None or _equal(row, value, before):
        value = before
    return _said(row, reviewer, "edited", value, moved, original, t.get("id", ""))


def _implied(row: Row, original: Annotation | None, value: Any, moved: bool, proposed: bool) -> str:
    """Return the decision that a row without one makes: a value or evidence given is an act, a note alone is none."""
    if not proposed:
        return "add"
    if value is not None:
        before = original.value if original is not None else row.texts.get("proposed", "")
        return "accept" if _equal(row, value, before) and not moved else "edit"
    if moved:
        return "edit"
    raise UnreadableCell("holds a note but no decision; choose accept, edit, reject or add", "decision")


def _said(
    row: Row, reviewer: str, decision: str, value: Any, moved: bool, original: Annotation | None, revises: str
) -> Said:
    """Return the annotation, with the evidence pasted or the machine's own."""
    t = row.texts
    note, silent = t.get("note", ""), value == NOT_REPORTED
    found: list[Evidence] = []
    missing: list[str] = []
    if moved:
        found, missing = find_evidence(t.get("quote", ""), t.get("page", ""), row.document)
    elif original is not None and not (silent and decision == "edited"):
        found, missing = kept(original.evidence, row.document)
    elif original is None and not silent and t.get("quote"):  # the machine proposes it no more: its quotes still stand
        found, missing = find_evidence(t["quote"], t.get("page", ""), row.document)
    if missing:
        page = f" (page {t['page']})" if t.get("page") else ""
        note = "\n".join(filter(None, (note, *(f"evidence as typed{page}: {q}" for q in missing))))
    annotation = Annotation(
        study=row.study,
        label=row.label,
        value=value,
        evidence=tuple(found),
        source=f"reviewer:{reviewer}",
        group=t.get("group", original.group if original is not None else ""),
        decision=decision,
        revises=revises or (original.id if original is not None else ""),
        note=note,
    )
    if not missing:
        return annotation, "", ""
    start = rows.flat(missing[0])[:60]
    return (
        annotation,
        "quote",
        f"the paper's text doesn't hold “{start}{'…' if len(missing[0]) > 60 else ''}”; the decision was read and the quote "
        "kept as a note; paste the passage from the paper or the report to give it a place",
    )


def _original(row: Row) -> Annotation | None:
    """Return the machine's proposal of the row: by its id, or by its content where the id column is gone."""
    t = row.texts
    found = row.proposals.get(t.get("id", ""))
    if found is not None:
        return found if found.label == row.label else None
    if "id" in t or not t.get("proposed"):
        return None
    alike = [
        a
        for a in row.proposals.values()
        if a.label == row.label and same(_shown(row, a.value), t["proposed"]) and t.get("group", a.group) == a.group
    ]
    by_quote = [a for a in alike if same(rows.printed(a)[0], t.get("quote", ""))]
    return next(iter(by_quote or alike), None)


def _evidence_changed(row: Row, original: Annotation | None) -> bool:
    """Tell whether the evidence cells hold something else than the machine's quotes, where no print is kept."""
    t = row.texts
    if "quote" not in t:
        return False
    if original is not None:
        return not same(t["quote"], rows.printed(original)[0])
    return bool(t["quote"])


def _decision(text: str) -> str:
    word = text.strip().strip(".!").lower()
    if not word:
        return ""
    if word not in _WORDS:
        raise UnreadableCell(f"{text!r} is no decision; choose accept, edit, reject or add", "decision")
    return _WORDS[word]


def _value(row: Row) -> Any:
    """Return the value that the reviewer gives, in the form of the label; None where the cell is empty."""
    text = row.texts.get("yours", "")
    if not text:
        return None
    if row.kind == "syrcle":
        word = re.sub(r"\W*(risk.*)?$", "", text.strip().lower())
        word = {"l": "low", "h": "high", "u": "unclear", "?": "unclear", "+": "low", "-": "high"}.get(
            word or text, word
        )
        if word not in JUDGEMENTS:
            raise UnreadableCell(f"{text!r} is no judgement; choose low, high or unclear", "yours")
        return {"judgement": word}
    if row.kind == "reporting":
        answer = {"yes": True, "y": True, "true": True, "reported": True, "no": False, "n": False, "false": False}.get(
            text.lower(), False if text.lower() in _NOT_REPORTED else None
        )
        if answer is None:
            raise UnreadableCell(f"{text!r} is no answer; choose yes or no", "yours")
        return {"reported": answer}
    if text.lower() in _NOT_REPORTED:
        return NOT_REPORTED
    check_gene(text, row.field, "yours")
    if row.field is not None and row.field.type == "category" and row.field.allowed:
        return _allowed(text, row)
    if row.field is not None and row.field.type == "number" and not re.search(r"\d", text):
        raise UnreadableCell(f"{text!r} holds no number, which the field asks for; type it in figures", "yours")
    return text


def _allowed(text: str, row: Row) -> str:
    assert row.field is not None
    for value in row.field.allowed:
        if text.casefold() in (value.casefold(), *(w.casefold() for w in row.field.synonyms.get(value, ()))):
            return value
    choices = ", ".join((*row.field.allowed, NOT_REPORTED))
    raise UnreadableCell(f"{text!r} is not one of the values that the codebook allows ({choices}); choose one", "yours")


def _equal(row: Row, value: Any, before: Any) -> bool:
    return same(_shown(row, value), _shown(row, before))


def _shown(row: Row, value: Any) -> str:
    """Return a value as the sheet shows it."""
    if row.kind == "syrcle":
        return str(value.get("judgement", "")) if isinstance(value, dict) else str(value)
    if row.kind == "reporting":
        return ("yes" if value.get("reported") else "no") if isinstance(value, dict) else str(value)
    return rows.shown(value)
