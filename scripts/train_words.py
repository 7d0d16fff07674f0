"""Make models/base/fields/words.npz: vectors of the words of unlabelled in-vivo papers, by their neighbours.

usage: python scripts/train_words.py TEXTS.jsonl.gz OUT_FOLDER
TEXTS holds one paper a line: {"title", "abstract", "sections": [[heading, paragraph], …]} (corpora/invivo_fulltext,
CC BY, CC BY-SA and CC0). Needs scikit-learn; two minutes. A vector is a row of the singular vectors of the words'
positive information about up to three neighbours on each side (Levy and Goldberg, 2014); a word's weight falls with
its frequency (Arora et al., 2017).
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from vivex.extract.phrases import tokens
from vivex.extract.value_features import shape
from vivex.extract.word_vectors import FILE

KNOWN, CONTEXTS, SIZE = 24000, 3000, 48  # words, neighbours that count, numbers of a vector
SIDES = {-3: 2, -2: 2, -1: 0, 1: 1, 2: 3, 3: 3}  # place of a neighbour -> which kind of neighbour it is
COMMON = 1e-3  # share of the text at which a word counts half


def paragraphs(path: Path) -> list[list[str]]:
    """Return the words of every paragraph, numbers made one symbol."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            paper = json.loads(line)
            for text in [paper["title"], paper["abstract"], *(p for _, p in paper["sections"])]:
                out.append([shape(word) for _, _, word in tokens(text)])
    return out


def vectors_of(texts: Sequence[Sequence[str]], known: Sequence[str]) -> np.ndarray:
    """Return a row of length one for each known word."""
    from scipy.sparse import coo_matrix, diags
    from sklearn.decomposition import TruncatedSVD

    index = {word: i for i, word in enumerate(known)}
    ids = np.concatenate([[index.get(w, -1) for w in text] + [-1] * 3 for text in texts]).astype(np.int64)
    rows, columns = [], []
    for shift, side in SIDES.items():
        other = np.roll(ids, -shift)
        good = (ids >= 0) & (other >= 0) & (other < CONTEXTS)
        rows.append(ids[good])
        columns.append(other[good] + side * CONTEXTS)
    row, column = np.concatenate(rows), np.concatenate(columns)
    table = coo_matrix((np.ones(len(row)), (row, column)), shape=(len(known), 4 * CONTEXTS)).tocsr()
    total = table.sum()
    by_row = 1 / np.maximum(1, np.asarray(table.sum(1)).ravel())
    by_column = 1 / np.maximum(1, np.asarray(table.sum(0)).ravel() ** 0.75 * total**0.25)
    table = diags(by_row) @ table @ diags(by_column) * total
    table.data = np.log(np.maximum(table.data, 1))
    table.eliminate_zeros()
    found = TruncatedSVD(SIZE, n_iter=4, random_state=0).fit_transform(table)
    return found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-6)


def main() -> None:
    """Write the vectors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    texts = paragraphs(options.texts)
    counts = collections.Counter(w for text in texts for w in text)
    known = [w for w, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])) if n >= 3][:KNOWN]
    share = np.array([counts[w] for w in known]) / sum(counts.values())
    np.savez_compressed(
        options.out / FILE,
        words=np.frombuffer("\n".join(known).encode("utf-8"), dtype=np.uint8),
        vectors=np.round(vectors_of(texts, known) * 127).astype(np.int8),
        weights=(COMMON / (COMMON + share)).astype(np.float16),
    )


if __name__ == "__main__":
    main()
