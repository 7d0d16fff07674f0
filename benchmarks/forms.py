"""Score pre-filled forms on annotated studies, each by models that have not seen it; time the filling.

usage: python benchmarks/forms.py SHARED [--cache DIR] [--save FOLDER] [--jobs 2] [--time]
SHARED holds gold/studies, gold/texts and bench/score_form.py. Mentions are computed once into the cache.

Twenty studies, chosen by the hash of their id, are set aside: neither models nor rules nor thresholds were made with
them. The others are scored in five folds by study: sentence, candidate and value scores of a study come from models
fitted on the other folds, and how many values are said is chosen on the other folds too. (The trees of a fold were
fitted on scores of the stages before that had seen the fold's labels for other studies; the studies set aside are free
of that too.) --save writes the model fitted on all studies, the one that vivex ships.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
import field_certainty as certainty
import field_gold as gold_of
import train_fields as train
from vivex.annotation import read_annotations, write_annotations
from vivex.codebook import template
from vivex.extract.choice import choose
from vivex.extract.likeness import likeness, spelt
from vivex.extract.propose import ALTERNATIVES, SLIGHT, propose
from vivex.extract.value_features import FIELDS, Group
from vivex.parse import parse_file

FOLDS, ASIDE = 5, 20


def mentions(texts: Path, folder: Path) -> Path:
    """Write the mentions of every text that has none yet into the folder."""
    from vivex.models import shipped
    from vivex.recognize import make_entities

    annotate = None
    for path in sorted(texts.glob("*.txt")):
        target = folder / f"{path.stem}.jsonl"
        if not target.exists():
            annotate = annotate or make_entities(params={}, models=shipped(), codebook=template("invivo"))
            write_annotations(annotate(parse_file(path)), target)
    return folder


def scorer(shared: Path) -> Any:
    """Return the shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_form", shared / "bench" / "score_form.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def folder_of(path: Path) -> Path:
    """Return the folder, made and emptied of JSON."""
    path.mkdir(parents=True, exist_ok=True)
    for old in path.glob("*.json"):
        old.unlink()
    return path


def parts_of(papers: Sequence[gold_of.Paper]) -> np.ndarray:
    """Return each study's fold, -1 for those set aside."""
    by_hash = sorted(papers, key=lambda p: hashlib.sha256(p.study.encode()).hexdigest())
    aside = {p.study for p in by_hash[:ASIDE]}
    parts = np.full(len(papers), -1)
    inside = [i for i, p in enumerate(papers) if p.study not in aside]
    parts[inside] = np.arange(len(inside)) % FOLDS
    return parts


def fill(
    papers: Sequence[gold_of.Paper], parts: np.ndarray, outcome: train.Outcome
) -> tuple[list[dict[str, Any]], list[tuple[float, bool]]]:
    """Return each paper's form by models and thresholds of the other folds; (confidence, right) of every value said."""
    forms: list[dict[str, Any]] = [{} for _ in papers]
    sure: list[tuple[float, bool]] = []
    shown = np.zeros(3)
    for column, field in enumerate(FIELDS):
        order = outcome.ranked[field]
        for fold in sorted(set(parts.tolist())):
            rest = [i for i, k in enumerate(parts) if k not in (fold, -1)]
            (threshold, least, most), _ = train.best_choice(
                [papers[i].gold for i in rest], field, [order[i] for i in rest]
            )
            for i in (i for i, k in enumerate(parts) if k == fold):
                said = choose(order[i], threshold=threshold, least=least, most=most)
                forms[i][field] = [
                    {"value": g.members[0].value, "evidence": [{"quote": g.members[0].value}], "confidence": p}
                    for g, p in said
                ]
                for group, p in said:
                    right = gold_of.paper_quality(papers[i], field, group) > 0
                    sure.append((p, right))
                    if right:
                        lines = list(dict.fromkeys(m.line for m in group.members))[:3]
                        marks = papers[i].evidence[lines, column]
                        shown += np.array([marks[0], marks.any(), 1])
    first, three = shown[:2] / shown[2]
    print(
        f"evidence of right values: first sentence one that the annotator quoted {first:.3f}, one of three {three:.3f}"
    )
    return forms, sure


def table(
    papers: Sequence[gold_of.Paper], parts: np.ndarray, forms: list[dict[str, Any]], outcome: train.Outcome
) -> None:
    """Print F1 on the folds and on the studies set aside, if any; how often a true value is among those shown.

    recall@5: among the first five. Offered: among those said and their four alternatives, as a form shows them.
    """
    print(f"{'field':14} {'folds':>6} {'aside':>6}  recall@5: of values, of papers; offered")
    every = []
    for field in FIELDS:
        counted = np.zeros((2, 3))
        hits = np.zeros(5)
        for paper, part, form, order in zip(papers, parts.tolist(), forms, outcome.ranked[field]):
            said = [(g, p) for g, p in order if any(e["value"] == g.members[0].value for e in form[field])]
            counted[int(part == -1)] += gold_of.counts_of(paper.gold, field, said)
            wanted = gold_of.truths(paper, field)
            values = [spelt(g.members[0].value) for g, _ in order[:5]]
            met = sum(any(likeness(t, v) > 0 for v in values) for t in wanted)
            shown = [spelt(g.members[0].value) for g in offered(order, said)]
            there = sum(any(likeness(t, v) > 0 for v in shown) for t in wanted)
            hits += np.array([met, len(wanted), bool(met), bool(wanted), there])
        f1 = 2 * counted[:, 0] / np.maximum(1, counted[:, 1] + counted[:, 2])
        every.append([*f1, hits[0] / hits[1], hits[2] / hits[3], hits[4] / hits[1]])
        print(f"{field:14} {f1[0]:6.3f} {f1[1]:6.3f}  {every[-1][2]:.3f} {every[-1][3]:.3f} {every[-1][4]:.3f}")
    print("mean           " + " {:.3f}  {:.3f}  {:.3f} {:.3f} {:.3f}".format(*np.mean(every, axis=0)))


def reached(papers: Sequence[gold_of.Paper], parts: np.ndarray) -> None:
    """Print by field which share of the true values is among all candidates, over the studies of the folds."""
    shares = []
    for field in FIELDS:
        met = wanted = 0
        for paper in (p for p, part in zip(papers, parts.tolist()) if part != -1):
            values = {spelt(v) for v in {c.value for c in paper.candidates[field]}}
            truths = gold_of.truths(paper, field)
            met += sum(any(likeness(t, v) > 0 for v in values) for t in truths)
            wanted += len(truths)
        shares.append(f"{field} {met / max(1, wanted):.2f}")
    print("among all candidates: " + ", ".join(shares))


def offered(order: Sequence[tuple[Group, float]], said: Sequence[tuple[Group, float]]) -> list[Group]:
    """Return the values said and the further ones that the form keeps."""
    taken = {id(g) for g, _ in said}
    rest = [g for g, p in order[: len(said) + ALTERNATIVES] if id(g) not in taken and p >= SLIGHT]
    return [g for g, _ in said] + rest[:ALTERNATIVES]


def calibration(sure: list[tuple[float, bool]]) -> None:
    """Print how often values of each confidence were right."""
    every = np.array(sure, dtype=float)
    print("confidence  said  right  values")
    gap = 0.0
    for low in np.arange(0, 1, 0.1):
        part = every[(every[:, 0] >= low) & (every[:, 0] < low + 0.1)]
        if len(part):
            said, right = part.mean(axis=0)
            gap += abs(said - right) * len(part) / len(every)
            print(f"  {low:.1f}-{low + 0.1:.1f}   {said:.2f}  {right:.2f}   {len(part)}")
    print(f"  expected calibration error {gap:.3f}")


def log(line: str) -> None:
    """Print how far it is, apart from the figures."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Print the scorer's table, calibration and time per paper."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vivex-forms")
    parser.add_argument("--save", type=Path, help="folder for the model fitted on all studies")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--time", action="store_true", help="only time the shipped model on the papers")
    options = parser.parse_args()
    gold, texts = options.shared / "gold" / "studies", options.shared / "gold" / "texts"
    known = mentions(texts, options.cache / "mentions")
    if options.time:
        seconds, book = [], template("invivo")
        for path in sorted(texts.glob("*.txt")):
            document, found = parse_file(path), read_annotations(known / f"{path.stem}.jsonl")
            begin = time.process_time()
            propose(document, found, book)
            seconds.append(time.process_time() - begin)
        print(f"seconds a paper (processor): median {np.median(seconds):.3f}, largest {max(seconds):.3f}")
        return
    papers = gold_of.load_papers(gold, texts, known, jobs=options.jobs)
    asked = certainty.examples(papers, jobs=options.jobs)
    parts = parts_of(papers)
    print("twenty studies set aside")
    reached(papers, parts)
    score(papers, parts, train.fit(papers, parts, asked, jobs=options.jobs, say=log), options)
    for name, error in certainty.errors(asked, parts).items():
        print(f"a review's own categories, expected calibration error, {name}: {error:.3f}")
    if options.save is not None:
        print("five folds of all")
        parts = train.folds_of(papers, FOLDS)
        whole = train.fit(papers, parts, asked, jobs=options.jobs, say=log)
        train.save(whole.fitted, options.save / train.FILE)
        score(papers, parts, whole, options)


def score(
    papers: Sequence[gold_of.Paper], parts: np.ndarray, outcome: train.Outcome, options: argparse.Namespace
) -> None:
    """Print the scorer's table, F1 by part with recall@5, and calibration."""
    forms, sure = fill(papers, parts, outcome)
    out = folder_of(options.cache / "forms")
    for paper, form in zip(papers, forms):
        record = {"form": "invivo", "fields": form}
        (out / f"{paper.study}.json").write_text(json.dumps(record, ensure_ascii=False))
    scorer(options.shared).main(str(options.shared / "gold" / "studies"), str(out))
    table(papers, parts, forms, outcome)
    calibration(sure)


if __name__ == "__main__":
    main()
