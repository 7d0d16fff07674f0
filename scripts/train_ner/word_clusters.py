"""Learn what the texts tell of a word: clusters of words used alike, and how often corpora mark it, by kind."""

from __future__ import annotations

import collections
import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from train_ner.corpora import Example
from vivex.recognize.tagger.tokens import folded, words_of
from vivex.recognize.tagger.word_clusters import KINDS, Vocabulary

SIZES = (64, 256, 1024)  # clusters, coarse to fine


def read_texts(path: Path) -> list[list[str]]:
    """Return the folded words of every paragraph of the unlabelled in-vivo papers."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            for text in [row["title"], row["abstract"], *(p for _, p in row["sections"])]:
                out.append(
                    [folded(w) if w[0].isalpha() else ("0" if w[0].isdigit() else w) for w in words_of(text).text]
                )
    return out


def clusters_of(paragraphs: Sequence[Sequence[str]], *, size: int, seed: int) -> dict[str, tuple[int, ...]]:
    """Return the cluster numbers of each frequent word: k-means on SVD of its neighbours' positive information."""
    import numpy as np
    from scipy.sparse import coo_matrix, diags
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    counts = collections.Counter(w for p in paragraphs for w in p)
    vocabulary = [w for w, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])) if n >= 4][:size]
    index = {w: i for i, w in enumerate(vocabulary)}
    contexts = 4000
    ids = np.concatenate([[index.get(w, -1) for w in p] + [-1] * 3 for p in paragraphs]).astype(np.int64)
    rows, columns = [], []
    for shift in (-3, -2, -1, 1, 2, 3):
        other = np.roll(ids, -shift)
        good = (ids >= 0) & (other >= 0) & (other < contexts)
        side = {-1: 0, 1: 1}.get(shift, 2 if shift < 0 else 3)
        rows.append(ids[good])
        columns.append(other[good] + side * contexts)
    row, column = np.concatenate(rows), np.concatenate(columns)
    table = coo_matrix((np.ones(len(row)), (row, column)), shape=(len(vocabulary), 4 * contexts)).tocsr()
    total = table.sum()
    by_row = 1 / np.maximum(1, np.asarray(table.sum(1)).ravel())
    by_column = 1 / np.maximum(1, np.asarray(table.sum(0)).ravel() ** 0.75 * total**0.25)
    table = diags(by_row) @ table @ diags(by_column) * total
    table.data = np.log(np.maximum(table.data, 1))
    table.eliminate_zeros()
    vectors = normalize(TruncatedSVD(120, n_iter=4, random_state=seed).fit_transform(table))
    found = [
        MiniBatchKMeans(k, random_state=seed, n_init=2, batch_size=4096, max_iter=60).fit_predict(vectors)
        for k in SIZES
    ]
    return {w: tuple(int(f[i]) for f in found) for w, i in index.items()}


def rates_of(examples: Iterable[Example]) -> dict[str, tuple[int, ...]]:
    """Return for each word and kind 0 (not seen) or 1 to 5: the share of its occurrences that corpora mark."""
    marked: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    seen: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for made in examples:
        keys = [folded(w) for w in made.words.text]
        for label, row in made.tags.items():
            if label in KINDS:
                for key, tag in zip(keys, row):
                    seen[key][label] += 1
                    marked[key][label] += tag > 0
    out = {}
    for word in sorted(seen):
        if not word[0].isalpha() or max(seen[word].values()) < 3:
            continue
        row = []
        for kind in KINDS:
            n = seen[word][kind]
            share = marked[word][kind] / n if n else 0
            row.append(0 if n < 2 else 1 + sum(share > cut for cut in (0.02, 0.2, 0.5, 0.85)))
        out[word] = tuple(row)
    return out


def names_in(examples: Iterable[Example]) -> dict[str, list[str]]:
    """Return the names that corpora mark as chemical, disease, cell, anatomy, gene or outcome."""
    kinds = {"chemical", "disease", "cell", "anatomy", "gene", "outcome"}
    out: dict[str, set[str]] = collections.defaultdict(set)
    for made in examples:
        for label, row in made.tags.items():
            if label not in kinds:
                continue
            first = None
            for i, tag in enumerate([*row, 0]):
                if first is not None and tag != 2:
                    out["seen_" + label].add(" ".join(made.words.text[first:i]))
                    first = None
                if tag == 1:
                    first = i
    return {k: sorted(n for n in v if len(n) > 2) for k, v in out.items()}


def learn_vocabulary(
    paragraphs: Sequence[Sequence[str]], examples: Iterable[Example], *, size: int, seed: int
) -> Vocabulary:
    """Return clusters and rates in one table."""
    clusters = clusters_of(paragraphs, size=size, seed=seed)
    return Vocabulary(clusters, rates_of(examples))
