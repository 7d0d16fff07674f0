"""Match a library's records with a review's papers: by the file that a record names, by DOI, then by title.

Whatever finds no partner, or more than one, is named; nothing is guessed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from vivex.references import Reference, normal_title

_NAMES = (".pdf", ".xml", ".txt")


@dataclass(frozen=True, slots=True)
class Matched:
    """Hold which record is which study's, which papers are new, and one line for each thing that found no partner."""

    references: Mapping[str, Reference] = field(default_factory=dict)  # by study
    papers: Mapping[str, Path] = field(default_factory=dict)  # new study -> its file as the library keeps it
    notes: tuple[str, ...] = ()


def match(
    records: Sequence[Reference], known: Mapping[str, Reference], papers: Mapping[str, Path], folder: Path
) -> Matched:
    """Return which record is which study's.

    `known` is what the review knows of its studies, `papers` are their files, `folder` is where the library's own lies.
    """
    notes: list[str] = []
    once = list(_once(records, notes))
    finder = _Finder(known, papers)
    found: dict[str, Reference] = {}
    new: dict[str, Path] = {}
    for record in once:
        file = next(_files(record, folder), None)
        study = finder.study_of(record, file)
        if study is None and file is not None:
            study = _name(file, {*papers, *new})
            new[study] = file
        elif study is None:
            lost = [name for name in record.files if name.lower().endswith(_NAMES)]
            why = f"its file {lost[0]} is not there" if lost else "no paper of the review has its DOI or title"
            notes.append(f"{shown(record)}: {why}")
            continue
        if study in found:
            notes.append(f"{shown(record)}: {study} is already the paper of {shown(found[study])}; left out")
            continue
        found[study] = record
    notes += [f"{study}: no record of the library is this paper" for study in sorted(papers) if study not in found]
    return Matched(dict(sorted(found.items())), dict(sorted(new.items())), tuple(notes))


def _once(records: Sequence[Reference], notes: list[str]) -> Iterator[Reference]:
    """Yield the records, of several with one DOI, PMID or title (and year) the first; the others are named."""
    seen: dict[tuple[str, str], Reference] = {}
    for record in records:
        title = normal_title(record.title)
        ids = [
            ("DOI", record.doi),
            ("PMID", record.pmid),
            ("title", f"{title} {record.year}" if len(title) > 20 else ""),
        ]
        same = next(((kind, seen[kind, value]) for kind, value in ids if value and (kind, value) in seen), None)
        if same is not None and not (same[0] == "title" and record.doi and same[1].doi):
            notes.append(f"{shown(record)}: stands twice in the library (one {same[0]}); the first was taken")
            continue
        seen.update({(kind, value): record for kind, value in ids if value})
        yield record


def shown(record: Reference) -> str:
    """Return a record as one recognises it."""
    title = record.title if len(record.title) < 70 else f"{record.title[:67]}..."
    who = f"{record.authors[0]} {record.year}: " if record.authors else ""
    return f"{who}{title}" + (f" ({record.doi})" if record.doi else "")


class _Finder:
    """Find the study of a record."""

    def __init__(self, known: Mapping[str, Reference], papers: Mapping[str, Path]) -> None:
        self._by_doi = _index({study: ref.doi for study, ref in known.items()})
        self._by_title = _index({study: normal_title(ref.title) for study, ref in known.items()})
        self._by_name = _index({study: normal_title(study) for study in papers})
        self._papers = papers
        self._sizes = _index({study: str(path.stat().st_size) for study, path in papers.items()})

    def study_of(self, record: Reference, file: Path | None) -> str | None:
        """Return the study whose paper is the record's file, or which alone has its DOI, title or the file's name."""
        if file is not None:
            for study in self._sizes.get(str(file.stat().st_size), ()):
                if _digest(self._papers[study]) == _digest(file):
                    return study
        title = normal_title(record.title)
        by_title = self._by_title.get(title, ()) if len(title) > 20 else ()
        names = [normal_title(record.doi), *(normal_title(Path(_plain(name)).stem) for name in record.files)]
        by_name = [study for name in names if name for study in self._by_name.get(name, ())]
        for studies in (self._by_doi.get(record.doi, ()) if record.doi else (), by_title, by_name):
            if len(set(studies)) == 1:
                return next(iter(studies))
        return None


def _index(values: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for study, value in sorted(values.items()):
        if value:
            found.setdefault(value, []).append(study)
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _files(record: Reference, folder: Path) -> Iterator[Path]:
    """Yield the papers that a record names and that are there, relative to the library's file or where they lay.

    A library that moved still keeps its program's folders (Zotero's files/, EndNote's NAME.Data/PDF/): of an absolute
    path the last parts are looked for too.
    """
    homes = [folder, folder / "files", *sorted(folder.glob("*.Data/PDF"))]
    for name in record.files:
        path = Path(_plain(name))
        if path.suffix.lower() not in _NAMES:
            continue
        tails = [Path(*path.parts[at:]) for at in range(1, len(path.parts))] if path.is_absolute() else []
        places = (home / tail for tail in (path, *tails) for home in homes)
        found = next((place for place in places if place.is_file()), None)
        if found is not None:
            yield found


def _plain(name: str) -> str:
    """Return a path as a file system has it: of an address (file:, internal-pdf:), with slashes."""
    address = re.match(r"(?:file:(?://(?:localhost)?)?|internal-pdf://|attachments:)", name)
    plain = unquote(name[address.end() :]) if address else name
    plain = plain.replace("\\", "/")
    return re.sub(r"^/?[A-Za-z]:/", "/", plain)


def _name(file: Path, taken: set[str]) -> str:
    """Return the id of a new study: its file's name, with a number where that is another's."""
    stem = re.sub(r"[^\w .()\[\],;&'+=@-]", "_", file.stem).strip(" .")[:120] or "paper"
    return next(name for n in range(1, len(taken) + 3) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)
