"""Settle disagreements: one item by a call, or all that a filled-in conflicts workbook decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vivex.annotation import Annotation
from vivex.codebook import Codebook, read_codebook
from vivex.decisions import Reply, UnreadableReply, Verdict, decide, nothing, told
from vivex.document import Document
from vivex.errors import ReviewError, UnknownName
from vivex.forms.workbook.typed_cells import Problem
from vivex.labels import is_entity
from vivex.people.conflicts import GivenAnswer, conflicts
from vivex.people.conflicts_workbook import SHEET, ConflictRow, filled, known
from vivex.people.importing import take_in
from vivex.people.machine import Documents
from vivex.people.resolve import Resolution, resolve
from vivex.people.store import ADJUDICATED, Session, Statement, file_sha256, reviewer_name, statements
from vivex.people.values import answer
from vivex.questions import Question, normal_text, question, shown
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Ruling:
    """Give what stands after an adjudicator decided on one item, and the quotes that the paper does not hold."""

    standing: tuple[Annotation, ...]
    missing: tuple[str, ...] = ()


def settle(
    review: Review,
    study: str,
    label: str,
    *,
    by: str,
    take: Sequence[str] = (),
    values: Sequence[str] = (),
    quotes: Sequence[str] = (),
    note: str = "",
    overrule: bool = False,
    when: str = "",
) -> Ruling:
    """Settle one label of a study with the values of the reviewers in `take`, or with `values`; return what now holds.

    For a label of spans, `take` gives the whole label to a reviewer. Raise UnreadableReply where a value is no answer
    to the question, and ReviewError where the item is settled otherwise already, unless that is to be overruled.
    """
    stated = statements(review, study)
    reviewed = sorted({label for s in stated.values() for label in s.reviewed})
    if label not in reviewed:
        there = ", ".join(reviewed) or "nothing"
        raise UnknownName(f"nobody reviewed {label!r} in study {study!r}; reviewed there: {there}")
    if bool(take) == bool(values):
        raise UnknownName("give either --take REVIEWER or --value VALUE")
    asked = question(label, read_codebook(review.codebook).questions)
    document, source = Documents(review).get(study), _source(by)
    made: list[Verdict] = []
    for name in take:
        if name not in stated or label not in stated[name].reviewed:
            sides = sorted(n for n, s in stated.items() if label in s.reviewed and n != ADJUDICATED)
            raise UnknownName(f"{name!r} did not review {label} in {study}; those who did: {', '.join(sides)}")
        made += [keep(a, asked, document, source, note) for a in stated[name].of(label)]
    for value in values:
        reply = Reply("add", value, quote="\n\n".join(quotes) if quotes else None, note=note)
        made.append(rule(reply, study, asked, document, source))
    standing = list(
        {(d.annotation.group, str(d.annotation.value), d.annotation.evidence[:1]): d for d in made}.values()
    )
    groups = [d.annotation.group for d in standing]
    if asked.kind.single and len(set(groups)) < len(groups):
        said = " and ".join(asked.show(d.annotation.value) for d in standing)
        raise UnknownName(f"{label} takes one answer, {said} are given; give one")
    kept = [d.annotation for d in standing] or [nothing(study=study, question=asked, source=source, note=note)]
    settled = "" if overrule else settled_otherwise(study, label, stated, kept)
    if settled:
        raise ReviewError(f"{study}: {settled}")
    _write(review, kept, Session("", "", False, when=when, by=reviewer_name(by)))
    missing = tuple(quote for d in standing for quote in d.missing)
    return Ruling(tuple(a for a in kept if a.decision != "rejected"), missing)


def adjudicate_workbook(
    review: Review, path: Path, codebook: Codebook, *, by: str, overrule: bool = False, when: str = ""
) -> tuple[int, tuple[str, ...], list[Problem]]:
    """Take a workbook's decisions into adjudicated.jsonl; return how many items, the studies changed, the problems.

    An item that is settled otherwise already is left as it is and told, unless that is to be overruled.
    """
    decided, problems = _decisions(review, path, codebook, by=by, overrule=overrule)
    session = Session(path.name, file_sha256(path), False, when=when, by=reviewer_name(by))
    changed = _write(review, decided, session) if decided else ()
    return len({(a.study, a.label) for a in decided}), changed, problems


def keep(answer: Annotation, asked: Question, document: Document | None, source: str, note: str = "") -> Verdict:
    """Return the decision that a reviewer's answer stands."""
    return rule(Reply("accept", note=note or answer.note), answer.study, asked, document, source, answer)


def rule(
    reply: Reply,
    study: str,
    asked: Question,
    document: Document | None,
    source: str,
    answer: Annotation | None = None,
) -> Verdict:
    """Return the decision that an adjudicator's reply makes; raise UnreadableReply where it makes none."""
    decided = decide(reply, study=study, question=asked, source=source, document=document, proposal=answer)
    assert decided is not None  # a reply with a decision says something
    return decided


def _source(by: str) -> str:
    return f"adjudicator:{reviewer_name(by)}"


def _write(review: Review, made: Sequence[Annotation], session: Session) -> tuple[str, ...]:
    changed, _ = take_in(review, ADJUDICATED, made, session)
    return changed


def settled_otherwise(study: str, label: str, stated: Mapping[str, Statement], made: Sequence[Annotation]) -> str:
    """Return how an item is settled already, where that is not what was decided now; "" where it isn't."""
    items = [i for i in resolve(study, stated) if i.label == label]
    if not items or any(i.state not in ("adjudicated", "unanimous") for i in items):
        return ""
    standing = [a for i in items for a in i.annotations]
    now = [a for a in made if a.decision != "rejected"]
    if {(normal_text(a.group), answer(a)) for a in standing} == {(normal_text(a.group), answer(a)) for a in now}:
        return ""
    said = "; ".join(shown(a.value) for a in standing) or "not reported"
    names = sorted({a.source.partition(":")[2].replace("+", " and ") for a in standing})
    who = f" by {', '.join(names)}" if names else ""
    return f"{label} is settled already{who} ({said}); give --overrule to settle it anew"


def _decisions(
    review: Review, path: Path, codebook: Codebook, *, by: str, overrule: bool
) -> tuple[list[Annotation], list[Problem]]:
    """Return what the adjudicator decided in a workbook, and what could not be read."""
    open_items: dict[tuple[str, str], list[Resolution]] = {}
    for item in conflicts(review):
        open_items.setdefault((item.study, item.label), []).append(item)
    documents, asked, source = Documents(review), codebook.questions, _source(by)
    decided: list[Annotation] = []
    problems: list[Problem] = []
    for (study, label), rows in filled(path).items():
        stated = statements(review, study)
        items = open_items.get((study, label)) or _without_rulings(study, label, stated, "conflict")
        document, of = documents.get(study), question(label, asked)
        made, wrong = _item(rows, known(items), of, study, document, source)
        problems += wrong
        settled = "" if overrule or not made else settled_otherwise(study, label, stated, made)
        if settled:
            problems.append(Problem(SHEET, rows[0].cells["keep"], f"{study}: {settled}"))
            continue
        decided += made
        if made and is_entity(label):
            agreed = _without_rulings(study, label, stated, "unanimous")  # the adjudicated label holds these spans too
            decided += [keep(a, of, document, source).annotation for item in agreed for a in item.annotations]
    return decided, problems


def _item(
    rows: Sequence[ConflictRow],
    standing: Mapping[str, GivenAnswer],
    asked: Question,
    study: str,
    document: Document | None,
    source: str,
) -> tuple[list[Annotation], list[Problem]]:
    """Return the decisions on one item from its rows, none where a row can't be read; and the problems."""
    made: list[Annotation] = []
    wrong: list[Problem] = [row.problem for row in rows if row.problem is not None]
    unplaced: list[Problem] = []
    note = "; ".join(dict.fromkeys(row.note for row in rows if row.note))
    answered = any(row.keep or row.other for row in rows)
    for row in rows:
        if row.problem is not None:
            continue
        answer = standing.get(row.key)
        if answer is None:
            place = row.cells["key"]
            wrong.append(Problem(SHEET, place, "this answer stands no more; write the workbook anew"))
        elif row.keep or (row.keep is None and asked.several and answer.unanimous):
            if answer.annotation is not None:
                made.append(keep(answer.annotation, asked, document, source, note).annotation)
        elif row.keep is None and (asked.several or not answered):
            wrong.append(Problem(SHEET, row.cells["keep"], "left open; mark every answer yes or no"))
        if row.other is not None:
            try:
                decided = rule(replace(row.other, note=note), study, asked, document, source)
            except UnreadableReply as error:
                wrong.append(Problem(SHEET, row.cells["other answer"], str(error)))
                continue
            made.append(decided.annotation)
            if decided.missing:
                unplaced.append(Problem(SHEET, row.cells["its quote"], told(decided.missing), decided=True))
    last = rows[-1].cells["keep"]
    if not asked.several and len(made) > 1:
        wrong.append(Problem(SHEET, last, f"{asked.label} of {study} takes one answer, {len(made)} are kept; keep one"))
    if not made and not wrong:
        if not asked.kind.single:
            made.append(nothing(study=study, question=asked, source=source, note=note))
        else:
            wrong.append(Problem(SHEET, rows[0].cells["keep"], "no answer is kept; keep one"))
    return ([], wrong) if wrong else (made, unplaced)


def _without_rulings(study: str, label: str, stated: Mapping[str, Statement], state: str) -> list[Resolution]:
    """Return the items of a label that are in a state as its reviewers left them, whatever an adjudicator settled."""
    people = {name: s for name, s in stated.items() if name != ADJUDICATED}
    return [i for i in resolve(study, people) if i.label == label and i.state == state]
