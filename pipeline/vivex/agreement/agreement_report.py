"""The files of `vivex agree`: metrics for DVC, tables, plots, the report, and a paragraph for the Methods section."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vivex import __version__
from vivex.agreement import plots
from vivex.agreement.measure import POOLED, Confusion, Row, leading
from vivex.agreement.result import number, to_json
from vivex.files import Cell, csv_text, read_csv, write_csv, write_text
from vivex.people.ratings import BLIND, PEOPLE, PREFILLED, Ratings

KEYS = {PEOPLE: "reviewers", BLIND: "model_blind", PREFILLED: "model_prefilled"}
ONLY_PREFILLED = (
    "Only pre-filled studies compare reviewers with the model. A proposal before the eyes draws people to agree: this "
    "agreement is too "
    "high. Hand out blind studies (vivex assign does so for a fifth) and measure on these."
)


def warnings(ratings: Ratings) -> list[str]:
    """Return what a reader of the numbers must know."""
    seen = {p.comparison for p in ratings.pairs}
    found = []
    if PREFILLED in seen and BLIND not in seen:
        found.append(ONLY_PREFILLED)
    if not ratings.pairs:
        found.append("Nothing was reviewed by two people, or by one and the model: there is nothing to compare yet.")
    elif PEOPLE not in seen:
        found.append("No study was reviewed by two people: agreement between reviewers can't be told.")
    for part, studies in sorted(ratings.left_out.items()):
        found.append(
            f"{len(studies)} studies that the promoted {part} model was trained on are left out of its comparison."
        )
    return found


def metrics(rows: Sequence[Row], ratings: Ratings) -> dict[str, Any]:
    """Return the numbers that DVC shows and compares: by comparison, of SYRCLE, reporting, form and entities as wholes.

    Those of the single items stand in agreement.csv and agreement.json: hundreds that nobody compares at a glance.
    """
    found: dict[str, Any] = {key: {} for key in KEYS.values()}
    for row in rows:
        if row.raters == "all" and row.item in POOLED.values():
            of = found[KEYS[row.comparison]].setdefault(row.item, {})
            of[row.coefficient] = number(row.result.value)
            of["studies"] = row.result.clusters
    return {
        "vivex": __version__,
        "reviewers": len(ratings.reviewers),
        "studies": len({p.study for p in ratings.pairs}),
        "agreement": found,
        "warnings": warnings(ratings),
    }


def write(
    rows: Sequence[Row], confusions: Sequence[Confusion], ratings: Ratings, *, out: Path, metrics_path: Path
) -> None:
    """Write every file of the report; the same input gives the same bytes."""
    write_text(metrics_path, _json(metrics(rows, ratings)))
    write_csv(out / "agreement.csv", as_csv(rows))
    write_text(out / "agreement.json", _json([_row(r) for r in rows]))
    write_csv(out / "confusion.csv", confusion_csv(confusions))
    write_csv(out / "decisions.csv", decisions_csv(ratings))
    write_csv(out / "minutes.csv", minutes_csv(ratings))
    write_text(out / "methods.txt", methods(rows, ratings) + "\n")
    drawn = drawings(rows, confusions)
    for name, svg in drawn.items():
        write_text(out / f"{name}.svg", svg)
    write_text(out / "report.html", as_html(rows, ratings, drawn))


def drawings(rows: Sequence[Row], confusions: Sequence[Confusion]) -> dict[str, str]:
    """Return name -> SVG of the plots for which there are numbers."""
    found = {}
    shown = leading(rows)
    for head, title in (("syrcle", "SYRCLE risk of bias"), ("reporting", "Reporting items"), ("form", "Form fields")):
        of = [r for r in shown if r.item.partition(".")[0] == head]
        if of:
            found[f"forest-{head}"] = plots.forest(of, title)
    entities = [r for r in shown if r.coefficient == "f1_overlap"]
    if entities:
        found["forest-entities"] = plots.forest(entities, "Entities")
    for head in ("syrcle", "reporting"):
        heat = [c for c in confusions if c.item == head] + [c for c in confusions if c.item.startswith(f"{head}.")]
        if heat:
            found[f"confusion-{head}"] = plots.confusion(heat)
    return found


def as_csv(rows: Sequence[Row]) -> str:
    """Return every coefficient as CSV."""
    head = [
        "comparison",
        "raters",
        "item",
        "coefficient",
        "value",
        "ci_low",
        "ci_high",
        "items",
        "studies",
        "raters_n",
        "prevalence",
        "interval",
        "undefined because",
    ]
    lines: list[list[Cell]] = []
    for row in rows:
        r = row.result
        prevalence = "; ".join(f"{c} {share:.0%}" for c, share in r.prevalence.items())
        numbers = ["" if number(x) is None else f"{x:.6f}" for x in (r.value, *r.ci)]
        lines.append(
            [
                row.comparison,
                row.raters,
                row.item,
                row.coefficient,
                *numbers,
                r.n,
                r.clusters,
                r.raters,
                prevalence,
                r.interval,
                r.reason,
            ]
        )
    return csv_text(head, lines)


def confusion_csv(confusions: Sequence[Confusion]) -> str:
    """Return how categories meet as CSV, one cell a row."""
    lines: list[list[Cell]] = [
        [c.comparison, c.item, x, y, count]
        for c in confusions
        for x, line in zip(c.categories, c.counts, strict=True)
        for y, count in zip(c.categories, line, strict=True)
    ]
    return csv_text(["comparison", "item", "first", "second", "count"], lines)


def decisions_csv(ratings: Ratings) -> str:
    """Return how reviewers treated the proposals of pre-filled forms, by item."""
    lines: list[list[Cell]] = []
    for label, counts in sorted(ratings.decisions.items()):
        proposed = sum(counts.get(d, 0) for d in ("accepted", "edited", "rejected"))
        shares = [f"{counts.get(d, 0) / proposed:.4f}" if proposed else "" for d in ("accepted", "edited", "rejected")]
        lines.append(
            [label, proposed, *(counts.get(d, 0) for d in ("accepted", "edited", "rejected", "added")), *shares]
        )
    head = [
        "item",
        "proposals decided",
        "accepted",
        "edited",
        "rejected",
        "added",
        "accepted share",
        "edited share",
        "rejected share",
    ]
    return csv_text(head, lines)


def minutes_csv(ratings: Ratings) -> str:
    """Return how long people took a paper, by person, how it was shown, and kind of item."""
    lines: list[list[Cell]] = [
        [
            one.reviewer,
            "blind" if one.blind else "pre-filled",
            one.item,
            len(one.each),
            f"{one.mean:.2f}",
            f"{one.median:.2f}",
            f"{one.each[0]:.2f}",
            f"{one.each[-1]:.2f}",
        ]
        for one in ratings.minutes
    ]
    head = ["reviewer", "studies shown", "item", "studies", "minutes (mean)", "minutes (median)", "least", "most"]
    return csv_text(head, lines)


def methods(rows: Sequence[Row], ratings: Ratings) -> str:
    """Return two paragraphs for the Methods section: what was done, with the version, and the agreement, in numbers."""
    people, blind, filled = (_pooled(rows, c) for c in (PEOPLE, BLIND, PREFILLED))
    done = (
        f"Data were extracted and risk of bias (SYRCLE) was judged with vivex {__version__}, which proposed values "
        "with the sentences that support them; reviewers decided on them."
    )
    text = []
    studies = len({p.study for p in ratings.pairs if p.comparison == PEOPLE})
    if people:
        text.append(
            f"{studies} {'study was' if studies == 1 else 'studies were'} judged independently by two or more of "
            f"{len(ratings.reviewers)} reviewers; agreement between reviewers was {_sentence(people)}."
        )
    if blind:
        text.append(
            "Agreement between reviewers and the software, on studies that the reviewers judged without sight of its "
            "proposals, was "
            f"{_sentence(blind)}."
        )
    if filled:
        text.append(
            "On studies with pre-filled forms, where sight of the proposals may raise agreement, it was "
            f"{_sentence(filled)}."
        )
    if not text:
        return f"{done}\n\nAgreement has not been measured yet."
    text.append(
        "Intervals are 95 % bias-corrected and accelerated bootstrap intervals over studies. Agreement on lists of "
        "values and on spans of text is given as F1, on judgements as percent agreement, Cohen's kappa and Gwet's AC1, "
        "which is steady where one category dominates."
    )
    return f"{done}\n\n{' '.join(text)}"


def _pooled(rows: Sequence[Row], comparison: str) -> dict[str, dict[str, Row]]:
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        if row.comparison == comparison and row.raters == "all" and row.item in POOLED.values():
            found.setdefault(row.item, {})[row.coefficient] = row
    return found


def _sentence(found: Mapping[str, Mapping[str, Row]]) -> str:
    parts = []
    for item, words in (("syrcle", "SYRCLE judgements"), ("reporting", "reporting items")):
        if item in found:
            of = {k: r.result for k, r in found[item].items()}
            parts.append(
                f"{of['percent'].value:.0%} for {words} (kappa {of['kappa']}, AC1 {of['ac1']}; {of['kappa'].n} items "
                f"in {of['kappa'].clusters} studies)"
            )
    for item, key, words in (("form", "f1", "form values"), ("entities", "f1_overlap", "entities")):
        if item in found:
            r = found[item][key].result
            parts.append(f"F1 {r} for {words} ({r.clusters} studies)")
    return "; ".join(parts)


def as_html(rows: Sequence[Row], ratings: Ratings, drawn: Mapping[str, str]) -> str:
    """Return the report as one page without links to elsewhere."""
    notes = "".join(f'<p class="warning">{html.escape(w)}</p>' for w in warnings(ratings))
    pictures = "".join(f'<figure id="{n}">{svg}</figure>' for n, svg in drawn.items())
    body = (
        f"{notes}"
        f"<p>{len(ratings.reviewers)} reviewers ({html.escape(', '.join(ratings.reviewers)) or 'none'}), "
        f"{len({p.study for p in ratings.pairs})} studies. People against people, and people against the model: blind "
        "studies (the reviewer saw no proposal) and pre-filled ones apart.</p>"
        f"<h2>For the Methods section</h2><p class='methods'>{html.escape(methods(rows, ratings))}</p>"
        f"<h2>By item</h2>{pictures}{_coefficients(rows)}{_decisions(ratings)}{_minutes(ratings)}"
    )
    return page("Agreement", body)


def page(title: str, body: str) -> str:
    """Return a page of HTML that needs nothing from elsewhere."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body><h1>{html.escape(title)}</h1>{body}</body></html>\n"
    )


def _coefficients(rows: Sequence[Row]) -> str:
    lines = "".join(
        f"<tr><td>{html.escape(r.comparison)}</td><td>{html.escape(r.raters)}</td><td>{html.escape(r.item)}</td>"
        f"<td>{html.escape(r.coefficient)}</td><td class='n'>{html.escape(str(r.result))}</td><td "
        f"class='n'>{r.result.n}</td>"
        f"<td class='n'>{r.result.clusters}</td>"
        f"<td>{html.escape('; '.join(f'{c} {s:.0%}' for c, s in r.result.prevalence.items()))}</td></tr>"
        for r in rows
    )
    if not lines:
        return ""
    head = "".join(
        f"<th>{h}</th>"
        for h in ("comparison", "raters", "item", "coefficient", "value", "items", "studies", "prevalence")
    )
    return f"<details><summary>All coefficients</summary><table><tr>{head}</tr>{lines}</table></details>"


def _decisions(ratings: Ratings) -> str:
    if not ratings.decisions:
        return ""
    return f"<h2>What reviewers did with the proposals (pre-filled forms)</h2>{_table(decisions_csv(ratings))}"


def _minutes(ratings: Ratings) -> str:
    if not ratings.minutes:
        return ""
    told = (
        "Of studies whose answers of the kind were all given at the desk; pauses of more than a minute are left out. "
        "Who had the proposals before them and who judged blind had other studies: compare with care."
    )
    return f"<h2>Minutes a paper</h2><p>{told}</p>{_table(minutes_csv(ratings))}"


def _table(text: str) -> str:
    table = read_csv(text)
    lines = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in line) + "</tr>" for line in table[1:])
    head = "".join(f"<th>{h}</th>" for h in table[0])
    return f"<table><tr>{head}</tr>{lines}</table>"


def _row(row: Row) -> dict[str, Any]:
    return {
        "comparison": row.comparison,
        "raters_named": row.raters,
        "item": row.item,
        "coefficient": row.coefficient,
        **to_json(row.result),
    }


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2a37}"
    "h1,h2{color:#24476b}.warning{border-left:4px solid #c1440e;background:#fdf1ec;padding:.6rem 1rem}"
    ".methods{background:#f4f6f8;padding:.8rem 1rem}figure{margin:1.5rem "
    "0;overflow-x:auto}svg{max-width:100%;height:auto}"
    "table{border-collapse:collapse;font-size:13px}td,th{padding:.2rem .5rem;border-bottom:1px solid "
    "#d9dee4;text-align:left}"
    ".n{text-align:right;white-space:nowrap}details{overflow-x:auto}"
)
