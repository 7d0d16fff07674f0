"""`vivex undo`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Take back your last import or ruling; what stood before stands again, and nothing is deleted"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--reviewer", help="whose (default: the reviewer of this machine)")
    parser.add_argument("--adjudicator", action="store_true", help="the last ruling of the adjudicator")
    parser.add_argument("--by", help="with --adjudicator: your short name (default: the reviewer of this machine)")
    parser.add_argument("--study", default="", help="only in this study")


def run(options: argparse.Namespace) -> int:
    """Undo and say what."""
    from vivex.people.store import ADJUDICATED
    from vivex.people.undo import undo
    from vivex.people.who import now, remembered, who
    from vivex.review import open_review

    review = open_review(options.root)
    name = ADJUDICATED if options.adjudicator else who(review.root, options.reviewer, option="--reviewer")
    by = options.by or remembered(review.root) if options.adjudicator else ""
    done = undo(review, name, by=by, when=now(), only=options.study)
    print(
        f"{done.file or 'the last ruling'}: taken back in {', '.join(done.studies)}; {done.gone} decisions went, "
        f"{done.again} stand again"
    )
    print("Next: vivex sync shares it with the team; `vivex undo` again takes back what was before that")
    return 0
