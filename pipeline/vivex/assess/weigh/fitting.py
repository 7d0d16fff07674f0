"""Learn from decided studies: train the shipped model, adapt it to a review, suggest policy settings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation
from vivex.assess.examine import Examined, examine
from vivex.assess.judge import given_answers
from vivex.assess.policy import RULES, decide, key
from vivex.assess.weigh.heard import bounds
from vivex.assess.weigh.ranking import RANKED, Ranking
from vivex.assess.weigh.scorer import CLASSES, Model, Weighing, load, save
from vivex.assess.weigh.whole_paper import ITEM_QUANTITIES, STRENGTH
from vivex.codebook import POLICY, Codebook
from vivex.document import Document

TARGETS = (*(f"syrcle.{i}" for i in SYRCLE_ITEMS), *(f"reporting.{i}" for i in REPORTING_ITEMS))
NEGATIVES = 6000  # sentences without evidence that a scorer is trained on
RARE = {"w": 4, "b": 8}  # sentences that a word or a pair must stand in; 3 for other tokens
OLD = 10.0  # weight of the shipped counts of a rule against a review's decisions
PENALTY = 10.0  # on the weights of a ranking, in standard units
HOLD = 4.0  # how strongly an adapted weight is held to the shipped one


@dataclass(frozen=True, slots=True)
class Answered:
    """Give what people decided of an item: a judgement or "stated"/"not stated", and their quotes."""

    answer: str
    quotes: tuple[str, ...]


def from_gold(data: Mapping[str, Any]) -> dict[str, Answered]:
    """Return the decisions of an annotated study (the format of annotation/guidelines-studies)."""
    out = {
        f"syrcle.{item}": Answered(data["syrcle"][str(i)]["judgement"], tuple(data["syrcle"][str(i)]["quotes"]))
        for i, item in enumerate(SYRCLE_ITEMS, 1)
    }
    for item in REPORTING_ITEMS:
        entry = data["reporting"][item]
        out[f"reporting.{item}"] = Answered("stated" if entry["reported"] else "not stated", tuple(entry["quotes"]))
    return out


def from_annotations(annotations: Sequence[Annotation]) -> dict[str, Answered]:
    """Return the decisions that a review's resolved annotations hold; other labels are passed over."""
    out = {}
    for a in annotations:
        if a.label not in TARGETS or a.decision == "rejected" or not isinstance(a.value, Mapping):
            continue
        quotes = tuple(e.quote for e in a.evidence)
        if a.label.startswith("syrcle.") and a.value.get("judgement") in CLASSES:
            out[a.label] = Answered(str(a.value["judgement"]), quotes)
        elif "reported" in a.value:
            out[a.label] = Answered("stated" if a.value["reported"] else "not stated", quotes)
    return out


def fit(
    studies: Sequence[Examined], decided: Sequence[Mapping[str, Answered]], codebook: Codebook, *, seed: int = 0
) -> Model:
    """Train sentence scorers, weighings and tables on decided studies."""
    sentences = [tokens for study in studies for tokens in study.tokens]
    often = Counter(t for tokens in sentences for t in tokens)
    kept = sorted(t for t, n in often.items() if n >= RARE.get(t.split(":", 1)[0], 3))
    vocabulary = {t: i for i, t in enumerate(kept)}
    matrix = _matrix(sentences, vocabulary)
    weights, bias = np.zeros((len(kept), len(TARGETS))), np.full(len(TARGETS), -8.0)
    for k, target in enumerate(TARGETS):
        marked = np.concatenate([_marks(s, d.get(target)) for s, d in zip(studies, decided, strict=True)])
        if marked.sum() >= 3:
            weights[:, k], bias[k] = _logistic(matrix, marked, seed)
    weights[np.abs(weights) < 0.02] = 0
    used = np.flatnonzero(np.abs(weights).sum(axis=1))
    vocabulary = {kept[i]: j for j, i in enumerate(used)}
    weighings = {item: _weighing(item, studies, decided) for item in ITEM_QUANTITIES}
    rankings = {item: _ranking(item, studies, decided) for item in RANKED}
    meta = {"studies": len(studies), "seed": seed, "trained_on": "gold/studies"}
    tables = _tables(studies, decided, codebook)
    sure = bounds([s.heard for s in studies], decided)
    return Model(vocabulary, TARGETS, weights[used], bias, weighings, tables, "", meta, rankings, sure=sure)


def _matrix(sentences: Sequence[Sequence[str]], vocabulary: Mapping[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    rows, columns = [], []
    for i, tokens in enumerate(sentences):
        for t in tokens:
            j = vocabulary.get(t)
            if j is not None:
                rows.append(i)
                columns.append(j)
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(sentences), len(vocabulary)))


def _marks(study: Examined, decided: Answered | None) -> NDArray[np.bool_]:
    """Return for every sentence whether people quoted it (six tenths of the shorter one's words are shared)."""
    if decided is None or not decided.quotes or decided.answer == "not stated":
        return np.zeros(len(study.readings), dtype=bool)
    quotes = [q for q in map(_words, decided.quotes) if len(q) >= 3]
    text = study.document.text
    own = [_words(text[r.start : r.end]) for r in study.readings]
    return np.array(
        [len(w) >= 4 and any(len(q & w) >= 0.6 * min(len(q), len(w)) for q in quotes) for w in own], dtype=bool
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _logistic(matrix: Any, marked: NDArray[np.bool_], seed: int) -> tuple[NDArray[np.float64], float]:
    from sklearn.linear_model import LogisticRegression

    negative = np.flatnonzero(~marked)
    if len(negative) > NEGATIVES:
        negative = np.sort(np.random.default_rng(seed).choice(negative, NEGATIVES, replace=False))
    rows = np.sort(np.concatenate([np.flatnonzero(marked), negative]))
    fitted = LogisticRegression(C=0.1, max_iter=300, solver="liblinear", random_state=seed).fit(
        matrix[rows], marked[rows]
    )
    share = (len(rows) - marked.sum()) / max(1, (~marked).sum())  # sampling of negatives shifts the intercept
    return fitted.coef_[0], float(fitted.intercept_[0] + np.log(share))


def _weighing(item: str, studies: Sequence[Examined], decided: Sequence[Mapping[str, Answered]]) -> Weighing:
    from sklearn.linear_model import LogisticRegression

    names = tuple(ITEM_QUANTITIES[item])
    pairs = [
        (s, d[f"syrcle.{item}"]) for s, d in zip(studies, decided, strict=True) if f"syrcle.{item}" in d and s.is_paper
    ]
    x = np.array([[s.quantities[n] for n in names] for s, _ in pairs])
    y = np.array([CLASSES.index(d.answer) for _, d in pairs])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-3
    weights, bias = np.zeros((3, len(names))), np.full(3, -5.0)
    present = np.unique(y)
    if len(present) == 1:
        bias[present] = 0.0
        return Weighing(names, mean, scale, weights, bias)
    standard = np.clip((x - mean) / scale, -3, 3)
    fitted = LogisticRegression(C=STRENGTH[item], max_iter=1000).fit(standard, y)
    if len(present) == 2:
        weights[present], bias[present] = (
            [-fitted.coef_[0] / 2, fitted.coef_[0] / 2],
            [-fitted.intercept_[0] / 2, fitted.intercept_[0] / 2],
        )
    else:
        weights, bias = fitted.coef_, fitted.intercept_
    return Weighing(names, mean, scale, weights, bias)


def _ranking(item: str, studies: Sequence[Examined], decided: Sequence[Mapping[str, Answered]]) -> Ranking:
    """Fit a choice among each paper's sentences: all quoted ones together, and each of them, should be chosen.

    The weights are the sum of the two fits: the first asks for one good sentence, the second for every good one.
    """
    from scipy.optimize import minimize

    names = studies[0].features[0]
    everything = np.vstack([s.features[1] for s in studies])
    blank = Ranking(names, everything.mean(axis=0), everything.std(axis=0) + 1e-3, np.zeros(len(names)))
    rows, marks = [], []
    for study, decisions in zip(studies, decided, strict=True):
        decision = decisions.get(f"syrcle.{item}")
        if decision is None or decision.answer == "unclear":
            continue
        marked = _marks(study, decision) & np.array([r.kind != "table" for r in study.readings])
        if marked.any():
            rows.append(blank.standard(study.features[1]))
            marks.append(marked)
    if not rows:
        return blank
    x, marked = np.vstack(rows), np.concatenate(marks).astype(float)
    starts = np.concatenate([[0], np.cumsum([len(m) for m in marks])])[:-1]
    paper = np.repeat(np.arange(len(marks)), [len(m) for m in marks])
    each = marked / np.add.reduceat(marked, starts)[paper]

    def loss(w: NDArray[np.float64], together: bool) -> tuple[float, NDArray[np.float64]]:
        z = x @ w
        z = z - np.maximum.reduceat(z, starts)[paper]
        e = np.exp(z)
        total = np.add.reduceat(e, starts)
        p = e / total[paper]
        if together:
            found = np.maximum(np.add.reduceat(p * marked, starts), 1e-12)
            wanted, nll = p * marked / found[paper], -np.log(found).sum()
        else:
            wanted, nll = each, float(np.log(total).sum() - each @ z)
        return float(nll + PENALTY / 2 * w @ w), x.T @ (p - wanted) + PENALTY * w

    fits = [
        minimize(loss, np.zeros(len(names)), args=(together,), jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
        for together in (True, False)
    ]
    return Ranking(names, blank.mean, blank.scale, fits[0] + fits[1])


def _tables(
    studies: Sequence[Examined], decided: Sequence[Mapping[str, Answered]], codebook: Codebook
) -> dict[str, dict[str, list[float]]]:
    """Return how often each rule's papers were judged low, high and unclear by people."""
    out: dict[str, dict[str, list[float]]] = {item: {} for item in RULES}
    for study, decisions in zip(studies, decided, strict=True):
        for item in RULES:
            decision = decisions.get(f"syrcle.{item}")
            if decision is not None:
                judgement, _, rule = decide(item, given_answers(study, item, codebook)[0], codebook)
                counts = out[item].setdefault(key(rule, judgement), [0.0, 0.0, 0.0])
                counts[CLASSES.index(decision.answer)] += 1
    return {item: dict(sorted(rules.items())) for item, rules in out.items()}


# -- a review's model


def adapt(
    pairs: list[tuple[Document, list[Annotation]]], *, base: Path, out: Path, params: Mapping[str, Any], seed: int = 0
) -> dict[str, Any]:
    """Adapt the model in `base` to a review's resolved annotations, write it to `out`, and return what was learnt from.

    Sentence scorers and weighings move from the shipped ones as far as the decisions carry; tables of judgements by
    rule are updated. Seconds on a CPU. `params["codebook"]` may hold the review's Codebook.
    """
    from vivex.assess import model_folder
    from vivex.codebook import template
    from vivex.errors import MissingModel

    folder = model_folder(base)
    if folder is None:
        raise MissingModel(
            f"{base}: no risk-of-bias model to start from; install vivex with its models or name their folder"
        )
    model = load(folder)
    codebook = params.get("codebook") or template("invivo")
    studies = [examine(document, reader=model.reader) for document, _ in pairs]
    decided = [from_annotations(annotations) for _, annotations in pairs]
    weights, bias, moved = _adapted_scorers(model, studies, decided)
    weighings = {item: _adapted_weighing(item, w, studies, decided) for item, w in model.weighings.items()}
    tables = _merged(model.tables, _tables(studies, decided, codebook))
    sure = bounds([s.heard for s in studies], decided, model.sure) if model.sure else {}
    meta = dict(model.meta or {}) | {"adapted_from": model.digest, "adapted_studies": len(pairs), "seed": seed}
    save(replace(model, weights=weights, bias=bias, weighings=weighings, tables=tables, meta=meta, sure=sure), out)
    decisions = Counter(label for d in decided for label in d)
    return {
        "studies": len(pairs),
        "decisions": dict(sorted(decisions.items())),
        "scorers_moved": moved,
        "base": model.digest,
    }


def _adapted_scorers(
    model: Model, studies: Sequence[Examined], decided: Sequence[Mapping[str, Answered]]
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[str]]:
    from scipy.optimize import minimize

    weights, bias, moved = model.weights.copy(), model.bias.copy(), []
    matrices: dict[tuple[int, ...], Any] = {}
    for k, target in enumerate(model.targets):
        which = tuple(i for i, d in enumerate(decided) if target in d)
        marked = np.concatenate([np.zeros(0, dtype=bool), *(_marks(studies[i], decided[i][target]) for i in which)])
        if not marked.any():
            continue
        if which not in matrices:
            matrices[which] = _matrix([t for i in which for t in studies[i].tokens], model.vocabulary)
        matrix = matrices[which]
        start, sign = matrix @ weights[:, k] + bias[k], np.where(marked, 1.0, -1.0)

        def loss(
            delta: NDArray[np.float64],
            matrix: Any = matrix,
            start: NDArray[np.float64] = start,
            sign: NDArray[np.float64] = sign,
        ) -> tuple[float, NDArray[np.float64]]:
            margin = sign * (start + matrix @ delta[:-1] + delta[-1])
            slope = -sign / (1 + np.exp(np.clip(margin, -30, 30)))
            gradient = np.append(matrix.T @ slope, slope.sum()) + HOLD * delta
            return float(np.logaddexp(0, -margin).sum() + HOLD / 2 * delta @ delta), gradient

        found = minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 15})
        weights[:, k] += found.x[:-1]
        bias[k] += found.x[-1]
        moved.append(target)
    return weights, bias, moved


def _adapted_weighing(
    item: str, w: Weighing, studies: Sequence[Examined], decided: Sequence[Mapping[str, Answered]]
) -> Weighing:
    from scipy.optimize import minimize

    label = f"syrcle.{item}"
    chosen = [(s, d[label]) for s, d in zip(studies, decided, strict=True) if label in d and s.is_paper]
    if not chosen:
        return w
    x = np.array([np.append(w.standard(s.quantities), 1.0) for s, _ in chosen])
    y = np.array([CLASSES.index(d.answer) for _, d in chosen])
    start = np.column_stack([w.weights, w.bias])
    hold = np.append(
        np.full(len(w.names), 10 * HOLD), 1.5 * HOLD
    )  # priors by item move sooner than what speaks for them

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        delta = flat.reshape(start.shape)
        raised = x @ (start + delta).T
        z = raised - raised.max(axis=1, keepdims=True)
        p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        nll = -np.log(np.maximum(p[np.arange(len(y)), y], 1e-12)).sum()
        p[np.arange(len(y)), y] -= 1
        return float(nll + (hold * delta**2).sum() / 2), (p.T @ x + hold * delta).ravel()

    found = minimize(loss, np.zeros(start.size), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    moved = start + found.x.reshape(start.shape)
    return replace(w, weights=moved[:, :-1], bias=moved[:, -1])


def _merged(
    old: Mapping[str, Mapping[str, list[float]]], new: Mapping[str, Mapping[str, list[float]]]
) -> dict[str, dict[str, list[float]]]:
    out: dict[str, dict[str, list[float]]] = {}
    for item in sorted({*old, *new}):
        out[item] = {}
        for words in sorted({*old.get(item, {}), *new.get(item, {})}):
            before = np.array(old.get(item, {}).get(words, [0.0, 0.0, 0.0]))
            before *= min(1.0, OLD / max(before.sum(), 1e-9))
            out[item][words] = [
                round(float(v), 4) for v in before + np.array(new.get(item, {}).get(words, [0.0, 0.0, 0.0]))
            ]
    return out


# -- a review's conventions


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Propose a policy setting: how many of the decisions that it bears on it explains, now and then."""

    setting: str
    current: Any
    suggested: Any
    agreed_now: int
    agreed_then: int
    decisions: int  # those whose proposal the setting changes

    @property
    def words(self) -> str:
        """Return the suggestion as a sentence for the team."""
        return (
            f"policy.{self.setting}: {self.suggested} instead of {self.current} would agree with "
            f"{self.agreed_then} of the "
            f"{self.decisions} decisions it bears on (now {self.agreed_now}); change codebook.yaml if this is "
            "your convention"
        )


def suggest_policy(
    pairs: Sequence[tuple[Document, Sequence[Annotation]]], codebook: Codebook, *, least: int = 2
) -> list[Suggestion]:
    """Return the settings that would explain a review's decisions better by at least `least`; change nothing."""
    studies = [examine(document) for document, _ in pairs]
    decided = [from_annotations(annotations) for _, annotations in pairs]
    now = [_proposals(study, codebook) for study in studies]
    out = []
    for setting, values in POLICY.items():
        current = codebook.setting(setting)
        best: Suggestion | None = None
        for value in values:
            if value == current:
                continue
            other = replace(codebook, policy={**codebook.policy, setting: value})
            then = [_proposals(study, other) for study in studies]
            bears = [
                (a[item], b[item], d[f"syrcle.{item}"].answer)
                for a, b, d in zip(now, then, decided, strict=True)
                for item in SYRCLE_ITEMS
                if a[item] != b[item] and f"syrcle.{item}" in d
            ]
            before, after = sum(a == y for a, _, y in bears), sum(b == y for _, b, y in bears)
            if after - before >= least and (best is None or after - before > best.agreed_then - best.agreed_now):
                best = Suggestion(setting, current, value, before, after, len(bears))
        if best is not None:
            out.append(best)
    return sorted(out, key=lambda s: (s.agreed_now - s.agreed_then, s.setting))


def _proposals(study: Examined, codebook: Codebook) -> dict[str, str]:
    return {item: decide(item, given_answers(study, item, codebook)[0], codebook)[0] for item in SYRCLE_ITEMS}
