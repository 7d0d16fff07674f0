"""Rows of numbers for words by their neighbours in unlabelled in-vivo papers, and the paragraphs of those papers."""

from __future__ import annotations

import collections
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from unlabelled import papers_in

SIDES = {-3: 2, -2: 2, -1: 0, 1: 1, 2: 3, 3: 3}  # place of a neighbour -> which kind of neighbour it is


def paragraphs_in(path: Path) -> Iterator[str]:
    """Yield titles, abstracts and paragraphs of the papers of a gzipped file, each a line (see `train_words`)."""
    for paper in papers_in(path):
        yield from (paper["title"], paper["abstract"], *(text for _, text in paper["sections"]))


def frequent(texts: Sequence[Sequence[str]], *, least: int, most: int) -> dict[str, int]:
    """Return how often each of the most frequent words stands in the texts, the most frequent first."""
    counts = collections.Counter(word for text in texts for word in text)
    kept = [(word, n) for word, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])) if n >= least]
    return dict(kept[:most])


def rows_of(texts: Sequence[Sequence[str]], known: Sequence[str], *, contexts: int, size: int, seed: int) -> Any:
    """Return `size` numbers for each known word: singular vectors of its positive information about its neighbours.

    The first `contexts` known words count as neighbours, up to three on each side (Levy and Goldberg, 2014).
    """
    from scipy.sparse import coo_matrix, diags
    from sklearn.decomposition import TruncatedSVD

    index = {word: i for i, word in enumerate(known)}
    ids = np.concatenate([[index.get(w, -1) for w in text] + [-1] * 3 for text in texts]).astype(np.int64)
    rows, columns = [], []
    for shift, side in SIDES.items():
        other = np.roll(ids, -shift)
        good = (ids >= 0) & (other >= 0) & (other < contexts)
        rows.append(ids[good])
        columns.append(other[good] + side * contexts)
    row, column = np.concatenate(rows), np.concatenate(columns)
    table = coo_matrix((np.ones(len(row)), (row, column)), shape=(len(known), 4 * contexts)).tocsr()
    total = table.sum()
    by_row = 1 / np.maximum(1, np.asarray(table.sum(1)).ravel())
    by_column = 1 / np.maximum(1, np.asarray(table.sum(0)).ravel() ** 0.75 * total**0.25)
    table = diags(by_row) @ table @ diags(by_column) * total
    table.data = np.log(np.maximum(table.data, 1))
    table.eliminate_zeros()
    return TruncatedSVD(size, n_iter=4, random_state=seed).fit_transform(table)
