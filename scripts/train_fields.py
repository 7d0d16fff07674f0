"""Train models/base/fields/fields.npz on annotated studies: sentence scores, candidate scores, trees, thresholds.

usage: python scripts/train_fields.py STUDIES TEXTS OUT [--mentions DIR] [--folds 5]
STUDIES holds <study>.json (characteristics: field -> [{"value", "quote"}]), TEXTS <study>.txt, --mentions DIR
<study>.jsonl.
Needs scikit-learn. Folds are by study; every stage is fitted on out-of-fold scores of the stage before.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from field_certainty import examples, fit_certainty
from field_gold import Paper, counts, load_papers, paper_quality
from vivex.extract.choice import choose, ranked
from vivex.extract.field_model import FILE, VERSION, Trees, linear
from vivex.extract.reading import Candidate
from vivex.extract.second_look import second_table
from vivex.extract.value_features import (
    FIELDS,
    WIDTH,
    Group,
    candidate_features,
    group_table,
    grouped,
    levels,
    prune,
    saliency,
)
from vivex.models import stamped

DEPTH, BINS = 3, 126
# Fields of few values, or of values that few words tell, fit noise sooner: stronger shrinkage, fewer trees.
SIMPLE = {"species", "strain", "n_total", "n_per_group", "disease_model", "frequency"}
LUCKY = 0.15  # weight of a value that holds, or is held by, a true one but shares under half its words


def sparse(features: Sequence[Sequence[int]]) -> Any:
    """Return rows of hashed columns as a sparse matrix with rows of length one."""
    from scipy.sparse import csr_matrix

    sizes = np.array([len(f) for f in features], dtype=np.int64)
    columns = np.fromiter((c for f in features for c in f), dtype=np.int32, count=int(sizes.sum()))
    values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    return csr_matrix((values, columns, np.concatenate(([0], np.cumsum(sizes)))), shape=(len(features), WIDTH))


def fit_linear(rows: Any, truth: np.ndarray, weight: np.ndarray | None, *, cost: float) -> np.ndarray:
    """Return WIDTH + 1 weights of a logistic regression (all zero where a class is missing)."""
    from sklearn.linear_model import LogisticRegression

    out = np.zeros(WIDTH + 1, dtype=np.float32)
    if truth.sum() < 2 or truth.all():
        out[WIDTH] = -4.0
        return out
    model = LogisticRegression(C=cost, solver="liblinear", max_iter=25, tol=1e-3)
    model.fit(rows, truth, sample_weight=weight)
    out[:WIDTH], out[WIDTH] = model.coef_[0], model.intercept_[0]
    return out


def fit_trees(rows: np.ndarray, truth: np.ndarray, weight: np.ndarray, *, simple: bool) -> Trees:
    """Return boosted trees as full binary arrays; a leaf above the last level is copied down."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    inner, leaves = 2**DEPTH - 1, 2**DEPTH
    if truth.sum() < 5:
        rate = (truth.sum() + 0.5) / (len(truth) + 1)
        none = np.zeros((1, inner), np.float32)
        return Trees(none.astype(np.int64), none, np.zeros((1, leaves), np.float32), float(np.log(rate / (1 - rate))))
    if simple:
        rounds = 64 if truth.sum() >= 400 else 32
    else:
        rounds = 80 if truth.sum() >= 40 else 26
    model = HistGradientBoostingClassifier(
        max_iter=rounds,
        max_depth=DEPTH,
        learning_rate=0.075,
        min_samples_leaf=12,
        l2_regularization=2.0,
        max_features=0.4,
        max_bins=BINS + 1,
        early_stopping=False,
        random_state=0,
    )
    edges = [edges_of(rows[:, k]) for k in range(rows.shape[1])]
    codes = np.stack([np.searchsorted(e, rows[:, k]) for k, e in enumerate(edges)], axis=1).astype(np.float32)
    model.fit(codes, truth, sample_weight=weight)
    split = np.zeros((rounds, inner), np.int64)
    at = np.full((rounds, inner), np.inf, np.float32)
    leaf = np.zeros((rounds, leaves), np.float32)
    for t, (tree,) in enumerate(model._predictors):
        stack = [(0, 0)]
        while stack:
            node, slot = stack.pop()
            found = tree.nodes[node]
            if found["is_leaf"]:
                below = [slot]
                while below[0] < inner:
                    below = [c for s in below for c in (2 * s + 1, 2 * s + 2)]
                leaf[t, [s - inner for s in below]] = found["value"]
                continue
            split[t, slot] = found["feature_idx"]
            at[t, slot] = edges[split[t, slot]][int(found["num_threshold"])]
            stack += [(int(found["left"]), 2 * slot + 1), (int(found["right"]), 2 * slot + 2)]
    return Trees(split, at, leaf, float(model._baseline_prediction.ravel()[0]))


def edges_of(column: np.ndarray) -> np.ndarray:
    """Return at most BINS - 1 values that part a feature; sklearn's own weighted quantiles take most of the time."""
    values = np.unique(column)
    if len(values) >= BINS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, BINS), method="lower"))
    return values[:-1] if len(values) > 1 else values


def folds_of(papers: Sequence[Paper], folds: int) -> np.ndarray:
    """Return each paper's fold; papers are ordered by study, so the split is the same every time."""
    return np.arange(len(papers)) % folds


def fit_sentences(papers: Sequence[Paper]) -> np.ndarray:
    """Return the sentence weights of every field."""
    rows = sparse([f for p in papers for f in p.lines])
    truth = np.concatenate([p.evidence for p in papers])
    third = np.arange(len(truth)) % 3 == 0  # of the sentences that are no evidence, one in three is enough
    out = []
    for k in range(len(FIELDS)):
        used = np.flatnonzero(truth[:, k] | third)
        out.append(fit_linear(rows[used], truth[used, k], None, cost=8.0))
    return np.stack(out, axis=1)


def features_of(paper: Paper, kept: Sequence[Candidate], field: str, scores: np.ndarray) -> list[list[int]]:
    """Return the hashed columns of a field's candidates under the sentence scores."""
    column = FIELDS.index(field)
    steps = [levels(scores[i, column : column + 1]) for i in range(len(scores))]
    return [
        candidate_features(
            c, paper.reading.lines[c.line], paper.flags[c.line], steps[c.line], paper.reading.marked.get(c.line, ())
        )
        for c in kept
    ]


def weight_of(quality: np.ndarray) -> np.ndarray:
    """Return how much each example counts: a value that only shares a word with a true one, little."""
    return np.where(quality >= 0.5, 1.0, np.where(quality > 0, LUCKY, 1.0))


def fit_candidates(labels: Sequence[np.ndarray], rows: Sequence[Any], *, simple: bool) -> np.ndarray:
    """Return the candidate weights of one field; values that merely contain a true one weigh less."""
    from scipy.sparse import vstack

    quality = np.concatenate(labels)
    if not len(quality):
        return fit_linear(None, np.zeros(0), None, cost=1.0)
    weight = weight_of(quality)
    return fit_linear(vstack(rows), quality > 0, weight, cost=1.5 if simple else 4.0)


@dataclass
class Fitted:
    """Hold what training makes."""

    sentence: np.ndarray
    candidate: np.ndarray
    trees: dict[str, Trees]
    again: dict[str, Trees]
    choice: np.ndarray
    certainty: np.ndarray


@dataclass
class Stage:
    """Hold one field's values in every paper, their rows, how right they are, and their probabilities out of fold."""

    groups: list[list[Group]]
    tables: list[np.ndarray]
    quality: list[np.ndarray]
    weights: np.ndarray
    probabilities: list[np.ndarray]
    trees: Trees


@dataclass
class Outcome:
    """Hold what cross-validation made: the shipped model's parts, and each paper's ranked values by field."""

    fitted: Fitted
    ranked: dict[str, list[list[tuple[Group, float]]]]


def fit(papers: Sequence[Paper], parts: np.ndarray, *, say: Callable[[str], None] = lambda line: None) -> Outcome:
    """Train all stages; `parts` is each paper's fold, -1 for papers that are only scored (set aside).

    What is ranked for a paper comes from models of the other folds; `say` is told each field's F1 so measured.
    """
    folds = sorted(set(parts.tolist()) - {-1})
    used = [p for p, k in zip(papers, parts) if k != -1]
    sentence = fit_sentences(used)
    by_fold = {f: fit_sentences([p for p, k in zip(papers, parts) if k not in (f, -1)]) for f in folds} | {-1: sentence}
    line_scores = [linear(by_fold[k], p.lines) for p, k in zip(papers, parts.tolist())]
    say("sentences fitted")
    stages = {}
    for field in FIELDS:
        stages[field] = first_look(papers, parts, line_scores, field)
    say("first look done")
    first = [{f: (s.groups[i], s.probabilities[i]) for f, s in stages.items()} for i in range(len(papers))]
    fitted = Fitted(
        sentence,
        np.stack([stages[f].weights for f in FIELDS], axis=1),
        {f: s.trees for f, s in stages.items()},
        {},
        np.zeros((len(FIELDS), 3), np.float32),
        fit_certainty(examples(used)),
    )
    order: dict[str, list[list[tuple[Group, float]]]] = {}
    for column, field in enumerate(FIELDS):
        stage = stages[field]
        made = [
            (groups, second_table(field, paper_first, table))
            for groups, table, paper_first in zip(stage.groups, stage.tables, first)
        ]
        probabilities, fitted.again[field] = cross(made, stage.quality, parts, field)
        order[field] = [ranked(field, g, p.tolist()) for g, p in zip(stage.groups, probabilities)]
        inside = [i for i, k in enumerate(parts) if k != -1]
        chosen, detail = best_choice([papers[i] for i in inside], field, [order[field][i] for i in inside])
        fitted.choice[column] = chosen
        say(f"{field:14} P {detail[0]:.3f} R {detail[1]:.3f} F1 {detail[2]:.3f}  {chosen}")
    return Outcome(fitted, order)


def first_look(papers: Sequence[Paper], parts: np.ndarray, line_scores: Sequence[np.ndarray], field: str) -> Stage:
    """Return a field's values scored where they stand and over the paper."""
    simple = field in SIMPLE
    index = [prune(field, p.candidates[field], s) for p, s in zip(papers, line_scores)]
    kept = [[p.candidates[field][i] for i in chosen] for p, chosen in zip(papers, index)]
    labels = [p.labels[field][chosen] for p, chosen in zip(papers, index)]
    rows = [sparse(features_of(p, k, field, s)) for p, k, s in zip(papers, kept, line_scores)]
    weights = {}
    for f in sorted({-1, *parts.tolist()}):
        train = [i for i, k in enumerate(parts) if k not in (f, -1)]
        weights[f] = fit_candidates([labels[i] for i in train], [rows[i] for i in train], simple=simple)
    made = []
    for paper, row, k, scores, keep in zip(papers, rows, parts.tolist(), line_scores, kept):
        groups = grouped(field, keep, row @ weights[k][:WIDTH] + weights[k][WIDTH], paper.reading.aliases)
        made.append((groups, group_table(groups, paper.reading, scores, paper.low)))
    quality = [np.array([paper_quality(p, field, g) for g in groups]) for p, (groups, _) in zip(papers, made)]
    probabilities, trees = cross(made, quality, parts, field)
    return Stage([g for g, _ in made], [t for _, t in made], quality, weights[-1], probabilities, trees)


def cross(
    made: Sequence[tuple[list[Group], np.ndarray]], quality: Sequence[np.ndarray], parts: np.ndarray, field: str
) -> tuple[list[np.ndarray], Trees]:
    """Return each paper's probabilities by trees of the other folds, and trees fitted on all but those set aside."""
    simple = field in SIMPLE
    probabilities = [np.zeros(0)] * len(made)
    models = {}
    for f in sorted({-1, *parts.tolist()}):
        models[f] = fit_groups(made, quality, [i for i, k in enumerate(parts) if k not in (f, -1)], simple=simple)
        for i, k in enumerate(parts):
            if k == f and len(made[i][0]):
                probabilities[i] = saliency(made[i][1]) if field == "mirna" else models[f](made[i][1])
    return probabilities, models[-1]


def fit_groups(
    made: Sequence[tuple[list[Group], np.ndarray]],
    quality: Sequence[np.ndarray],
    chosen: Sequence[int],
    *,
    simple: bool,
) -> Trees:
    """Return the trees of a field from the chosen papers' groups."""
    used = [i for i in chosen if len(made[i][0])]
    if not used:
        return fit_trees(np.zeros((1, 1)), np.zeros(1), np.ones(1), simple=simple)
    q = np.concatenate([quality[i] for i in used])
    rows = np.concatenate([made[i][1] for i in used])
    return fit_trees(rows, (q > 0).astype(int), weight_of(q), simple=simple)


MOST = {"outcomes": 12, "target_gene": 8, "main_result": 2, "groups": 12, "sex": 2}


def best_choice(
    papers: Sequence[Paper], field: str, orders: Sequence[list[tuple[Group, float]]]
) -> tuple[tuple[float, float, int], tuple[float, float, float]]:
    """Return (threshold, least, most) with the best F1, and the precision, recall and F1 that they give."""
    most = MOST.get(field, 10)
    found, best = (0.5, 0.5, most), (0.0, 0.0, -1.0)
    memo: dict[tuple[int, int], np.ndarray] = {}
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        for least in (threshold, threshold / 2, 0.05):
            total = np.zeros(3)
            for i, (paper, order) in enumerate(zip(papers, orders)):
                said = choose(order, threshold=threshold, least=least, most=most)
                if (i, len(said)) not in memo:
                    memo[i, len(said)] = counts(paper, field, said)
                total += memo[i, len(said)]
            f1 = 2 * total[0] / max(1, total[1] + total[2])
            if f1 > best[2] + 1e-9:
                best = (total[0] / max(1, total[1]), total[0] / max(1, total[2]), f1)
                found = (threshold, least, most)
    return found, best


def save(fitted: Fitted, path: Path) -> None:
    """Write the model."""
    arrays: dict[str, Any] = {
        "version": np.array(VERSION),
        "sentence": fitted.sentence.astype(np.float16),
        "candidate": fitted.candidate.astype(np.float16),
        "choice": fitted.choice,
        "certainty": fitted.certainty,
    }
    for look, found in ((1, fitted.trees), (2, fitted.again)):
        for field, trees in found.items():
            arrays |= {
                f"{field}.split{look}": trees.split.astype(np.int16),
                f"{field}.at{look}": trees.at,
                f"{field}.leaf{look}": trees.leaf,
                f"{field}.base{look}": np.array(trees.base, np.float32),
            }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)
    meta = stamped("fields", {"version": VERSION})
    (path.parent / "model.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("studies", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mentions", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    papers = load_papers(options.studies, options.texts, options.mentions)
    save(fit(papers, folds_of(papers, options.folds), say=print).fitted, options.out / FILE)


if __name__ == "__main__":
    main()
