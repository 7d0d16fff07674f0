"""Make models/base/fields/words.npz: vectors of the words of unlabelled in-vivo papers, by their neighbours.

usage: python scripts/train_words.py TEXTS.jsonl.gz OUT_FOLDER
TEXTS holds one paper a line: {"title", "abstract", "sections": [[heading, paragraph], …]} (corpora/invivo_fulltext,
CC BY, CC BY-SA and CC0). Needs scikit-learn; two minutes. A vector is a row of the singular vectors of the words'
information about their neighbours (`word_neighbours`); a word's weight falls with its frequency (Arora et al., 2017).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from vivex.extract.phrases import tokens
from vivex.extract.value_features import shape
from vivex.extract.word_vectors import FILE
from word_neighbours import frequent, paragraphs_in, rows_of

KNOWN, CONTEXTS, SIZE = 24000, 3000, 48  # words, neighbours that count, numbers of a vector
COMMON = 1e-3  # share of the text at which a word counts half


def main() -> None:
    """Write the vectors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    texts = [[shape(word) for _, _, word in tokens(text)] for text in paragraphs_in(options.texts)]
    known = frequent(texts, least=3, most=KNOWN)
    found = rows_of(texts, list(known), contexts=CONTEXTS, size=SIZE, seed=0)
    vectors = found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-6)
    share = np.array(list(known.values())) / sum(map(len, texts))
    np.savez_compressed(
        options.out / FILE,
        words=np.frombuffer("\n".join(known).encode("utf-8"), dtype=np.uint8),
        vectors=np.round(vectors * 127).astype(np.int8),
        weights=(COMMON / (COMMON + share)).astype(np.float16),
    )


if __name__ == "__main__":
    main()
