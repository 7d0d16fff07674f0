"""Ask the encoder (ONNX) what it says of each word of a paper's passages, many windows in one call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivex.recognize.tagger.pieces import flags_of, pieces_of, special_of, windows
from vivex.recognize.tagger.tokens import Words

INPUT_SCALE = 4.0  # log odds of the encoder that make one unit of a chain's dense input
ROUNDED = 16  # pieces: windows are filled up to a multiple of it, so that many are equally long
BATCH = 512  # pieces in one call; more of them spill out of the cache

# Where mentions are read with the encoder. The chains alone read the rest: what others found (introduction), what was
# said before (discussion), who paid; headings, notes and cells of tables, none of which annotated passages came from.
READ_KINDS = frozenset(("title", "abstract", "paragraph", "list", "caption"))
UNREAD_ROLES = frozenset(("introduction", "discussion", "statements", "references"))


@dataclass(frozen=True, slots=True)
class _Window:
    """Hold what the encoder reads of a passage: `place` is the row of its first word that is decided on."""

    ids: Any
    flags: Any
    places: Any  # piece of each word that is decided on
    row: int


def worth_reading(kind: str, role: str) -> bool:
    """Tell whether the encoder reads blocks of this kind in sections of this role."""
    return kind in READ_KINDS and role not in UNREAD_ROLES


def inputs_of(scores: Any) -> Any:
    """Return the chains' dense inputs: log odds of begin and inside against outside over INPUT_SCALE, cut at ±2."""
    import numpy as np

    scores = np.asarray(scores, dtype=np.float32).reshape(len(scores), -1, 3)
    return np.clip((scores[..., 1:] - scores[..., :1]) / INPUT_SCALE, -2, 2).reshape(len(scores), -1)


def encoder_reads(
    passages: Sequence[Words], listed: Sequence[Any], session: Any, tokenizer: Any, cache: dict[str, list[int]]
) -> Any:
    """Return float32 [words of all passages, outputs] of each word's first piece; `listed` tells each passage's names.

    Long passages are read in windows. A window is filled up to a length that depends on itself alone, and only windows
    of one length share a call: what a paragraph says does not depend on its neighbours, not even in the last digit.
    """
    import numpy as np

    by_length: dict[int, list[_Window]] = {}
    for window in _windows(passages, listed, tokenizer, cache):
        by_length.setdefault(-(-len(window.ids) // ROUNDED) * ROUNDED, []).append(window)
    out: Any = None
    for length in sorted(by_length):
        alike = by_length[length]
        most = max(1, BATCH // length)
        for first in range(0, len(alike), most):
            some = alike[first : first + most]
            given = _answers(session, some, length)
            if out is None:
                out = np.zeros((sum(map(len, passages)), given.shape[2]), dtype=np.float32)
            for answer, window in zip(given, some, strict=True):
                out[window.row : window.row + len(window.places)] = answer[window.places]
    return out


def _answers(session: Any, some: Sequence[_Window], length: int) -> Any:
    """Return float32 [windows, pieces, outputs] of one call; what fills a window up is masked."""
    import numpy as np

    ids = np.zeros((len(some), length), dtype=np.int64)
    mask = np.zeros((len(some), length), dtype=np.int64)
    flags = np.zeros((len(some), length, some[0].flags.shape[1]), dtype=np.float32)
    for i, window in enumerate(some):
        size = len(window.ids)
        ids[i, :size], mask[i, :size], flags[i, :size] = window.ids, 1, window.flags
    (given,) = session.run(None, {"ids": ids, "mask": mask, "flags": flags})
    return given


def _windows(
    passages: Sequence[Words], listed: Sequence[Any], tokenizer: Any, cache: dict[str, list[int]]
) -> Iterator[_Window]:
    """Yield the windows of all passages."""
    import numpy as np

    begin, finish = special_of(tokenizer)
    pieces_of([word for words in passages for word in words.text], tokenizer, cache)
    done = 0
    for words, names in zip(passages, listed, strict=True):
        pieces = pieces_of(words.text, tokenizer, cache)
        flags = flags_of(words, names)
        for first, last, keep, end in windows([len(p) for p in pieces]):
            counts = [len(p) for p in pieces[first:last]]
            ids = np.array([begin, *(i for p in pieces[first:last] for i in p), finish])
            marks = np.zeros((len(ids), flags.shape[1]), dtype=np.float32)
            marks[1:-1] = np.repeat(flags[first:last], counts, axis=0)
            places = 1 + np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(int)
            yield _Window(ids, marks, places[keep - first : end - first], done + keep)
        done += len(words)


def open_encoder(network: Path, pieces: Path) -> tuple[Any, Any]:
    """Return the session of onnxruntime and the tokenizer, of one thread: one paper a process, each with its core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # which keeps what the longest windows took, and saves no time
    session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
    return session, open_tokenizer(pieces)


def open_tokenizer(pieces: Path) -> Any:
    """Read the tokenizer that cuts words into pieces, whole words each."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(pieces))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
