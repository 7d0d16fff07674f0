"""Scores of the shipped entity model on the parts of public corpora that its training never read.

usage: ner_public.py [--models DIR] [--shared DIR] [--most N]
Guidelines differ (a corpus may leave out families, or take in determiners): the figures tell transfer, not the state of
the art.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from train_ner.corpora import Example, held_out, read_corpora
from vivex.document import Document
from vivex.recognize.tagger import neural

SETS = (
    ("craft", "gene"), ("craft", "species"), ("craft", "cell"), ("nlmgene", "gene"), ("biored", "gene"),
    ("biored", "species"), ("bc2gm", "gene"), ("gnormplus", "gene"), ("evidence_outcomes", "outcome"),
    ("phee", "dose"), ("phee", "route"),
)  # fmt: skip
Span = tuple[int, int]


def true_spans(made: Example, label: str) -> set[Span]:
    """Return the spans of a label."""
    row, out = made.tags[label], set()
    for i, tag in enumerate(row):
        if tag == 1:
            end = i + 1
            while end < len(row) and row[end] == 2:
                end += 1
            out.add((made.words.start[i], made.words.end[end - 1]))
    return out


def text_of(made: Example) -> str:
    """Return the text that the words were cut from, single spaces for its white space."""
    text = [" "] * (made.words.end[-1] if len(made.words) else 0)
    for word, start in zip(made.words.text, made.words.start):
        text[start : start + len(word)] = word
    return "".join(text)


def f1(pairs: Iterable[tuple[set[Span], set[Span]]]) -> tuple[float, float, float, float, int]:
    """Return exact P, R, F1, overlap F1 and n of (found, true) pairs."""
    right = found = true = over_found = over_true = 0
    for p, g in pairs:
        right, found, true = right + len(p & g), found + len(p), true + len(g)
        over_found += sum(any(a < y and x < b for x, y in g) for a, b in p)
        over_true += sum(any(a < y and x < b for x, y in p) for a, b in g)
    p_over, r_over = over_found / max(1, found), over_true / max(1, true)
    overlap = 2 * p_over * r_over / (p_over + r_over) if p_over + r_over else 0.0
    return right / max(1, found), right / max(1, true), 2 * right / max(1, found + true), overlap, true


def scai(path: Path) -> Iterator[tuple[str, set[Span]]]:
    """Yield sentences of the SCAI miRNA corpus (evaluation only) and their specific miRNAs; offsets there are
    inclusive.
    """
    for sentence in ElementTree.parse(path).iter("sentence"):
        spans = set()
        for entity in sentence.iter("entity"):
            if entity.get("type") == "Specific_miRNAs":
                first, last = (int(x) for x in entity.get("charOffset", "0-0").split("-"))
                spans.add((first, last + 1))
        yield sentence.get("text", ""), spans


def main() -> None:
    """Print one Markdown row for each set and label."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("models/base"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("VIVEX_SHARED", "../shared")))
    parser.add_argument("--most", type=int, default=400, help="passages of a set at most, drawn with a seed")
    options = parser.parse_args()
    recogniser = neural.load(options.models)
    if recogniser is None:
        raise SystemExit(f"no model under {options.models}")
    print(f"{recogniser.source}\n\n| set | label | P | R | F1 | overlap F1 | n |\n|---|---|---|---|---|---|---|")

    def found(text: str, label: str) -> set[Span]:
        return {(a, b) for name, a, b, _ in recogniser(Document(study="s", text=text)) if name == label}

    def row(name: str, label: str, passages: Sequence[tuple[str, set[Span]]]) -> None:
        p, r, f, overlap, n = f1((found(text, label), true) for text, true in passages)
        print(f"| {name} | {label} | {p:.3f} | {r:.3f} | {f:.3f} | {overlap:.3f} | {n} |", flush=True)

    corpora = read_corpora(options.shared / "corpora")
    for name, label in SETS:
        kept = [e for e in corpora[name] if held_out(e.unit) and len(e.words)]
        kept = random.Random(0).sample(kept, min(options.most, len(kept)))
        row(f"{name} (held out)", label, [(text_of(e), true_spans(e, label)) for e in kept])
    sentences = list(scai(options.shared / "corpora" / "scai_mirna" / "miRNA-Train-Corpus.xml"))
    row(
        "SCAI miRNA train, specific", "mirna", random.Random(0).sample(sentences, min(4 * options.most, len(sentences)))
    )


if __name__ == "__main__":
    main()
