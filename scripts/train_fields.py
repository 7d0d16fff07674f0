"""Train models/base/fields/fields.npz on annotated studies: sentence scores, candidate scores, trees, thresholds.

usage: python scripts/train_fields.py STUDIES TEXTS OUT [--mentions DIR] [--folds 5]
STUDIES holds <study>.json (characteristics: field -> [{"value", "quote"}]), TEXTS <study>.txt, --mentions <study>.jsonl.
Needs scikit-learn. Folds are by study; every stage is fitted on out-of-fold scores of the stage before.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vivex.annotation import read_annotations
from vivex.extract import animals as fields_animals
from vivex.extract import results as fields_results
from vivex.extract import treatment as fields_treatment
from vivex.extract.choice import choose
from vivex.extract.field_model import FILE, VERSION, Trees, linear
from vivex.extract.reading import Candidate, Reading, read
from vivex.extract.value_features import (
    FIELDS,
    WIDTH,
    Group,
    candidate_features,
    group_table,
    grouped,
    levels,
    line_features,
    line_flags,
    prune,
    saliency,
)
from vivex.models import stamped
from vivex.parse import parse_file

DEPTH = 3
# Fields of few values, or of values that few words tell, fit noise sooner: stronger shrinkage, fewer trees.
SIMPLE = {"species", "strain", "n_total", "n_per_group", "disease_model", "frequency"}
LUCKY = 0.15  # weight of a value that holds, or is held by, a true one but shares under half its words


@dataclass
class Paper:
    """Hold a study's gold and reading, and its features."""

    study: str
    gold: dict[str, list[dict[str, Any]]]
    reading: Reading
    low: str
    flags: list[list[str]]
    lines: list[list[int]]
    evidence: np.ndarray  # lines by fields: holds a gold quote
    candidates: dict[str, list[Candidate]]
    labels: dict[str, np.ndarray]


def norm(text: str) -> list[str]:
    """Return a value's words in one spelling."""
    same = {
        "mice": "mouse",
        "rats": "rat",
        "rabbits": "rabbit",
        "males": "male",
        "females": "female",
        "i.p.": "ip",
        "intraperitoneal": "ip",
        "intraperitoneally": "ip",
        "intravenous": "iv",
        "intravenously": "iv",
        "i.v.": "iv",
        "subcutaneous": "sc",
        "subcutaneously": "sc",
        "s.c.": "sc",
        "orally": "oral",
        "gavage": "oral",
        "p.o.": "oral",
    }
    text = (
        unicodedata.normalize("NFKC", text)
        .lower()
        .replace("µ", "u")
        .replace("μ", "u")
        .replace("−", "-")
        .replace("–", "-")
        .replace("×", "x")
    )
    return [same.get(w, w) for w in re.findall(r"[a-z]\.(?:[a-z]\.)+|[^\W_]+(?:[./%-][^\W_]+)*|%|[αβγδκ]", text)]


def likeness(a: list[str], b: list[str]) -> float:
    """Return 0 where two values say different things, else how far their words agree (word F1)."""
    if not a or not b:
        return 0.0
    x, y = set(a), set(b)
    f1 = 2 * len(x & y) / (len(x) + len(y))
    joined, other = f" {' '.join(a)} ", f" {' '.join(b)} "
    contained = min(len(joined), len(other)) - 2 >= 3 and (joined in other or other in joined)
    return f1 if joined == other or contained or f1 >= 0.6 else 0.0


def prepare(study: str, gold: dict[str, Any], path: Path, mentions: Path | None) -> Paper:
    """Read one paper and find its candidates."""
    document = parse_file(path)
    known = read_annotations(mentions) if mentions and mentions.exists() else []
    reading = read(document, known)
    flags = [line_flags(line, reading.topic) for line in reading.lines]
    evidence = np.zeros((len(reading.lines), len(FIELDS)), dtype=bool)
    for k, field in enumerate(FIELDS):
        for entry in gold[field]:
            begin = document.text.find(entry["quote"])
            if begin >= 0:
                end = begin + len(entry["quote"])
                for line in reading.lines:
                    if line.start < end and begin < line.end and min(end, line.end) - max(begin, line.start) > 10:
                        evidence[line.index, k] = True
    candidates: dict[str, list[Candidate]] = {f: [] for f in FIELDS}
    for module in (fields_animals, fields_treatment, fields_results):
        for candidate in module.candidates(reading):
            candidates[candidate.field].append(candidate)
    labels = {}
    for field in FIELDS:
        truth = [norm(str(e["quote"] if field == "main_result" else e["value"])) for e in gold[field]]
        memo: dict[str, float] = {}
        for candidate in candidates[field]:
            if candidate.value not in memo:
                words = norm(candidate.value)
                memo[candidate.value] = max((likeness(words, t) for t in truth), default=0.0)
        labels[field] = np.array([memo[c.value] for c in candidates[field]])
    return Paper(
        study,
        gold,
        reading,
        document.text.lower(),
        flags,
        [line_features(ln, fl) for ln, fl in zip(reading.lines, flags)],
        evidence,
        candidates,
        labels,
    )


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
        rounds = 80 if truth.sum() >= 400 else 40
    else:
        rounds = 100 if truth.sum() >= 40 else 33
    model = HistGradientBoostingClassifier(
        max_iter=rounds,
        max_depth=DEPTH,
        learning_rate=0.06,
        min_samples_leaf=12,
        l2_regularization=2.0,
        max_features=0.4,
        max_bins=127,
        early_stopping=False,
        random_state=0,
    )
    model.fit(rows, truth, sample_weight=weight)
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
            split[t, slot], at[t, slot] = found["feature_idx"], found["num_threshold"]
            stack += [(int(found["left"]), 2 * slot + 1), (int(found["right"]), 2 * slot + 2)]
    return Trees(split, at, leaf, float(model._baseline_prediction.ravel()[0]))


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
    choice: np.ndarray


def tables(
    paper: Paper, kept: Sequence[Candidate], field: str, mention_scores: np.ndarray, line_scores: np.ndarray
) -> tuple[list[Group], np.ndarray]:
    """Return a field's groups and their rows."""
    groups = grouped(field, kept, mention_scores)
    return groups, group_table(groups, paper.reading, line_scores, paper.low)


def fit(papers: Sequence[Paper], folds: int = 5, *, say: Callable[[str], None] = lambda line: None) -> Fitted:
    """Train all stages on the papers; `say` is told each field's out-of-fold precision, recall and F1."""
    parts = folds_of(papers, folds)
    by_fold = [fit_sentences([p for p, k in zip(papers, parts) if k != f]) for f in range(folds)]
    line_scores = [linear(by_fold[k], p.lines) for p, k in zip(papers, parts)]
    candidate = np.zeros((WIDTH + 1, len(FIELDS)), np.float32)
    choice = np.zeros((len(FIELDS), 3), np.float32)
    trees = {}
    for field in FIELDS:
        column, weights, trees[field], chosen, detail = fit_field(papers, parts, line_scores, field)
        candidate[:, column], choice[column] = weights, chosen
        say(f"{field:14} P {detail['p']:.3f} R {detail['r']:.3f} F1 {detail['f1']:.3f}  {chosen}")
    return Fitted(fit_sentences(papers), candidate, trees, choice)


def fit_field(
    papers: Sequence[Paper], parts: np.ndarray, line_scores: Sequence[np.ndarray], field: str
) -> tuple[int, np.ndarray, Trees, tuple[float, float, int], dict[str, Any]]:
    """Return a field's column, candidate weights, trees and choice, and how they did out of fold."""
    folds, simple = sorted(set(parts.tolist())), field in SIMPLE
    kept = [[p.candidates[field][i] for i in prune(field, p.candidates[field], s)] for p, s in zip(papers, line_scores)]
    labels = [p.labels[field][prune(field, p.candidates[field], s)] for p, s in zip(papers, line_scores)]
    rows = [sparse(features_of(p, k, field, s)) for p, k, s in zip(papers, kept, line_scores)]
    weights = {
        f: fit_candidates(
            [x for x, k in zip(labels, parts) if k != f], [r for r, k in zip(rows, parts) if k != f], simple=simple
        )
        for f in folds
    }
    made = [
        tables(paper, keep, field, row @ weights[k][:WIDTH] + weights[k][WIDTH], scores)
        for paper, row, k, scores, keep in zip(papers, rows, parts, line_scores, kept)
    ]
    quality = [np.array([paper_quality(p, field, g) for g in groups]) for p, (groups, _) in zip(papers, made)]
    probabilities: list[np.ndarray] = [np.zeros(0)] * len(papers)
    for f in folds:
        model = fit_groups(made, quality, [i for i, k in enumerate(parts) if k != f], simple=simple)
        for i, k in enumerate(parts):
            if k == f and len(made[i][0]):
                probabilities[i] = saliency(made[i][1]) if field == "mirna" else model(made[i][1])
    groups = [m[0] for m in made]
    chosen, detail = best_choice(papers, field, groups, probabilities)
    detail |= {"groups": groups, "probabilities": probabilities}
    trees = fit_groups(made, quality, range(len(papers)), simple=simple)
    return FIELDS.index(field), fit_candidates(labels, rows, simple=simple), trees, chosen, detail


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


def paper_quality(paper: Paper, field: str, group: Group) -> float:
    """Return how well a group's value agrees with the gold."""
    words = norm(group.members[0].value)
    return max(
        (likeness(words, norm(str(e["quote"] if field == "main_result" else e["value"]))) for e in paper.gold[field]),
        default=0.0,
    )


def best_choice(
    papers: Sequence[Paper], field: str, groups: Sequence[list[Group]], probabilities: Sequence[np.ndarray]
) -> tuple[tuple[float, float, int], dict[str, Any]]:
    """Return (threshold, least, most) with the best F1 out of fold, and that F1 with its precision and recall."""
    key = "quote" if field == "main_result" else "value"
    truths = [
        [norm(v) for v in dict.fromkeys(str(e[key]) for e in p.gold[field] if not e.get("optional"))] for p in papers
    ]
    most = {"outcomes": 12, "target_gene": 8, "main_result": 2, "groups": 12, "sex": 2}.get(field, 10)
    best: dict[str, Any] = {"f1": -1.0}
    found = (0.5, 0.5, most)
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        for least in (threshold, threshold / 2, 0.05):
            hit = said = wanted = 0
            for truth, gs, ps in zip(truths, groups, probabilities):
                chosen = choose(field, gs, ps, threshold=threshold, least=least, most=most)
                values = [norm(g.members[0].value) for g, _ in chosen]
                used: set[int] = set()
                for t in truth:
                    for i, v in enumerate(values):
                        if i not in used and likeness(t, v) > 0:
                            used.add(i)
                            break
                hit, said, wanted = hit + len(used), said + len(values), wanted + len(truth)
            f1 = 2 * hit / max(1, said + wanted)
            if f1 > best["f1"] + 1e-9:
                best, found = {"f1": f1, "p": hit / max(1, said), "r": hit / max(1, wanted)}, (threshold, least, most)
    return found, best


def save(fitted: Fitted, path: Path) -> None:
    """Write the model."""
    arrays: dict[str, Any] = {
        "version": np.array(VERSION),
        "sentence": fitted.sentence.astype(np.float16),
        "candidate": fitted.candidate.astype(np.float16),
        "choice": fitted.choice,
    }
    for field, trees in fitted.trees.items():
        arrays |= {
            f"{field}.split": trees.split.astype(np.int16),
            f"{field}.at": trees.at,
            f"{field}.leaf": trees.leaf,
            f"{field}.base": np.array(trees.base, np.float32),
        }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)
    meta = stamped("fields", {"version": VERSION})
    (path.parent / "model.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def load_papers(studies: Path, texts: Path, mentions: Path | None) -> list[Paper]:
    """Return the in-vivo studies with their gold, in order of study."""
    papers = []
    for path in sorted(studies.glob("*.json")):
        data = json.loads(path.read_text())
        papers.append(
            prepare(
                path.stem,
                data["characteristics"],
                texts / f"{path.stem}.txt",
                mentions / f"{path.stem}.jsonl" if mentions else None,
            )
        )
    return papers


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("studies", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mentions", type=Path)
    options = parser.parse_args()
    save(fit(load_papers(options.studies, options.texts, options.mentions), say=print), options.out / FILE)


if __name__ == "__main__":
    main()
