"""How well a model answers settled studies: sums by study, so that two models are compared on the same resamples."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vivex.agreement.intervals import Array, Coefficient, difference, interval
from vivex.agreement.result import number
from vivex.annotation import Annotation
from vivex.learn.gold import Study
from vivex.people.values import answers, order
from vivex.questions import NOT_REPORTED, question

# the score that decides; the others must not fall clearly
LEADING = {"rob": "syrcle_kappa", "ner": "entity_f1", "fields": "form_f1"}
KINDS = {"syrcle_kappa": "syrcle", "reporting_kappa": "reporting"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Give one score of two models on the held-out studies, the difference and its 95 % interval."""

    score: str
    base: float
    adapted: float
    gap: float
    ci: tuple[float, float]
    studies: int

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as plain JSON data."""
        numbers = {"base": self.base, "adapted": self.adapted, "difference": self.gap}
        ci = [number(self.ci[0]), number(self.ci[1])]
        return {k: number(v) for k, v in numbers.items()} | {"ci": ci, "studies": self.studies}


def totals(part: str, studies: Sequence[Study], predicted: Mapping[str, Sequence[Annotation]]) -> dict[str, Array]:
    """Return score -> sums by study (a row each) of what the model answered against what people settled."""
    import numpy as np

    if part == "ner":
        return {"entity_f1": np.array([_spans(s, predicted.get(s.study, ())) for s in studies]).reshape(-1, 4)}
    if part == "fields":
        labels = sorted({label for s in studies for label in s.labels})
        return (
            {"form_f1": np.array([_values(s, predicted.get(s.study, ()), labels) for s in studies])} if labels else {}
        )
    found = {}
    for score, head in KINDS.items():
        found[score] = np.array([_confusion(s, predicted.get(s.study, ()), head) for s in studies])
    return {k: v for k, v in found.items() if v.size and v.any()}


def compare(base: Mapping[str, Array], adapted: Mapping[str, Array], *, resamples: int, seed: int) -> list[Comparison]:
    """Return each score of both models, compared on the same resampled studies."""
    found = []
    for score in base:
        g = coefficient(score, base[score].shape[1])
        one, other = base[score], adapted[score]
        gap, ci = difference(one, other, g, resamples=resamples, seed=seed)
        found.append(Comparison(score, float(g(one.sum(0))), float(g(other.sum(0))), gap, ci, len(one)))
    return found


def score_of(sums: Mapping[str, Array], *, resamples: int, seed: int) -> dict[str, tuple[float, tuple[float, float]]]:
    """Return each score with its interval."""
    found = {}
    for score, rows in sums.items():
        g = coefficient(score, rows.shape[1])
        found[score] = (float(g(rows.sum(0))), interval(rows, g, resamples=resamples, seed=seed)[0])
    return found


def coefficient(score: str, width: int) -> Coefficient:
    """Return the function from sums to the score."""
    from vivex.agreement.span_agreement import f1

    if score == "form_f1":
        return mean_f1
    return f1 if score == "entity_f1" else lambda sums: _kappa(sums, math.isqrt(width))


def mean_f1(sums: Array) -> Array:
    """Return the mean F1 over the fields of a form, from three sums for each: right, said, wanted.

    A field for which nothing was said or wanted counts for nothing.
    """
    import numpy as np

    right, said, wanted = (sums[..., k::3] for k in range(3))
    asked = said + wanted > 0
    each = np.where(asked, 2 * right / np.maximum(1, said + wanted), 0.0).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Array = each / asked.sum(axis=-1)
    return found


def _values(study: Study, predicted: Sequence[Annotation], labels: Sequence[str]) -> Array:
    """Return for each label how many values are right, said and wanted; zeros where the study doesn't answer it."""
    import numpy as np

    from vivex.extract.likeness import met, spelt
    from vivex.extract.own_fitting import wanted

    out = []
    for label in labels:
        if label not in study.labels:
            out += [0, 0, 0]
            continue
        source = label.removeprefix("form.")
        standing = [a for a in study.annotations if a.label == label and a.value != NOT_REPORTED]
        truth = wanted(source, standing)
        proposed = [a for a in predicted if a.label == label and a.value != NOT_REPORTED]
        said = [spelt(question(label).show(a.value)) for a in proposed]
        said = list(dict.fromkeys(said))
        out += [len(met(truth, said)), len(said), len(truth)]
    return np.array(out, dtype=float)


def _kappa(sums: Array, q: int) -> Array:
    import numpy as np

    table = sums.reshape(*sums.shape[:-1], q, q)
    size = table.sum((-1, -2))
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = np.trace(table, axis1=-2, axis2=-1) / size
        expected = (table.sum(-1) * table.sum(-2)).sum(-1) / size**2
        return np.where(1 - expected > 1e-12, (observed - expected) / (1 - expected), math.nan)


def _confusion(study: Study, predicted: Sequence[Annotation], head: str) -> Array:
    import numpy as np

    categories = order(f"{head}.other_bias") or []
    table = np.zeros((len(categories), len(categories)))
    for label in sorted(study.labels):
        if not label.startswith(f"{head}."):
            continue
        gold, said = dict(answers(study.annotations, label)), dict(answers(predicted, label))
        for group, answer in gold.items():
            other = said.get(group, said.get(""))
            if answer in categories and other in categories:
                table[categories.index(str(answer)), categories.index(str(other))] += 1
    return table.ravel()


def _spans(study: Study, predicted: Sequence[Annotation]) -> Array:
    import numpy as np

    gold, said = (
        {(a.label, a.evidence[0].start, a.evidence[0].end) for a in side if a.evidence and study.answers(a)}
        for side in (study.annotations, predicted)
    )
    both = len(gold & said)
    return np.array([both, both, len(gold), len(said)], dtype=float)
