"""What `vivex import` does with other programs' files: references, finished reviews, marked texts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vivex.codebook import Codebook
    from vivex.exchange.formats import Brought
    from vivex.references import Reference
    from vivex.review import Review


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of these files."""
    parser.add_argument(
        "--from", dest="format", metavar="NAME", help="which program's file it is (vivex export --list)"
    )
    parser.add_argument(
        "--mapping", type=Path, help="of a finished review: what its questions are here (default: beside codebook.yaml)"
    )
    parser.add_argument(
        "--saw-proposals",
        action="store_true",
        help="of marked texts: vivex's proposals were before the marker's eyes, so what is not marked is rejected",
    )


def is_foreign(path: Path, name: str | None) -> bool:
    """Tell whether a file is another program's, by what is said of it or by its ending."""
    from vivex.exchange.formats import all_formats
    from vivex.people.importing import form_suffixes

    if name:
        return True
    suffix = path.suffix.lower()
    return suffix not in form_suffixes() and any(suffix in of.suffixes for of in all_formats().values())


def import_files(review: Review, paths: Sequence[Path], options: argparse.Namespace, *, reviewer: str) -> int:
    """Import the files, references first; return 1 where an answer could not be read, 2 where nothing could."""
    from vivex.codebook import read_codebook
    from vivex.errors import VivexError, in_one_line
    from vivex.exchange.formats import DECISIONS, REFERENCES, format_of

    codebook = read_codebook(review.codebook)
    order = (REFERENCES, DECISIONS)
    read: list[tuple[int, str, Path, Brought]] = []
    damaged = 0
    for path in paths:
        try:
            _, of = format_of(path, options.format or "")
            assert of.read is not None  # format_of gives those that read
            place = order.index(of.holds) if of.holds in order else len(order)
            read.append((place, of.holds, path, of.read(path)))
        except Exception as error:  # one damaged file takes nothing from the others
            line = str(error) if isinstance(error, VivexError) else in_one_line(error, where=str(path))
            if line is None:
                raise
            print(f"vivex import: {line}", file=sys.stderr)
            damaged += 1
    studies: dict[str, Reference] = {}
    status = 0
    for _, holds, path, brought in sorted(read, key=lambda one: one[0]):
        studies |= brought.studies
        if holds == REFERENCES:
            _references(review, path, brought)
        elif holds == DECISIONS:
            status |= _answers(
                review, codebook, path, replace(brought, studies={**brought.studies, **studies}), options
            )
        else:
            status |= _marks(review, path, brought, reviewer, saw=options.saw_proposals, new=options.new_reviewer)
    if damaged:
        return 2 if not read else 1
    return status


def _references(review: Review, path: Path, brought: Brought) -> None:
    """Match a library's records with the review's papers, and bring those papers that only the library has."""
    from vivex.people.bringing import bring
    from vivex.people.who import now

    done = bring(review, brought.references, path.parent, when=now())
    print(
        f"{path}: {done.records} records; {len(done.called)} are papers of the review "
        f"({len(done.new)} newly told), {len(done.papers)} papers brought into {review.pdfs}"
    )
    some = [f"{study}: {name}" for study, name in list(done.called.items())[:3]]
    print("".join(f"  {line}\n" for line in some) + ("  ...\n" if len(done.called) > 3 else ""), end="")
    for note in (*brought.notes, *done.notes):
        print(f"  {note}", file=sys.stderr)
    if done.papers:
        print("Next: dvc repro reads the papers")


def _answers(review: Review, codebook: Codebook, path: Path, brought: Brought, options: argparse.Namespace) -> int:
    """Take a finished review's answers in, once its mapping was looked over."""
    from vivex.people.finished import mapping_of, mapping_path, take
    from vivex.people.who import now

    reviewer = options.as_other or options.reviewer or ""
    where = options.mapping or mapping_path(review, path)
    mapping = mapping_of(review, codebook, path, brought, where, reviewer=reviewer)
    if mapping is None:
        questions = len({a.question for a in brought.answers})
        print(
            f"{path}: {len(brought.answers)} answers to {questions} questions; wrote {where}, which proposes what they "
            "are here: look it over, then import the file again"
        )
        return 0
    done = take(review, codebook, path, brought, mapping, reviewer=reviewer, when=now())
    told = ", ".join(f"{name}: {count}" for name, count in done.decisions.items()) or "none"
    print(f"{path}: decisions (blind) of {told}; {len(done.studies)} studies changed")
    _tell(done.notes, done.problems)
    return int(bool(done.problems))


def _marks(review: Review, path: Path, brought: Brought, reviewer: str, *, saw: bool, new: bool) -> int:
    """Take the marks of texts in as a reviewer's decisions on entities."""
    from vivex.people.marked import take_marks
    from vivex.people.who import known_reviewer, now, who

    name = known_reviewer(review, who(review.root, reviewer or None, option="--reviewer"), new=new)
    done = take_marks(review, path, brought.texts, reviewer=name, saw=saw, when=now())
    how = "pre-filled" if saw else "blind"
    print(f"{path}: {done.decisions[name]} marks ({how}) of {name}; {len(done.studies)} studies changed")
    _tell((*brought.notes, *done.notes), done.problems)
    return int(bool(done.problems))


def _tell(notes: Sequence[str], problems: Sequence[str]) -> None:
    for note in notes:
        print(f"  note: {note}")
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
