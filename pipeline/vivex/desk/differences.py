"""Where reviewers differ: what each says with its evidence, and a ruling by the functions of `vivex adjudicate`.

Only studies that nobody still judges blind are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vivex.annotation import Annotation
from vivex.desk.deciding import FOR_ADJUDICATOR
from vivex.desk.desk_review import DeskReview, id_of
from vivex.desk.study_page import Data, place_data
from vivex.document import Document
from vivex.errors import ReviewError
from vivex.labels import is_entity
from vivex.people.adjudicate import settle
from vivex.people.asked import Handed, handed_out
from vivex.people.conflicts import GivenAnswer, candidates
from vivex.people.excluded import counted
from vivex.people.resolve import Resolution, resolve
from vivex.people.store import ADJUDICATED, statements
from vivex.people.who import now
from vivex.questions import question


@dataclass(frozen=True, slots=True)
class Settling:
    """Say how an item is settled: whose values are taken, or which value stands, and why."""

    study: str
    label: str
    take: tuple[str, ...] = ()
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpenItems:
    """Hold what of a study awaits a ruling: its items in conflict, and what reviewers ask the adjudicator."""

    conflicts: tuple[Resolution, ...] = ()
    asked: tuple[tuple[str, Annotation], ...] = ()  # reviewer and the decision whose note asks
    hidden: bool = False  # somebody judges the study blind


def differences_data(desk: DeskReview) -> Data:
    """Return the items in conflict, one answer after the other."""
    handed = handed_out(desk.review)
    read, called = set(desk.studies().values()), desk.called
    found: list[Data] = []
    asked: list[Data] = []
    left_out: list[str] = []
    for study in counted(desk.review):
        awaiting = _open_items(desk, study, handed) if study in read else OpenItems()
        if awaiting.hidden:
            left_out += [called.get(study, study)] * bool(awaiting.conflicts)
            continue
        found += [_item(desk, item, called) for item in awaiting.conflicts]
        asked += [_asking(desk, reviewer, a, called) for reviewer, a in awaiting.asked]
    return {"items": found, "asked": asked, "canSettle": not desk.read_only, "withheld": left_out}


def _open_items(desk: DeskReview, study: str, handed: Handed) -> OpenItems:
    """Return what of a study awaits a ruling, found anew where somebody decided something since."""
    stamp = desk.stamp(study)
    known = desk.awaiting.get(study)
    if known is None or known[0] != stamp:
        stated = statements(desk.review, study)
        items = [i for i in resolve(study, stated, handed) if i.state == "conflict" and not is_entity(i.label)]
        asked = [
            (name, a)
            for name, statement in stated.items()
            for a in statement.decisions
            if name != ADJUDICATED and a.note.startswith(FOR_ADJUDICATOR)
        ]
        known = (stamp, OpenItems(tuple(items), tuple(asked), bool(desk.judging_blind(study))))
        desk.awaiting[study] = known
    found = known[1]
    assert isinstance(found, OpenItems)
    return found


def _item(desk: DeskReview, item: Resolution, called: Mapping[str, str]) -> Data:
    of = question(item.label, desk.questions)
    return {
        "id": id_of(item.study),
        "study": item.study,
        "called": called.get(item.study, item.study),
        "label": item.label,
        "name": of.name,
        "wording": of.wording,
        "choices": list(of.choices),
        "single": of.kind.single or not of.several,
        "sides": _sides(desk, item),
    }


def _asking(desk: DeskReview, reviewer: str, a: Annotation, called: Mapping[str, str]) -> Data:
    return {
        "id": id_of(a.study),
        "study": a.study,
        "called": called.get(a.study, a.study),
        "name": question(a.label, desk.questions).name,
        "reviewer": reviewer,
        "note": a.note.removeprefix(FOR_ADJUDICATOR).strip(),
    }


def _sides(desk: DeskReview, item: Resolution) -> list[Data]:
    """Return each answer as a whole: who gives it, its values with their evidence, and which of them all give."""
    document = desk.files(item.study).document
    by_answer: dict[tuple[str, ...], Data] = {}
    given = candidates(item)
    for reviewer in sorted(item.sides):
        of = [one for one in given if reviewer in one.reviewers]
        side = by_answer.setdefault(tuple(sorted(f"{one.answer}" for one in of)), {"reviewers": [], "values": []})
        side["reviewers"].append(reviewer)
        side["values"] = [_value(one, document) for one in of]
    return list(by_answer.values())


def _value(one: GivenAnswer, document: Document) -> Data:
    return {
        "text": one.text,
        "agreed": one.unanimous,
        "group": one.group,
        "reasons": one.reasons,
        "evidence": place_data(one.annotation.evidence if one.annotation else (), document),
    }


def settle_item(desk: DeskReview, done: Settling) -> None:
    """Settle one item; the desk's reviewer is the adjudicator."""
    desk.may_write()
    if names := desk.judging_blind(done.study):
        raise ReviewError(f"{' and '.join(names)} still judge this study blind; settle it when they have finished it")
    with desk.turn:
        settle(
            desk.review,
            done.study,
            done.label,
            by=desk.reviewer,
            take=done.take,
            values=(done.value,) if done.value else (),
            note=done.note,
            when=now(),
        )
