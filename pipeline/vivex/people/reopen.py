"""Open again what an adjudicator settled: the reviewers' answers stand as before, the ruling stays on record."""

from __future__ import annotations

from dataclasses import replace

from vivex.errors import UnknownName
from vivex.people.asked import keep
from vivex.people.sessions import Change, Session
from vivex.people.store import ADJUDICATED, Superseded, locked, statement_of, write_statement
from vivex.review import Review


def reopen(review: Review, study: str, label: str = "", *, by: str = "", when: str = "") -> list[str]:
    """Take an adjudicator's ruling on an item (or on all of a study) back; return the items that are open again.

    `vivex undo --adjudicator` takes the reopening itself back. Raise UnknownName where nothing was settled.
    """
    with locked(review):
        statement = statement_of(review, study, ADJUDICATED)
        settled = sorted(statement.reviewed)
        if not settled or (label and label not in settled):
            there = ", ".join(settled) or "nothing"
            raise UnknownName(f"no adjudicator settled {label or 'anything'} in {study!r}; settled there: {there}")
        labels = [label] if label else settled
        gone = [a for a in statement.decisions if a.label in labels]
        number = len(statement.sessions) + 1
        session = Session(
            "vivex reopen",
            "",
            blind=False,
            replaced=len(gone),
            when=when,
            codebook=keep(review),
            by=by,
            changes={one: Change((), statement.reviewed[one]) for one in labels},
        )
        write_statement(
            review,
            replace(
                statement,
                decisions=tuple(a for a in statement.decisions if a.label not in labels),
                reviewed={one: seen for one, seen in statement.reviewed.items() if one not in labels},
                sessions=(*statement.sessions, session),
                superseded=(*statement.superseded, *(Superseded(number, a) for a in gone)),
            ),
        )
    return labels
