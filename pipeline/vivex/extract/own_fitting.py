"""Teach the rankers a review's own decisions: fit the changes of `own_weights`, and keep those that pay.

What people settled says of every candidate of a study whether it was right. A field's change is kept only where
studies left out of the fit, each in turn, are told better by it than by the shipped rankers.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vivex.annotation import Annotation
from vivex.codebook import Codebook
from vivex.document import Document
from vivex.extract.choice import choose, words_of
from vivex.extract.field_model import FILE as RANKERS
from vivex.extract.field_model import FieldModel, load
from vivex.extract.likeness import Spelt, met, quality, spelt
from vivex.extract.looking import Looked, Showing, in_line
from vivex.extract.own_weights import FILE, FieldShift, Memory, columns, gathered, log_odds, probability, write
from vivex.extract.value_features import FIELDS, Group
from vivex.extract.word_vectors import FILE as WORDS
from vivex.files import write_text
from vivex.models import fingerprint, stamped, unstamped
from vivex.questions import NOT_REPORTED, question

Array = NDArray[np.float64]
LEAST = 4  # studies in which a field must be settled, and have candidates
OWN = (1.0, 4.0, 2.0, 2.0)  # how strongly the first four columns' weights are held to no change
HOLDS = (10.0, 30.0, 100.0, 300.0)  # and the others': what pays on studies left out is chosen
BARS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)  # thresholds that are tried
CLEARLY, CLEARLY_FEW = 0.02, 0.6  # gain of F1 for which another is taken: the first, and the second by studies
FEW = 16  # by studies: how many standard errors beyond one a change must gain, as few studies tell it badly
_STEPS = 12
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Taught:
    """Hold a field's values in one study, whether each is right, and what people settled."""

    showing: Showing
    right: Array
    settled: tuple[Spelt, ...]

    @property
    def odds(self) -> Array:
        """Return the log-odds of the shipped rankers."""
        return np.asarray(log_odds(self.showing.probabilities), dtype=np.float64)


def adapt(
    pairs: Sequence[tuple[Document, Sequence[Annotation]]],
    *,
    base: Path,
    out: Path,
    params: Mapping[str, Any],
    seed: int = 0,
) -> dict[str, Any]:
    """Write the rankers in `base` with what a review's settled forms taught into `out`; return the report.

    `pairs` are documents with what stands in their forms and what was rejected. `params`: `codebook`, `look` (gives
    what the rankers see of a document) and `reviewed` (by study the labels that are answered). The fit has no chance in
    it: `seed` changes nothing.
    """
    codebook: Codebook = params["codebook"]
    look: Callable[[Document], Looked] = params["look"]
    reviewed: Mapping[str, Sequence[str]] = params["reviewed"]
    found: dict[str, list[Taught]] = defaultdict(list)
    for document, said in pairs:
        for source, settled, rejected in lessons_of(said, codebook, reviewed[document.study]):
            showing = look(document).fields.get(source)
            if showing is not None:
                found[source].append(taught(showing, settled, rejected))
    model = load(base)
    fitted = {source: fit_shift(studies, Filling(source, model)) for source, studies in sorted(found.items())}
    kept = {source: made for source, made in fitted.items() if made is not None}
    if not kept:
        return {"adapted": False, "reason": "no field gains by it in studies left out"}
    for name in (RANKERS, WORDS):
        shutil.copyfile(base / name, out / name)
    write({source: shift for source, (shift, _) in kept.items()}, out / FILE)
    meta = json.loads((base / "model.json").read_text(encoding="utf-8"))
    adapted = {"from": fingerprint(base), "gain": {source: round(gain, 4) for source, (_, gain) in kept.items()}}
    text = json.dumps(stamped("fields", unstamped(meta) | {"adapted": adapted}), indent=1) + "\n"
    write_text(out / "model.json", text)
    return {"adapted": True, "fields": sorted(kept)}


@dataclass(frozen=True, slots=True)
class Filling:
    """Fill one field as a model does, whatever the probabilities of its values."""

    source: str
    model: FieldModel

    def order(self, showing: Showing, probabilities: Sequence[float]) -> list[tuple[Group, float]]:
        """Return the values best first."""
        return in_line(self.source, showing.groups, probabilities, self.model)

    def said(self, order: Sequence[tuple[Group, float]], threshold: float, least: float) -> list[Spelt]:
        """Return the words of the values that are said."""
        chosen = choose(order, threshold=threshold, least=least, most=self.model.most[self.source])
        return [spelt(value) for value in dict.fromkeys(group.members[0].value for group, _ in chosen)]


def lessons_of(
    annotations: Sequence[Annotation], codebook: Codebook, reviewed: Iterable[str]
) -> list[tuple[str, list[Spelt], list[Spelt]]]:
    """Return the built-in fields that a study's form answers in full, each with what stands and what was rejected."""
    answered = set(reviewed)
    asked: dict[str, list[str]] = defaultdict(list)
    for one in codebook.fields:
        asked[one.subject].append(one.label)
    out = []
    for source in FIELDS:
        labels = asked.get(source, [])
        if labels and answered.issuperset(labels):
            own = [a for a in annotations if a.label in labels and a.value != NOT_REPORTED]
            stand = [a for a in own if a.decision != "rejected"]
            out.append((source, wanted(source, stand), wanted(source, [a for a in own if a.decision == "rejected"])))
    return out


def wanted(source: str, annotations: Iterable[Annotation]) -> list[Spelt]:
    """Return the words of values, each once; a main result goes by its sentence, where one is given."""
    texts = []
    for a in annotations:
        quoted = source == "main_result" and a.evidence
        texts.append(a.evidence[0].quote if quoted else question(a.label).show(a.value))
    return [spelt(text) for text in dict.fromkeys(texts)]


def taught(showing: Showing, settled: Sequence[Spelt], rejected: Sequence[Spelt]) -> Taught:
    """Return what a settled field teaches of its candidates; what was rejected is wrong though a right one holds it."""
    words = [spelt(group.members[0].value) for group in showing.groups]
    refused = set(rejected) - set(settled)
    right = np.array([quality(w, settled) > 0 and w not in refused for w in words], dtype=np.float64)
    return Taught(showing, right, tuple(settled))


def fit_shift(studies: Sequence[Taught], filling: Filling) -> tuple[FieldShift, float] | None:
    """Return a field's change, and by how much its F1 gains on studies left out; None where it doesn't gain.

    How strongly the change is held to none is chosen by the likelihood of what is right in studies left out. It is kept
    where that gain is surely more than none, and the values that would be said in them are no worse. Where they
    would be clearly better from another probability on, that is the field's threshold.
    """
    if len(studies) < LEAST:
        return None
    told = [_told(s) for s in studies]
    memory = Memory(*(gathered(x for of in told for x in of[k]) for k in (0, 1)))
    tables = []
    for study, (values, words) in zip(studies, told, strict=True):
        others = Memory(_without(memory.values, values), _without(memory.words, words))
        tables.append(columns(study.showing, [others.of(group) for group in study.showing.groups]).astype(np.float64))
    every = np.concatenate(tables)
    mean, deviation = every.mean(axis=0), every.std(axis=0)
    mean[0], deviation[0] = 0.0, 1.0
    deviation[deviation < 10.0 ** -(_DIGITS - 1)] = 1.0  # a column that is the same everywhere
    rows = [(table - mean) / deviation for table in tables]
    best: tuple[Array, Array, list[Array]] | None = None
    for hold in HOLDS:
        penalty = np.concatenate([OWN, np.full(every.shape[1] - len(OWN), hold)])
        weights = _fitted(rows, studies, penalty)
        moved = _left_out(rows, studies, penalty, weights)
        gains = np.array([_loss(s, s.odds) - _loss(s, odds) for s, odds in zip(studies, moved, strict=True)])
        if best is None or gains.sum() > best[0].sum():
            best = (gains, weights, moved)
    assert best is not None
    gains = best[0]
    error = gains.std(ddof=1) / np.sqrt(len(gains))
    if round(float(gains.mean() - (1 + FEW / len(gains)) * error), _DIGITS) <= 0:
        return None
    threshold, gain = _threshold(studies, best[2], filling)
    if gain < 0:
        return None
    # rounded, since the last digits differ from one processor to another
    held = [np.round(part, _DIGITS).astype(np.float32) for part in (mean, deviation, best[1])]
    return FieldShift(held[0], held[1], held[2], memory, threshold), gain


def _threshold(studies: Sequence[Taught], moved: Sequence[Array], filling: Filling) -> tuple[float, float]:
    """Return from which probability values are to be said where log-odds move so, and by how much F1 then rises.

    Another threshold than the shipped one is taken where it is clearly better together with its neighbours.
    """
    shipped = filling.model.threshold[filling.source], filling.model.least[filling.source]
    bars = [shipped, *((bar, bar / 2) for bar in BARS)]
    sums = np.zeros((1 + len(bars), 2))  # before, then by threshold: right; said and wanted
    for study, odds in zip(studies, moved, strict=True):
        before = filling.order(study.showing, study.showing.probabilities)
        after = filling.order(study.showing, probability(odds).tolist())
        for k, (order, bar) in enumerate([(before, shipped), *((after, bar) for bar in bars)]):
            said = filling.said(order, *bar)
            sums[k] += len(met(study.settled, said)), len(said) + len(study.settled)
    # one value that is said and right is counted beside them: where nothing is right, to say less is better
    f1 = (2 * sums[:, 0] + 2) / (sums[:, 1] + 2)
    smooth = np.array([f1[max(2, k - 1) : k + 2].mean() for k in range(2, len(f1))])
    best = int(np.argmax(smooth.round(_DIGITS)))
    if min(smooth[best], f1[2 + best]) - f1[1] > CLEARLY + CLEARLY_FEW / len(studies):
        return BARS[best], float(f1[2 + best] - f1[0])
    return shipped[0], float(f1[1] - f1[0])


def _told(study: Taught) -> tuple[list[tuple[str, float, float]], list[tuple[str, float, float]]]:
    """Return what a study tells of its values and of their words: right minus probability, and p (1 - p)."""
    p = probability(study.odds)
    beyond, left = study.right - p, p * (1 - p)
    values, words = [], []
    for group, a, b in zip(study.showing.groups, beyond.tolist(), left.tolist(), strict=True):
        values.append((group.key, a, b))
        own = sorted(words_of(group.key))
        words += [(word, a / len(own), b / len(own)) for word in own]
    return values, words


def _without(
    memory: Mapping[str, tuple[float, float]], told: Iterable[tuple[str, float, float]]
) -> dict[str, tuple[float, float]]:
    """Return the memory of the study's values without what the study itself told."""
    own = gathered(told)
    return {key: (memory[key][0] - a, memory[key][1] - b) for key, (a, b) in own.items()}


def _fitted(rows: Sequence[Array], studies: Sequence[Taught], penalty: Array) -> Array:
    """Return the weights of a logistic regression that starts from the shipped log-odds and is held to them."""
    x = np.concatenate(rows)
    odds, right = np.concatenate([s.odds for s in studies]), np.concatenate([s.right for s in studies])
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = probability(odds + x @ weights)
        slope = x.T @ (p - right) + penalty * weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _left_out(rows: Sequence[Array], studies: Sequence[Taught], penalty: Array, weights: Array) -> list[Array]:
    """Return the log-odds of each study's values by the weights without it: one Newton step from those with it."""
    bends, slopes = [], []
    for x, study in zip(rows, studies, strict=True):
        p = probability(study.odds + x @ weights)
        bends.append((x * (p * (1 - p))[:, None]).T @ x)
        slopes.append(x.T @ (p - study.right))
    whole = np.sum(bends, axis=0) + np.diag(penalty)
    moved = []
    for x, study, bend, slope in zip(rows, studies, bends, slopes, strict=True):
        moved.append(study.odds + x @ (weights + np.linalg.solve(whole - bend, slope)))
    return moved


def _loss(study: Taught, odds: Array) -> float:
    """Return minus the log-likelihood of what is right."""
    return float(np.logaddexp(0.0, np.where(study.right > 0, -odds, odds)).sum())
