"""Read the annotated passages: which are learnt from, which are set aside, and the fold that each is left out in."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from train_ner.corpora import TRAINED, Example, read_gold
from vivex.headings import role_of
from vivex.recognize.tagger.name_lists import load_lexicon, match
from vivex.recognize.tagger.proposals import proposals
from vivex.recognize.tagger.word_clusters import load_vocabulary
from vivex.recognize.tagger.word_features import columns, proposed_codes

ASIDE_FILE = "passages-2.jsonl"  # annotated after the models of 0.1.0 were made; a fifth of its papers is only scored
ALWAYS = -1  # fold of passages that are in every training: the model that training begins from has read them
OWN = -2  # fold of passages written for this project: in every training, never scored
OWN_FILE = Path(__file__).parent / "own_passages.jsonl"


@dataclass(frozen=True)
class Gold:
    """Hold the passages: ids, examples, section roles, folds and files, and the columns of their words."""

    pids: tuple[str, ...]
    examples: tuple[Example, ...]
    roles: tuple[str, ...]
    folds: tuple[int, ...]
    files: tuple[str, ...]
    columns: tuple[Any, ...]

    def tags(self, index: int) -> Any:
        """Return int8 [words, labels] of a passage."""
        import numpy as np

        made = self.examples[index]
        missing = [-1] * len(made.words)
        return np.array([made.tags.get(label, missing) for label in TRAINED], dtype=np.int8).T

    def judged(self) -> list[int]:
        """Return the passages that a model is scored on which has not seen their paper."""
        return [i for i, fold in enumerate(self.folds) if fold >= 0]

    def new_without(self, left_out: int | None, *, own: int) -> list[int]:
        """Return what a model hasn't read that is moved onward: the other folds, and the first `own` of our own."""
        ours = [i for i, fold in enumerate(self.folds) if fold == OWN]
        return [i for i in self.judged() if self.folds[i] != left_out] + ours[:own]


def set_aside(study: str) -> bool:
    """Tell whether a paper of ASIDE_FILE is in the fifth that nobody reads and that is only ever scored."""
    return zlib.crc32(study.encode()) % 5 == 0


def role_of_path(section: str) -> str:
    """Return the role that the headings of "Methods > Animals" announce, the outermost that announces one."""
    return next((role for part in section.split(">") if (role := role_of(part.strip()))), "other")


def fold_numbers(units: Sequence[str], folds: int) -> tuple[int, ...]:
    """Return the fold of each unit: units in the order of their hash, dealt out in turn."""
    order = sorted(set(units), key=lambda u: (zlib.crc32(u.encode()), u))
    number = {u: i % folds for i, u in enumerate(order)}
    return tuple(number[u] for u in units)


def read_passages(
    config: Mapping[str, Any], shared: Path, work: Path, *, aside: bool = False, begun: bool = False
) -> Gold:
    """Read the annotated passages with their folds and columns: those to learn from and our own, or those set aside.

    `begun`: training begins from a model that has read the files of `config["read_before"]`.
    """
    import numpy as np

    rows, texts, files = [], [], []
    ours = [] if aside else [OWN_FILE]
    for path in (*(shared / "gold" / name for name in config["gold"]), *ours):
        name = path.name
        lines = path.read_text(encoding="utf-8").splitlines()
        for row, line in zip(read_gold(path), lines, strict=True):
            if path in ours or (name == ASIDE_FILE and set_aside(row[2].unit)) == aside:
                rows.append(row)
                texts.append(json.loads(line)["text"])
                files.append(name)
    examples = tuple(example for *_, example in rows)
    roles = tuple(role_of_path(section) for _, section, _ in rows)
    tables, vocabulary = load_lexicon(work / "lexicon.npz"), load_vocabulary(work / "vocabulary.tsv.gz")
    proposed = [proposed_codes(e.words, proposals(text, TRAINED), TRAINED) for e, text in zip(examples, texts)]
    listed = [match(e.words, tables) for e in examples]
    read = columns([e.words for e in examples], roles, proposed, listed, vocabulary, {})
    cuts = np.cumsum([len(e.words) for e in examples])[:-1]
    fixed = [OWN if n == OWN_FILE.name else ALWAYS if begun and n in config["read_before"] else None for n in files]
    dealt = fold_numbers([e.unit for e, fold in zip(examples, fixed) if fold is None], config["folds"])
    numbers = iter(dealt)
    folds = tuple(next(numbers) if fold is None else fold for fold in fixed)
    pids = tuple(pid for pid, *_ in rows)
    return Gold(pids, examples, roles, folds, tuple(files), tuple(np.split(read, cuts)))
