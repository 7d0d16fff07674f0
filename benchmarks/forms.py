"""Score pre-filled forms on annotated studies, each by models that have not seen it; time the filling.

usage: python benchmarks/forms.py SHARED [--cache DIR] [--save FOLDER] [--nested K]
SHARED holds gold/studies, gold/texts and bench/score_form.py. Mentions are computed once into the cache.

Five folds by study: sentence, candidate and value scores of a study come from models fitted on the other folds, and
how many values are said is chosen on the other folds too. (The trees of a fold were fitted on scores of the stages
before that had seen the fold's labels for other studies; --nested K repeats everything without the fold, for the
first K folds, which takes five times as long, and says how much that is worth.)
--save writes the model fitted on all studies, the one that vivex ships.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
import train_fields as train
from vivex.annotation import read_annotations, write_annotations
from vivex.codebook import template
from vivex.extract.choice import choose
from vivex.extract.propose import propose
from vivex.extract.value_features import FIELDS
from vivex.forms.record import form_record
from vivex.parse import parse_file

FOLDS = 5


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


def out_of_fold(papers: list[train.Paper], out: Path, save: Path | None) -> list[tuple[float, bool]]:
    """Write each paper's form from models of the other folds; return (confidence, right) of every value."""
    parts = train.folds_of(papers, FOLDS)
    by_fold = [train.fit_sentences([p for p, k in zip(papers, parts) if k != f]) for f in range(FOLDS)]
    scores = [train.linear(by_fold[k], p.lines) for p, k in zip(papers, parts)]
    forms: list[dict[str, Any]] = [{} for _ in papers]
    sure: list[tuple[float, bool]] = []
    shown = np.zeros(3)
    shape = (train.WIDTH + 1, len(FIELDS))
    fitted = train.Fitted(np.zeros(0), np.zeros(shape, np.float32), {}, np.zeros((len(FIELDS), 3), np.float32))
    for field in FIELDS:
        column, weights, trees, best, detail = train.fit_field(papers, parts, scores, field)
        fitted.candidate[:, column], fitted.trees[field], fitted.choice[column] = weights, trees, best
        groups, probabilities = detail["groups"], detail["probabilities"]
        for f in range(FOLDS):
            rest = [i for i, k in enumerate(parts) if k != f]
            (threshold, least, most), _ = train.best_choice(
                [papers[i] for i in rest], field, [groups[i] for i in rest], [probabilities[i] for i in rest]
            )
            for i in (i for i, k in enumerate(parts) if k == f):
                said = choose(field, groups[i], probabilities[i], threshold=threshold, least=least, most=most)
                forms[i][field] = [
                    {"value": g.members[0].value, "evidence": [{"quote": g.members[0].value}], "confidence": p}
                    for g, p in said
                ]
                for group, p in said:
                    right = train.paper_quality(papers[i], field, group) > 0
                    sure.append((p, right))
                    if right:
                        lines = list(dict.fromkeys(m.line for m in group.members))[:3]
                        marks = papers[i].evidence[lines, column]
                        shown += np.array([marks[0], marks.any(), 1])
        print(f"{field:14} P {detail['p']:.3f} R {detail['r']:.3f} F1 {detail['f1']:.3f}  {best}", flush=True)
    first, three = shown[:2] / shown[2]
    print(
        f"evidence of right values: first sentence is one that the annotator quoted {first:.3f}, one of three {three:.3f}"
    )
    for paper, form in zip(papers, forms):
        (out / f"{paper.study}.json").write_text(json.dumps({"form": "invivo", "fields": form}, ensure_ascii=False))
    if save is not None:
        fitted.sentence = train.fit_sentences(papers)
        train.save(fitted, save / train.FILE)
    return sure


def nested(papers: list[train.Paper], known: Path, texts: Path, out: Path, folds: int, cache: Path) -> list[str]:
    """Write the forms of the first folds by models fitted wholly without them; return the studies."""
    parts, book, studies = train.folds_of(papers, FOLDS), template("invivo"), []
    for fold in range(folds):
        model = cache / f"model{fold}"
        train.save(train.fit([p for p, k in zip(papers, parts) if k != fold]), model / train.FILE)
        for paper in (p for p, k in zip(papers, parts) if k == fold):
            document = parse_file(texts / f"{paper.study}.txt")
            found = propose(document, read_annotations(known / f"{paper.study}.jsonl"), book, models=model)
            record = form_record(document, book, found, [])
            (out / f"{paper.study}.json").write_text(json.dumps(record, ensure_ascii=False))
            studies.append(paper.study)
    return studies


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


def main() -> None:
    """Print the scorer's table, calibration and time per paper."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vivex-forms")
    parser.add_argument("--save", type=Path, help="folder for the model fitted on all studies")
    parser.add_argument("--nested", type=int, default=0)
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
    papers = train.load_papers(gold, texts, known)
    module = scorer(options.shared)
    if options.nested:
        out, chosen = folder_of(options.cache / "nested"), folder_of(options.cache / "nested-gold")
        for study in nested(papers, known, texts, out, options.nested, options.cache):
            (chosen / f"{study}.json").write_bytes((gold / f"{study}.json").read_bytes())
        module.main(str(chosen), str(out))
        return
    out = folder_of(options.cache / "forms")
    sure = out_of_fold(papers, out, options.save)
    module.main(str(gold), str(out))
    calibration(sure)


if __name__ == "__main__":
    main()
