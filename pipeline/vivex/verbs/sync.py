"""`vivex sync`."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vivex.team.sync import Synced

HELP = "Bring your copy of the review and the team's together: papers, decisions, results, both ways"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument(
        "--share",
        metavar="PLACE",
        help="once: a folder that the whole team can open, or the address of a git hosting service",
    )
    parser.add_argument(
        "--data",
        metavar="PLACE",
        help="once, with a hosting service: where the papers and decisions lie (a folder, s3://…, ssh://…)",
    )


def run(options: argparse.Namespace) -> int:
    """Bring both together and say in plain words what happened; return 1 where something is to be answered."""
    from vivex.errors import VivexError
    from vivex.people.hand_out import handed_to_nobody
    from vivex.review import open_review
    from vivex.team import share
    from vivex.team.sync import sync

    review = open_review(options.root, whole=False)
    if options.share:
        share.share(review.root, options.share)
    if options.data:
        share.data(review.root, options.data)
    done = sync(review)
    for line in told(done):
        print(line)
    open_to_all: tuple[str, ...] = ()
    with contextlib.suppress(VivexError):  # a damaged list: `vivex check` names it
        open_to_all = handed_to_nobody(review)
    if open_to_all:
        print(f"Handed to nobody, so what is proposed for them is there for all to see: {_some(open_to_all)}")
        print("  vivex assign hands them out; next time before `dvc repro` reads them")
    if options.share and not share.is_address(options.share):
        print(f"The others get it with: vivex init NEW-FOLDER --from {options.share}")
    return 1 if done.questions or done.aside or done.yours else 0


def told(done: Synced) -> list[str]:
    """Return what a sync did, line by line."""
    from vivex.team.bring import YOURS

    lines = []
    if done.saved.restored:
        lines.append(f"Brought back, as they were absent here: {_some(done.saved.restored)}")
    if done.saved.changed:
        lines.append(f"Saved: {done.saved.message}")
    if done.received:
        lines.append(f"Received: {done.received}")
    if done.why == "alone":
        lines.append("Not shared yet: vivex sync --share FOLDER, a folder that the whole team can open")
    elif done.why == "offline":
        lines += [f"No connection: {done.said}", "All is saved here; run `vivex sync` again when you are connected."]
    elif done.why == "protected":
        lines.append(
            f"Sent as a proposal ({done.said}): only its keeper may change the team's copy; it is taken in when the "
            "keeper runs `vivex sync`"
        )
    elif done.sent:
        lines.append("Sent.")
    else:
        lines.append("You and the team have the same.")
    if done.results_missing:
        lines.append("Some results have not come; `dvc repro` makes them anew.")
    if done.again:
        lines.append(f"Made on both sides: {', '.join(done.again)}; `dvc repro` makes them anew from all decisions.")
    for question in done.questions:
        lines.append(f"? {question}. Answer it again in your workbook and import it.")
    for path in done.aside:
        lines.append(f"? Two people changed the same file; both are kept: {path}. Keep one and delete the other.")
    for path in done.yours:
        lines.append(f"? {path} was changed by you and by others: theirs stands, yours is {path}{YOURS}.")
    return lines


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
