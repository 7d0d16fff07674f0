"""Which studies' proposals nobody is shown yet: those that a reviewer judges blind and has not finished.

A study is handed out blind so that its reviewers' answers owe nothing to the machine. Until each of them has answered
every question of it, its proposals stand in no file that the team shares and a person opens: report, workbook, tables,
figures, highlighted copies. Machine files (outputs/mentions, judgements, forms, pictures) hold them all the same. Who
needs them runs `vivex report --all`, which is kept in that person's statements: what they decide on these studies from
then on is not blind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from vivex.codebook import Codebook
from vivex.errors import MalformedFile
from vivex.paper import BLIND, Failure
from vivex.people.asked import keep
from vivex.people.assign import assigned
from vivex.people.excluded import excluded
from vivex.people.machine import models_named, proposals
from vivex.people.store import Session, locked, reviewer_name, statement_of, write_statement
from vivex.review import Review

SEEN = "vivex report --all"  # what the session of a statement names as its file


def withheld(review: Review, codebook: Codebook, *, only: str = "") -> dict[str, tuple[str, ...]]:
    """Return study -> the reviewers who have it blind and have neither finished it nor seen its proposals.

    `only` looks at one study.
    """
    asked, out = set(codebook.questions), excluded(review)
    found: dict[str, list[str]] = {}
    for one in assigned(review):
        if (
            one.blind
            and only in ("", one.study)
            and one.study not in out
            and not _done(review, one.study, one.reviewer, asked)
        ):
            found.setdefault(one.study, []).append(one.reviewer)
    return {study: tuple(sorted(names)) for study, names in sorted(found.items())}


def _done(review: Review, study: str, reviewer: str, asked: set[str]) -> bool:
    try:
        statement = statement_of(review, study, reviewer)
    except MalformedFile:  # `vivex check` names it
        return False
    return asked <= set(statement.reviewed) or any(not session.blind for session in statement.sessions)


def left_out(papers: Iterable[tuple[str, str]], hidden: Mapping[str, tuple[str, ...]]) -> list[Failure]:
    """Return why the studies among (study, file) whose proposals are withheld are not shown, and what shows them."""
    return [
        Failure(
            study,
            file,
            BLIND,
            f"{' and '.join(hidden[study])} judge it without proposals; it stands here once they have answered every "
            f"question of it (`{SEEN}` shows it before, and is noted)",
        )
        for study, file in papers
        if study in hidden
    ]


def shown_to(review: Review, reviewer: str, study: str) -> bool:
    """Tell whether a study's proposals were shown to a reviewer: some session of theirs is not blind."""
    return any(not session.blind for session in statement_of(review, study, reviewer).sessions)


def note_seen(review: Review, reviewer: str, studies: Sequence[str], *, when: str, by: str = SEEN) -> list[str]:
    """Keep in the reviewer's statements that the studies' proposals were shown; return the studies newly seen.

    `by` names what showed them.
    """
    name = reviewer_name(reviewer)
    new = []
    with locked(review):
        for study in sorted(studies):
            before = statement_of(review, study, name)
            if all(session.blind for session in before.sessions):
                models = models_named(proposals(review, study))
                shown = Session(by, "", blind=False, prefilled_by=models, when=when, codebook=keep(review))
                write_statement(review, replace(before, sessions=(*before.sessions, shown)))
                new.append(study)
    return new
