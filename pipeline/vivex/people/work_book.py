"""A reviewer's workbook: made on their machine from what was handed to them, at any time, and never over their work."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vivex.codebook import read_codebook
from vivex.errors import ReviewError, UnknownName, VivexError
from vivex.files import keep_from_git, write_text
from vivex.forms.volumes import PART, parts
from vivex.people.asked import asked_of, kept
from vivex.people.assign import Assignment, assigned
from vivex.people.blind import withheld
from vivex.people.excluded import excluded
from vivex.people.importing import imported_already, would_change
from vivex.people.library import publications, references
from vivex.people.machine import models_named
from vivex.people.store import file_sha256, statement_of
from vivex.people.who import PLACE
from vivex.references import UNKNOWN
from vivex.review import Review

FOLDER = "workbooks"  # of the review; what lies in it is nobody else's


@dataclass(frozen=True, slots=True)
class Made:
    """Say which workbooks were made: their studies, those of them that are blind, those that can't be in one yet."""

    paths: tuple[Path, ...]  # several where there are more studies than one workbook holds
    studies: tuple[str, ...]
    blind: tuple[str, ...]
    missing: tuple[str, ...] = ()
    spared: tuple[Path, ...] = ()  # workbooks with unread edits, which were not written over
    added: tuple[str, ...] = ()  # studies that are done but for questions that were added, which alone are asked


def make(review: Review, reviewer: str, out: Path | None = None, *, whole: bool = False) -> Made:
    """Make the reviewer's workbook, or its parts, and return what was made.

    What the reviewer has decided already stands in it; of a study that was done before questions were added and handed
    out it asks these alone, unless the `whole` is wanted. Without `out` it is workbooks/<reviewer>.xlsx, or the next
    free name where that one holds edits that were not imported. More studies than a volume holds (vivex.forms.volumes)
    are divided: <reviewer>-part-1.xlsx and so on. Raise ReviewError where `out` holds unread edits.
    """
    handed = [a for a in assigned(review) if a.reviewer == reviewer and not a.left]
    left_out = excluded(review)
    wanted = sorted(a.study for a in handed if a.study not in left_out)
    if not wanted:
        raise UnknownName(f"nothing is handed to {reviewer}; `vivex assign {reviewer}` hands studies out")
    read = [s for s in wanted if (review.outputs / "forms" / f"{s}.json").exists()]
    missing = tuple(s for s in wanted if s not in read)
    if not read:
        raise ReviewError(f"no pre-filled form of {reviewer}'s studies is here; get them with `vivex sync`")
    divided = parts(review.root / FOLDER / f"{reviewer}.xlsx" if out is None else _as_workbook(out), read)
    places = [_place(review, reviewer, path, exactly=out is not None) for path, _ in divided]
    hidden = {study for study, names in withheld(review, read_codebook(review.codebook)).items() if reviewer in names}
    added = {} if whole else _added([a for a in handed if a.study in read], review)
    for path, (_, studies) in zip(places, divided, strict=True):
        write(review, reviewer, path, studies, [s for s in studies if s in hidden], added)
        _note(review, path)
    spared = tuple(first for path, (first, _) in zip(places, divided, strict=True) if path != first)
    if out is None:
        _remove_untouched(review, reviewer, keep=places)
    blind = tuple(s for s in read if s in hidden)
    return Made(tuple(places), tuple(read), blind, missing, spared, tuple(added))


def _added(handed: Iterable[Assignment], review: Review) -> dict[str, frozenset[str]]:
    """Return the studies of which nothing is open but questions that were handed out since, with these."""
    codebooks, now = kept(review), set(read_codebook(review.codebook).questions)
    found = {}
    for one in handed:
        answered = set(statement_of(review, one.study, one.reviewer).reviewed)
        before, added = asked_of(one, codebooks, now)
        if before <= answered and added - answered:
            found[one.study] = frozenset(added - answered)
    return found


def write(
    review: Review,
    reviewer: str,
    path: Path,
    studies: Sequence[str],
    blind: Sequence[str],
    added: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Write a workbook of some studies for a reviewer, with what they have decided before.

    Of the studies in `added` it asks these questions alone.
    """
    from vivex.forms.rows import proposals
    from vivex.forms.workbook import write_workbook
    from vivex.paper import read_paper

    known = publications(references(review))
    papers = [read_paper(review.outputs, study, publication=known.get(study, UNKNOWN)) for study in studies]
    shown = [p for p in papers if p.study not in blind]
    seen = [a for p in shown for a in (*p.judgements, *proposals(p.form, study=p.study))]
    write_workbook(
        path,
        papers=papers,
        codebook=read_codebook(review.codebook),
        reviewer=reviewer,
        blind=frozenset(blind),
        prefilled_by=models_named(seen),
        decided={study: statement_of(review, study, reviewer).decisions for study in studies},
        only=added,
    )


def write_all(review: Review, new: Sequence[Assignment], folder: Path) -> list[Path]:
    """Write workbooks for each reviewer of new assignments into a folder, to be sent; return their paths."""
    paths = []
    for reviewer in sorted({a.reviewer for a in new}):
        mine = {a.study: a.blind for a in new if a.reviewer == reviewer}
        for first, studies in parts(folder / f"{reviewer}.xlsx", sorted(mine)):
            # never over a workbook that somebody may be filling in
            path = next(path for path in _names(first) if not path.exists())
            write(review, reviewer, path, studies, [study for study in studies if mine[study]])
            paths.append(path)
    return paths


# -- never over somebody's work


def unread_edits(review: Review, path: Path, reviewer: str) -> bool:
    """Tell whether a workbook holds something that its import would bring, or that can't be read."""
    if not path.exists():
        return False
    sha256 = file_sha256(path)
    if sha256 == _notes(review).get(_name(review, path)) or imported_already(review, reviewer, sha256):
        return False
    try:
        return would_change(review, path, reviewer)
    except VivexError:
        return True


def _as_workbook(path: Path) -> Path:
    return path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")


def _place(review: Review, reviewer: str, first: Path, *, exactly: bool) -> Path:
    """Return where a workbook goes that is to be `first`; raise ReviewError where it must go there `exactly`."""
    if exactly:
        if unread_edits(review, first, reviewer):
            raise ReviewError(
                f"{first}: holds edits that were not imported; import it first, or give --out another name"
            )
        return first
    keep_from_git(first.parent)
    return next(path for path in _names(first) if not unread_edits(review, path, reviewer))


def _names(first: Path) -> Iterator[Path]:
    """Yield the names that a workbook may have, in the order in which they are tried."""
    yield first
    yield from (first.with_name(f"{first.stem}-{number}.xlsx") for number in itertools.count(2))


def _remove_untouched(review: Review, reviewer: str, *, keep: Collection[Path]) -> None:
    """Remove the reviewer's workbooks of an earlier division that nobody has written in since they were made."""
    notes = _notes(review)
    ours = re.compile(rf"{re.escape(reviewer)}({PART}\d+)?(-\d+)?")
    for path in sorted((review.root / FOLDER).glob(f"{reviewer}*.xlsx")):
        if path not in keep and ours.fullmatch(path.stem) and file_sha256(path) == notes.get(_name(review, path)):
            with contextlib.suppress(OSError):  # it is open in Excel
                path.unlink()


def _notes(review: Review) -> dict[str, str]:
    """Return the workbooks that were written on this machine, each with the hash of its bytes."""
    path = review.root / PLACE / "workbooks.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError:
        return {}  # then a workbook is read to tell whether it was filled in
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _note(review: Review, path: Path) -> None:
    notes = _notes(review) | {_name(review, path): file_sha256(path)}
    folder = review.root / PLACE
    keep_from_git(folder)
    write_text(folder / "workbooks.json", json.dumps(notes, ensure_ascii=False, sort_keys=True, indent=1) + "\n")


def _name(review: Review, path: Path) -> str:
    where, root = path.resolve(), review.root.resolve()
    return where.relative_to(root).as_posix() if where.is_relative_to(root) else where.as_posix()
