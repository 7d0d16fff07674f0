"""`vivex train`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Adapt the models to the review's decisions, and promote them only if no worse on held-out studies"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parts = ("ner", "rob", "fields")
    parser.add_argument("--parts", nargs="+", choices=parts, default=list(parts), help="models to adapt")
    parser.add_argument("--seed", type=int, help="seed (default: params train.seed, or 0)")


def run(options: argparse.Namespace) -> int:
    """Adapt each part; what was decided, and why, is printed and kept."""
    from vivex.learn.train import Settings, train
    from vivex.learn.training_report import write
    from vivex.review import open_review, read_params

    review = open_review(options.root)
    params = read_params(review.root / "params.yaml")
    settings = Settings.of(params["train"], seed=options.seed)
    decisions = []
    for part in options.parts:
        decision = train(review, part, settings, params)
        decisions.append(decision)
        print(f"{part}: {decision.words}")
        for note in decision.notes:
            print(f"  note: {note}")
    write(decisions, review.outputs / "training")
    return 0
