"""Plots of agreement, as SVG text: the same numbers give the same bytes."""

from __future__ import annotations

import html
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
_CELL = 40  # pixels
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
    """Return heat maps of how the categories meet: an item a row, a comparison a column (first rater in rows)."""
    items = list(dict.fromkeys(c.item for c in found))
    comparisons = [c for c in COLOURS if any(f.comparison == c for f in found)]
    size = len(found[0].categories) * _CELL
    step_x, step_y = size + 90, size + 44
    parts = []
    for column, comparison in enumerate(comparisons):
        parts.append(_text(column * step_x + 70 + size / 2, 14, comparison, size=11, weight="bold"))
        for row, item in enumerate(items):
            of = next((f for f in found if (f.item, f.comparison) == (item, comparison)), None)
            if of is not None:
                parts += _heat(of, column * step_x + 70, row * step_y + 42)
    width, height = len(comparisons) * step_x + 20, len(items) * step_y + 30
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" role="img">{"".join(parts)}</svg>\n'
    )


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


def _heat(found: Confusion, x: float, y: float) -> list[str]:
    """Return the SVG elements of one heat map whose upper left corner is at (x, y)."""
    most = max((n for row in found.counts for n in row), default=0) or 1
    size = len(found.categories) * _CELL
    parts = [_text(x + size / 2, y - 6, name(found.item), size=10)]
    for i, (category, row) in enumerate(zip(found.categories, found.counts, strict=True)):
        middle = (i + 0.5) * _CELL
        parts.append(_text(x - 4, y + middle + 3, category, anchor="end"))
        parts.append(_text(x + middle, y + size + 11, category))
        for j, count in enumerate(row):
            depth = count / most
            tint = "#" + "".join(f"{round(255 - depth * (255 - full)):02x}" for full in (36, 71, 107))
            parts.append(
                f'<rect x="{x + j * _CELL:g}" y="{y + i * _CELL:g}" width="{_CELL}" height="{_CELL}" '
                f'fill="{tint}" stroke="#d9dee4"/>'
            )
            ink = "#ffffff" if depth > 0.55 else "#1f2a37"
            parts.append(_text(x + (j + 0.5) * _CELL, y + middle + 4, str(count), size=10, ink=ink))
    return parts


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = 8,
    ink: str = "#1f2a37",
    anchor: str = "middle",
    weight: str = "normal",
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{ink}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{html.escape(text)}</text>"
    )


def svg(draw: Callable[[Any], Any]) -> str:
    """Return the drawing as SVG text without clock, random ids or fonts of this machine."""
    import matplotlib as mpl

    settings: Any = {
        "svg.hashsalt": "vivex",
        "svg.fonttype": "none",
        "font.size": 8,
        "font.family": "sans-serif",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "text.parse_math": False,  # a `$` in a study's name is a dollar
    }
    with mpl.rc_context():
        mpl.rcdefaults()  # a matplotlibrc of the working folder or of this machine changes nothing
        mpl.rcParams.update(settings)
        mpl.use("svg")
        import matplotlib.pyplot as plt

        figure = draw(plt)
        stream = io.StringIO()
        figure.savefig(stream, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
        plt.close(figure)
    text = stream.getvalue()
    return text[text.index("<svg") :]
