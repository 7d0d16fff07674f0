"""Fit the linear decisions of recognize/decide.py to the annotated passages, and show their five-fold figures.

usage: python scripts/train_decisions.py GOLD_PASSAGES.jsonl

Writes data/lexicon/decisions.json. Needs scikit-learn; the same passages give the same weights.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

from vivex.recognize.decide import CANDIDATES, decided
from vivex.recognize.lexicon import FOLDER

STRENGTH = {"dose": 0.2}  # inverse of the L2 penalty
LEAST = 2  # passages that a feature must occur in
FOLDS = 5


def fit(rows: Sequence[dict], label: str) -> dict[str, float]:
    """Return weights by feature name, with the threshold of best F1 on the rows under the name ""."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    cases, seen = [], {}
    for row in rows:
        want = {(a, b) for a, b, kind in row["spans"] if kind.lower() == label}
        names = set()
        for span, features in CANDIDATES[label](row["text"]):
            cases.append((features, (span.start, span.end) in want))
            names |= set(features)
        for name in names:
            seen[name] = seen.get(name, 0) + 1
    columns = {name: i for i, name in enumerate(sorted(n for n, c in seen.items() if c >= LEAST))}
    entries = [(r, columns[n], v) for r, (f, _) in enumerate(cases) for n, v in sorted(f.items()) if n in columns]
    at, column, value = zip(*entries)
    matrix = csr_matrix((value, (at, column)), shape=(len(cases), len(columns)))
    model = LogisticRegression(C=STRENGTH[label], max_iter=1000, fit_intercept=False).fit(
        matrix, np.array([t for _, t in cases])
    )
    weights = {name: round(float(model.coef_[0, i]), 3) for name, i in columns.items()}
    return {name: w for name, w in weights.items() if abs(w) >= 0.02}


def f1_at(rows: Sequence[dict], label: str, weights: dict[str, float], threshold: float) -> list[int]:
    """Return right, said and true spans."""
    out = [0, 0, 0]
    for row in rows:
        want = {(a, b) for a, b, kind in row["spans"] if kind.lower() == label}
        got = {(s.start, s.end) for s in decided(row["text"], label, {**weights, "": threshold})}
        out = [out[0] + len(want & got), out[1] + len(got), out[2] + len(want)]
    return out


def main(gold: str) -> None:
    """Fit each decision and write the file."""
    rows = [json.loads(line) for line in Path(gold).read_text(encoding="utf-8").splitlines()]
    studies = sorted({r["study_id"] for r in rows}, key=lambda s: zlib.crc32(s.encode()))
    fold = {s: i % FOLDS for i, s in enumerate(studies)}
    shipped = {}
    for label in CANDIDATES:
        parts = []
        for k in range(FOLDS):
            train, test = ([r for r in rows if (fold[r["study_id"]] != k) == side] for side in (True, False))
            parts.append((fit(train, label), test))
        sweep = {t: [f1_at(test, label, w, t) for w, test in parts] for t in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)}

        def f1(counts: Sequence[Sequence[int]]) -> float:
            right, said, true = (sum(c) for c in zip(*counts))
            return 2 * right / max(1, said + true)

        honest = []
        for k in range(FOLDS):
            threshold = max(sweep, key=lambda t: f1([c for i, c in enumerate(sweep[t]) if i != k]))
            honest.append(sweep[threshold][k])
        best = max(sweep, key=lambda t: f1(sweep[t]))
        right, said, true = (sum(c) for c in zip(*honest))
        print(f"{label}: five-fold P {right / said:.3f} R {right / true:.3f} F1 {f1(honest):.3f} (threshold {best})")
        shipped[label] = {"": best, **fit(rows, label)}
    text = json.dumps(shipped, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (FOLDER / "decisions.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
