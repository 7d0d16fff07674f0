"""Words as vectors: words that are used alike point alike, so that what was learnt of one holds for its kin.

The vectors come from the neighbours of words in unlabelled papers (`scripts/train_words.py`); numpy alone reads them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.errors import MissingModel
from vivex.extract.phrases import tokens
from vivex.extract.reading import Line, Reading
from vivex.extract.value_features import Group, shape

if TYPE_CHECKING:
    from vivex.extract.value_features import Numbers

FILE = "words.npz"
PARTS = 3  # a value's own words, those around it, its sentence
_AROUND = 40  # characters on each side of a value


@dataclass(frozen=True, eq=False)
class WordVectors:
    """Hold one row for each known word; rare words have longer rows, as they say more."""

    index: Mapping[str, int]
    rows: Numbers

    @property
    def size(self) -> int:
        """Return the numbers of a vector."""
        return int(self.rows.shape[1])

    def mean(self, words: Iterable[str]) -> Numbers:
        """Return the direction of the words together; zeros where none is known."""
        import numpy as np

        known = [self.index[w] for w in words if w in self.index]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        total = self.rows[known].sum(axis=0)
        direction: Numbers = total / (np.linalg.norm(total) + np.float32(1e-6))
        return direction


def load(folder: Path) -> WordVectors:
    """Return the vectors in the folder; raise MissingModel where there are none."""
    return _load(folder / FILE)


@functools.lru_cache(maxsize=4)
def _load(path: Path) -> WordVectors:
    import numpy as np

    if not path.is_file():
        raise MissingModel(f"{path}: no word vectors here; reinstall vivex, or make them with scripts/train_words.py")
    with np.load(path, allow_pickle=False) as data:
        words = data["words"].tobytes().decode("utf-8").split("\n")
        rows = data["vectors"].astype(np.float32) * data["weights"].astype(np.float32)[:, None]
    return WordVectors({word: k for k, word in enumerate(words)}, rows)


def meanings(groups: Sequence[Group], reading: Reading, vectors: WordVectors, lines: dict[int, Numbers]) -> Numbers:
    """Return for each value the vectors of its words, of those around its best place, and of that sentence.

    `lines` keeps the vectors of sentences from one field to the next.
    """
    import numpy as np

    out = np.zeros((len(groups), PARTS * vectors.size), dtype=np.float32)
    for row, group in zip(out, groups, strict=True):
        best = group.members[0]
        line = reading.lines[best.line]
        if best.line not in lines:
            lines[best.line] = vectors.mean(shape(word) for _, _, word in line.words)
        own = meaning_of(best.value, vectors)
        beside = vectors.mean(_beside(line, best.start - line.start, best.end - line.start))
        row[:] = np.concatenate([own, beside, lines[best.line]])
    return out


def meaning_of(value: str, vectors: WordVectors) -> Numbers:
    """Return the direction of a value's own words."""
    return vectors.mean(shape(word) for _, _, word in tokens(value))


def _beside(line: Line, begin: int, end: int) -> list[str]:
    """Return the words of the line that stand right before or behind a span."""
    return [
        shape(word)
        for start, stop, word in line.words
        if begin - _AROUND < stop <= begin or end <= start < end + _AROUND
    ]
