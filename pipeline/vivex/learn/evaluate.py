"""Score what stands in outputs/ against what people settled, on the studies that no model has learnt from."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex import __version__
from vivex.agreement import agreement_report as report
from vivex.agreement import plots
from vivex.agreement.measure import POOLED, Row, confusions, leading, measure
from vivex.agreement.plots import GOLD
from vivex.agreement.result import number
from vivex.codebook import NOT_REPORTED, read_codebook
from vivex.files import csv_text, write_csv, write_text
from vivex.labels import is_entity
from vivex.learn.split import held_out
from vivex.people.blind import withheld
from vivex.people.excluded import counted
from vivex.people.machine import Documents, Proposals
from vivex.people.ratings import MODEL, Pair, Ratings, learnt_from, part_of
from vivex.people.resolve import resolve
from vivex.people.store import ADJUDICATED, statements
from vivex.people.values import answer, compared, order
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the scores on held-out studies and what they rest on."""

    rows: tuple[Row, ...]
    ratings: Ratings
    studies: tuple[str, ...]  # held out and settled, in part at least
    prefilled: int = 0  # settled items that somebody decided with the proposal before the eyes
    items: int = 0
    promoted: Mapping[str, bool] = field(default_factory=dict)
    counts: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)  # item -> met, proposed, settled
    hidden: frozenset[str] = frozenset()  # studies that are still judged blind: their proposals are not listed


def evaluate(review: Review, *, share: float, resamples: int = 2000, seed: int = 0) -> Evaluation:
    """Return the scores of the proposals in outputs/ on the held-out studies."""
    documents, machine = Documents(review), Proposals(review)
    learnt = learnt_from(review)
    pairs: list[Pair] = []
    texts: dict[str, str] = {}
    prefilled = items = 0
    for study in counted(review):
        stated = statements(review, study)
        if not held_out(study, share=share) or study not in documents:
            continue
        proposed = machine[study]
        people = [s for name, s in stated.items() if name != ADJUDICATED]
        for item in resolve(study, stated):
            said = tuple(a for a in proposed if a.label == item.label)
            asked = bool(said) or is_entity(item.label)  # else no stage was asked
            if not (item.settled and asked) or study in learnt.get(part_of(item.label), ()):
                continue
            items += 1
            prefilled += any(item.label in s.reviewed and not s.reviewed[item.label].blind for s in people)
            pairs.append(Pair(GOLD, study, item.label, ("decided", MODEL), item.annotations, said))
            if is_entity(item.label):
                texts.setdefault(study, documents[study].text)
    found = Ratings(tuple(pairs), ("decided",), texts=texts)
    rows = measure(found, comparisons=(GOLD,), resamples=resamples, seed=seed)
    return Evaluation(
        rows=tuple(rows),
        ratings=found,
        studies=tuple(sorted({p.study for p in pairs})),
        prefilled=prefilled,
        items=items,
        promoted={part: bool(of) for part, of in sorted(learnt.items())},
        counts=_counts(pairs),
        hidden=frozenset(withheld(review, read_codebook(review.codebook))),
    )


def _counts(pairs: Sequence[Pair]) -> dict[str, tuple[int, int, int]]:
    """Return for lists of values and spans: met, proposed, settled - from which precision and recall follow."""
    found: dict[str, list[int]] = {}
    for pair in pairs:
        if order(pair.label) is not None:
            continue
        gold, said = (
            {a for a in side if a[1] != NOT_REPORTED} for side in compared((pair.first, pair.second), pair.label)
        )
        for item in (pair.label, "entities" if is_entity(pair.label) else "form"):
            of = found.setdefault(item, [0, 0, 0])
            for i, count in enumerate((len(gold & said), len(said), len(gold))):
                of[i] += count
    return {item: (of[0], of[1], of[2]) for item, of in sorted(found.items())}


def metrics(evaluation: Evaluation) -> dict[str, Any]:
    """Return the numbers that DVC shows and compares, of all items together; what is undefined is null.

    Those of the single items stand in scores.csv and counts.csv.
    """
    scores: dict[str, dict[str, Any]] = {}
    for row in evaluation.rows:
        if row.item not in POOLED.values():
            continue
        scores.setdefault(row.item, {})[row.coefficient] = number(row.result.value)
        scores[row.item]["studies"] = row.result.clusters
    for item, counts in evaluation.counts.items():
        if item in POOLED.values():
            precision, recall = _shares(counts)
            scores.setdefault(item, {}).update(precision=precision, recall=recall)
    return {
        "vivex": __version__,
        "held_out_studies": len(evaluation.studies),
        "promoted": dict(evaluation.promoted),
        "scores": scores,
        "notes": notes(evaluation),
    }


def _shares(counts: tuple[int, int, int]) -> tuple[float | None, float | None]:
    """Return precision and recall of (met, proposed, settled); None where there is nothing to share by."""
    met, proposed, settled = counts
    return number(met / proposed) if proposed else None, number(met / settled) if settled else None


def counts_csv(evaluation: Evaluation) -> str:
    """Return by item how many answers were settled, proposed and both, with precision and recall."""
    lines = [[item, *counts, *_shares(counts)] for item, counts in evaluation.counts.items()]
    return csv_text(["item", "met", "proposed", "settled", "precision", "recall"], lines)


def notes(evaluation: Evaluation) -> list[str]:
    """Return what a reader of the scores must know."""
    if not evaluation.studies:
        return [
            "No held-out study has settled decisions yet: there is nothing to score. A quarter of the studies is held "
            "out, by a hash of "
            "their ids; review more studies."
        ]
    if evaluation.prefilled:
        return [
            f"{evaluation.prefilled} of {evaluation.items} settled items were decided with the proposal in sight, "
            "which flatters the "
            "scores; `vivex agree` counts blind studies apart."
        ]
    return []


def write(evaluation: Evaluation, *, out: Path, metrics_path: Path) -> None:
    """Write metrics, tables, plots and the report; the same input gives the same bytes."""
    write_text(metrics_path, json.dumps(metrics(evaluation), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    write_csv(out / "scores.csv", report.as_csv(evaluation.rows))
    write_csv(out / "counts.csv", counts_csv(evaluation))
    write_csv(out / "predictions.csv", predictions_csv(evaluation), bom=False)  # DVC reads it
    drawn = report.drawings(evaluation.rows, confusions(evaluation.ratings, comparisons=(GOLD,)))
    for name, svg in drawn.items():
        write_text(out / f"{name}.svg", svg)
    write_text(out / "report.html", as_html(evaluation, drawn))


def predictions_csv(evaluation: Evaluation) -> str:
    """Return each judgement as decided and as proposed, for DVC's confusion plot (`dvc plots diff`)."""
    lines = []
    for pair in evaluation.ratings.pairs:
        if order(pair.label) is not None and pair.study not in evaluation.hidden:
            proposed = {a.group: answer(a) for a in pair.second}
            for a in pair.first:
                said = proposed.get(a.group, proposed.get("", ""))
                lines.append([pair.study, pair.label, str(answer(a)), str(said)])
    return csv_text(["study", "item", "decided", "proposed"], lines)


def as_html(evaluation: Evaluation, drawn: Mapping[str, str]) -> str:
    """Return the report as one page without links to elsewhere."""
    said = "".join(f'<p class="warning">{html.escape(n)}</p>' for n in notes(evaluation))
    promoted = ", ".join(f"{p}: {'adapted' if yes else 'base'}" for p, yes in evaluation.promoted.items())
    table = "".join(
        f"<tr><td>{html.escape(plots.name(r.item))}</td><td>{html.escape(r.coefficient)}</td>"
        f"<td class='n'>{html.escape(str(r.result))}</td><td class='n'>{r.result.n}</td><td "
        f"class='n'>{r.result.clusters}</td></tr>"
        for r in leading(evaluation.rows)
    )
    pictures = "".join(f'<figure id="{n}">{svg}</figure>' for n, svg in drawn.items())
    head = "<tr><th>item</th><th>score</th><th>value</th><th>items</th><th>studies</th></tr>"
    return report.page(
        "How well the proposals meet what people decided",
        f"{said}<p>{len(evaluation.studies)} held-out studies; models: "
        f"{html.escape(promoted)}.</p>{pictures}<table>{head}{table}</table>",
    )
