"""annotations/references.jsonl: what the team's library tells about the papers, and how the studies are called.

A line is {"study", "when", and what `vivex.references.to_json` gives}. Of several lines on a study the last by `when`
counts, so that two people's files merge as the union of their lines. What no library tells, the front matter does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.files import write_text
from vivex.jsonlines import read_lines
from vivex.people.former_names import former_names
from vivex.people.machine import parsed
from vivex.people.store import locked
from vivex.references import (
    Publication,
    Reference,
    from_json,
    normal_title,
    of_front_matter,
    study_labels,
    to_json,
)
from vivex.review import Review

FILE = "references.jsonl"
_TELLING = 30  # letters and digits of a title that only one paper has
_FRONT = 65_536  # bytes of a document's file within which its front matter stands


def listed(path: Path) -> dict[str, Reference]:
    """Return study -> reference of a file, none where there is no file; raise MalformedFile for a line that is none."""
    found: dict[str, tuple[str, Reference]] = {}
    for where, data in read_lines(path) if path.exists() else ():
        study, when = data.get("study"), data.get("when", "")
        if not (isinstance(study, str) and study and isinstance(when, str)):
            raise MalformedFile(
                f'{where}: expected {{"study": "...", "when": "...", "title": "..."}}; correct the line'
            )
        reference = from_json({k: v for k, v in data.items() if k not in ("study", "when")}, where=where)
        if study not in found or when >= found[study][0]:
            found[study] = (when, reference)
    return {study: reference for study, (_, reference) in sorted(found.items())}


def from_library(review: Review) -> dict[str, Reference]:
    """Return study -> reference of what the team imported, under the names that the studies have now."""
    now = former_names(review)
    known = listed(review.annotations / FILE)
    return {now.get(study, study): reference for study, reference in known.items()}


def record(review: Review, found: Mapping[str, Reference], *, when: str) -> list[str]:
    """Keep references of studies; return the studies of which something new is told."""
    path = review.annotations / FILE
    with locked(review):
        known = listed(path)
        new = {study: reference for study, reference in found.items() if known.get(study) != reference}
        kept = [data for _, data in read_lines(path) if data["study"] not in new] if path.exists() else []
        lines = kept + [{"study": study, "when": when, **to_json(reference)} for study, reference in new.items()]
        if new:
            lines.sort(key=lambda line: (str(line["study"]), str(line["when"])))
            write_text(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    return sorted(new)


def front_matter(path: Path) -> Reference:
    """Return what a document's file tells of its publication, without reading the whole of it."""
    with path.open(encoding="utf-8", errors="replace") as stream:
        head = stream.read(_FRONT)
    at = head.find('"meta":')
    try:
        meta, _ = json.JSONDecoder().raw_decode(head, at + len('"meta":')) if at >= 0 else ({}, 0)
    except ValueError:  # `vivex parse` writes it anew; nobody's work rests on it
        meta = {}
    told = {str(key): str(value) for key, value in meta.items()} if isinstance(meta, dict) else {}
    return of_front_matter(told)


def references(review: Review, studies: Iterable[str] | None = None) -> dict[str, Reference]:
    """Return what is known of each study's publication: from the library, what it lacks from the front matter."""
    return known_of(review.outputs, from_library(review), parsed(review) if studies is None else studies)


def known_of(out: Path, library: Mapping[str, Reference], studies: Iterable[str]) -> dict[str, Reference]:
    """Return what is known of each study from a library and from the documents in a folder of outputs."""
    found = {}
    for study in studies:
        path = out / "documents" / f"{study}.json"
        of_paper = front_matter(path) if path.exists() else Reference()
        found[study] = library.get(study, Reference()).over(of_paper)
    return found


def publications(known: Mapping[str, Reference]) -> dict[str, Publication]:
    """Return what each study is called, beside what is known of it."""
    return {study: Publication(label, known[study]) for study, label in study_labels(known).items()}


def twins(known: Mapping[str, Reference]) -> list[str]:
    """Return a line for each study that has the DOI or the title of another: most likely one paper in two files."""
    first: Identities = {}
    found = []
    for study, reference in sorted(known.items()):
        twin = twin_of(reference, first)
        if twin is not None:
            found.append(
                f"{study} has the {twin[0]} of {twin[1]}: if they are one paper, take one out (`vivex exclude {study} "
                '--reason "a duplicate"`, or remove its file)'
            )
        for one in _ids(reference):
            first.setdefault(one, study)
    return found


Identities = dict[tuple[str, str], str]  # ("DOI", its value) or ("title", its letters) -> the first study that has it


def identities(known: Mapping[str, Reference]) -> Identities:
    """Return by what each paper is known again, and whose it is."""
    found: Identities = {}
    for study, reference in known.items():
        for one in _ids(reference):
            found.setdefault(one, study)
    return found


def twin_of(reference: Reference, there: Mapping[tuple[str, str], str]) -> tuple[str, str] | None:
    """Return "DOI" or "title" and the study that has it too; None where none has."""
    return next(((one[0], there[one]) for one in _ids(reference) if one in there), None)


def _ids(reference: Reference) -> list[tuple[str, str]]:
    title = normal_title(reference.title)
    ids = [("DOI", reference.doi), ("title", title if len(title) > _TELLING else "")]
    return [one for one in ids if one[1]]


def labels(review: Review) -> dict[str, str]:
    """Return what each study of the review is called: "Folarin 2016"."""
    return study_labels(references(review))


def beside_id(study: str, called: Mapping[str, str]) -> str:
    """Return a study's id with what it is called behind it, "s12 (Folarin 2016)", or alone where that is its id."""
    name = called.get(study, study)
    return study if name == study else f"{study} ({name})"
