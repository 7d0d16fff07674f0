"""What is to be noticed of each study: its paper or a question changed since one decided; what is unsure, mine, high.

It takes reading each study's files, so the board asks for it once it stands. Of a study whose proposals are hidden
nothing of them is told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from vivex.annotation import Annotation, reanchored
from vivex.desk.deciding import matched
from vivex.desk.desk_review import DeskReview
from vivex.desk.study_page import UNSURE, Data
from vivex.errors import MalformedFile, VivexError
from vivex.people import machine
from vivex.people.asked import KeptCodebook, changed_since, kept
from vivex.people.store import Statement, statement_of, with_present_ids

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
        found[name] = known[1]
    return {"studies": found}


def _noticed(desk: DeskReview, study: str, codebooks: dict[str, KeptCodebook], *, hidden: bool) -> Data:
    """Return what is to be noticed of a study; the desk's own memory of studies that are open is left alone."""
    try:
        statement = statement_of(desk.review, study, desk.reviewer) if desk.shows(study) else Statement(study, "")
        made = [*machine.form_proposals(desk.review, study), *machine.judgement_proposals(desk.review, study)]
        statement = with_present_ids(statement, made)
        lost = _lost(desk, statement)
    except VivexError:  # `vivex check` names the file; the board stands all the same
        return {}
    changed = changed_since(statement.reviewed, statement.sessions, desk.codebook, codebooks)
    proposals: dict[str, list[Annotation]] = {}
    for a in () if hidden else made:
        proposals.setdefault(a.label, []).append(a)
    return {
        "paperChanged": lost,
        "questionsChanged": [desk.questions[label].name for label in changed if label in desk.questions],
        "unsure": _unsure(desk, statement, proposals),
        "mine": sum(d.decision in _OWN for d in statement.decisions),
        "high": sum(_is_high(a) for a in _standing(desk, statement, proposals)),
    }


def _lost(desk: DeskReview, statement: Statement) -> int:
    """Count the decisions whose words the paper, as it is read now, holds no more.

    Mostly all stand where they stood: then the text alone is looked at, for a whole document takes ten times as long.
    """
    rest = [d for d in statement.decisions if d.evidence]
    if not rest:
        return 0
    path = desk.review.outputs / "documents" / f"{statement.study}.json"
    try:
        text = str(json.loads(path.read_text(encoding="utf-8"))["text"])
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedFile(f"{path}: no document; run `vivex parse` again") from error
    if all(text[e.start : e.end] == e.quote for d in rest for e in d.evidence):
        return 0
    return len(reanchored(rest, machine.document(desk.review, statement.study))[1])


def _unsure(desk: DeskReview, statement: Statement, proposals: Mapping[str, Sequence[Annotation]]) -> int:
    """Count the unsure proposals that nothing was decided about."""
    found = 0
    for label, of in proposals.items():
        if label in desk.questions and label not in statement.reviewed:
            decided = [d for d in statement.decisions if d.label == label]
            on = matched(of, decided, desk.questions[label])
            found += sum(p.confidence is not None and p.confidence < UNSURE for p in of if p.id not in on)
    return found


def _standing(
    desk: DeskReview, statement: Statement, proposals: Mapping[str, Sequence[Annotation]]
) -> list[Annotation]:
    """Return the SYRCLE judgements as they stand: the reviewer's, else what is proposed."""
    decided = [d for d in statement.decisions if d.label.startswith("syrcle.")]
    about = {d.label for d in decided}
    own = [d for d in decided if d.decision != "rejected"]
    open_ = (label for label in desk.questions if label.startswith("syrcle.") and label not in about)
    return [*own, *(p for label in open_ for p in proposals.get(label, ()))]


def _is_high(annotation: Annotation) -> bool:
    value = annotation.value
    return isinstance(value, Mapping) and value.get("judgement") == "high"
