"""`vivex evaluate`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Score the proposals on held-out studies: outputs/evaluation/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--resamples", type=int, help="bootstrap resamples (default: params train.resamples, or 2000)")


def run(options: argparse.Namespace) -> int:
    """Score and report; a review without settled decisions gives an empty report."""
    from vivex.learn.evaluate import evaluate, notes, write
    from vivex.learn.train import Settings
    from vivex.review import open_review, read_params

    review = open_review(options.root)
    settings = Settings.of(read_params(review.root / "params.yaml")["train"])
    resamples = settings.resamples if options.resamples is None else options.resamples
    found = evaluate(review, share=settings.share, resamples=resamples, seed=settings.seed)
    write(found, out=review.outputs / "evaluation", metrics_path=review.outputs / "evaluation.json")
    for note in notes(found):
        print(f"note: {note}")
    for row in found.rows:
        if row.item in ("syrcle", "reporting", "form", "entities") and row.coefficient in ("kappa", "f1", "f1_exact"):
            print(f"{row.item}: {row.coefficient} {row.result}")
    print(f"{len(found.studies)} held-out studies; {review.outputs / 'evaluation' / 'report.html'}")
    return 0
