"""The learned reader: what a single sentence says, a score for each label of the guidelines for sentences.

Negation, "although" and who did what are its work. A network (MiniLM, one head a label) reads each sentence by itself;
a gate of word weights keeps from it the sentences of a paper that hold none of the field's usual words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vivex.document import sha256
from vivex.errors import MissingModel

LONGEST = 72  # word pieces of a sentence that are read
STEP = 64  # scores are rounded to 1/STEP before anything is decided on them: processors differ in the last digits
FILES = ("reader.json", "reader.onnx", "tokenizer.json")
_STEM = 6  # letters of a word that the gate knows it by
_WORD = re.compile(r"[a-z]+|\d+")


class Network(Protocol):
    """Give the scores of one sentence's word pieces."""

    def run(self, outputs: None, feed: Mapping[str, Any]) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Gate:
    """Tell cheaply which sentences may say anything of bias: a sum of weights of their words' first letters."""

    weights: Mapping[str, float]
    least: float

    def opens(self, text: str) -> bool:
        """Tell whether the sentence is worth reading."""
        return sum(self.weights.get(stem, 0.0) for stem in stems(text)) >= self.least


@dataclass(frozen=True, slots=True)
class SentenceReader:
    """Hold the network, the labels that it gives scores for, its gate, and how it is joined with the rules."""

    labels: tuple[str, ...]
    gate: Gate
    votes: Mapping[str, Mapping[str, float]]  # family of labels -> weights of score, rule, contrary rule, bias
    network: Network
    tokenizer: Any  # tokenizers.Tokenizer
    digest: str

    def scores(self, text: str) -> NDArray[np.float64]:
        """Return the log odds of each label for one sentence, rounded to 1/STEP."""
        ids = self.tokenizer.encode(text).ids
        feed = {"ids": np.array([ids], dtype=np.int64), "mask": np.ones((1, len(ids)), dtype=np.int64)}
        (given,) = self.network.run(None, feed)
        rounded: NDArray[np.float64] = np.round(np.asarray(given[0], dtype=np.float64) * STEP) / STEP
        return rounded


def stems(text: str) -> list[str]:
    """Return the first letters of each word of the sentence, once each, in order; a number is "#"."""
    found = (word[:_STEM] if word[0].isalpha() else "#" for word in _WORD.findall(text.lower()))
    return list(dict.fromkeys(found))


def load_reader(folders: Sequence[Path], digest: str) -> SentenceReader:
    """Read the reader of that digest from the first folder that has it; raise MissingModel where none has."""
    for folder in folders:
        if all((folder / name).is_file() for name in FILES) and digest_of(folder) == digest:
            return _opened(folder, digest)
    raise MissingModel(
        f"{folders[0]}: the sentence reader {digest} that the bias model was made with is in none of "
        f"{', '.join(folder.as_posix() for folder in folders)}; install vivex again, or train with `vivex train`"
    )


def digest_of(folder: Path) -> str:
    """Return what names a reader: a hash of its files."""
    return sha256("".join(sha256((folder / name).read_bytes()) for name in FILES).encode())[:16]


def open_pieces(path: Path) -> Any:
    """Return the tokenizers.Tokenizer of that file, which cuts a sentence to LONGEST pieces."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def _opened(folder: Path, digest: str) -> SentenceReader:
    import onnxruntime

    told = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one paper a process; the pool gives each its core
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    network = onnxruntime.InferenceSession(str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"])
    tokenizer = open_pieces(folder / "tokenizer.json")
    gate = Gate(told["gate"]["weights"], told["gate"]["least"])
    return SentenceReader(tuple(told["labels"]), gate, told["votes"], network, tokenizer, digest)
