"""A baseline: spaCy's CNN trained on the annotated passages alone, by study, beside vivex's held-out predictions on the
same folds.

usage: python benchmarks/entities_cnn.py [--shared DIR] [--folds 0,1] [--epochs N] [--minutes M] [--held-out FILE]

A blank English pipeline: one HashEmbedCNN (width 96, depth 4, no pretrained vectors) shared by four `ner` components,
so that mentions of labels that nest often (a gene in an outcome, a gene in a strain) are learnt apart. Its words are
those of vivex's chains. Nothing of the tested studies is seen; the number of epochs is fixed beforehand (`--minutes`
bounds a fold's time and says how many were done).

--held-out  the found-words.json of `PYTHONPATH=scripts python -m train_ner.train`: the chains alone (no joining),
            scored on the same passages
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from entities import score  # the benchmark beside this one

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from train_ner.train import fold_numbers
from vivex.recognize.spans import Span
from vivex.recognize.tagger.tokens import words_of

ROOT = Path(__file__).resolve().parent.parent
GROUPS: Mapping[str, tuple[str, ...]] = {  # labels of one group nest in less than 2 of 100 mentions
    "ner_named": ("GENE", "MIRNA", "SPECIES", "DOSE", "SCHEDULE", "ROUTE"),
    "ner_measured": ("OUTCOME", "STRAIN"),
    "ner_given": ("AGENT",),
    "ner_sick": ("CELL", "MODEL"),
}
TOK2VEC = {
    "model": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
}
NER = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"},
    }
}
Mention = tuple[str, int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("VIVEX_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--folds", default="0,1,2,3,4", help="the folds to test, commas between them")
    parser.add_argument("--epochs", type=int, default=25)
    parser.add_argument(
        "--minutes", type=float, default=60.0, help="of processor time, the bound of one fold's training"
    )
    parser.add_argument("--held-out", type=Path)
    options = parser.parse_args()
    gold = options.shared / "gold" / "passages.jsonl"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    fold_of = fold_numbers([row["study_id"] for row in rows], 5)
    folds = [int(k) for k in options.folds.split(",")]
    found: dict[str, list[Mention]] = {}
    for k in folds:
        begin = time.process_time()
        seen = [row for row, fold in zip(rows, fold_of) if fold != k]
        nlp, epochs = trained(seen, epochs=options.epochs, minutes=options.minutes)
        spent = time.process_time() - begin
        begin, words = time.process_time(), 0
        for row in (row for row, fold in zip(rows, fold_of) if fold == k):
            doc, found[row["pid"]] = predicted(nlp, row["text"])
            words += len(doc)
        rate = words / (time.process_time() - begin)
        print(
            f"fold {k}: {epochs} epochs, {spent / 60:.1f} min of processor, {rate:.0f} words/s, {size(nlp):.1f} MB",
            flush=True,
        )
    tested = [row for row, fold in zip(rows, fold_of) if fold in folds]
    print(f"## spaCy CNN, folds {options.folds} of 5 ({len(tested)} of {len(rows)} passages)")
    print(scored(options.shared, tested, found))
    if options.held_out:
        held = {p: [tuple(m[:3]) for m in ms] for p, ms in json.loads(options.held_out.read_text(encoding="utf-8"))}
        print("## vivex's chains alone, the same passages")
        print(scored(options.shared, tested, held))


def document(nlp: Any, text: str) -> Any:
    """Return the text as a Doc of vivex's words, each with where it begins."""
    from spacy.tokens import Doc

    words = words_of(text)
    follows = [b > a for a, b in zip(words.end, (*words.start[1:], len(text)))]
    return Doc(nlp.vocab, words=list(words.text), spaces=follows)


def example(nlp: Any, row: Mapping[str, Any], labels: Iterable[str]) -> Any:
    """Return a training example that holds the passage's mentions of the labels; of two that overlap, the longer."""
    from spacy.tokens import Span as Marked
    from spacy.training import Example
    from spacy.util import filter_spans

    doc, words = document(nlp, row["text"]), words_of(row["text"])
    spans = []
    for start, end, label in row["spans"]:
        inside = [i for i in range(len(words)) if words.start[i] < end and start < words.end[i]]
        if label in labels and inside:
            spans.append(Marked(doc, inside[0], inside[-1] + 1, label))
    doc.ents = filter_spans(spans)
    return Example(document(nlp, row["text"]), doc)


def trained(rows: Sequence[Mapping[str, Any]], *, epochs: int, minutes: float) -> tuple[Any, int]:
    """Return a pipeline fitted to the rows, and how many epochs it was fitted for."""
    import spacy
    from spacy.util import fix_random_seed, minibatch

    fix_random_seed(13)
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config=TOK2VEC)
    for name in GROUPS:
        nlp.add_pipe("ner", name=name, config=NER)
    per_group = {name: [example(nlp, row, labels) for row in rows] for name, labels in GROUPS.items()}
    for name, labels in GROUPS.items():
        for label in labels:
            nlp.get_pipe(name).add_label(label)
    optimizer = nlp.initialize(lambda: per_group["ner_named"])
    order, draw = list(range(len(rows))), random.Random(13)
    begin, done = time.process_time(), 0
    tok2vec = nlp.get_pipe("tok2vec")
    while done < epochs and time.process_time() - begin < 60 * minutes:
        draw.shuffle(order)
        for batch in minibatch(order, size=4):
            losses: dict[str, float] = {}
            tok2vec.update([per_group["ner_named"][i] for i in batch], drop=0.1, losses=losses)
            for name in GROUPS:
                nlp.get_pipe(name).update([per_group[name][i] for i in batch], drop=0.1, losses=losses)
            for _, pipe in nlp.pipeline:
                pipe.finish_update(optimizer)
            optimizer.step_schedules()
        done += 1
    return nlp, done


def predicted(nlp: Any, text: str) -> tuple[Any, list[Mention]]:
    """Return the Doc of the text and the mentions that every component finds."""
    doc, words = document(nlp, text), words_of(text)
    nlp.get_pipe("tok2vec")(doc)
    out = []
    for name in GROUPS:
        doc.ents = []
        nlp.get_pipe(name)(doc)
        out += [(e.label_, words.start[e.start], words.end[e.end - 1]) for e in doc.ents]
    return doc, out


def size(nlp: Any) -> float:
    """Return the megabytes of the saved pipeline."""
    with tempfile.TemporaryDirectory() as folder:
        nlp.to_disk(folder)
        return sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file()) / 1e6


def scored(shared: Path, rows: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Mention]]) -> str:
    """Return the table of bench/score_entities.py on the rows alone."""
    spans = {r["pid"]: [Span(a, b, label) for label, a, b in found.get(r["pid"], ())] for r in rows}
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return score(shared, gold, spans)


if __name__ == "__main__":
    main()
