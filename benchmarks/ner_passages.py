"""Five-fold scores of the entity model on the annotated passages, by label, beside what it is made of.

usage: ner_passages.py WORK [--shared DIR]
WORK   the folder that `PYTHONPATH=scripts python -m train_ner.train` worked in: found-words.json, found-both.json.
       Prints Markdown tables: exact and overlap P, R, F1 by label.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vivex.labels import entity_labels

CORE = ("mirna", "gene", "dose", "outcome")
TARGETS = {
    "mirna": 0.98, "gene": 0.84, "dose": 0.87, "route": 0.88, "schedule": 0.76, "outcome": 0.62, "species": 0.97,
    "strain": 0.80, "cell": 0.76, "model": 0.58, "agent": 0.60, "core": 0.75,
}  # fmt: skip
Span = tuple[str, int, int]


def tally(found: Mapping[str, set[Span]], gold: Mapping[str, set[Span]]) -> dict[str, list[int]]:
    """Return exact right, found, true, overlapped found, overlapped true for each label."""
    table = {label: [0] * 5 for label in entity_labels()}
    for pid, true in gold.items():
        for label, row in table.items():
            p = [s for s in found.get(pid, ()) if s[0] == label]
            g = [s for s in true if s[0] == label]
            row[0] += len(set(p) & set(g))
            row[1] += len(p)
            row[2] += len(g)
            row[3] += sum(any(a < y and x < b for _, x, y in g) for _, a, b in p)
            row[4] += sum(any(a < y and x < b for _, x, y in p) for _, a, b in g)
    return table


def f1(right: int, found: int, true: int) -> float:
    """Return F1 of counts."""
    return 2 * right / max(1, found + true)


def report(table: Mapping[str, Sequence[int]]) -> str:
    """Return the Markdown rows of one system."""
    lines = ["| label | P | R | F1 | target | overlap F1 | n |", "|---|---|---|---|---|---|---|"]
    rows = {label: list(row) for label, row in table.items()}
    rows["micro"] = [sum(r[i] for r in table.values()) for i in range(5)]
    rows["core"] = [sum(table[label][i] for label in CORE) for i in range(5)]
    for label, (right, found, true, over_found, over_true) in rows.items():
        p, r = over_found / max(1, found), over_true / max(1, true)
        overlap = 2 * p * r / (p + r) if p + r else 0.0
        target = f"{TARGETS[label]:.2f}" if label in TARGETS else ""
        lines.append(
            f"| {label} | {right / max(1, found):.3f} | {right / max(1, true):.3f} | {f1(right, found, true):.3f} | "
            f"{target} "
            f"| {overlap:.3f} | {true} |"
        )
    return "\n".join(lines)


def interval(
    found: Mapping[str, set[Span]], gold: Mapping[str, set[Span]], study: Mapping[str, str]
) -> tuple[float, float]:
    """Return the 95 % interval of the core-four micro F1, by resampling studies 1,000 times (seeded)."""
    import random

    by_study: dict[str, list[int]] = {}
    for pid in gold:
        row = tally({pid: found.get(pid, set())}, {pid: gold[pid]})
        total = by_study.setdefault(study[pid], [0, 0, 0])
        for label in CORE:
            for i in range(3):
                total[i] += row[label][i]
    rng, names = random.Random(0), sorted(by_study)
    values = []
    for _ in range(1000):
        drawn = [by_study[rng.choice(names)] for _ in names]
        values.append(f1(*(sum(d[i] for d in drawn) for i in range(3))))
    values.sort()
    return values[25], values[974]


def grammar_spans(rows: Sequence[Mapping[str, Any]]) -> dict[str, set[Span]]:
    """Return what the grammars alone find, in the form in which vivex uses them without a model."""
    from vivex.document import Document
    from vivex.recognize.entities import Entities
    from vivex.recognize.kinds import finders

    alone = Entities(finders())
    out = {}
    for row in rows:
        found = alone(Document(study=row["pid"], text=row["text"]))
        out[row["pid"]] = {(a.label, a.evidence[0].start, a.evidence[0].end) for a in found}
    return out


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("VIVEX_SHARED", "../shared")))
    options = parser.parse_args()
    lines = (options.shared / "gold" / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    gold = {r["pid"]: {(label.lower(), a, b) for a, b, label in r["spans"]} for r in rows}
    study = {r["pid"]: r["study_id"] for r in rows}
    systems = {"grammars alone": grammar_spans(rows)}
    for name, file in (("chains alone", "found-words.json"), ("chains and encoder", "found-both.json")):
        if (options.work / file).exists():
            kept = json.loads((options.work / file).read_text())
            systems[name] = {pid: {tuple(s[:3]) for s in spans} for pid, spans in kept}
    for name, found in systems.items():
        low, high = interval(found, gold, study)
        print(
            f"\n### {name}\n\n{report(tally(found, gold))}\n\nCore-four micro F1, 95 % interval over studies: "
            f"{low:.3f} to {high:.3f}"
        )


if __name__ == "__main__":
    main()
