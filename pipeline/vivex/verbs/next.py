"""`vivex next`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Order the unreviewed studies by what the model would learn most from"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("-n", "--number", type=int, default=10, help="studies to list (default: 10)")


def run(options: argparse.Namespace) -> int:
    """List the studies."""
    from vivex.learn.ordering import order
    from vivex.learn.split import held_out
    from vivex.people.assign import assigned
    from vivex.review import open_review

    review = open_review(options.root)
    holders: dict[str, list[str]] = {}
    for one in assigned(review):
        holders.setdefault(one.study, []).append(one.reviewer)
    found = order(review)
    for c in found[: options.number]:
        kept = "  held out: scores the model, does not train it" if held_out(c.study) else ""
        who = f"  with {', '.join(holders[c.study])}" if c.study in holders else ""
        print(f"{c.uncertainty:.2f}  {c.study}  {', '.join(c.unsure)}{who}{kept}")
    print(
        f"{len(found)} studies are unreviewed" if found else "every study that was read has been reviewed by somebody"
    )
    return 0
