"""The SYRCLE figures: traffic lights by study and a summary by item, as PNG and SVG, safe for colour-blind readers.

What reviewers settled is plain, a proposal that nobody reviewed is hatched, a conflict and what awaits another reviewer
have no judgement; each figure says so in words.
"""

from __future__ import annotations

import contextlib
import functools
import io
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vivex import questions
from vivex.annotation import Annotation
from vivex.files import write_bytes
from vivex.forms import rows, wording
from vivex.paper import Paper
from vivex.states import AWAITED, CONFLICT, OPEN, PROPOSED, SETTLED, STATES, WORDS

PAGE = 50  # studies on one traffic-light figure; more continue on the next
_GREY, _PALE, _KEY = "#9AA3AD", "#FFFFFF", "#DDE2E8"
_HATCH = "//////"
_RC: Any = {  # matplotlib knows the names of its settings as literals
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib: the same figure on every system
    "font.size": 9,
    "svg.hashsalt": "vivex",
    "svg.fonttype": "path",
    "axes.unicode_minus": True,
    "text.parse_math": False,  # a `$` in a study's name is a dollar
    "hatch.linewidth": 0.7,
}
_KEY_ROW = 0.3  # inches of a row of the traffic light's legend
_INK = "black"  # 5.4 : 1 and more on every colour, where white on green has 3.4 : 1


class Light(NamedTuple):
    """Give one item of one study: low, high, unclear, or "" where nothing can be shown; and where it stands."""

    judgement: str
    state: str = PROPOSED


Table = Sequence[tuple[str, Sequence[Light]]]  # a study a row, SYRCLE's ten items


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


def judgements(papers: Sequence[Paper]) -> list[tuple[str, tuple[Light, ...]]]:
    """Return each study with its ten judgements; an item judged by outcome has its worst."""
    table = []
    for paper in papers:
        found = rows.by_label(paper, "syrcle")
        table.append((paper.called, tuple(_light(paper, item, found.get(item, ())) for item in questions.SYRCLE)))
    return table


def _light(paper: Paper, item: str, found: Sequence[Annotation]) -> Light:
    state = paper.state(f"syrcle.{item}")
    if state in (CONFLICT, AWAITED):
        return Light("", state)
    worst = rows.worst(found)
    return Light(worst, state if worst else OPEN)


def figures(table: Table) -> list[tuple[str, Any]]:
    """Return (name, matplotlib figure): the summary, then the traffic lights, PAGE studies on each."""
    with _style():
        made: list[tuple[str, Any]] = [("syrcle-summary", summary(table))]
        parts = [table[i : i + PAGE] for i in range(0, len(table), PAGE)]
        for number, part in enumerate(parts, 1):
            made.append((f"syrcle-traffic-light{f'-{number}' if len(parts) > 1 else ''}", traffic_light(part)))
    return made


def drawn_summary(table: Table) -> Any:
    """Return the summary figure in vivex's style."""
    with _style():
        return summary(table)


def counted(table: Table) -> str:
    """Return in words where the judgements stand: "Of 40 judgements: 33 settled, 7 only proposed"."""
    states = Counter(light.state for _, line in table for light in line)
    words = {
        SETTLED: "settled",
        CONFLICT: "in conflict",
        AWAITED: "awaited",
        PROPOSED: "only proposed",
        OPEN: "not reviewed",
    }
    told = [f"{states[state]} {words[state]}" for state in STATES if states[state]]
    return f"Of {states.total()} judgements: {', '.join(told)}"


@contextlib.contextmanager
def _style() -> Iterator[None]:
    """Draw in vivex's style: a matplotlibrc of the working folder or of this machine changes nothing."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


def _kinds(table: Table) -> list[Light]:
    """Return the kinds of light that a table holds, in the order in which they are drawn and explained."""
    there = {light for _, line in table for light in line}
    ordered = [Light(word, state) for word in wording.JUDGEMENT_ORDER for state in (SETTLED, PROPOSED)]
    return [light for light in (*ordered, Light("", CONFLICT), Light("", AWAITED), Light("", OPEN)) if light in there]


def summary(table: Table) -> Any:
    """Return stacked bars: the share of studies with each judgement, by item; what nobody reviewed is hatched."""
    from matplotlib.figure import Figure

    items = list(questions.SYRCLE.values())
    figure = Figure(figsize=(7.6, 4.6), layout="constrained")
    axes = figure.subplots()
    left = [0.0] * len(items)
    for kind in _kinds(table):
        counts = [sum(line[i] == kind for _, line in table) for i in range(len(items))]
        widths = [100 * n / len(table) for n in counts]
        axes.barh(range(len(items)), widths, left=left, height=0.74, **_fill(kind))
        for y, (n, width) in enumerate(zip(counts, widths, strict=True)):
            if width >= 6:
                _number(axes, left[y] + width / 2, y, f"{_symbol(kind)} {n}", hatched=kind.state == PROPOSED)
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axes.set_yticks(range(len(items)), [f"{item.number}. {item.name}" for item in items])
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    told = "\n".join(textwrap.wrap(counted(table), 84))
    axes.set_xlabel(f"Share of studies, % (n = {len(table)}); numbers in the bars are studies\n{told}")
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    handles, names = _legend(table)
    place: dict[str, Any] = {"loc": "outside upper center", "ncols": 3, "frameon": False, "fontsize": 8.5}
    figure.legend(handles, names, handleheight=1.2, **place)
    return figure


def _number(axes: Any, x: float, y: float, words: str, *, hatched: bool) -> None:
    """Write how many studies a bar counts, on a plain ground where the bar is hatched."""
    ground = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
    axes.text(x, y, words, ha="center", va="center", color=_INK, fontsize=8, **({"bbox": ground} if hatched else {}))


def _fill(kind: Light) -> dict[str, Any]:
    """Return how a bar or a key of the legend is filled."""
    lined = kind.state in (PROPOSED, CONFLICT, AWAITED)
    return {
        "facecolor": _ground(kind),
        "edgecolor": _INK if lined else "white",
        "linewidth": 0.6 if lined else 1.2,
        "hatch": _HATCH if kind.state == PROPOSED else "",
    }


def _legend(table: Table) -> tuple[list[Any], list[str]]:
    """Return the keys of the legend and their words: each judgement, then the states that need one."""
    from matplotlib.patches import Patch

    there = _kinds(table)
    words = [word for word in wording.JUDGEMENT_ORDER if any(light.judgement == word for light in there)]
    states = [light for light in there if not light.judgement]
    handles = [Patch(**_fill(Light(word, SETTLED))) for word in words]
    names = [f"{_symbol(Light(word))} {_word(word)}" for word in words]
    if any(light.state == PROPOSED for light in there):
        handles.append(Patch(**_fill(Light("", PROPOSED))))
        names.append(WORDS[PROPOSED])
    handles += [Patch(**_fill(light)) for light in states]
    names += [f"{_symbol(light)} {WORDS[light.state]}" for light in states]
    return handles, names


def traffic_light(table: Table) -> Any:
    """Return the grid of studies and items with a coloured, marked dot in each place."""
    from matplotlib.figure import Figure

    items = list(questions.SYRCLE.values())
    lines, columns = len(table), len(items)
    longest = max(len(study) for study, _ in table)
    cell = 0.34  # inches
    left, top, right = 0.35 + 0.075 * min(longest, 44), 1.72, 1.2
    kinds = _kinds(table)
    key = _key_rows(kinds)
    bottom = 0.14 + len(key) * _KEY_ROW
    width, height = left + columns * cell + right, top + lines * cell + bottom
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((left / width, bottom / height, columns * cell / width, lines * cell / height))
    for y in range(1, lines, 2):
        axes.axhspan(y - 0.5, y + 0.5, color="#F3F5F7", zorder=0, linewidth=0)
    for kind in kinds:
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
    _key(legend, key)
    return figure


def _key_rows(kinds: Sequence[Light]) -> list[list[tuple[Light, str]]]:
    """Return what the legend explains, row by row: judgements, whether people settled them, what has none."""
    words = [word for word in wording.JUDGEMENT_ORDER if any(light.judgement == word for light in kinds)]
    states = {light.state for light in kinds if light.judgement}
    lines = (
        [(Light(word, SETTLED), _word(word)) for word in words],
        [(Light("", state), WORDS[state]) for state in (SETTLED, PROPOSED) if state in states],
        [(light, WORDS[light.state]) for light in kinds if not light.judgement],
    )
    return [line for line in lines if line]


def _key(legend: Any, lines: Sequence[Sequence[tuple[Light, str]]]) -> None:
    """Explain the dots. Lengths are inches."""
    for number, entries in enumerate(lines):
        up = _KEY_ROW * (len(lines) - number) - 0.1
        across = 0.25
        for light, name in entries:
            _dots(legend, light, [(across, up)], 15)
            legend.text(across + 0.16, up, name, ha="left", va="center_baseline", fontsize=8)
            across += 0.36 + 0.06 * len(name)


def _dots(axes: Any, kind: Light, places: Sequence[tuple[float, float]], size: float) -> None:
    """Draw the light's dot, `size` points wide, with its symbol at each place."""
    if not places:
        return
    xs, ys = zip(*places, strict=True)
    ground = _ground(kind)
    dots = axes.scatter(xs, ys, s=size**2, c=ground, edgecolors="#333333", linewidths=0.5, clip_on=False)
    if kind.state == PROPOSED:
        dots.set_hatch(_HATCH)
        axes.scatter(xs, ys, s=(size * 0.6) ** 2, c=ground, linewidths=0, clip_on=False)  # the symbol's own ground
    if not _symbol(kind):
        return
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


def _ground(kind: Light) -> str:
    """Return the colour of a light; the key of a state without a judgement is pale."""
    if kind.judgement:
        return wording.JUDGEMENT_COLOURS[kind.judgement]
    return {OPEN: _GREY, CONFLICT: _PALE, AWAITED: _PALE}.get(kind.state, _KEY)


def _symbol(kind: Light) -> str:
    """Return the sign of a light; "" for the key of a state that is told by its ground."""
    if not kind.judgement:
        return {CONFLICT: "≠", AWAITED: "½", OPEN: "·"}.get(kind.state, "")
    return wording.JUDGEMENT_SYMBOLS[kind.judgement]


def _word(judgement: str) -> str:
    return f"{judgement.capitalize()} risk" if judgement in ("low", "high") else "Unclear"
