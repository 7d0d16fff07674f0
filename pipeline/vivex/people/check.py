"""Check annotations/: that every file reads, names what exists, and that its evidence still stands in the papers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vivex.annotation import Annotation, dump_annotations, former_id, from_json, reanchored
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.document import Document
from vivex.errors import UnknownName, VivexError
from vivex.jsonlines import BACK, read_lines
from vivex.people.asked import FILE as KEPT
from vivex.people.asked import POLICY, KeptCodebook, changed_since, kept, read_kept, since
from vivex.people.assign import assigned
from vivex.people.excluded import FILE as EXCLUDED
from vivex.people.excluded import events
from vivex.people.library import FILE as REFERENCES
from vivex.people.library import listed
from vivex.people.machine import Documents
from vivex.people.rename import FILE as RENAMED
from vivex.people.sessions import decided_under
from vivex.people.store import (
    ADJUDICATED,
    ASIDE,
    ASSIGNMENTS,
    Statement,
    in_part,
    locked,
    read_statement,
    reviewer_name,
    write_statement,
)
from vivex.people.values import kind
from vivex.questions import Question, question
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Fault:
    """Say what is wrong in a file, and the remedy; a "warning" forbids nothing."""

    path: str  # relative to annotations/
    what: str
    remedy: str
    weight: str = "error"

    def __str__(self) -> str:
        return f"{self.weight}: {self.path}: {self.what}; {self.remedy}"


_LISTS: Mapping[str, Callable[[Path], object]] = {EXCLUDED: events, REFERENCES: listed, KEPT: read_kept}
NEW_QUESTION = "`vivex assign --fields NAME` hands a new question to those who were done"


def check(review: Review, codebook: Codebook) -> list[Fault]:
    """Return all that is wrong in annotations/; an empty list means that every file can be relied on."""
    if not review.annotations.is_dir():
        return []
    documents = Documents(review)
    papers = {p.stem for p in review.pdfs.glob("*")} if review.pdfs.is_dir() else set()
    found: list[Fault] = []
    codebooks: dict[str, KeptCodebook] = {}
    with contextlib.suppress(VivexError):  # told where the file is checked
        codebooks = kept(review)
    used: dict[str, set[str]] = {}  # id of a codebook -> the studies that were decided under it
    for path in sorted(review.annotations.rglob("*")):
        if not path.is_file():
            continue
        where = path.relative_to(review.annotations)
        told = _no_statement(path, where)
        if told is not None:
            found += told
            continue
        try:
            statement = read_statement(path)
        except (VivexError, OSError) as error:
            message, _, remedy = str(error).replace(str(path), "").lstrip(":").rpartition("; ")
            found.append(Fault(where.as_posix(), message or remedy, remedy if message else BACK))
            continue
        found += _names(statement, where, documents, papers)
        found += _decisions(statement, path, where.as_posix(), documents, codebook, codebooks)
        for session in decided_under(statement.sessions).values():
            used.setdefault(session.codebook, set()).add(where.parts[0])
    found += _since(used, codebook, codebooks)
    try:
        handed = assigned(review)
    except VivexError as error:
        found.append(Fault(ASSIGNMENTS, str(error), "correct the line"))
    else:
        lost = sorted({a.study for a in handed} - set(documents)) if documents else []
        found += [Fault(ASSIGNMENTS, *_absent(study, papers), "warning") for study in lost]
    return found + _vanished(review)


def _absent(study: str, papers: Collection[str]) -> tuple[str, str]:
    """Return what keeps a study from being looked up, and the remedy: its paper isn't read, or isn't there."""
    if study in papers:
        return f"the paper of study {study!r} is not read yet", "run `dvc repro`"
    return f"no paper of study {study!r}", "put it back into pdfs/, or `vivex rename` the study as its file is named"


def _vanished(review: Review) -> list[Fault]:
    """Return a fault for each file that a merge made by hand lost."""
    if not (review.root / ".git").exists():
        return []
    from vivex.team.cache import listing_of
    from vivex.team.lost import lost

    missing = lost(review.root, listing_of(review.annotations))
    return [Fault(p, "vanished in a merge", "`vivex sync` brings it back", "error") for p in missing]


def reanchor(review: Review) -> tuple[list[str], list[str]]:
    """Write evidence that has moved back to its place; return the files changed, and what can't be placed."""
    documents = Documents(review)
    changed, orphans = [], []
    with locked(review):
        for path in sorted(review.annotations.glob("*/*.jsonl")):
            if path.parent.name == ASSIGNMENTS or path.parent.name not in documents:
                continue
            name = f"{path.parent.name}/{path.name}"
            try:
                statement = read_statement(path)
                new, lost = _moved(statement, documents[statement.study])
                orphans += [f"{name}: {a.label}: {_quote(a)!r}" for a in lost]
                if new != statement:
                    write_statement(review, new)
                    changed.append(name)
            except VivexError as error:  # the other files are placed all the same
                orphans.append(str(error))
    return changed, orphans


def _moved(statement: Statement, document: Document) -> tuple[Statement, list[Annotation]]:
    decisions, lost = [], []
    for decision in statement.decisions:
        placed, orphans = reanchored([decision], document)
        decisions += placed or [decision]  # what can't be placed stays as it was
        lost += orphans
    return replace(statement, decisions=tuple(decisions)), lost


def _no_statement(path: Path, where: Path) -> list[Fault] | None:
    """Return the faults of a file that is no statement; None of one that must be one."""
    name = where.as_posix()
    if path.name.startswith(".") and path.suffix == ".part":
        return [Fault(name, "left by a process that was killed", "it is removed at the next import", "warning")]
    if where.parts[0] == ASSIGNMENTS and len(where.parts) == 2:
        return []
    if where.parts[0] == ASIDE:
        what = "another version of a file that two people changed"
        return [Fault(name, what, "keep one of the two, delete this one, then `vivex sync`")]
    if name in _LISTS:
        try:
            _LISTS[name](path)
        except VivexError as error:
            return [Fault(name, str(error), "correct the line")]
        return []
    if name == RENAMED:
        return []
    if len(where.parts) != 2 or path.suffix != ".jsonl":
        if path.name.startswith("."):
            return []
        remedy = "keep other files outside annotations/"
        return [Fault(name, "no <study>/<reviewer>.jsonl", remedy, "warning")]
    return None


def _names(statement: Statement, where: Path, documents: Collection[str], papers: Collection[str]) -> list[Fault]:
    name, found = where.as_posix(), []
    if where.stem != ADJUDICATED:
        try:
            if reviewer_name(where.stem) != where.stem:
                found.append(Fault(name, "capital letters in the reviewer's name", "use lower case"))
        except UnknownName as error:
            found.append(Fault(name, str(error), "rename the file and the reviewer in its first line"))
    if documents and where.parts[0] not in documents:
        found.append(Fault(name, *_absent(where.parts[0], papers), "warning"))
    return found


def _decisions(
    statement: Statement,
    path: Path,
    name: str,
    documents: Mapping[str, Document],
    codebook: Codebook,
    codebooks: Mapping[str, KeptCodebook],
) -> list[Fault]:
    found = []
    asked = codebook.questions
    for line, a in statement.foreign:
        who = "an adjudicator" if statement.reviewer == ADJUDICATED else f"reviewer {statement.reviewer}"
        remedy = "take the line out: only that person's decisions belong here, machine output stays in outputs/"
        found.append(
            Fault(name, f"line {line}: {a.label}: source {a.source!r} is not {who}, so it isn't counted", remedy)
        )
    document = documents.get(statement.study)
    singles: dict[tuple[str, str], int] = {}
    for a in statement.decisions:
        at = f"{a.label} {a.id}"
        if a.study != statement.study:
            found.append(Fault(name, f"{at}: of study {a.study!r}", "move it to that study's file"))
        if not a.decision:
            found.append(Fault(name, f"{at}: no decision", "set accepted, edited, added or rejected"))
        if a.decision != "rejected":
            found += _value(a, name, at, asked)
            if question(a.label, asked).kind.single and a.label in statement.reviewed:  # else it is no answer yet
                singles[a.label, a.group] = singles.get((a.label, a.group), 0) + 1
        if document is not None and reanchored([a], document)[1]:
            remedy = "paste the quote anew from the paper; it is kept as it is"
            found.append(Fault(name, f"{at}: the paper no longer holds {_quote(a)!r}", remedy, "warning"))
    for label in in_part(statement):
        found.append(_unfinished(statement, name, label, question(label, asked)))
    found += _asked_otherwise(statement, name, codebook, codebooks)
    for (label, group), count in sorted(singles.items()):
        if count > 1:
            found.append(Fault(name, f"{label} {group}: {count} judgements", "keep one"))
    return found + _ids(path, name)


def _unfinished(statement: Statement, name: str, label: str, of: Question) -> Fault:
    """Return what keeps a label from being an answer: proposals left alone, or two answers given in two places."""
    said = list(dict.fromkeys(of.show(a.value) for a in statement.of(label)))
    if len(said) > 1 and (of.kind.single or not of.several or statement.reviewer == ADJUDICATED):
        remedy = "say which holds: in your workbook, or by `vivex adjudicate`"
        return Fault(name, f"{label}: {' and '.join(said)} are said, so neither counts yet", remedy, "warning")
    remedy = "decide each proposal of the item in the workbook and import it again"
    return Fault(name, f"{label}: decided in part, so it is no answer yet", remedy, "warning")


def _asked_otherwise(
    statement: Statement, name: str, codebook: Codebook, codebooks: Mapping[str, KeptCodebook]
) -> list[Fault]:
    """Return a fault for what was decided under another policy, or when a field was asked otherwise, than it is now."""
    policies: list[str] = []
    fields: list[str] = []
    for label, changed in changed_since(statement.reviewed, statement.sessions, codebook, codebooks).items():
        of = label.partition(".")[2]
        if changed == (POLICY,):
            policies.append(of)
        else:
            fields.append(f"{of} ({', '.join(changed)})")
    found = []
    remedy = "look at them again, or leave them"
    if policies:
        what = f"decided under another policy of codebook.yaml: {', '.join(policies)}"
        found.append(Fault(name, what, remedy, "warning"))
    if fields:
        what = f"decided when codebook.yaml asked otherwise: {', '.join(fields)}"
        found.append(Fault(name, what, remedy, "warning"))
    return found


def _since(
    used: Mapping[str, Collection[str]], codebook: Codebook, codebooks: Mapping[str, KeptCodebook]
) -> list[Fault]:
    """Return a fault for each codebook of before under which studies were decided: what is asked otherwise now."""
    found = []
    for name, studies in sorted(used.items()):
        changes = list(since(codebooks[name], codebook)) if name in codebooks and name != codebook.id else []
        if changes:
            of = f"{len(studies)} stud{'y was' if len(studies) == 1 else 'ies were'}"
            what = f"codebook.yaml has changed since {of} decided: {'; '.join(changes)}"
            found.append(Fault(KEPT, what, NEW_QUESTION if "asked since" in what else "none needed", "warning"))
    return found


def _value(a: Annotation, name: str, at: str, asked: Mapping[str, Question]) -> list[Fault]:
    if kind(a.label) == "field" and a.label not in asked:
        return [Fault(name, f"{at}: codebook.yaml asks no such field", "add the field, or leave it", "warning")]
    of = question(a.label, asked)
    if kind(a.label) == "entity" and not a.evidence:
        return [Fault(name, f"{at}: no span", "give the mention's place as evidence")]
    if of.legal(a.value):
        return []
    if a.value in (None, ""):
        return [Fault(name, f"{at}: no value", f'give a value, or "{NOT_REPORTED}"')]
    # an allowed value that the codebook dropped changes no decision
    weight = "warning" if of.kind.choice else "error"
    return [Fault(name, f"{at}: value {a.value!r}", f"give {of.kind.form}", weight)]


def _ids(path: Path, name: str) -> list[Fault]:
    """Return a finding for each line whose id is not that of what it says, and for each that stands there twice."""
    found = []
    before: dict[str, str] = {}
    for where, data in read_lines(path):
        number = where.rpartition(":")[2]
        if "record" in data:
            continue
        a = from_json(data)
        if data.get("id") not in (None, a.id, former_id(a)):
            what = f"line {number}: changed by hand (its id is of another content)"
            found.append(Fault(name, what, "none needed", "warning"))
        content = dump_annotations([a])
        if content in before:
            found.append(Fault(name, f"line {number} says again what line {before[content]} says", "take one out"))
        before[content] = number
    return found


def _quote(a: Annotation) -> str:
    quote = a.evidence[0].quote if a.evidence else ""
    return quote if len(quote) <= 60 else quote[:57] + "..."
