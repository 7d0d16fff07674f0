"""`vivex assign`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Hand studies to reviewers, at least a fifth of them blind; with --fields, questions that were added since"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("reviewers", nargs="*", metavar="REVIEWER", help="short names, such as initials: mk th")
    parser.add_argument(
        "--fields",
        nargs="+",
        metavar="FIELD",
        default=[],
        help="hand these new questions of codebook.yaml to all who hold studies, or to those named: who was done is "
        "asked them alone",
    )
    parser.add_argument(
        "--studies", nargs="+", metavar="STUDY", help="studies to hand out (default: all with too few reviewers)"
    )
    parser.add_argument("--per-study", type=int, default=2, help="reviewers for each study (default: 2)")
    parser.add_argument("--blind", type=float, default=0.2, help="least share of blind studies, 0 to 1 (default: 0.2)")
    parser.add_argument(
        "--leaves", metavar="REVIEWER", help="somebody leaves: what they have not finished is handed to those named"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write the workbooks too, to be sent to those without vivex"
    )


def run(options: argparse.Namespace) -> int:
    """Record what is handed out, and say what is next."""
    from vivex.codebook import read_codebook
    from vivex.errors import UnknownName
    from vivex.people import hand_out, work_book
    from vivex.people.blind import withheld
    from vivex.review import open_review
    from vivex.verbs import report

    review = open_review(options.root)
    if options.fields:
        return _fields(options)
    if not options.reviewers:
        raise UnknownName("to whom? name the reviewers, such as: vivex assign mk th")
    done = hand_out.hand_out(
        review,
        options.reviewers,
        studies=options.studies or (),
        per_study=options.per_study,
        blind=options.blind,
        leaves=options.leaves or "",
    )
    if options.leaves:
        print(f"{options.leaves}: {len(done.back)} studies not begun are taken back; what was decided counts on")
    new = done.new
    if not new:
        print("every study has its reviewers already")
        if withheld(review, read_codebook(review.codebook)):  # where the last one was cut short, this ends it
            report.hide(options.root)
        return 0
    read = [a for a in new if (review.outputs / "forms" / f"{a.study}.json").exists()]
    for path in work_book.write_all(review, read, options.out) if options.out is not None else []:
        print(path)
    blind = sum(a.blind for a in new)
    print(f"{len(new)} assignments of {len({a.study for a in new})} studies, {blind} of them blind")
    if any(a.blind for a in read):
        report.hide(options.root)
    names = ", ".join(sorted({a.reviewer for a in new}))
    first = "vivex sync" if len(read) == len(new) else "dvc repro, vivex sync"
    print(f"Next: {first}; then each of {names}: vivex sync, and vivex work --reviewer NAME makes their workbook")
    return 0


def _fields(options: argparse.Namespace) -> int:
    """Hand out questions that were added, and say to whom."""
    from vivex.people.hand_out import hand_out_fields
    from vivex.people.machine import proposed
    from vivex.review import open_review
    from vivex.verbs import report

    review = open_review(options.root)
    new = hand_out_fields(review, options.fields, options.reviewers).new
    if not new:
        print("it is asked of all of them already")
        return 0
    names = ", ".join(sorted({a.reviewer for a in new}))
    print(f"{', '.join(options.fields)}: asked of {names} in {len({a.study for a in new})} studies")
    if any(a.blind and proposed(review, a.study, a.fields) for a in new):
        report.hide(options.root)
    print("Next: dvc repro, vivex sync; then each: vivex sync, and vivex work asks it")
    return 0
