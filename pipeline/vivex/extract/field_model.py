"""The field model: linear scores of sentences and candidates, and boosted trees over a value's whole showing.

All arrays come from one .npz that `scripts/train_fields.py` writes; numpy alone is needed to use it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.errors import MissingModel
from vivex.extract.own_weights import FILE as OWN
from vivex.extract.own_weights import FieldShift, read_shifts
from vivex.extract.value_features import FIELDS, WIDTH, saliency
from vivex.extract.word_vectors import WordVectors
from vivex.extract.word_vectors import load as load_words

if TYPE_CHECKING:
    from vivex.extract.value_features import Numbers

FILE = "fields.npz"
VERSION = 4


@dataclass(frozen=True, eq=False)
class Trees:
    """Hold boosted trees of one depth: `split` and `at` by tree and inner node, `leaf` by tree and leaf."""

    split: Numbers
    at: Numbers
    leaf: Numbers
    base: float

    def __call__(self, rows: Numbers) -> Numbers:
        """Return the probability for each row."""
        import numpy as np

        depth = int(self.leaf.shape[1]).bit_length() - 1
        trees = np.arange(self.leaf.shape[0])
        node = np.zeros((len(rows), len(trees)), dtype=np.int64)
        at = np.arange(len(rows))[:, None]
        for _ in range(depth):
            go_right = rows[at, self.split[trees, node]] > self.at[trees, node]
            node = 2 * node + 1 + go_right
        value = self.leaf[trees, node - (2**depth - 1)].sum(axis=1) + self.base
        probability: Numbers = 1 / (1 + np.exp(-value))
        return probability


@dataclass(frozen=True, eq=False)
class FieldModel:
    """Hold the weights of every field, and how many values are proposed at which probability."""

    sentence: Numbers  # WIDTH + 1 by FIELDS; the last row is the intercept
    candidate: Numbers  # the same shape
    words: WordVectors
    meaning: Numbers  # FIELDS by the numbers of `word_vectors.meanings`, and an intercept
    trees: Mapping[str, Trees]
    again: Mapping[str, Trees]  # of the second look, with what the other fields say
    same: Trees  # of pairs of values: both say one thing
    threshold: Mapping[str, float]
    least: Mapping[str, float]  # the best value is proposed alone down to this probability
    most: Mapping[str, int]
    certainty: Numbers  # of a review's own fields: the intercept, then a weight for each feature of `custom.Said`
    version: str
    own: Mapping[str, FieldShift]  # what the review's own decisions taught, by field

    def bars(self, field: str) -> tuple[float, float]:
        """Return from which probability a field's values are said, and down to which the best alone."""
        own = self.own.get(field)
        if own is None or own.threshold == self.threshold[field]:
            return self.threshold[field], self.least[field]
        return own.threshold, own.threshold / 2

    def category(self, features: Sequence[float]) -> float:
        """Return the probability that a value of a review's own field is right."""
        total = float(self.certainty[0]) + sum(float(w) * x for w, x in zip(self.certainty[1:], features, strict=True))
        return 1 / (1 + math.exp(-total))

    def line_scores(self, features: Sequence[Sequence[int]]) -> Numbers:
        """Return log-odds, lines by FIELDS, that a line is evidence for each field."""
        return linear(self.sentence, features)

    def candidate_scores(self, field: str, features: Sequence[Sequence[int]]) -> Numbers:
        """Return the log-odds of each candidate where it stands."""
        column = FIELDS.index(field)
        return linear(self.candidate[:, column : column + 1], features)[:, 0]

    def meaning_scores(self, field: str, rows: Numbers) -> Numbers:
        """Return the log-odds of each value by what its words, its neighbours and its sentence mean, one a row."""
        return meant(self.meaning[FIELDS.index(field)], rows)

    def probabilities(self, field: str, rows: Numbers) -> Numbers:
        """Return the probability that each value of a field, by its row of `group_table`, is right."""
        return saliency(rows) if field == "mirna" else self.trees[field](rows)

    def second(self, field: str, rows: Numbers) -> Numbers:
        """Return the probability by the row of `second_table`."""
        return saliency(rows) if field == "mirna" else self.again[field](rows)


def meant(weights: Numbers, rows: Numbers) -> Numbers:
    """Return the scores of rows of `word_vectors.meanings` as one column; the last weight is the intercept."""
    scores: Numbers = (rows @ weights[:-1] + weights[-1])[:, None]
    return scores


def linear(weights: Numbers, features: Sequence[Sequence[int]]) -> Numbers:
    """Return the scores of rows of hashed columns, each row's length made one."""
    import numpy as np

    if not features:
        return np.zeros((0, weights.shape[1]), dtype=np.float32)
    sizes = np.array([len(f) for f in features])
    flat = np.fromiter((c for f in features for c in f), dtype=np.int64, count=int(sizes.sum()))
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    sums = np.add.reduceat(weights[flat].astype(np.float32), starts, axis=0)
    scores: Numbers = sums / np.sqrt(sizes)[:, None] + weights[WIDTH].astype(np.float32)
    return scores


def load(folder: Path) -> FieldModel:
    """Return the model in the folder; raise MissingModel where there is none or its shape is another version's."""
    return _load(folder / FILE)


@functools.lru_cache(maxsize=4)
def _load(path: Path) -> FieldModel:
    import numpy as np

    if not path.is_file():
        raise MissingModel(f"{path}: no field model here; reinstall vivex, or train one with scripts/train_fields.py")
    with np.load(path, allow_pickle=False) as data:
        if int(data["version"]) != VERSION or data["sentence"].shape[0] != WIDTH + 1:
            raise MissingModel(
                f"{path}: made for another version of vivex; run `vivex train` where it is a review's own, "
                "or train it again with scripts/train_fields.py"
            )
        trees, again = ({f: _trees(data, f, str(look)) for f in FIELDS} for look in (1, 2))
        choice = data["choice"]
        return FieldModel(
            sentence=data["sentence"].astype(np.float32),
            candidate=data["candidate"].astype(np.float32),
            words=load_words(path.parent),
            meaning=data["meaning"].astype(np.float32),
            trees=trees,
            again=again,
            same=_trees(data, "same", ""),
            threshold={f: float(choice[i, 0]) for i, f in enumerate(FIELDS)},
            least={f: float(choice[i, 1]) for i, f in enumerate(FIELDS)},
            most={f: int(choice[i, 2]) for i, f in enumerate(FIELDS)},
            certainty=data["certainty"].astype(np.float32),
            version=f"{VERSION}",
            own=read_shifts(path.with_name(OWN)),
        )


def _trees(data: Mapping[str, Numbers], name: str, look: str) -> Trees:
    """Return the trees that a model's arrays hold under a name."""
    import numpy as np

    split, at, leaf, base = (data[f"{name}.{part}{look}"] for part in ("split", "at", "leaf", "base"))
    return Trees(split.astype(np.int64), at, leaf, float(base))
