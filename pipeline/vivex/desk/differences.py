"""Where reviewers differ: what each says with its evidence, and a ruling by the functions of `vivex adjudicate`.

Only studies that nobody still judges blind are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vivex.desk.deciding import FOR_ADJUDICATOR
from vivex.desk.desk_review import DeskReview, id_of
from vivex.desk.study_page import Data, place_data
from vivex.errors import ReviewError
from vivex.labels import is_entity
from vivex.people.adjudicate import settle
from vivex.people.blind import withheld
from vivex.people.conflicts import GivenAnswer, candidates, conflicts
from vivex.people.excluded import counted
from vivex.people.resolve import Resolution
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


def differences_data(desk: DeskReview) -> Data:
    """Return the items in conflict, one answer after the other."""
    asked, read = desk.questions, set(desk.studies().values())
    hidden = withheld(desk.review, desk.codebook)
    found: list[Data] = []
    left_out: set[str] = set()
    for item in conflicts(desk.review):
        if is_entity(item.label) or item.study not in read:
            continue
        if item.study in hidden:
            left_out.add(item.study)
            continue
        of = question(item.label, asked)
        found.append(
            {
                "id": id_of(item.study),
                "study": item.study,
                "label": item.label,
                "name": of.name,
                "wording": of.wording,
                "choices": list(of.choices),
                "reviewers": sorted(item.sides),
                "answers": _answers(desk, item, candidates(item)),
            }
        )
    open_to_see = [study for study in counted(desk.review) if study in read and study not in hidden]
    return {
        "items": found,
        "asked": [*_asked(desk, open_to_see)],
        "canSettle": not desk.read_only,
        "withheld": sorted(left_out),
    }


def _asked(desk: DeskReview, studies: Iterable[str]) -> Iterator[Data]:
    """Yield what reviewers ask the adjudicator, beside what is in conflict."""
    for study in studies:
        for name, statement in statements(desk.review, study).items():
            for a in statement.decisions:
                if name != ADJUDICATED and a.note.startswith(FOR_ADJUDICATOR):
                    of = question(a.label, desk.questions)
                    words = a.note.removeprefix(FOR_ADJUDICATOR).strip()
                    yield {"id": id_of(study), "study": study, "name": of.name, "reviewer": name, "note": words}


def _answers(desk: DeskReview, item: Resolution, given: Sequence[GivenAnswer]) -> list[Data]:
    document = desk.files(item.study).document
    return [
        {
            "text": one.text,
            "reviewers": list(one.reviewers),
            "agreed": one.unanimous,
            "group": one.group,
            "reasons": one.reasons,
            "evidence": place_data(one.annotation.evidence if one.annotation else (), document),
        }
        for one in given
    ]


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
