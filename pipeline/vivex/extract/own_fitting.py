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
from vivex.extract.choice import words_of
from vivex.extract.field_model import FILE as RANKERS
from vivex.extract.likeness import Spelt, quality, spelt
from vivex.extract.looking import Looked, Showing
from vivex.extract.own_weights import FILE, FieldShift, Memory, columns, gathered, log_odds, write
from vivex.extract.propose import source_of
from vivex.extract.value_features import FIELDS
from vivex.extract.word_vectors import FILE as WORDS
from vivex.models import fingerprint, stamped, unstamped
from vivex.questions import NOT_REPORTED, question

Array = NDArray[np.float64]
LEAST = 4  # studies in which a field must be settled, and have candidates
SHOWN = 8  # values of a field that a reviewer is shown, or offered
UNSEEN = 0.5  # weight of a candidate that nobody was shown: a reviewer may have missed that it is right
LUCKY = 0.15  # weight of a value that only shares a word with a right one
OWN = (1.0, 4.0, 2.0, 2.0)  # how strongly the first four columns' weights are held to no change
HOLDS = (10.0, 30.0, 100.0, 300.0)  # and the others': what pays on studies left out is chosen
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Taught:
    """Hold a field's values in one study, whether each is right, and how much each counts."""

    showing: Showing
    right: Array
    weight: Array

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
    fitted = {source: fit_shift(studies) for source, studies in sorted(found.items())}
    kept = {source: made for source, made in fitted.items() if made is not None}
    if not kept:
        return {"adapted": False, "reason": "no field's values are told better by it on studies left out"}
    for name in (RANKERS, WORDS):
        shutil.copyfile(base / name, out / name)
    write({source: shift for source, (shift, _) in kept.items()}, out / FILE)
    meta = json.loads((base / "model.json").read_text(encoding="utf-8"))
    adapted = {"from": fingerprint(base), "gain": {source: round(gain, 4) for source, (_, gain) in kept.items()}}
    text = json.dumps(stamped("fields", unstamped(meta) | {"adapted": adapted}), indent=1) + "\n"
    (out / "model.json").write_text(text, encoding="utf-8")
    return {"adapted": True, "fields": sorted(kept)}


def lessons_of(
    annotations: Sequence[Annotation], codebook: Codebook, reviewed: Iterable[str]
) -> list[tuple[str, list[Spelt], list[Spelt]]]:
    """Return the built-in fields that a study's form answers in full, each with what stands and what was rejected."""
    answered = set(reviewed)
    asked: dict[str, list[str]] = defaultdict(list)
    for one in codebook.fields:
        asked[source_of(one)].append(one.label)
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
    """Return what a settled field teaches of its candidates: the likeliest were before the reviewer's eyes."""
    words = [spelt(group.members[0].value) for group in showing.groups]
    like = np.array([quality(w, settled) for w in words])
    refused = np.array([w in set(rejected) and w not in set(settled) for w in words], dtype=bool)
    right = (like > 0) & ~refused
    order = np.argsort(np.argsort(-np.asarray(showing.probabilities), kind="stable"), kind="stable")
    weight = np.where(right & (like < 0.5), LUCKY, np.where(right | refused | (order < SHOWN), 1.0, UNSEEN))
    return Taught(showing, right.astype(np.float64), weight)


def fit_shift(studies: Sequence[Taught]) -> tuple[FieldShift, float] | None:
    """Return a field's change and by how much it tells studies left out better; None where it doesn't, or too few are.

    The gain is in nats a study, the mean over studies less its standard error.
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
    deviation[deviation < 1e-6] = 1.0
    rows = [(table - mean) / deviation for table in tables]
    best: tuple[float, Array] | None = None
    for hold in HOLDS:
        penalty = np.concatenate([OWN, np.full(every.shape[1] - len(OWN), hold)])
        weights = _fitted(rows, studies, penalty)
        gains = _left_out(rows, studies, penalty, weights)
        gain = float(gains.mean() - gains.std(ddof=1) / np.sqrt(len(gains)))
        if best is None or gain > best[0]:
            best = (gain, weights)
    if best is None or best[0] <= 0:
        return None
    held = [part.astype(np.float32) for part in (mean, deviation, best[1])]
    return FieldShift(held[0], held[1], held[2], memory), best[0]


def _told(study: Taught) -> tuple[list[tuple[str, float, float]], list[tuple[str, float, float]]]:
    """Return what a study tells of its values and of their words: right minus probability, and p (1 - p)."""
    p = 1 / (1 + np.exp(-study.odds))
    beyond, left = study.weight * (study.right - p), study.weight * p * (1 - p)
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
    odds, right, weight = (np.concatenate([getattr(s, part) for s in studies]) for part in ("odds", "right", "weight"))
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(odds + x @ weights)))
        slope = x.T @ (weight * (p - right)) + penalty * weights
        bend = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _left_out(rows: Sequence[Array], studies: Sequence[Taught], penalty: Array, weights: Array) -> Array:
    """Return by how much each study, left out of the fit, is told better than by the shipped rankers.

    The weights without a study are one Newton step away from those with it.
    """
    bends, slopes = [], []
    for x, study in zip(rows, studies, strict=True):
        p = 1 / (1 + np.exp(-(study.odds + x @ weights)))
        bends.append((x * (study.weight * p * (1 - p))[:, None]).T @ x)
        slopes.append(x.T @ (study.weight * (p - study.right)))
    whole = np.sum(bends, axis=0) + np.diag(penalty)
    gains = []
    for x, study, bend, slope in zip(rows, studies, bends, slopes, strict=True):
        without = weights + np.linalg.solve(whole - bend, slope)
        gains.append(_loss(study, study.odds) - _loss(study, study.odds + x @ without))
    return np.array(gains)


def _loss(study: Taught, odds: Array) -> float:
    """Return minus the log-likelihood of what is right."""
    return float((study.weight * np.logaddexp(0.0, np.where(study.right > 0, -odds, odds))).sum())
