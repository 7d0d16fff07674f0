"""What a reviewer does at the desk: by `vivex.decisions`, into their statement, as an import would write it.

An act is about one question. It is made of what the statement says of the question now, and written only where that is
what the browser saw (`seen`): whatever another tab, an import or a sync decided about other questions stays, and what
they decided about this one is asked about, never written over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from vivex.annotation import Annotation, to_json
from vivex.decisions import Reply, UnreadableReply, decide
from vivex.desk.desk_review import DeskReview, StudyFiles
from vivex.errors import ReviewError
from vivex.people.importing import take_in
from vivex.people.store import Session, Statement, with_present_ids
from vivex.people.undo import last, redo, undo
from vivex.people.who import now, remember
from vivex.questions import NOT_REPORTED, Question

FILE = "vivex desk"  # what the session of a statement names as its file
REST = f"{FILE}: the rest"  # of what was rejected because its question was done, not because somebody rejected it
FOR_ADJUDICATOR = "For the adjudicator:"  # a note that begins so asks for a ruling
LONGEST = 20_000  # characters of a value or note


@dataclass(frozen=True, slots=True)
class Act:
    """Say what a reviewer does with a question.

    `what` is one of `ACTS`; `row` names a proposal, or a decision of one's own, by its id.
    """

    what: str
    label: str
    seen: str  # the question's version as the browser has it
    row: str = ""
    value: str = ""
    spans: tuple[tuple[int, int], ...] | None = None
    group: str | None = None
    note: str = ""
    seconds: float | None = None


class Changed(ReviewError):
    """Say that a question was decided elsewhere since the browser read it."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """Hold the question before the reviewer: its proposals and candidates, and what is decided about it."""

    question: Question
    study: str
    reviewer: str
    files: StudyFiles
    proposals: tuple[Annotation, ...]
    offered: tuple[Annotation, ...]
    decisions: tuple[Annotation, ...]

    def on(self, proposal: Annotation) -> Annotation | None:
        """Return the decision on a proposal."""
        return matched(self.proposals, self.decisions, self.question).get(proposal.id)

    def proposal(self, row: str) -> Annotation | None:
        """Return the proposal of a row."""
        return next((p for p in self.proposals if p.id == row), None)

    def own(self, row: str) -> Annotation:
        """Return the decision of a row; raise ReviewError where it stands no more."""
        found = next((d for d in self.decisions if row in (d.id, d.revises)), None)
        if found is None:
            raise Changed("this answer stands no more; load the page again")
        return found

    def made(self, reply: Reply, proposal: Annotation | None = None) -> Annotation:
        """Return the decision that a reply makes."""
        verdict = decide(
            reply,
            study=self.study,
            question=self.question,
            source=f"reviewer:{self.reviewer}",
            document=self.files.document,
            proposal=proposal,
            candidates=self.offered,
        )
        if verdict is None:
            raise UnreadableReply("nothing is said; type a value, or mark words of the paper", "value")
        return verdict.annotation


def act(desk: DeskReview, study: str, done: Act) -> None:
    """Do what a reviewer does; the statement is on disk when this returns.

    Raise Changed where the question was decided elsewhere meanwhile, UnreadableReply where the act says nothing legal.
    """
    act_together(desk, study, (done,))


def act_together(desk: DeskReview, study: str, done: Sequence[Act]) -> None:
    """Do several acts, each on another question, as one: all of them are written, or none; they are undone together."""
    desk.may_write()
    if not done or len({one.label for one in done}) < len(done):
        raise ReviewError("nothing is said, or twice of one question; load the page again")
    for one in done:
        if one.label not in desk.questions or one.what not in ACTS:
            raise ReviewError("the desk knows no such question or act; load the page again")
        if max(len(one.value), len(one.note)) > LONGEST:
            raise UnreadableReply(f"more than {LONGEST} characters are no answer; shorten it", "value")
    files, hidden = desk.files(study), desk.hides(study)
    with desk.turn:
        statement = desk.statement(study)
        _unchanged(statement, done)
        made: list[Annotation] = []
        partly, cleared = set(), set()
        for one in done:
            before = _before(desk, study, statement, one.label, files, hidden=hidden)
            of = _in_order(before, _made(before, one, alone=len(done) == 1))
            made += of
            if open_proposals(before.proposals, of, before.question):
                partly.add((study, one.label))
            if not of:
                cleared.add((study, one.label))
        seconds = [one.seconds for one in done if one.seconds is not None]
        session = Session(
            REST if any(one.what == "finish" for one in done) else FILE,
            "",
            hidden,
            "" if hidden else files.prefilled_by,
            seconds=round(min(max(sum(seconds), 0.0), 3600.0), 1) if seconds else None,
            when=now(),
        )
        everything = files.everything
        take_in(
            desk.review,
            desk.reviewer,
            made,
            session,
            partly=partly,
            cleared=cleared,
            machine={study: everything},
            allowed=lambda stands: _unchanged(with_present_ids(stands, everything), done),
        )
        remember(desk.review, desk.reviewer)


def _before(
    desk: DeskReview, study: str, statement: Statement, label: str, files: StudyFiles, *, hidden: bool
) -> _Desk:
    """Return a question as it lies before the reviewer."""
    proposals = () if hidden else tuple(files.proposals.get(label, ()))
    return _Desk(
        desk.questions[label],
        study,
        desk.reviewer,
        files,
        proposals,
        () if hidden else (*files.candidates.get(label, ()), *proposals),
        tuple(d for d in statement.decisions if d.label == label),
    )


def _made(before: _Desk, one: Act, *, alone: bool) -> list[Annotation]:
    """Return all that is decided about a question after an act; of several acts the fault names the question."""
    try:
        return ACTS[one.what](before, one)
    except UnreadableReply as error:
        if alone:
            raise
        raise UnreadableReply(f"{before.question.name}: {error}", error.part) from error


def take_back(desk: DeskReview, study: str, *, again: bool = False) -> None:
    """Take the last act of this desk back, or bring it back (`again`); what was imported stays."""
    desk.may_write()
    with desk.turn:
        if again:
            redo(desk.review, desk.reviewer, when=now(), only=study)
            return
        statement = desk.statement(study)
        number = last(statement)
        if number and not at_desk(statement, number):
            name = statement.sessions[number - 1].file or "a ruling"
            raise ReviewError(f"what was done last came from {name}; `vivex undo` takes it back")
        undo(desk.review, desk.reviewer, when=now(), only=study)


def at_desk(statement: Statement, number: int) -> bool:
    """Tell whether a session of a statement (from 1; 0: none) was made at a desk."""
    return bool(number) and statement.sessions[number - 1].file in (FILE, REST)


def version(statement: Statement, label: str) -> str:
    """Return a hash of what a statement says of a question."""
    said = [to_json(d) for d in statement.decisions if d.label == label]
    told = json.dumps([said, label in statement.reviewed], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def open_proposals(proposals: Sequence[Annotation], made: Sequence[Annotation], question: Question) -> list[Annotation]:
    """Return the proposals that nothing was decided about; "not reported" needs no decision beside an answer."""
    decided = matched(proposals, made, question)
    answered = {d.group for d in made if d.decision != "rejected"}
    return [
        p
        for p in proposals
        if p.id not in decided
        and not (p.value == NOT_REPORTED and made)
        and not (question.kind.single and p.group in answered)
    ]


def matched(
    proposals: Sequence[Annotation], decisions: Sequence[Annotation], question: Question
) -> dict[str, Annotation]:
    """Return id of a proposal -> the decision on it: the one that names it, else one of the same value and group.

    What was decided about a proposal that the machine makes no more holds for one that says the same.
    """
    known = {p.id for p in proposals}
    found = {d.revises: d for d in decisions if d.revises in known}
    loose = [d for d in decisions if d.revises not in known]
    for p in proposals:
        if p.id not in found:
            alike = (d for d in loose if d.group == p.group and question.same(d.value, p.value))
            same = next(alike, None)
            if same is not None:
                found[p.id] = same
                loose.remove(same)
    return found


def _unchanged(statement: Statement, done: Sequence[Act]) -> None:
    if any(version(statement, one.label) != one.seen for one in done):
        raise Changed("this question was decided in another window, or by an import, since you opened it")


def _in_order(desk: _Desk, made: Sequence[Annotation]) -> list[Annotation]:
    """Return decisions in the order of their proposals, one's own values last: as a workbook's rows stand."""
    place = {p.id: number for number, p in enumerate(desk.proposals)}
    return sorted(_each_once(made), key=lambda d: place.get(d.revises, len(place)))


def _each_once(made: Sequence[Annotation]) -> list[Annotation]:
    found: list[Annotation] = []
    for one in made:
        if one not in found:
            found.append(one)
    return found


# -- acts: each returns all that is decided about the question afterwards


def _take(desk: _Desk, done: Act) -> list[Annotation]:
    proposal = desk.proposal(done.row)
    if proposal is None:
        raise Changed("this proposal is made no more; load the page again")
    before = desk.on(proposal)
    return _standing(desk, desk.made(Reply("accept", note=before.note if before else ""), proposal))


def _drop(desk: _Desk, done: Act) -> list[Annotation]:
    proposal = desk.proposal(done.row)
    if proposal is None:
        own = desk.own(done.row)
        return [d for d in desk.decisions if d is not own]
    before = desk.on(proposal)
    made = desk.made(Reply("reject", note=done.note or (before.note if before else "")), proposal)
    return [*(d for d in desk.decisions if d is not before), made]


def _clear(desk: _Desk, done: Act) -> list[Annotation]:
    own = desk.own(done.row)
    return [d for d in desk.decisions if d is not own]


def _answer(desk: _Desk, done: Act) -> list[Annotation]:
    """Change a row's value, evidence or group."""
    proposal = desk.proposal(done.row)
    if proposal is not None:
        before = desk.on(proposal)
        standing = before if before is not None and before.decision != "rejected" else None
        value = done.value or (desk.question.show(standing.value) if standing else "")
        spans = done.spans
        if spans is None and standing is not None and standing.evidence != proposal.evidence and not done.value:
            spans = tuple((e.start, e.end) for e in standing.evidence)
        group = done.group if done.group is not None else standing.group if standing else None
        note = before.note if before else ""
        return _standing(desk, desk.made(Reply("", value, spans=spans, group=group, note=note), proposal))
    own = desk.own(done.row)
    value = done.value or desk.question.show(own.value)
    spans = done.spans if done.spans is not None else tuple((e.start, e.end) for e in own.evidence) or None
    group = done.group if done.group is not None else own.group
    made = desk.made(Reply("add", value, spans=spans, group=group, note=own.note))
    return _standing(desk, made, instead=own)


def _add(desk: _Desk, done: Act) -> list[Annotation]:
    """Give a value of one's own; a judgement that is proposed is changed."""
    if desk.question.kind.single:
        group = done.group or ""
        proposal = next((p for p in desk.proposals if p.group == group), None)
        if proposal is not None:
            return _answer(desk, replace(done, row=proposal.id, group=None))
        own = next((d for d in desk.decisions if d.group == group and d.decision != "rejected"), None)
        if own is not None:
            return _answer(desk, replace(done, row=own.id))
    return _standing(desk, desk.made(Reply("add", done.value, spans=done.spans, group=done.group, note=done.note)))


def _silent(desk: _Desk, done: Act) -> list[Annotation]:
    """Answer that the paper does not report it: all that is proposed is rejected."""
    silent = next((p for p in desk.proposals if p.value == NOT_REPORTED), None)
    reply = Reply("accept", note=done.note) if silent else Reply("add", NOT_REPORTED, note=done.note)
    made = [desk.made(Reply("reject"), p) for p in desk.proposals if p is not silent]
    return [*made, desk.made(reply, silent)]


def _finish(desk: _Desk, done: Act) -> list[Annotation]:
    """Be done with a question: what else is proposed is rejected."""
    if not any(d.decision != "rejected" for d in desk.decisions):
        if [p for p in desk.proposals if p.value != NOT_REPORTED] or not desk.proposals:
            raise UnreadableReply("nothing is taken yet; take or type a value, or answer “not reported”", "value")
        return _standing(desk, desk.made(Reply("accept"), desk.proposals[0]))
    rest = open_proposals(desk.proposals, desk.decisions, desk.question)
    return [*desk.decisions, *(desk.made(Reply("reject"), p) for p in rest)]


def _take_all(desk: _Desk, done: Act) -> list[Annotation]:
    rest = open_proposals(desk.proposals, desk.decisions, desk.question)
    if not desk.question.several:
        by_group: dict[str, Annotation] = {}
        for p in rest:
            by_group.setdefault(p.group, p)
        rest = list(by_group.values())
    return [*desk.decisions, *(desk.made(Reply("accept"), p) for p in rest)]


def _note(desk: _Desk, done: Act) -> list[Annotation]:
    own = desk.own(done.row)
    return [replace(d, note=done.note.strip()) if d is own else d for d in desk.decisions]


def _standing(desk: _Desk, made: Annotation, *, instead: Annotation | None = None) -> list[Annotation]:
    """Return the decisions with a new one among them.

    Where a question takes one answer, the others give way: proposals are rejected, one's own values go.
    """
    about = desk.proposal(made.revises) if made.revises else None
    before = desk.on(about) if about is not None else None
    kept = [d for d in desk.decisions if d is not instead and d is not before]
    if desk.question.several:
        return [*kept, made]
    if desk.question.kind.single:
        return [*(d for d in kept if d.group != made.group), made]
    out = [made]
    for p in desk.proposals:
        if p.id != made.revises and p.group == made.group and p.value != NOT_REPORTED:
            out.append(desk.made(Reply("reject"), p))
    return [*out, *(d for d in kept if d.group != made.group)]


ACTS: Mapping[str, Callable[[_Desk, Act], list[Annotation]]] = {
    "take": _take,
    "drop": _drop,
    "clear": _clear,
    "answer": _answer,
    "add": _add,
    "silent": _silent,
    "finish": _finish,
    "take_all": _take_all,
    "note": _note,
}
