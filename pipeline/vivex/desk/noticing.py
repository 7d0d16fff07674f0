"""What is to be noticed of each study: its paper or a question changed since one decided; what is unsure, mine, high.

It takes reading each study's files, so the board asks for it once it stands. Of a study whose proposals are hidden
nothing of them is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from vivex.annotation import Annotation, reanchored
from vivex.desk.deciding import matched
from vivex.desk.desk_review import DeskReview, StudyFiles
from vivex.desk.study_page import UNSURE, Data
from vivex.errors import VivexError
from vivex.people.asked import KeptCodebook, changed_since, kept
from vivex.people.store import Statement

_OWN = ("edited", "added", "rejected")  # decisions that say otherwise than was proposed


def noticed_data(desk: DeskReview) -> Data:
    """Return id -> what is to be noticed of each study, found anew where something about it changed."""
    hidden, codebooks = desk.hidden(), kept(desk.review)
    found: dict[str, Data] = {}
    for name, study in desk.studies().items():
        stamp = (*desk.stamp(study), *desk.made(study), int(study in hidden))
        known = desk.noticed.get(study)
        if known is None or known[0] != stamp:
            known = (stamp, _noticed(desk, study, codebooks, hidden=study in hidden))
            desk.noticed[study] = known
        found[name] = dict(known[1]) if isinstance(known[1], dict) else {}
    return {"studies": found}


def _noticed(desk: DeskReview, study: str, codebooks: dict[str, KeptCodebook], *, hidden: bool) -> Data:
    try:
        statement, files = desk.statement(study), desk.files(study)
    except VivexError:  # `vivex check` names the file; the board stands all the same
        return {}
    changed = changed_since(statement.reviewed, statement.sessions, desk.codebook, codebooks)
    names = [desk.questions[label].name for label in changed if label in desk.questions]
    _, lost = reanchored(statement.decisions, files.document)
    return {
        "paperChanged": len(lost),
        "questionsChanged": names,
        "unsure": 0 if hidden else _unsure(desk, statement, files),
        "mine": sum(d.decision in _OWN for d in statement.decisions),
        "high": sum(_is_high(a) for a in _standing(desk, statement, files, hidden=hidden)),
    }


def _unsure(desk: DeskReview, statement: Statement, files: StudyFiles) -> int:
    """Count the unsure proposals that nothing was decided about."""
    found = 0
    for label, proposals in files.proposals.items():
        if label in desk.questions and label not in statement.reviewed:
            decided = [d for d in statement.decisions if d.label == label]
            on = matched(proposals, decided, desk.questions[label])
            found += sum(p.confidence is not None and p.confidence < UNSURE for p in proposals if p.id not in on)
    return found


def _standing(desk: DeskReview, statement: Statement, files: StudyFiles, *, hidden: bool) -> list[Annotation]:
    """Return the SYRCLE judgements as they stand: the reviewer's, else what is proposed."""
    decided = [d for d in statement.decisions if d.label.startswith("syrcle.")]
    own = [d for d in decided if d.decision != "rejected"]
    about = {d.label for d in decided}
    open_ = () if hidden else (label for label in desk.questions if label.startswith("syrcle.") and label not in about)
    return [*own, *(p for label in open_ for p in files.proposals.get(label, ()))]


def _is_high(annotation: Annotation) -> bool:
    value = annotation.value
    return isinstance(value, Mapping) and value.get("judgement") == "high"
