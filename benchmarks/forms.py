"""Score pre-filled forms on annotated studies, each by a field model that has not seen it; time the filling.

usage: python benchmarks/forms.py SHARED [--cache DIR] [--folds 5] [--no-mentions]
SHARED holds gold/studies, gold/texts and bench/score_form.py. Mentions and features are computed once into the cache.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pickle
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
import train_fields

from vivex.annotation import read_annotations, write_annotations
from vivex.codebook import template
from vivex.forms.fields import propose
from vivex.forms.record import form_record
from vivex.parse import parse_file


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


def main() -> None:
    """Cross-validate by study and print the scorer's table, calibration and time per paper."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("/tmp/vivex-forms"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, default=0, help="stop after this many folds")
    parser.add_argument("--no-mentions", action="store_true", help="the extractors' own patterns alone")
    options = parser.parse_args()
    gold, texts = options.shared / "gold" / "studies", options.shared / "gold" / "texts"
    known = None if options.no_mentions else mentions(texts, options.cache / "mentions")
    papers = train_fields.load_papers(gold, texts, known)
    parts = train_fields.folds_of(papers, options.folds)
    out, chosen = options.cache / "forms", options.cache / "gold"
    for folder in (out, chosen):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.json"):
            old.unlink()
    book, seconds, sure = template("invivo"), [], defaultdict(list)
    for fold in range(options.only or options.folds):
        model = options.cache / f"model{fold}"
        fitted = train_fields.fit([p for p, k in zip(papers, parts) if k != fold])
        train_fields.save(fitted, model / train_fields.FILE)
        for paper in (p for p, k in zip(papers, parts) if k == fold):
            found = read_annotations(known / f"{paper.study}.jsonl") if known else []
            document = parse_file(texts / f"{paper.study}.txt")
            begin = time.process_time()
            proposals = propose(document, found, book, models=model)
            seconds.append(time.process_time() - begin)
            record = form_record(document, book, proposals, [])
            (out / f"{paper.study}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1))
            (chosen / f"{paper.study}.json").write_bytes((gold / f"{paper.study}.json").read_bytes())
            for p in proposals:
                field = p.label.removeprefix("form.")
                value = p.evidence[0].quote if field == "main_result" else p.value
                entries = [str(e["quote"] if field == "main_result" else e["value"]) for e in paper.gold[field]]
                right = max(
                    (train_fields.likeness(train_fields.norm(value), train_fields.norm(e)) for e in entries), default=0
                )
                sure[field].append((p.confidence, right > 0))
        print(f"fold {fold} done", flush=True)
    spec = importlib.util.spec_from_file_location("score_form", options.shared / "bench" / "score_form.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    scorer.main(str(chosen), str(out))
    every = np.array([x for v in sure.values() for x in v], dtype=float)
    print("confidence: said, right, values")
    for low in np.arange(0, 1, 0.1):
        part = every[(every[:, 0] >= low) & (every[:, 0] < low + 0.1)]
        if len(part):
            print(f"  {low:.1f}-{low + 0.1:.1f}  {part[:, 0].mean():.2f}  {part[:, 1].mean():.2f}  {len(part)}")
    print(f"seconds a paper (processor): mean {np.mean(seconds):.3f}, largest {max(seconds):.3f}")
    with (options.cache / "confidence.pickle").open("wb") as stream:
        pickle.dump(dict(sure), stream)


if __name__ == "__main__":
    main()
