"""`vivex agree`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Measure agreement between reviewers and with the model: outputs/agreement/"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--resamples", type=int, help="bootstrap resamples (default: params agree.resamples, or 2000)")
    parser.add_argument("--seed", type=int, help="seed of the bootstrap (default: params agree.seed, or 0)")


def run(options: argparse.Namespace) -> int:
    """Measure and report; a review that nobody reviewed yet gives an empty report."""
    from vivex.agreement import agreement_report as report
    from vivex.agreement.measure import confusions, measure
    from vivex.people.ratings import ratings
    from vivex.people.resolve import resolved
    from vivex.review import open_review, read_params

    review = open_review(options.root)
    chosen = read_params(review.root / "params.yaml")["agree"]
    resamples = chosen.get("resamples", 2000) if options.resamples is None else options.resamples
    seed = chosen.get("seed", 0) if options.seed is None else options.seed
    found = ratings(review)
    rows = measure(found, resamples=int(resamples), seed=int(seed))
    out = review.outputs / "agreement"
    report.write(rows, confusions(found), found, out=out, metrics_path=review.outputs / "agreement.json")
    items = resolved(review)
    for warning in report.warnings(found):
        print(f"note: {warning}")
    for row in rows:
        if (
            row.raters == "all"
            and row.item in ("syrcle", "reporting", "form", "entities")
            and row.coefficient in ("kappa", "f1", "f1_overlap")
        ):
            print(f"{row.comparison}: {row.item}: {row.coefficient} {row.result}")
    settled, disputed = sum(i.settled for i in items), sum(i.state == "conflict" for i in items)
    print(f"{settled} items settled, {disputed} in conflict; {out / 'report.html'}")
    return 0
