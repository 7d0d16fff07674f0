"""Take a reviewer's workbook into annotations/."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vivex.annotation import Annotation
from vivex.arrows import Form, registered
from vivex.codebook import read_codebook
from vivex.errors import MalformedFile, ReviewError, UnknownName
from vivex.people.asked import keep
from vivex.people.assign import assigned
from vivex.people.former_names import FileSays, UnderFormerNames, former_names, named, said_now
from vivex.people.machine import Candidates, Documents, Proposals
from vivex.people.store import (
    ADJUDICATED,
    Session,
    Statement,
    file_sha256,
    locked,
    read_statement,
    refuse_foreign,
    reviewer_name,
    statement_of,
    studies,
    update,
    with_present_ids,
    write_statement,
)
from vivex.people.who import known_reviewer, remembered, reviewers
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Imported:
    """Count what a workbook brought, and list what could not be read."""

    reviewer: str
    decisions: int
    changed: tuple[str, ...]  # studies
    unchanged: tuple[str, ...]
    blind: bool
    partly: tuple[tuple[str, str], ...] = ()  # study and label of items of which some proposals are not decided
    cleared: tuple[tuple[str, str], ...] = ()  # study and label of what was decided before and is left open now
    problems: tuple[object, ...] = ()  # each says, as text, where, what and what to do
    notes: tuple[str, ...] = ()  # what to know of the workbook as a whole


def import_workbook(
    review: Review, path: Path, reviewer: str = "", *, as_other: bool = False, new: bool = False, when: str = ""
) -> Imported:
    """Read a workbook's decisions into its reviewer's statements.

    Whose it is the workbook says itself, else `reviewer`, else who works on this machine. Raise ReviewError where it
    names somebody else than `reviewer` (unless that one filled it in: `as_other`), or was imported for another; and
    UnknownName where the review knows nobody of that name and the reviewer isn't `new`.
    Each study's file is written whole or not at all, so an import that was cut short is finished by importing again.
    """
    contents, name, machine = _contents(review, path, reviewer, as_other=as_other, new=new)
    mine = _of(name, contents)
    _refuse_twice(review, path, name, {a.study for a in mine})
    decided = {(a.study, a.label) for a in mine}
    partly = tuple(sorted(decided & set(contents.undecided)))
    cleared = tuple(sorted(_decided_before(review, name, set(contents.undecided) - decided)))
    sessions = _sessions(path, contents, when=when)
    changed, unchanged = take_in(review, name, mine, sessions, partly=partly, unread=contents.unread, machine=machine)
    notes = (*contents.notes, *_not_handed(review, name, {a.study for a in mine}))
    blind = contents.blind
    return Imported(name, len(mine), changed, unchanged, blind, partly, cleared, contents.problems, notes)


def would_change(review: Review, path: Path, reviewer: str) -> bool:
    """Tell whether an import would change what the reviewer has stated, or could not read all of the workbook."""
    contents, name, machine = _contents(review, path, reviewer, as_other=True, new=True)
    if any(not getattr(problem, "decided", False) for problem in contents.problems):
        return True
    partly = {(a.study, a.label) for a in contents.decisions} & set(contents.undecided)
    updated = _updated(
        review,
        name,
        _of(name, contents),
        _sessions(path, contents),
        partly=partly,
        unread=contents.unread,
        machine=machine,
    )
    return any(new is not old for old, new in updated)


def imported_already(review: Review, reviewer: str, sha256: str) -> bool:
    """Tell whether a file of these bytes was imported for the reviewer and changed something."""
    stated = (statement_of(review, study, reviewer) for study in studies(review))
    return any(session.sha256 == sha256 for statement in stated for session in statement.sessions)


def _contents(
    review: Review, path: Path, reviewer: str, *, as_other: bool, new: bool
) -> tuple[FileSays, str, Proposals]:
    """Return what a workbook says, whose it is, and the proposals that it was read against.

    A study that was renamed since the workbook was written is read under its former name, and stated under its own.
    """
    given, machine = reviewer_name(reviewer) if reviewer else "", Proposals(review)
    now = former_names(review)
    filled = form_of(path).read(
        path,
        documents=UnderFormerNames(Documents(review), now, lambda document, _: document),
        machine=UnderFormerNames(machine, now, named),
        candidates=UnderFormerNames(
            Candidates(review), now, lambda offered, study: {key: named(of, study) for key, of in offered.items()}
        ),
        codebook=read_codebook(review.codebook),
        reviewer=given,
    )
    contents = said_now(filled, now, machine)
    owner = contents.reviewer
    if given and owner not in ("", given) and not as_other:
        raise ReviewError(
            f"{path}: its sheet Read me names {owner}, not {given}; leave the name out to import it for "
            f"{owner}, or give "
            f"--as {given} if {given} filled it in"
        )
    name = given or owner or remembered(review.root)
    if not name:
        raise ReviewError(f"{path}: it names no reviewer; give --reviewer NAME (known: {', '.join(reviewers(review))})")
    known_reviewer(review, name, new=new)
    return contents, name, machine


def _of(name: str, contents: FileSays) -> list[Annotation]:
    """Return the decisions as those of the reviewer whose they are, who may be known only once the file was read."""
    return [replace(a, source=f"reviewer:{name}") for a in contents.decisions]


def _sessions(path: Path, contents: FileSays, *, when: str = "") -> dict[str, Session]:
    """Return how each study was decided: blind, or with proposals before the eyes."""
    sha256 = file_sha256(path)
    seen = Session(path.name, sha256, contents.blind, "" if contents.blind else contents.prefilled_by, when=when)
    blind = Session(path.name, sha256, True, when=when)
    return {a.study: blind if a.study in contents.blind_studies else seen for a in contents.decisions}


def _refuse_twice(review: Review, path: Path, name: str, decided: Collection[str]) -> None:
    """Raise ReviewError where another reviewer's statement comes from the same file: one person is not two."""
    sha256 = file_sha256(path)
    for study in sorted(decided):
        for other in sorted((review.annotations / study).glob("*.jsonl")):
            if other.stem in (name, ADJUDICATED) or other.name.startswith("."):
                continue
            try:
                sessions = read_statement(other).sessions
            except MalformedFile:  # `vivex check` names it; it forbids nobody else's import
                continue
            if any(session.sha256 == sha256 for session in sessions):
                raise ReviewError(
                    f"{path}: imported already for {other.stem} ({study}), and one workbook is one reviewer's; if that "
                    "name was a slip, take that import back with `vivex undo`, then import again"
                )


def _not_handed(review: Review, name: str, decided: Collection[str]) -> list[str]:
    """Return a note on studies that were not handed to the reviewer, where studies are handed out at all."""
    handed = assigned(review)
    strange = sorted(set(decided) - {a.study for a in handed if a.reviewer == name})
    if not handed or not strange:
        return []
    some = ", ".join(strange[:3]) + (f" and {len(strange) - 3} more" if len(strange) > 3 else "")
    known = ", ".join(sorted({a.reviewer for a in handed}))
    return [f"not handed to {name} by `vivex assign`: {some}; is the name right? (handed to: {known})"]


def _decided_before(review: Review, reviewer: str, left: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return what of the questions left open the reviewer has decided in an earlier import."""
    found: set[tuple[str, str]] = set()
    for study in sorted({study for study, _ in left}):
        labels = {a.label for a in statement_of(review, study, reviewer).decisions}
        found |= {(study, label) for of, label in left if of == study and label in labels}
    return found


def form_suffixes() -> dict[str, Form]:
    """Return the registered forms by the suffix of their files; one that can't be loaded reads nothing."""
    known, _ = registered("vivex.forms", Form)
    forms: dict[str, Form] = {}
    for name in sorted(known, key=lambda name: name != "workbook"):  # vivex's own goes first
        forms.setdefault(known[name].suffix, known[name])
    return forms


def form_of(path: Path) -> Form:
    """Return the registered form that reads files of this suffix; raise UnknownName with the known ones."""
    forms = form_suffixes()
    found = forms.get(path.suffix.lower())
    if found is None:
        raise UnknownName(f"{path}: no form is read from {path.suffix or 'such'} files; known: {', '.join(forms)}")
    return found


def take_in(
    review: Review,
    reviewer: str,
    decisions: Sequence[Annotation],
    session: Session | Mapping[str, Session],
    *,
    partly: Collection[tuple[str, str]] = (),
    unread: Collection[tuple[str, str]] = (),
    cleared: Collection[tuple[str, str]] = (),
    machine: Mapping[str, Sequence[Annotation]] | None = None,
    allowed: Callable[[Statement], None] | None = None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write decisions into the reviewer's statements; return the studies that changed and those that did not.

    `session` says how they were made, in all studies or by study; what one call writes shares one act, by which it can
    be taken back. Nothing is written where one of the statements can't be read. `machine` gives the proposals of now.
    Of the items `cleared` (study and label) nothing is decided any more. `allowed` sees each statement as it stands,
    and raises where it may not be changed.
    """
    with locked(review):
        updated = _updated(
            review, reviewer, decisions, session, partly=partly, unread=unread, cleared=cleared, machine=machine
        )
        for old, _ in updated:
            if allowed is not None:
                allowed(old)
        if any(new is not old for old, new in updated):
            keep(review)
        for old, new in updated:
            if new is not old:
                write_statement(review, new)
    changed = tuple(new.study for old, new in updated if new is not old)
    return changed, tuple(new.study for old, new in updated if new is old)


def _updated(
    review: Review,
    reviewer: str,
    decisions: Sequence[Annotation],
    session: Session | Mapping[str, Session],
    *,
    partly: Collection[tuple[str, str]],
    unread: Collection[tuple[str, str]],
    machine: Mapping[str, Sequence[Annotation]] | None,
    cleared: Collection[tuple[str, str]] = (),
) -> list[tuple[Statement, Statement]]:
    """Return the statements that decisions touch, as they are and as they would be: the same where nothing changes."""
    by_study: dict[str, list[Annotation]] = {study: [] for study, _ in cleared}
    for decision in decisions:
        by_study.setdefault(decision.study, []).append(decision)
    before = {study: statement_of(review, study, reviewer) for study in sorted(by_study)}
    for old in before.values():
        refuse_foreign(review, old)
    act = _act(reviewer, before.values(), session)
    asked = read_codebook(review.codebook) if review.codebook.exists() else None
    policy, asked_id = (asked.policy_id, asked.id) if asked is not None else ("", "")
    found = []
    for study, old in before.items():
        part, lost, gone = ([label for s, label in items if s == study] for items in (partly, unread, cleared))
        now = with_present_ids(old, machine.get(study, ())) if machine is not None else old
        how = session if isinstance(session, Session) else session[study]
        under = replace(how, act=act, policy=policy, codebook=asked_id)
        new = update(now, by_study[study], under, partly=part, unread=lost, cleared=gone)
        found.append((old, old if new is now else new))
    return found


def _act(reviewer: str, before: Iterable[Statement], session: Session | Mapping[str, Session]) -> str:
    """Return the id of one import or ruling: it rests on the file and on what was stated before, so it comes once.

    What an import wrote before it was cut short counts as not yet stated: importing again finishes the same act.
    """
    files = [session] if isinstance(session, Session) else [session[study] for study in sorted(session)]
    told = [reviewer, *(f"{one.file} {one.sha256}" for one in files[:1])]
    begun = {(one.file, one.sha256) for one in files if one.sha256}
    for statement in before:
        last = statement.sessions[-1] if statement.sessions else None
        done = last is not None and (last.file, last.sha256) in begun and not last.undoes
        told.append(f"{statement.study} {len(statement.sessions) - done}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]
