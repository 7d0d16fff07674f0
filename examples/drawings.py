"""Draw the figures (plots and schematics of invented numbers) and the tables of the example's articles."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from typing import Any

from pages import Float, Look
from setting import Op, face, paragraph, width, words

GREYS = [
    (0.82, 0.82, 0.82),
    (0.35, 0.35, 0.38),
    (0.45, 0.62, 0.78),
    (0.16, 0.36, 0.58),
    (0.85, 0.62, 0.35),
    (0.6, 0.25, 0.2),
]
BLACK = (0.0, 0.0, 0.0)
SMALL = 6.3
SANS, BOLD, MONO = face("helvetica"), face("helvetica", bold=True), face("mono")


def table_float(spec: dict[str, Any], look: Look) -> Float:
    """Return a ruled table: caption above, header, rows, note below."""
    full = look.across if spec.get("wide") else look.column
    size, leading = look.size - 1.2, look.leading - 1.6
    ops, y = _text(spec["caption"], full, look, size, leading, 0.0)
    y += 3
    ops.append(Op("line", (0, y, full, y), line=0.9, colour=look.accent))
    shares = spec["widths"]
    lefts = [full * sum(shares[:n]) / sum(shares) for n in range(len(shares) + 1)]
    for number, row in enumerate([spec["columns"], *spec["rows"]]):
        tallest = 0.0
        for n, cell in enumerate(row):
            stream = words(str(cell), look.body, size, bold=number == 0, ligatures=look.ligatures)
            align = "left" if n == 0 else spec.get("align", "centre")
            rows = paragraph(stream, lefts[n + 1] - lefts[n] - 5, leading, align=align, hyphenate=False)
            for k, line in enumerate(rows):
                ops += [op.moved(lefts[n] + 2.5, y + 2 + k * leading) for op in line.ops]
            tallest = max(tallest, len(rows) * leading)
        y += tallest + 3
        if number == 0:
            ops.append(Op("line", (0, y, full, y), line=0.5, colour=look.accent))
    ops.append(Op("line", (0, y + 1, full, y + 1), line=0.9, colour=look.accent))
    y += 3
    if spec.get("note"):
        note, y = _text(spec["note"], full, look, size - 0.6, leading - 0.8, y)
        ops += note
    return Float(y + 4, ops, bool(spec.get("wide")))


def figure_float(spec: dict[str, Any], look: Look) -> Float:
    """Return a figure: panels side by side in rows, the legend below."""
    full = look.across if spec.get("wide") else look.column
    ops: list[Op] = []
    y = 0.0
    letters = iter("ABCDEFGHIJ")
    several = sum(len(line["panels"]) for line in spec["lines"]) > 1
    for line in spec["lines"]:
        total = sum(p.get("share", 1) for p in line["panels"])
        x = 0.0
        for panel in line["panels"]:
            wide = full * panel.get("share", 1) / total
            if several:
                ops.append(Op("text", (x, y + 7), next(letters), BOLD, 8.5, BLACK))
            drawn = PANELS[panel["kind"]](panel, wide - 16, line["height"] - 10)
            ops += [op.moved(x + 10, y + 8) for op in drawn]
            x += wide
        y += line["height"] + 4
    legend, y = _text(spec["caption"], full, look, look.size - 1.2, look.leading - 1.6, y + 2)
    return Float(y + 4, ops + legend, bool(spec.get("wide")))


def _text(source: str, measure: float, look: Look, size: float, leading: float, y: float) -> tuple[list[Op], float]:
    ops: list[Op] = []
    stream = words(source, look.body, size, citations=look.citations, ligatures=look.ligatures)
    for row in paragraph(stream, measure, leading):
        ops += [op.moved(0, y) for op in row.ops]
        y += row.height
    return ops, y


def _label(x: float, y: float, text: str, *, align: str = "centre", size: float = SMALL, name: str = SANS) -> Op:
    shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * width(text, name, size)
    return Op("text", (x - shift, y), text, name, size, BLACK)


def _axes(
    spec: dict[str, Any], w: float, h: float, top: float
) -> tuple[list[Op], float, float, Callable[[float], float]]:
    """Return the marks of a y axis with its title and ticks, the plot's left and floor, and the scale."""
    left, floor = 24.0, h - 20
    step = spec["step"]

    def scale(value: float) -> float:
        return floor - (floor - 8) * value / top

    ops = [Op("line", (left, 8, left, floor)), Op("line", (left, floor, w, floor))]
    for n in range(round(top / step) + 1):
        y = scale(n * step)
        ops += [Op("line", (left - 2, y, left, y)), _label(left - 3.5, y + 2, f"{n * step:g}", align="right")]
    long = width(spec["y"], SANS, SMALL)
    ops.append(Op("vtext", (5, 4 + (floor - 4) / 2 + long / 2), spec["y"], SANS, SMALL, BLACK))
    return ops, left, floor, scale


def bars(spec: dict[str, Any], w: float, h: float) -> list[Op]:
    """Draw bars with deviations; `marks` stand over the bars."""
    ops, left, floor, scale = _axes(spec, w, h, spec["top"])
    many = len(spec["values"])
    pitch = (w - left) / many
    for n, (value, deviation) in enumerate(zip(spec["values"], spec["deviations"])):
        x = left + pitch * (n + 0.5)
        half = min(pitch * 0.3, 12)
        ops.append(Op("rect", (x - half, scale(value), x + half, floor), colour=BLACK, fill=GREYS[n % 6], line=0.5))
        ops += [
            Op("line", (x, scale(value), x, scale(value + deviation))),
            Op("line", (x - 3, scale(value + deviation), x + 3, scale(value + deviation))),
        ]
        mark = (spec.get("marks") or [""] * many)[n]
        if mark:
            ops.append(_label(x, scale(value + deviation) - 2, mark, size=7))
        for k, part in enumerate(str(spec["groups"][n]).split("\n")):
            ops.append(_label(x, floor + 8 + 7 * k, part, size=5.6))
    return ops


def lines(spec: dict[str, Any], w: float, h: float) -> list[Op]:
    """Draw one line for each group over time, with deviations and a key."""
    ops, left, floor, scale = _axes(spec, w, h, spec["top"])
    times = spec["times"]

    def across(time: float) -> float:
        return left + 6 + (w - left - 14) * (time - times[0]) / (times[-1] - times[0])

    for time in times:
        ops.append(_label(across(time), floor + 8, f"{time:g}"))
    ops.append(_label((left + w) / 2, floor + 16, spec["x"]))
    for n, (name, series) in enumerate(spec["series"].items()):
        colour = [(0.45, 0.45, 0.45), (0.1, 0.1, 0.1), (0.3, 0.55, 0.8), (0.75, 0.3, 0.2), (0.2, 0.5, 0.3)][n]
        points = [(across(t), scale(v)) for t, v in zip(times, series)]
        ops.append(Op("poly", tuple(c for p in points for c in p), colour=colour, line=1.0))
        for x, y in points:
            spread = (floor - 8) * spec["deviation"] / spec["top"]
            ops += [Op("line", (x, y - spread, x, y + spread), colour=colour, line=0.4)]
            ops += [
                Op(
                    "rect",
                    (x - 1.5, y - 1.5, x + 1.5, y + 1.5),
                    colour=colour,
                    fill=colour if n % 2 else (1, 1, 1),
                    line=0.5,
                )
            ]
        kx, ky = left + 8 + (n % 2) * (w - left) / 2, 2 + 7.5 * (n // 2)
        ops += [
            Op("line", (kx, ky, kx + 9, ky), colour=colour, line=1.2),
            _label(kx + 11, ky + 2, name, align="left", size=5.8),
        ]
    return ops


def timeline(spec: dict[str, Any], w: float, h: float) -> list[Op]:
    """Draw the experiment's course: weeks or days, arrows for what is given, labels above and below."""
    y, last = h * 0.55, spec["last"]
    first = spec.get("first", 0)

    def across(time: float) -> float:
        return 6 + (w - 24) * (time - first) / (last - first)

    ops = [Op("line", (6, y, w - 12, y), line=1.2), Op("poly", (w - 12, y - 3, w - 6, y, w - 12, y + 3), fill=BLACK)]
    for time in spec["ticks"]:
        ops += [Op("line", (across(time), y - 3, across(time), y + 3)), _label(across(time), y + 11, f"{time:g}")]
    ops.append(_label(w / 2, y + 20, spec["x"]))
    for event in spec["events"]:
        x = across(event["at"])
        lift = y - 14 - 8 * event.get("row", 0)
        ops += [
            Op("line", (x, lift, x, y - 4), colour=GREYS[3], line=0.8),
            Op("poly", (x - 2, y - 7, x + 2, y - 7, x, y - 3), colour=GREYS[3], fill=GREYS[3]),
        ]
        if event.get("text"):
            ops.append(_label(x, lift - 2, event["text"], align=event.get("align", "centre")))
    return ops


def cartilage(spec: dict[str, Any], w: float, h: float) -> list[Op]:
    """Draw schematic sections: bone, cartilage whose red fades with loss, a surface that roughens with damage."""
    ops: list[Op] = []
    groups = spec["groups"]
    pitch = w / len(groups)
    for n, (name, damage) in enumerate(groups.items()):
        chance = random.Random(f"{name}{damage}")
        x0, x1, base, floor = n * pitch + 2, (n + 1) * pitch - 4, h * 0.62, h - 2
        ops.append(Op("rect", (x0, 10, x1, floor), colour=(0.4, 0.4, 0.4), fill=(0.96, 0.97, 0.95), line=0.4))
        ops.append(Op("rect", (x0, base, x1, floor), colour=None, fill=(0.55, 0.72, 0.62)))
        surface = []
        steps = 24
        for k in range(steps + 1):
            dip = damage * (6 + 12 * math.exp(-(((k - 13) / 5.0) ** 2))) + chance.uniform(0, 4 * damage)
            surface.append((x0 + (x1 - x0) * k / steps, 20 + 3 * math.sin(k / 4) + dip))
        shape = [*surface, (x1, base), (x0, base)]
        red = (0.78 + 0.16 * damage, 0.25 + 0.5 * damage, 0.28 + 0.5 * damage)
        ops.append(Op("poly", tuple(c for p in shape for c in p), colour=(0.5, 0.2, 0.2), fill=red, line=0.4))
        for _ in range(int(26 * (1 - 0.6 * damage))):
            cx, cy = chance.uniform(x0 + 4, x1 - 4), chance.uniform(20 + 18 * damage + 6, base - 4)
            ops.append(
                Op(
                    "rect",
                    (cx - 0.9, cy - 0.7, cx + 0.9, cy + 0.7),
                    colour=(0.3, 0.1, 0.3),
                    fill=(0.3, 0.1, 0.3),
                    line=0.2,
                )
            )
        ops.append(_label((x0 + x1) / 2, 7, name, size=5.8))
        ops += [
            Op("line", (x1 - 16, floor - 5, x1 - 4, floor - 5), line=1.2),
            _label(x1 - 10, floor - 7, spec.get("scale", "100 µm"), size=4.6),
        ]
    return ops


def blot(spec: dict[str, Any], w: float, h: float) -> list[Op]:
    """Draw a schematic Western blot: rows of bands whose grey follows the value."""
    ops: list[Op] = []
    left, right, lanes = 34.0, 26.0, spec["lanes"]
    pitch = (w - left - right) / len(lanes)
    high = (h - 14) / len(spec["bands"])
    for k, lane in enumerate(lanes):
        ops.append(_label(left + pitch * (k + 0.5), 7, lane, size=5.4))
    for n, (name, band) in enumerate(spec["bands"].items()):
        y = 12 + n * high
        ops.append(
            Op("rect", (left, y, w - right, y + high - 3), colour=(0.5, 0.5, 0.5), fill=(0.93, 0.93, 0.93), line=0.3)
        )
        ops += [
            _label(left - 3, y + high / 2 + 1, name, align="right", size=5.8),
            _label(w - right + 2, y + high / 2 + 1, band["kda"], align="left", size=5),
        ]
        for k, value in enumerate(band["values"]):
            if value <= 0:
                continue
            x, grey = left + pitch * (k + 0.5), 0.85 - 0.75 * min(1, value)
            thick = (high - 3) * 0.22 * (0.6 + 0.5 * value)
            ops.append(
                Op(
                    "rect",
                    (x - pitch * 0.32, y + high / 2 - 1.5 - thick, x + pitch * 0.32, y + high / 2 - 1.5 + thick),
                    colour=None,
                    fill=(grey, grey, grey),
                )
            )
    return ops


def sizes(spec: dict[str, Any], w: float, h: float) -> list[Op]:
    """Draw a size distribution of particles (log-normal about the mode)."""
    ops, left, floor, scale = _axes(spec, w, h, spec["top"])
    for size in (0, 100, 200, 300, 400):
        x = left + (w - left - 6) * size / 400
        ops += [Op("line", (x, floor, x, floor + 2)), _label(x, floor + 8, str(size))]
    ops.append(_label((left + w) / 2, floor + 16, "Diameter (nm)"))
    curve = [(d, spec["peak"] * math.exp(-((math.log(d / spec["mode"]) / 0.3) ** 2) / 2)) for d in range(20, 400, 5)]
    points = [(left + (w - left - 6) * d / 400, scale(v)) for d, v in curve]
    ops.append(Op("poly", tuple(c for p in points for c in p), colour=GREYS[3], line=1.0))
    ops.append(
        _label(
            left + (w - left - 6) * spec["mode"] / 400 + 8,
            scale(spec["peak"]) + 4,
            f"mode {spec['mode']} nm",
            align="left",
            size=5.8,
        )
    )
    return ops


def duplex(spec: dict[str, Any], w: float, h: float) -> list[Op]:
    """Write the pairing of a microRNA with its site, wild type and mutated."""
    size = 6.4
    step = width("A", MONO, size)
    names = max(width(row[0], SANS, size) for row in spec["rows"])
    ops: list[Op] = []
    for n, (name, text) in enumerate(spec["rows"]):
        y = 12 + n * 9.5
        ops.append(_label(0, y, name, align="left", size=size))
        ops.append(
            Op("text", (names + 6, y), text, MONO, min(size, (w - names - 8) / (len(text) * step) * size), BLACK)
        )
    return ops


PANELS: dict[str, Callable[[dict[str, Any], float, float], Iterable[Op]]] = {
    "bars": bars,
    "lines": lines,
    "timeline": timeline,
    "cartilage": cartilage,
    "blot": blot,
    "sizes": sizes,
    "duplex": duplex,
}
