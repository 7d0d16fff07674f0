"""Bring a library's records into the review: matched with its papers, and the papers that only the library has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vivex.files import write_bytes
from vivex.people.library import front_matter, record, references
from vivex.people.machine import parsed
from vivex.people.matching import match
from vivex.references import Reference, study_labels
from vivex.review import Review, gather


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """Hold what came of a library: which studies its records are, of which something new is told, what found none."""

    records: int
    called: Mapping[str, str] = field(default_factory=dict)  # matched study -> "Folarin 2016"
    new: tuple[str, ...] = ()  # studies of which something is newly told
    papers: tuple[str, ...] = ()  # studies whose papers were brought into pdfs/
    notes: tuple[str, ...] = ()


def bring(review: Review, records: Sequence[Reference], folder: Path, *, when: str) -> BroughtIn:
    """Keep what records tell of the review's papers, and copy the papers that they name in `folder` or beside."""
    sources, _ = gather([review.pdfs] if review.pdfs.is_dir() else [])
    known = {study: front_matter(review.outputs / "documents" / f"{study}.json") for study in parsed(review)}
    found = match(records, known, sources, folder)
    for study, file in found.papers.items():
        write_bytes(review.pdfs / f"{study}{file.suffix.lower()}", file.read_bytes())
    new = record(review, found.references, when=when)
    names = study_labels({**references(review), **found.references})
    called = {study: names[study] for study in found.references}
    return BroughtIn(len(records), called, tuple(new), tuple(found.papers), found.notes)
