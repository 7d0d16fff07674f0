"""The board: the studies of the desk's reviewer with what is left, and where the others are, without what they say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from vivex.desk.desk_review import DeskReview, id_of
from vivex.desk.study_page import Data
from vivex.people.assign import assigned
from vivex.people.excluded import excluded
from vivex.people.machine import parsed
from vivex.people.store import ADJUDICATED

_SECONDS = 8  # for a question, about: 5 to 20 minutes of a paper's sixty questions, without reading it


def board_data(desk: DeskReview) -> Data:
    """Return the studies, those handed to the reviewer first; who opens it learns nobody's answers."""
    asked, out = set(desk.questions), excluded(desk.review)
    handed = assigned(desk.review)
    mine, hidden = {a.study for a in handed if a.reviewer == desk.reviewer}, desk.hidden()
    people: dict[str, list[str]] = {}
    for a in handed:
        if not a.left:
            people.setdefault(a.study, []).append(a.reviewer)
    found: list[Data] = []
    called = desk.called
    for study in parsed(desk.review):
        answered = {path.stem: len(asked & _reviewed(path)) for path in _statements(desk.review.annotations / study)}
        names = sorted({*people.get(study, ()), *answered} - {ADJUDICATED, desk.reviewer})
        done = answered.get(desk.reviewer, 0)
        found.append(
            {
                "id": id_of(study),
                "study": study,
                "called": called.get(study, study),
                "mine": study in mine,
                "blind": study in mine and study in hidden,
                "excluded": out[study].reason if study in out else "",
                "asked": len(asked),
                "answered": done,
                "minutes": round((len(asked) - done) * _SECONDS / 60) if study in mine else 0,
                "others": [{"name": name, "answered": answered.get(name, 0)} for name in names],
                "adjudicated": ADJUDICATED in answered,
            }
        )
    found.sort(key=lambda one: (bool(one["excluded"]), not one["mine"], str(one["study"])))
    return {"studies": found, "handedOut": bool(handed)}


def _statements(folder: Path) -> Iterable[Path]:
    return sorted(p for p in folder.glob("*.jsonl") if not p.name.startswith(".")) if folder.is_dir() else ()


def _reviewed(path: Path) -> set[str]:
    """Return the labels that a statement's first line calls reviewed; the rest of the file is not read."""
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        try:
            head = json.loads(next(lines, "{}"))
        except ValueError:
            return set()  # `vivex check` names it
    reviewed = head.get("reviewed") if isinstance(head, dict) else None
    return set(reviewed) if isinstance(reviewed, dict) else set()
