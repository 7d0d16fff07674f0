"""What is known of words from texts: the clusters they fall in, and how often corpora mark them."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

KINDS = ("gene", "chemical", "disease", "cell", "anatomy", "species", "outcome", "quantity", "time", "reagent")


@dataclass(frozen=True)
class Vocabulary:
    """Hold cluster numbers (coarse to fine) and, by KINDS, marks from 0 (not seen) to 5 (nearly always marked)."""

    clusters: dict[str, tuple[int, ...]]
    rates: dict[str, tuple[int, ...]]


def save_vocabulary(vocabulary: Vocabulary, path: Path) -> None:
    """Write one word a line: clusters, then the digits of its marks; the same table gives the same bytes."""
    lines = []
    for word in sorted({*vocabulary.clusters, *vocabulary.rates}):
        numbers = " ".join(map(str, vocabulary.clusters.get(word, ())))
        lines.append(f"{word}\t{numbers}\t{''.join(map(str, vocabulary.rates.get(word, ())))}\n")
    path.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))


def load_vocabulary(path: Path) -> Vocabulary:
    """Read what `save_vocabulary` wrote."""
    clusters, rates = {}, {}
    for line in gzip.decompress(path.read_bytes()).decode().split("\n"):
        if line:
            word, numbers, marks = line.split("\t")
            if numbers:
                clusters[word] = tuple(map(int, numbers.split()))
            if marks:
                rates[word] = tuple(map(int, marks))
    return Vocabulary(clusters, rates)
