"""Take a reviewer's workbook into annotations/."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vivex.annotation import Annotation
from vivex.arrows import Form, load, names
from vivex.errors import MalformedFile, MissingExtra, ReviewError, UnknownName
from vivex.people.assign import assigned
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
    statement_path,
    update,
    with_present_ids,
    write_statement,
)
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Imported:
    """Count what a workbook brought, and list what could not be read."""

    decisions: int
    changed: tuple[str, ...]  # studies
    unchanged: tuple[str, ...]
    blind: bool
    partly: tuple[tuple[str, str], ...] = ()  # study and label of items of which some proposals are not decided
    cleared: tuple[tuple[str, str], ...] = ()  # study and label of what was decided before and is left open now
    problems: tuple[object, ...] = ()  # each says, as text, where, what and what to do
    notes: tuple[str, ...] = ()  # what to know of the workbook as a whole


def import_workbook(review: Review, path: Path, reviewer: str, *, handed_over: bool = False) -> Imported:
    """Read a workbook's decisions into the reviewer's statements.

    Raise ReviewError where the workbook names another reviewer (unless it was `handed_over`), or was imported for one.
    Each study's file is written whole or not at all, so an import that was cut short is finished by importing again.
    """
    from vivex.codebook import read_codebook

    name, machine = reviewer_name(reviewer), Proposals(review)
    contents = form_of(path).read(
        path,
        documents=Documents(review),
        machine=machine,
        candidates=Candidates(review),
        codebook=read_codebook(review.codebook),
        reviewer=name,
    )
    owner = str(getattr(contents, "reviewer", ""))
    if owner not in ("", name) and not handed_over:
        raise ReviewError(
            f"{path}: its sheet Read me names {owner}, not {name}; give --reviewer {owner}, or --handed-over if {name} "
            "filled it in"
        )
    _refuse_twice(review, path, name, {a.study for a in contents.decisions})
    session = Session(path.name, file_sha256(path), contents.blind, contents.prefilled_by)
    decided = {(a.study, a.label) for a in contents.decisions}
    partly = tuple(sorted(decided & set(contents.undecided)))
    cleared = tuple(sorted(_decided_before(review, name, set(contents.undecided) - decided)))
    changed, unchanged = take_in(
        review, name, contents.decisions, session, partly=partly, unread=contents.unread, machine=machine
    )
    problems = tuple(contents.problems)
    notes = (*getattr(contents, "notes", ()), *_not_handed(review, name, {a.study for a in contents.decisions}))
    return Imported(len(contents.decisions), changed, unchanged, contents.blind, partly, cleared, problems, notes)


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
                    "name "
                    f"was a slip, take {other} back with git or `dvc checkout`, then import again"
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
        path = statement_path(review, study, reviewer)
        if path.exists():
            labels = {a.label for a in read_statement(path).decisions}
            found |= {(study, label) for of, label in left if of == study and label in labels}
    return found


def form_of(path: Path) -> Form:
    """Return the registered form that reads files of this suffix; raise UnknownName with the known ones."""
    forms: dict[str, Form] = {}
    for name in sorted(names("vivex.forms"), key=lambda name: name != "workbook"):  # vivex's own goes first
        with contextlib.suppress(MissingExtra):  # a stranger's package that is broken reads nothing
            form: Form = load("vivex.forms", name)
            forms.setdefault(form.suffix, form)
    found = forms.get(path.suffix.lower())
    if found is None:
        raise UnknownName(f"{path}: no form is read from {path.suffix or 'such'} files; known: {', '.join(forms)}")
    return found


def take_in(
    review: Review,
    reviewer: str,
    decisions: Sequence[Annotation],
    session: Session,
    *,
    partly: Collection[tuple[str, str]] = (),
    unread: Collection[tuple[str, str]] = (),
    machine: Mapping[str, Sequence[Annotation]] | None = None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write decisions into the reviewer's statements; return the studies that changed and those that did not.

    Nothing is written where one of the statements can't be read. `machine` gives the proposals of now by study.
    """
    by_study: dict[str, list[Annotation]] = {}
    for decision in decisions:
        by_study.setdefault(decision.study, []).append(decision)
    changed, unchanged = [], []
    with locked(review):
        paths = {study: statement_path(review, study, reviewer) for study in sorted(by_study)}
        before = {s: read_statement(p) if p.exists() else Statement(s, reviewer) for s, p in paths.items()}
        for study, old in before.items():
            refuse_foreign(old, paths[study])
        for study, old in before.items():
            part, lost = ([label for s, label in items if s == study] for items in (partly, unread))
            now = with_present_ids(old, machine.get(study, ())) if machine is not None else old
            new = update(now, by_study[study], session, partly=part, unread=lost)
            if new is now:
                unchanged.append(study)
            else:
                write_statement(review, new)
                changed.append(study)
    return tuple(changed), tuple(unchanged)
