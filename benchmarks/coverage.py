"""Check how often the 95 % intervals of vivex.agreement hold the true value when ratings cluster in studies.

usage: python benchmarks/coverage.py [--simulations 1000] [--studies 20 40 80] [--out benchmarks/coverage.svg]

Two raters judge ten items in each study. Studies differ in how clearly they report (the chance that a rater sees the
true category) and in what is true of them, so items of a study are alike. The true value of a coefficient is that of
200,000 studies. Beside the intervals of vivex (BCa over studies) stand the percentile and jackknife intervals over
studies, and the naive bootstrap that takes the items as independent.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

import numpy as np

from vivex.agreement import coefficients as c
from vivex.agreement import intervals

ITEMS = 10
CATEGORIES = 3
STUDIES = (20, 40, 80)
METHODS = ("bca", "percentile", "jackknife", "naive")


def simulate(studies: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return both raters' ratings, studies x items."""
    clarity = rng.beta(1.5, 0.8, size=(studies, 1))
    prevalence = rng.dirichlet([0.5, 0.3, 1.2], size=studies)
    truth = _draw(prevalence, rng)
    seen = [
        np.where(rng.random((studies, ITEMS)) < clarity, truth, _draw(prevalence * 0 + [0.15, 0.1, 0.75], rng))
        for _ in "ab"
    ]
    return seen[0], seen[1]


def _draw(prevalence: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return (rng.random((len(prevalence), ITEMS, 1)) > prevalence.cumsum(1)[:, None, :-1]).sum(-1)


def confusion(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return one row of the confusion table for each item."""
    return np.eye(CATEGORIES**2)[(a * CATEGORIES + b).ravel()]


def kappa(totals: np.ndarray) -> np.ndarray:
    """Return Cohen's kappa of confusion tables."""
    table = totals.reshape(*totals.shape[:-1], CATEGORIES, CATEGORIES)
    size = table.sum((-1, -2))
    observed = np.trace(table, axis1=-2, axis2=-1) / size
    expected = (table.sum(-1) * table.sum(-2)).sum(-1) / size**2
    return (observed - expected) / (1 - expected)


def ac1(totals: np.ndarray) -> np.ndarray:
    """Return Gwet's AC1 of confusion tables."""
    table = totals.reshape(*totals.shape[:-1], CATEGORIES, CATEGORIES)
    size = table.sum((-1, -2))
    share = (table.sum(-1) + table.sum(-2)) / size[..., None] / 2
    expected = (share * (1 - share)).sum(-1) / (CATEGORIES - 1)
    return (np.trace(table, axis1=-2, axis2=-1) / size - expected) / (1 - expected)


def percent(totals: np.ndarray) -> np.ndarray:
    """Return the share of agreement of confusion tables."""
    table = totals.reshape(*totals.shape[:-1], CATEGORIES, CATEGORIES)
    return np.trace(table, axis1=-2, axis2=-1) / table.sum((-1, -2))


COEFFICIENTS = {"Cohen's kappa": kappa, "Gwet's AC1": ac1, "percent agreement": percent}


def main() -> int:
    """Run the simulation, print the table, and write the plot."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--simulations", type=int, default=1000)
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--studies", nargs="+", type=int, default=list(STUDIES))
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/coverage.svg"))
    options = parser.parse_args()
    population = confusion(*simulate(200_000, np.random.default_rng(options.seed))).sum(0)
    truth = {name: float(g(population)) for name, g in COEFFICIENTS.items()}
    a, b = simulate(30, np.random.default_rng(1))
    example = c.cohen_kappa(list(a.ravel()), list(b.ravel()))
    if abs(example.value - float(kappa(confusion(a, b).sum(0)))) > 1e-9:
        raise SystemExit("the simulation's kappa is not vivex's kappa")
    intervals.LEAST = 2  # measure also where vivex gives no interval
    rows = []
    for studies in options.studies:
        rng = np.random.default_rng([options.seed, studies])
        held = {(name, method): 0 for name in COEFFICIENTS for method in METHODS}
        width = dict.fromkeys(held, 0.0)
        for _ in range(options.simulations):
            items = confusion(*simulate(studies, rng))
            totals = intervals.cluster_totals(items, np.repeat(np.arange(studies), ITEMS).tolist())
            for name, g in COEFFICIENTS.items():
                for method in METHODS:
                    data, how = (items, "percentile") if method == "naive" else (totals, method)
                    (low, high), _, _ = intervals.interval(data, g, method=how, resamples=options.resamples)
                    held[name, method] += low <= truth[name] <= high
                    width[name, method] += high - low
        for (name, method), count in held.items():
            rows.append([name, studies, method, count / options.simulations, width[name, method] / options.simulations])
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["coefficient", "studies", "interval", "coverage", "mean width"])
    writer.writerows([n, s, m, f"{cover:.3f}", f"{wide:.3f}"] for n, s, m, cover, wide in rows)
    plot(rows, options.out)
    return 0


def plot(rows: list[list], out: Path) -> None:
    """Draw coverage by number of studies, a panel for each coefficient."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "vivex", "font.size": 9})
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(COEFFICIENTS), figsize=(9, 3), sharey=True)
    names = {
        "bca": "vivex: BCa over studies",
        "percentile": "percentile over studies",
        "jackknife": "jackknife over studies",
        "naive": "naive: items independent",
    }
    studies = sorted({row[1] for row in rows})
    for axis, name in zip(axes, COEFFICIENTS, strict=True):
        axis.axhspan(93, 97, color="0.9")
        for method, mark, colour in zip(METHODS, "os^x", ("#0072B2", "#56B4E9", "#009E73", "#D55E00"), strict=True):
            points = [(s, 100 * cover) for n, s, m, cover, _ in rows if (n, m) == (name, method)]
            axis.plot(*zip(*points, strict=True), mark + "-", color=colour, label=names[method])
        axis.set(title=name, xlabel="studies", xscale="log", xticks=studies, xticklabels=studies)
        axis.minorticks_off()
    axes[0].set_ylabel("intervals that hold the truth, %")
    axes[-1].legend(frameon=False, fontsize=7)
    figure.tight_layout()
    figure.savefig(out, metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(main())
