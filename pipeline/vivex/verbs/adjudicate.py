"""`vivex adjudicate`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "Settle a disagreement: by command, or by a workbook that `vivex conflicts --workbook` wrote"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("target", metavar="FILE|STUDY", help="the filled-in workbook, or a study's id")
    parser.add_argument("label", nargs="?", help="with a study: the item, such as syrcle.other_bias or form.dose")
    parser.add_argument("--by", help="the adjudicator's short name (default: who works on this machine)")
    parser.add_argument(
        "--take", action="append", default=[], metavar="REVIEWER", help="take this reviewer's values; may be repeated"
    )
    parser.add_argument(
        "--value", action="append", default=[], metavar="VALUE", help="decide on this value; may be repeated"
    )
    parser.add_argument(
        "--quote", action="append", default=[], metavar="TEXT", help="words of the paper that support the value"
    )
    parser.add_argument("--note", default="", help="why")
    parser.add_argument("--overrule", action="store_true", help="settle anew what is settled otherwise already")


def run(options: argparse.Namespace) -> int:
    """Settle; return 1 where rows of the workbook could not be read."""
    from vivex.codebook import read_codebook
    from vivex.decisions import told
    from vivex.errors import UnknownName
    from vivex.people import adjudicate
    from vivex.people.who import now, remember_first, who
    from vivex.questions import shown
    from vivex.review import open_review

    review = open_review(options.root)
    by = who(review.root, options.by, option="--by")
    if not options.by:
        print(f"by {by}, who works on this machine (--by names another)")
    if options.label is None:
        path = Path(options.target)
        if not path.exists():
            raise UnknownName(f"no workbook {path}; to settle one item, name its study and item")
        count, changed, problems = adjudicate.adjudicate_workbook(
            review, path, read_codebook(review.codebook), by=by, overrule=options.overrule, when=now()
        )
        remember_first(review, by)
        print(f"{path}: {count} items settled, {len(changed)} studies changed")
        for problem in problems:
            print(f"  {problem}", file=sys.stderr)
        return 0 if all(problem.decided for problem in problems) else 1
    made = adjudicate.settle(
        review,
        options.target,
        options.label,
        by=by,
        take=options.take,
        values=options.value,
        quotes=options.quote,
        note=options.note,
        overrule=options.overrule,
        when=now(),
    )
    remember_first(review, by)
    values = "; ".join(shown(a.value) for a in made.standing) or "not reported"
    print(f"{options.target} {options.label}: {values}")
    if made.missing:
        print(f"  {told(made.missing)}", file=sys.stderr)
    return 0
