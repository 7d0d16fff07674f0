"""Measure agreement between and within public review teams that judged the same studies by SYRCLE.

usage: python benchmarks/agreement_teams.py [--shared ../shared]

Data: syrcle/syrcle_labels_long.csv of the shared folder. Stroke studies: one team's original judgements against a
replication team's (its third rater settled what the first two judged apart), and the replication team's two raters
among themselves; forced swim test: the two raters of a third team. Intervals over studies beside the naive ones over
items.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable
from pathlib import Path

from vivex.agreement import cohen_kappa, gwet_ac1, percent

ORDER = ["low", "unclear", "high"]
Key = tuple[str, str]  # study, number of the item
Judged = dict[Key, dict[str, str]]


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    options = parser.parse_args()
    with open(options.shared / "syrcle" / "syrcle_labels_long.csv", encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r["judgment"] in ORDER]
    original, replication = team(rows, "RIC_stroke_original"), team(rows, "RIC_stroke_replication")
    martins = team([r for r in rows if r["rater_type"] in ("rater1", "rater2")], "FST_martins2025", by="rater_type")
    show(
        "between teams, stroke",
        original,
        lambda k: (original[k]["R0"], replication.get(k, {}).get("R3", replication.get(k, {}).get("R1"))),
    )
    show(
        "within the replication team, stroke",
        replication,
        lambda k: (replication[k].get("R1"), replication[k].get("R2")),
    )
    show("within one team, forced swim test", martins, lambda k: (martins[k].get("rater1"), martins[k].get("rater2")))
    return 0


def team(rows: list[dict[str, str]], source: str, *, by: str = "rater") -> Judged:
    """Return the judgements of one source by study, item and rater."""
    found: Judged = {}
    for row in rows:
        if row["source"] == source:
            found.setdefault((row["study_key"], row["item_no"]), {})[row[by]] = row["judgment"]
    return found


def show(title: str, judged: Judged, sides: Callable[[Key], tuple[str | None, str | None]]) -> None:
    """Print percent, kappa and AC1 over all items, then kappa and AC1 of each."""
    keys = sorted(k for k in judged if None not in sides(k))
    a, b = [sides(k)[0] for k in keys], [sides(k)[1] for k in keys]
    studies = [study for study, _ in keys]
    over_studies = {"categories": ORDER, "clusters": studies}
    kappa, naive = cohen_kappa(a, b, **over_studies), cohen_kappa(a, b, categories=ORDER)
    print(f"{title}: {len(set(studies))} studies, {len(keys)} items")
    print(f"  percent {percent([a, b], **over_studies)}")
    print(f"  kappa {kappa}; naive interval {naive.ci[0]:.2f} to {naive.ci[1]:.2f}")
    print(f"  AC1 {gwet_ac1([a, b], **over_studies)}")
    for item in sorted({i for _, i in keys}, key=int):
        some = [n for n, k in enumerate(keys) if k[1] == item]
        one, other = [a[n] for n in some], [b[n] for n in some]
        of = {"categories": ORDER, "clusters": [studies[n] for n in some]}
        k, shares = cohen_kappa(one, other, **of), cohen_kappa(one, other, **of).prevalence
        print(f"    item {item:>2}: kappa {k}; AC1 {gwet_ac1([one, other], **of)}; unclear {shares['unclear']:.0%}")


if __name__ == "__main__":
    sys.exit(main())
