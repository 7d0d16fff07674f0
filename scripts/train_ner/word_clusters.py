"""Learn what the texts tell of a word: clusters of words used alike, and how often corpora mark it, by kind."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Sequence
from pathlib import Path

from train_ner.corpora import Example
from vivex.recognize.tagger.tokens import folded, words_of
from vivex.recognize.tagger.word_clusters import KINDS, Vocabulary
from word_neighbours import frequent, paragraphs_in, rows_of

SIZES = (64, 256, 1024)  # clusters, coarse to fine


def read_texts(path: Path) -> list[list[str]]:
    """Return the folded words of every paragraph of the unlabelled in-vivo papers."""
    return [
        [folded(w) if w[0].isalpha() else ("0" if w[0].isdigit() else w) for w in words_of(text).text]
        for text in paragraphs_in(path)
    ]


def clusters_of(paragraphs: Sequence[Sequence[str]], *, size: int, seed: int) -> dict[str, tuple[int, ...]]:
    """Return the cluster numbers of each frequent word: k-means on SVD of its neighbours' positive information."""
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.preprocessing import normalize

    vocabulary = list(frequent(paragraphs, least=4, most=size))
    vectors = normalize(rows_of(paragraphs, vocabulary, contexts=4000, size=120, seed=seed))
    found = [
        MiniBatchKMeans(k, random_state=seed, n_init=2, batch_size=4096, max_iter=60).fit_predict(vectors)
        for k in SIZES
    ]
    return {w: tuple(int(f[i]) for f in found) for i, w in enumerate(vocabulary)}


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
