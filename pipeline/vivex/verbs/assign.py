"""`vivex assign`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Hand studies to reviewers, at least a fifth of them blind"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("reviewers", nargs="+", metavar="REVIEWER", help="short names, such as initials: mk th")
    parser.add_argument(
        "--studies", nargs="+", metavar="STUDY", help="studies to hand out (default: all with too few reviewers)"
    )
    parser.add_argument("--per-study", type=int, default=2, help="reviewers for each study (default: 2)")
    parser.add_argument("--blind", type=float, default=0.2, help="least share of blind studies, 0 to 1 (default: 0.2)")
    parser.add_argument(
        "--leaves", metavar="REVIEWER", help="somebody leaves: what they have not begun is handed to those named"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write the workbooks too, to be sent to those without vivex"
    )


def run(options: argparse.Namespace) -> int:
    """Plan, and record what was handed out."""
    from vivex.codebook import read_codebook
    from vivex.errors import ReviewError, UnknownName
    from vivex.people import assign, work_book
    from vivex.people.blind import withheld
    from vivex.people.excluded import excluded
    from vivex.people.store import locked, reviewer_name
    from vivex.review import open_review
    from vivex.verbs import report

    review = open_review(options.root)
    filled = {p.stem for p in (review.outputs / "forms").glob("*.json") if not p.name.startswith(".")}
    unknown = sorted(set(options.studies or ()) - filled)
    if unknown:
        raise UnknownName(f"no pre-filled form of study {unknown[0]!r}; known: {', '.join(sorted(filled)) or 'none'}")
    if not filled:
        raise ReviewError(f"{review.outputs / 'forms'} is empty; run `dvc repro` before handing out studies")
    with locked(review):
        if options.leaves:
            back = assign.take_back(review, reviewer_name(options.leaves))
            print(f"{options.leaves}: {len(back)} studies not begun are taken back; what was begun counts on")
        before = assign.assigned(review)
        new = assign.plan(
            options.studies or sorted(filled - set(excluded(review))),
            options.reviewers,
            before,
            per_study=options.per_study,
            blind=options.blind,
        )
        if not new:
            print("every study has its reviewers already")
        paths = work_book.write_all(review, new, options.out) if new and options.out is not None else []
        assign.record(review, new)
    if not new:
        if withheld(review, read_codebook(review.codebook)):  # where the last one was cut short, this ends it
            report.hide(options.root)
        return 0
    for path in paths:
        print(path)
    blind = sum(a.blind for a in new)
    print(f"{len(new)} assignments of {len({a.study for a in new})} studies, {blind} of them blind")
    if blind:
        report.hide(options.root)
    if not paths:
        names = ", ".join(sorted({a.reviewer for a in new}))
        print(
            f"Next: vivex sync; then each of {names}: vivex sync, and vivex work --reviewer NAME makes their workbook"
        )
    return 0
