"""Plots of agreement, as SVG text: the same numbers give the same bytes."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from typing import Any

from vivex.agreement.measure import Confusion, Row
from vivex.people.ratings import BLIND, PEOPLE, PREFILLED

GOLD = "decided × model, held-out"  # of vivex.learn.evaluate
COLOURS = {
    PEOPLE: "#24476B",
    BLIND: "#C1440E",
    PREFILLED: "#C9A227",
    GOLD: "#C1440E",
}  # apart in grey and for the colour-blind
MARKS = {PEOPLE: "o", BLIND: "s", PREFILLED: "D", GOLD: "s"}
COEFFICIENTS = {
    "kappa": "Cohen's κ",
    "ac1": "Gwet's AC1",
    "f1": "F1 of values",
    "f1_overlap": "F1 of spans, overlap",
    "percent": "agreement",
}


def forest(rows: Sequence[Row], title: str) -> str:
    """Return a forest plot: an item a line, each comparison's value and 95 % interval; undefined ones are named."""
    items = list(dict.fromkeys(r.item for r in rows))
    comparisons = [c for c in COLOURS if any(r.comparison == c for r in rows)]

    def draw(plt: Any) -> Any:
        figure, axis = plt.subplots(figsize=(7.5, 0.9 + 0.32 * len(items) + 0.2 * len(comparisons)))
        for place, item in enumerate(items):
            if place % 2 == 0:
                axis.axhspan(place - 0.5, place + 0.5, color="0.96", zorder=0)
            for number, comparison in enumerate(comparisons):
                found = [r for r in rows if (r.item, r.comparison) == (item, comparison)]
                y = place + (number - (len(comparisons) - 1) / 2) * 0.26
                if found and found[0].result.defined:
                    _point(axis, found[0], y)
                elif found:
                    axis.text(0.01, y, "undefined", color=COLOURS[comparison], fontsize=6, va="center")
            counts = [
                next((r.result.clusters for r in rows if (r.item, r.comparison) == (item, c)), 0) for c in comparisons
            ]
            axis.text(1.05, place, " · ".join(map(str, counts)), fontsize=6.5, va="center", color="0.35")
        axis.text(1.05, -0.75, "studies", fontsize=6.5, color="0.35")
        axis.axvline(0, color="0.5", lw=0.8)
        axis.set(yticks=range(len(items)), yticklabels=[name(i) for i in items], xlim=(_floor(rows), 1.03), title=title)
        axis.invert_yaxis()
        axis.set_xlabel(
            " · ".join(dict.fromkeys(COEFFICIENTS.get(r.coefficient, r.coefficient) for r in rows))
            + " with 95 % interval"
        )
        handles = [plt.Line2D([], [], color=COLOURS[c], marker=MARKS[c], label=c) for c in comparisons]
        axis.legend(
            handles=handles,
            loc="upper center",
            bbox_to_anchor=(0.5, -0.7 / figure.get_figheight()),
            ncols=3,
            frameon=False,
        )
        return figure

    return svg(draw)


def confusion(found: Sequence[Confusion]) -> str:
    """Return heat maps of how the categories meet: an item a row, a comparison a column."""
    items = list(dict.fromkeys(c.item for c in found))
    comparisons = [c for c in COLOURS if any(f.comparison == c for f in found)]

    def draw(plt: Any) -> Any:
        figure, axes = plt.subplots(
            len(items), len(comparisons), figsize=(2.7 * len(comparisons), 2.3 * len(items)), squeeze=False
        )
        for line, item in zip(axes, items, strict=True):
            for axis, comparison in zip(line, comparisons, strict=True):
                _heat(axis, next((f for f in found if (f.item, f.comparison) == (item, comparison)), None), item)
        for axis, comparison in zip(axes[0], comparisons, strict=True):
            axis.set_title(f"{comparison}\n{axis.get_title()}", fontsize=8)
        figure.tight_layout(h_pad=1.2)
        return figure

    return svg(draw)


def name(item: str) -> str:
    """Return an item's name as people read it."""
    pooled = {
        "syrcle": "all SYRCLE items",
        "reporting": "all reporting items",
        "form": "all form fields",
        "entities": "all entities",
    }
    return pooled.get(item) or item.partition(".")[2].replace("_", " ").capitalize() or item


def _point(axis: Any, row: Row, y: float) -> None:
    low, high = row.result.ci
    colour = COLOURS[row.comparison]
    if not math.isnan(low):
        axis.plot([low, high], [y, y], color=colour, lw=1.2)
    bold = row.item in ("syrcle", "reporting", "form", "entities")
    axis.plot([row.result.value], [y], MARKS[row.comparison], color=colour, ms=6 if bold else 4)


def _floor(rows: Sequence[Row]) -> float:
    lows = [x for r in rows if r.result.defined for x in (r.result.value, r.result.ci[0]) if not math.isnan(x)]
    return min(-0.05, *(math.floor(x * 10) / 10 for x in lows)) if lows else -0.05


def _heat(axis: Any, found: Confusion | None, item: str) -> None:
    if found is None:
        axis.axis("off")
        return
    size = len(found.categories)
    most = max((n for row in found.counts for n in row), default=0) or 1
    axis.imshow(found.counts, cmap="Blues", vmin=0, vmax=most)
    for i, row in enumerate(found.counts):
        for j, count in enumerate(row):
            axis.text(
                j, i, str(count), ha="center", va="center", fontsize=8, color="white" if count > most * 0.6 else "black"
            )
    axis.set(xticks=range(size), yticks=range(size))
    axis.set_xticklabels(found.categories, fontsize=7)
    axis.set_yticklabels(found.categories, fontsize=7, rotation=90, va="center")
    axis.set_title(name(item), fontsize=8)


def svg(draw: Callable[[Any], Any]) -> str:
    """Return the drawing as SVG text without clock, random ids or fonts of this machine."""
    import matplotlib as mpl

    settings = {
        "svg.hashsalt": "vivex",
        "svg.fonttype": "none",
        "font.size": 8,
        "font.family": "sans-serif",
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with mpl.rc_context(settings):
        mpl.use("svg")
        import matplotlib.pyplot as plt

        figure = draw(plt)
        stream = io.StringIO()
        figure.savefig(stream, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
        plt.close(figure)
    text = stream.getvalue()
    return text[text.index("<svg") :]
