"""`vivex import`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vivex.verbs import foreign

HELP = "Read reviewers' workbooks, and other programs' references, finished reviews and marked texts, into annotations/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="workbooks (.xlsx) that a reviewer filled in, or files of other programs (docs/exchange.md)",
    )
    parser.add_argument("--reviewer", help="whose they are (default: as the workbook says)")
    parser.add_argument(
        "--as", dest="as_other", metavar="NAME", help="take a workbook that names another reviewer: NAME filled it in"
    )
    parser.add_argument("--new-reviewer", action="store_true", help="take the name of somebody nothing was handed to")
    foreign.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Import each file; return 1 where something could not be read, 2 where nothing could."""
    from vivex.errors import UnknownName, VivexError, in_one_line
    from vivex.people.importing import import_workbook
    from vivex.people.who import now
    from vivex.review import open_review

    review = open_review(options.root)
    if options.as_other and options.reviewer not in (None, options.as_other):
        raise UnknownName("give either --reviewer or --as NAME")
    given = options.as_other or options.reviewer or ""
    others = [path for path in options.files if path.exists() and foreign.is_foreign(path, options.format)]
    status = foreign.import_files(review, others, options, reviewer=given) if others else 0
    workbooks = [path for path in options.files if path not in others]
    if not workbooks:
        return status
    lost, damaged = 0, 0
    for path in workbooks:
        try:
            done = import_workbook(
                review, path, given, as_other=bool(options.as_other), new=options.new_reviewer, when=now()
            )
        except Exception as error:  # one damaged file takes nothing from the others
            line = str(error) if isinstance(error, VivexError) else in_one_line(error, where=str(path))
            if line is None:
                raise
            print(f"vivex import: {line}", file=sys.stderr)
            damaged += 1
            continue
        how = "blind" if done.blind else "pre-filled"
        print(
            f"{path}: {done.decisions} decision{'s' * (done.decisions != 1)} ({how}) of {done.reviewer}; "
            f"{len(done.changed)} studies changed, {len(done.unchanged)} as before"
        )
        if done.partly:
            some = ", ".join(f"{study} {label}" for study, label in done.partly[:3])
            more = f" and {len(done.partly) - 3} more" if len(done.partly) > 3 else ""
            print(
                f"  decided in part, so no answer yet: {some}{more}; decide on each proposal of it, or choose “only "
                "this” or “accept the rest”"
            )
        if done.cleared:
            some = ", ".join(f"{study} {label}" for study, label in done.cleared[:3])
            more = f" and {len(done.cleared) - 3} more" if len(done.cleared) > 3 else ""
            print(
                f"  left open here, decided before: {some}{more}; the earlier decisions stand, reject or edit to change"
            )
        for note in done.notes:
            print(f"  note: {note}")
        for problem in done.problems:
            print(f"  {problem}", file=sys.stderr)
        unplaced = sum(bool(getattr(problem, "decided", False)) for problem in done.problems)
        lost += len(done.problems) - unplaced
        if unplaced and unplaced == len(done.problems):
            print(
                f"  every decision was read; {unplaced} quote{'s' * (unplaced != 1)} found no place in the paper and "
                "stand as notes"
            )
    if lost:
        print(f"{lost} cells could not be read; correct them in the workbook and import it again", file=sys.stderr)
    elif damaged < len(workbooks):
        print("Next: vivex sync shares them with the team")
    if damaged:
        return 2 if damaged == len(options.files) else 1
    return 1 if lost else status
