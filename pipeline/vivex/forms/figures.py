"""The SYRCLE figures: traffic lights by study and a summary by item, as PNG and SVG, safe for colour-blind readers."""

from __future__ import annotations

import contextlib
import functools
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from vivex import questions
from vivex.files import write_bytes
from vivex.forms import rows, wording
from vivex.paper import Paper

PAGE = 50  # studies on one traffic-light figure; more continue on the next
_GREY = "#9AA3AD"
_RC: Any = {  # matplotlib knows the names of its settings as literals
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib: the same figure on every system
    "font.size": 9,
    "svg.hashsalt": "vivex",
    "svg.fonttype": "path",
    "axes.unicode_minus": True,
    "text.parse_math": False,  # a `$` in a study's name is a dollar
}
_INK = "black"  # 5.4 : 1 and more on every colour, where white on green has 3.4 : 1


def write_figures(papers: Sequence[Paper], out: Path) -> list[Path]:
    """Write traffic-light and summary figures into the folder; return the files. Without studies none is written."""
    table = judgements(papers)
    for old in [*out.glob("syrcle-*.png"), *out.glob("syrcle-*.svg")]:
        old.unlink()
    if not table:
        return []
    written = []
    for name, figure in figures(table):
        for suffix in ("png", "svg"):
            path = out / f"{name}.{suffix}"
            write_bytes(path, picture(figure, suffix))
            written.append(path)
    return written


def judgements(papers: Sequence[Paper]) -> list[tuple[str, tuple[str, ...]]]:
    """Return each study with its ten judgements; an item judged by outcome has its worst, one not judged ""."""
    table = []
    for paper in papers:
        found = rows.by_label(paper, "syrcle")
        worst = []
        for item in questions.SYRCLE:
            given = {rows.judgement(a) for a in found.get(item, ())}
            worst.append(next((j for j in ("high", "unclear", "low") if j in given), ""))
        table.append((paper.study, tuple(worst)))
    return table


def figures(table: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[str, Any]]:
    """Return (name, matplotlib figure): the summary, then the traffic lights, PAGE studies on each."""
    with _style():
        made: list[tuple[str, Any]] = [("syrcle-summary", summary(table))]
        parts = [table[i : i + PAGE] for i in range(0, len(table), PAGE)]
        for number, part in enumerate(parts, 1):
            made.append((f"syrcle-traffic-light{f'-{number}' if len(parts) > 1 else ''}", traffic_light(part)))
    return made


def drawn_summary(table: Sequence[tuple[str, tuple[str, ...]]]) -> Any:
    """Return the summary figure in vivex's style."""
    with _style():
        return summary(table)


@contextlib.contextmanager
def _style() -> Iterator[None]:
    """Draw in vivex's style: a matplotlibrc of the working folder or of this machine changes nothing."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


def summary(table: Sequence[tuple[str, tuple[str, ...]]]) -> Any:
    """Return stacked bars: the share of studies with each judgement, by item."""
    from matplotlib.figure import Figure

    items = list(questions.SYRCLE.values())
    figure = Figure(figsize=(7.6, 4.3), layout="constrained")
    axes = figure.subplots()
    kinds = [*wording.JUDGEMENT_ORDER, ""]
    left = [0.0] * len(items)
    for kind in kinds:
        counts = [sum(line[1][i] == kind for line in table) for i in range(len(items))]
        widths = [100 * n / len(table) for n in counts]
        if kind == "" and not any(counts):
            continue
        axes.barh(
            range(len(items)),
            widths,
            left=left,
            height=0.74,
            color=_colour(kind),
            edgecolor="white",
            linewidth=1.2,
            label=_word(kind),
        )
        for y, (n, width) in enumerate(zip(counts, widths, strict=True)):
            if width >= 6:
                axes.text(
                    left[y] + width / 2,
                    y,
                    f"{_symbol(kind)} {n}",
                    ha="center",
                    va="center",
                    color=_INK,
                    fontsize=8,
                )
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axes.set_yticks(range(len(items)), [f"{item.number}. {item.name}" for item in items])
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel(f"Share of studies, % (n = {len(table)}); numbers in the bars are studies")
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper center", ncols=4, frameon=False, fontsize=8.5)
    return figure


def traffic_light(table: Sequence[tuple[str, tuple[str, ...]]]) -> Any:
    """Return the grid of studies and items with a coloured, marked dot in each place."""
    from matplotlib.figure import Figure

    items = list(questions.SYRCLE.values())
    lines, columns = len(table), len(items)
    longest = max(len(study) for study, _ in table)
    cell = 0.34  # inches
    left, top, bottom, right = 0.35 + 0.075 * min(longest, 44), 1.72, 0.5, 1.2
    width, height = left + columns * cell + right, top + lines * cell + bottom
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((left / width, bottom / height, columns * cell / width, lines * cell / height))
    for y in range(1, lines, 2):
        axes.axhspan(y - 0.5, y + 0.5, color="#F3F5F7", zorder=0, linewidth=0)
    for kind in (*wording.JUDGEMENT_ORDER, ""):
        places = [(x, y) for y, (_, line) in enumerate(table) for x, found in enumerate(line) if found == kind]
        _dots(axes, kind, places, cell * 72 * 0.76)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(lines - 0.5, -0.5)
    names = [f"{i.number}. {i.name}" for i in items]
    axes.set_xticks(range(columns), names, rotation=45, ha="left", rotation_mode="anchor", fontsize=8)
    axes.xaxis.tick_top()
    axes.set_yticks(range(lines), [s if len(s) <= 44 else s[:43] + "…" for s, _ in table], fontsize=8)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    legend = figure.add_axes((0, 0, 1, bottom / height))
    legend.set_axis_off()
    legend.set_xlim(0, width)
    legend.set_ylim(0, bottom)
    kinds = (*wording.JUDGEMENT_ORDER, *([""] if any("" in line for _, line in table) else []))
    for number, kind in enumerate(kinds):
        across, up = left + 0.17 + number * 1.05, 0.22  # inches
        _dots(legend, kind, [(across, up)], 16)
        legend.text(across + 0.17, up, _word(kind), ha="left", va="center_baseline", fontsize=8)
    return figure


def _dots(axes: Any, kind: str, places: Sequence[tuple[float, float]], size: float) -> None:
    """Draw the judgement's dot, `size` points wide, with its symbol at each place."""
    if not places:
        return
    xs, ys = zip(*places, strict=True)
    axes.scatter(xs, ys, s=size**2, c=_colour(kind), edgecolors="#333333", linewidths=0.5, clip_on=False)
    inner = (size * 0.42) ** 2
    symbols = axes.scatter(xs, ys, s=inner, c=_INK, marker=_shape(_symbol(kind)), linewidths=0, clip_on=False)
    symbols.set_snap(False)  # snapping to pixels would pull the bars of the plus apart


@functools.cache
def _shape(symbol: str) -> Any:
    """Return the symbol as a marker: its outline, centred on its own box."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path as Outline
    from matplotlib.textpath import TextPath

    drawn = TextPath((0, 0), symbol, size=10, prop=FontProperties(family="DejaVu Sans", weight="bold"))
    box = drawn.get_extents()
    centre = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    return Outline((drawn.vertices - centre) / max(box.width, box.height) / 2, drawn.codes)


def picture(figure: Any, suffix: str) -> bytes:
    """Return the figure as PNG (200 dots an inch) or SVG without dates, the same bytes each time."""

    buffer = io.BytesIO()
    metadata = {"Date": None, "Creator": None} if suffix == "svg" else {"Software": None}
    with _style():
        figure.savefig(buffer, format=suffix, dpi=200, metadata=metadata, facecolor="white")
    return buffer.getvalue()


def inline_svg(figure: Any, *, label: str) -> str:
    """Return the figure as an SVG element for a page, described by `label`."""
    text = picture(figure, "svg").decode()
    svg = text[text.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    from html import escape

    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(label)}"', 1)


def _colour(kind: str) -> str:
    return wording.JUDGEMENT_COLOURS.get(kind, _GREY)


def _symbol(kind: str) -> str:
    return wording.JUDGEMENT_SYMBOLS.get(kind, "·")


def _word(kind: str) -> str:
    return f"{kind.capitalize()} risk" if kind in ("low", "high") else "Unclear" if kind else "Not judged"
