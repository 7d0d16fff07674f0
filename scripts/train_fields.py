"""Train models/base/fields/fields.npz on annotated studies: sentence scores, candidate scores, trees, thresholds.

usage: python scripts/train_fields.py STUDIES TEXTS OUT [--mentions DIR] [--folds 5] [--jobs 2]
STUDIES holds <study>.json (characteristics: field -> [{"value", "quote"}]), TEXTS <study>.txt, --mentions DIR
<study>.jsonl.
Needs scikit-learn. Folds are by study; every stage is fitted on out-of-fold scores of the stage before.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from field_certainty import Example, examples, fit_certainty
from field_gold import Gold, Paper, counts_of, each, load_papers, paper_quality, truths, weight_of
from field_meaning import with_meaning
from field_trees import calibrated, fit_forest, fit_scale, fit_trees, log_odds, together
from vivex.extract import distinct
from vivex.extract.choice import beside_list, choose, ranked
from vivex.extract.field_model import FILE, VERSION, Trees, linear
from vivex.extract.likeness import likeness, spelt
from vivex.extract.reading import Candidate
from vivex.extract.second_look import others, second_table
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
from vivex.extract.word_vectors import FILE as WORDS
from vivex.models import shipped, stamped

# Fields of few values, or of values that few words tell, fit noise sooner: stronger shrinkage, fewer trees.
SIMPLE = {"species", "strain", "n_total", "n_per_group", "disease_model", "frequency"}


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
    meaning: np.ndarray
    trees: dict[str, Trees]
    again: dict[str, Trees]
    choice: np.ndarray
    certainty: np.ndarray
    same: Trees


Made: TypeAlias = tuple[list[Group], np.ndarray]  # a field's values in a paper, and their rows


@dataclass
class Stage:
    """Hold one field's values in every paper, their rows, how right they are, and their probabilities out of fold."""

    groups: list[list[Group]]
    tables: list[np.ndarray]
    quality: list[np.ndarray]
    weights: np.ndarray
    meaning: np.ndarray
    probabilities: list[np.ndarray]
    trees: Trees


@dataclass
class Outcome:
    """Hold what cross-validation made: the shipped model's parts, and each paper's ranked values by field."""

    fitted: Fitted
    ranked: dict[str, list[list[tuple[Group, float]]]]


def fit(
    papers: Sequence[Paper],
    parts: np.ndarray,
    asked: Sequence[Example],
    *,
    jobs: int = 1,
    say: Callable[[str], None] = lambda line: None,
) -> Outcome:
    """Train all stages; `parts` is each paper's fold, -1 for papers that are only scored (set aside).

    `asked` is what the papers say of a review's own questions.

    What is ranked for a paper comes from models of the other folds; `say` is told each field's F1 so measured.
    """
    every = sorted({-1, *parts.tolist()})
    fitted_on = {f: [p for p, k in zip(papers, parts) if k not in (f, -1)] for f in every}
    by_fold = dict(zip(every, each(lambda f: fit_sentences(fitted_on[f]), every, jobs), strict=True))
    line_scores = [linear(by_fold[k], p.lines) for p, k in zip(papers, parts.tolist())]
    say("sentences fitted")
    looked = each(lambda field: first_look(papers, parts, line_scores, field), FIELDS, jobs)
    stages = dict(zip(FIELDS, looked, strict=True))
    say("first look done")
    first = [{f: (s.groups[i], s.probabilities[i]) for f, s in stages.items()} for i in range(len(papers))]
    seen = each(lambda field: second_look(stages[field], first, parts, field), FIELDS, jobs)
    inside = [i for i, k in enumerate(parts) if k != -1]
    order: dict[str, list[distinct.Order]] = {}
    for field, (probabilities, _) in zip(FIELDS, seen, strict=True):
        order[field] = [ranked(field, g, p.tolist()) for g, p in zip(stages[field].groups, probabilities)]
    by_part = fit_same(papers, order, parts)
    fitted = Fitted(
        by_fold[-1],
        np.stack([stages[f].weights for f in FIELDS], axis=1),
        np.stack([stages[f].meaning for f in FIELDS]),
        {f: s.trees for f, s in stages.items()},
        {field: trees for field, (_, trees) in zip(FIELDS, seen, strict=True)},
        np.zeros((len(FIELDS), 3), np.float32),
        fit_certainty([example for example in asked if parts[example[0]] != -1]),
        by_part[-1],
    )
    for column, field in enumerate(FIELDS):
        ordered = [beside_list(field, o) for o in order[field]]
        order[field] = [distinct.spread(field, o, by_part[k]) for o, k in zip(ordered, parts.tolist())]
        chosen, detail = best_choice([papers[i].gold for i in inside], field, [order[field][i] for i in inside])
        fitted.choice[column] = chosen
        say(f"{field:14} P {detail[0]:.3f} R {detail[1]:.3f} F1 {detail[2]:.3f}  {chosen}")
    return Outcome(fitted, order)


def fit_same(
    papers: Sequence[Paper], order: Mapping[str, Sequence[distinct.Order]], parts: np.ndarray
) -> dict[int, Trees]:
    """Return for each part the trees that tell whether two values say one thing, fitted on the other parts."""
    known: dict[int, list[tuple[list[float], bool]]] = {}
    for field in distinct.FIELDS:
        for paper, found, part in zip(papers, order[field], parts.tolist()):
            wanted = truths(paper, field, optional=True)
            words = [spelt(g.members[0].value) for g, _ in found[: distinct.LOOKED]]
            said = [frozenset(k for k, t in enumerate(wanted) if likeness(t, w) > 0) for w in words]
            known.setdefault(part, []).extend(zip(*distinct.examples(found, said), strict=True))
    out = {}
    for part in {-1, *parts.tolist()}:
        used = [example for k, found in known.items() if k not in (part, -1) for example in found]
        rows, truth = np.array([r for r, _ in used], np.float32), np.array([t for _, t in used], int)
        out[part] = fit_trees(rows, truth, np.ones(len(truth)), simple=False)
    return out


def second_look(
    stage: Stage, first: Sequence[Mapping[str, tuple[list[Group], np.ndarray]]], parts: np.ndarray, field: str
) -> tuple[list[np.ndarray], Trees]:
    """Return a field's probabilities and trees beside the other fields' best values."""
    made = [
        (groups, second_table(field, paper_first, table, others(paper_first)))
        for groups, table, paper_first in zip(stage.groups, stage.tables, first)
    ]
    return cross(made, stage.quality, parts, field, forest=True)


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
    tables, meaning = with_meaning(papers, parts, made, quality)
    made = [(groups, table) for (groups, _), table in zip(made, tables)]
    probabilities, trees = cross(made, quality, parts, field, forest=False)
    return Stage([g for g, _ in made], [t for _, t in made], quality, weights[-1], meaning, probabilities, trees)


def cross(
    made: Sequence[Made], quality: Sequence[np.ndarray], parts: np.ndarray, field: str, *, forest: bool
) -> tuple[list[np.ndarray], Trees]:
    """Return each paper's probabilities by trees of the other folds, and trees fitted on all but those set aside.

    With a forest, what the folds' models say together is calibrated, for each fold by the other folds.
    """
    probabilities = [np.zeros(0)] * len(made)
    last = None
    for f in sorted({-1, *parts.tolist()}):
        last_of = fit_groups(made, quality, [i for i, k in enumerate(parts) if k not in (f, -1)], field, forest=forest)
        last = last_of if f == -1 else last
        for i, k in enumerate(parts):
            if k == f and len(made[i][0]):
                probabilities[i] = saliency(made[i][1]) if field == "mirna" else last_of(made[i][1])
    assert last is not None
    if not forest or field == "mirna":
        return probabilities, last
    scores, out = [log_odds(p) for p in probabilities], list(probabilities)
    for f in sorted({-1, *parts.tolist()}):
        used = [i for i, k in enumerate(parts) if k not in (f, -1) and len(scores[i])]
        q = np.concatenate([quality[i] for i in used]) if used else np.zeros(0)
        scale, shift = fit_scale(np.concatenate([scores[i] for i in used]), q > 0) if used else (1.0, 0.0)
        for i, k in enumerate(parts):
            if k == f:
                out[i] = 1 / (1 + np.exp(-(scale * scores[i] + shift)))
        if f == -1:
            last = calibrated(last, scale, shift)
    return out, last


def fit_groups(
    made: Sequence[Made], quality: Sequence[np.ndarray], chosen: Sequence[int], field: str, *, forest: bool
) -> Trees:
    """Return the trees of a field from the chosen papers' groups."""
    simple = field in SIMPLE
    used = [i for i in chosen if len(made[i][0])]
    if not used:
        return fit_trees(np.zeros((1, 1)), np.zeros(1), np.ones(1), simple=simple)
    q = np.concatenate([quality[i] for i in used])
    rows = np.concatenate([made[i][1] for i in used])
    truth, weight = (q > 0).astype(int), weight_of(q)
    boosted = fit_trees(rows, truth, weight, simple=simple)
    if not forest or field == "mirna" or truth.sum() < 5:
        return boosted
    return together(boosted, fit_forest(rows, truth, weight))


THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
MOST = {"outcomes": 12, "target_gene": 8, "main_result": 2, "groups": 12, "sex": 2}


def best_choice(
    golds: Sequence[Gold], field: str, orders: Sequence[list[tuple[Group, float]]]
) -> tuple[tuple[float, float, int], tuple[float, float, float]]:
    """Return (threshold, least, most), and the precision, recall and F1 that they give.

    The threshold is the one that is best together with its neighbours: the best alone is often chance.
    """
    most = MOST.get(field, 10)
    memo: dict[tuple[int, int], np.ndarray] = {}
    thresholds = (0.5,) if field == "mirna" else THRESHOLDS  # set by hand, as its weights are: few papers study one
    totals = np.zeros((len(thresholds), 3))
    for k, threshold in enumerate(thresholds):
        for i, (gold, order) in enumerate(zip(golds, orders)):
            said = choose(order, threshold=threshold, least=threshold / 2, most=most)
            if (i, len(said)) not in memo:
                memo[i, len(said)] = counts_of(gold, field, said)
            totals[k] += memo[i, len(said)]
    right, said_, wanted = totals.T
    f1 = 2 * right / np.maximum(1, said_ + wanted)
    smooth = [f1[max(0, k - 1) : k + 2].mean().round(6) for k in range(len(f1))]
    best = int(np.argmax(smooth))
    detail = (right[best] / max(1, said_[best]), right[best] / max(1, wanted[best]), f1[best])
    return (thresholds[best], thresholds[best] / 2, most), detail


def save(fitted: Fitted, path: Path) -> None:
    """Write the model."""
    arrays: dict[str, Any] = {
        "version": np.array(VERSION),
        "sentence": fitted.sentence.astype(np.float16),
        "candidate": fitted.candidate.astype(np.float16),
        "meaning": fitted.meaning.astype(np.float32),
        "choice": fitted.choice,
        "certainty": fitted.certainty,
    }
    every = {(field, "1"): trees for field, trees in fitted.trees.items()}
    every |= {(field, "2"): trees for field, trees in fitted.again.items()} | {("same", ""): fitted.same}
    for (name, look), trees in every.items():
        arrays |= {
            f"{name}.split{look}": trees.split.astype(np.int16),
            f"{name}.at{look}": trees.at,
            f"{name}.leaf{look}": trees.leaf,
            f"{name}.base{look}": np.array(trees.base, np.float32),
        }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)
    words = shipped() / "fields" / WORDS
    if not path.with_name(WORDS).exists():
        shutil.copyfile(words, path.with_name(WORDS))
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
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    papers = load_papers(options.studies, options.texts, options.mentions, jobs=options.jobs)
    asked = examples(papers, jobs=options.jobs)
    save(fit(papers, folds_of(papers, options.folds), asked, jobs=options.jobs, say=print).fitted, options.out / FILE)


if __name__ == "__main__":
    main()
