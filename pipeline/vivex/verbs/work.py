"""`vivex work`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Make your workbook from what was handed to you; again at any time, with what you have decided so far"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--reviewer", help="whose workbook (default: who worked on this machine last)")
    parser.add_argument(
        "--whole", action="store_true", help="ask all questions again also where only new ones are open"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (default: workbooks/REVIEWER.xlsx)")


def run(options: argparse.Namespace) -> int:
    """Make the workbook, and say what it holds and what to do with it."""
    from vivex.people import who, work_book
    from vivex.review import open_review

    review = open_review(options.root)
    name = who.me(review, options.reviewer)
    if not options.reviewer:
        print(f"for {name}, who worked on this machine last (--reviewer changes it)")
    made = work_book.make(review, name, options.out, whole=options.whole)
    who.remember(review, name)
    for path in made.spared:
        print(f"{path} holds edits that were not imported and stays as it is: vivex import {path}")
    blind = f", {len(made.blind)} of them blind" if made.blind else ""
    count = len(made.studies)
    last = f" to {made.paths[-1].name}" if len(made.paths) > 1 else ""
    print(f"{made.paths[0]}{last}: {count} stud{'y' if count == 1 else 'ies'}{blind}")
    if made.added:
        print(f"  of {len(made.added)} that you were done with it asks only what was added (--whole asks all)")
    if made.missing:
        some = ", ".join(made.missing[:3]) + (f" and {len(made.missing) - 3} more" if len(made.missing) > 3 else "")
        print(f"  not in it, for their forms are not here: {some}; get them with `vivex sync` and run this again")
    if len(made.paths) == 1:
        print(f"Next: fill it in, save it, then: vivex import {made.paths[0]}")
    else:
        some = " ".join(str(path) for path in made.paths[:2]) + (" ..." if len(made.paths) > 2 else "")
        print(f"Next: fill them in, one after the other as you like, then: vivex import {some}")
    return 0
