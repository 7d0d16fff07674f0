"""The files of `vivex train`: decisions and learning curve."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vivex.agreement.agreement_report import page
from vivex.agreement.plots import svg
from vivex.agreement.result import number
from vivex.files import Cell, csv_text, write_csv, write_text
from vivex.learn.train import Decision


def write(decisions: Sequence[Decision], out: Path) -> None:
    """Write training.json, learning_curve.csv and the report."""
    data = {d.part: d.to_json() for d in decisions}
    write_text(out / "training.json", json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    write_csv(out / "learning_curve.csv", curve_csv(decisions), bom=False)  # DVC reads it
    parts = "".join(_part(d) for d in decisions)
    write_text(out / "report.html", page("What the models learnt", parts))


def curve_csv(decisions: Sequence[Decision]) -> str:
    """Return the learning curve: a row for each part, score and number of studies trained on (0: the base)."""
    lines: list[list[Cell]] = []
    for d in decisions:
        for studies, score, *numbers in d.curve:
            lines.append([d.part, score, studies, *("" if number(x) is None else f"{x:.6f}" for x in numbers)])
    return csv_text(["part", "score", "studies", "value", "ci_low", "ci_high"], lines)


def _part(d: Decision) -> str:
    said = "".join(f'<p class="warning">{html.escape(n)}</p>' for n in d.notes)
    lines = "".join(
        f"<tr><td>{html.escape(c.score)}</td><td class='n'>{_shown(c.base)}</td><td class='n'>{_shown(c.adapted)}</td>"
        f"<td class='n'>{_shown(c.gap, '+')} ({_shown(c.ci[0], '+')} to {_shown(c.ci[1], '+')})</td>"
        f"<td class='n'>{c.studies}</td></tr>"
        for c in d.comparisons
    )
    columns = ("score", "base", "adapted", "difference (95 % interval)", "held-out studies")
    head = f"<tr>{''.join(f'<th>{name}</th>' for name in columns)}</tr>"
    table = f"<table>{head}{lines}</table>" if lines else ""
    drawn = f"<figure>{curve_svg(d)}</figure>" if d.curve else ""
    names = {"ner": "Entities (ner)", "rob": "Risk of bias and reporting (rob)", "fields": "Form values (fields)"}
    verdict = "promoted" if d.promoted else "base model kept"
    return (
        f"<h2>{names.get(d.part, d.part)}: {verdict}</h2><p>{html.escape(d.words)}</p>{said}"
        f"<p>{len(d.trained_on)} studies to learn from, {len(d.held_out)} held out.</p>{table}{drawn}"
    )


def _shown(value: float, sign: str = "") -> str:
    """Return a figure with three decimals; what can't be computed is a dash."""
    return "–" if number(value) is None else f"{value:{sign}.3f}"


def curve_svg(d: Decision) -> str:
    """Return the learning curve as SVG."""

    def draw(plt: Any) -> Any:
        figure, axis = plt.subplots(figsize=(5, 3))
        for score, colour in zip(dict.fromkeys(c[1] for c in d.curve), ("#24476B", "#C1440E"), strict=False):
            points = [c for c in d.curve if c[1] == score]
            x, y = [p[0] for p in points], [p[2] for p in points]
            axis.plot(x, y, "o-", color=colour, label=score.replace("_", " "))
            axis.fill_between(x, [p[3] for p in points], [p[4] for p in points], color=colour, alpha=0.12, lw=0)
        axis.set(xlabel="studies learnt from (0: the base model)", ylabel="score on held-out studies")
        axis.legend(frameon=False)
        return figure

    return svg(draw)
