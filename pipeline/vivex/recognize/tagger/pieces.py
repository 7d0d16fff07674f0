"""Word pieces and flags that the encoder reads, and the windows that long texts are read in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vivex.errors import MissingModel
from vivex.recognize.tagger.tokens import SHAPES, Words, shape_of

MAX_PIECES = 8  # of one word; what is beyond them (a sequence, a URL) tells nothing more
WINDOW = 254  # pieces in a window, without its two special ones
MARGIN = 40  # pieces of context on either side of what a window decides, where the text goes on
_BEGIN, _END, _UNKNOWN = ("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[UNK]", "<unk>")  # as BERT and RoBERTa call them


def flags_of(words: Words, listed: Any) -> Any:
    """Return float32 [words, flags]: shape one-hot, space before, and start or inside of a listed name (`match`)."""
    import numpy as np

    out = np.zeros((len(words), flag_count(listed.shape[1])), dtype=np.float32)
    for i, word in enumerate(words.text):
        out[i, SHAPES.index(shape_of(word))] = 1
        out[i, len(SHAPES)] = words.spaced[i]
    base = len(SHAPES) + 1
    for column in range(listed.shape[1]):
        out[:, base + 2 * column] = listed[:, column] == 1
        out[:, base + 2 * column + 1] = listed[:, column] == 2
    return out


def flag_count(lists: int) -> int:
    """Return how many flags a word has that is sought in so many name lists."""
    return len(SHAPES) + 1 + 2 * lists


def pieces_of(words: Sequence[str], tokenizer: Any, cache: dict[str, list[int]]) -> list[list[int]]:
    """Return the piece ids of each word (at least one, at most MAX_PIECES), filling the cache."""
    new = sorted({w for w in words if w not in cache})
    if new:
        for word, coded in zip(new, tokenizer.encode_batch(new, add_special_tokens=False)):
            cache[word] = list(coded.ids[:MAX_PIECES]) or [_id(tokenizer, _UNKNOWN)]
    return [cache[w] for w in words]


def special_of(tokenizer: Any) -> tuple[int, int]:
    """Return the ids of the pieces between which the tokenizer's encoder reads a text."""
    return _id(tokenizer, _BEGIN), _id(tokenizer, _END)


def _id(tokenizer: Any, names: Sequence[str]) -> int:
    found = (tokenizer.token_to_id(name) for name in names)
    number = next((i for i in found if i is not None), None)
    if number is None:
        raise MissingModel(
            f"tokenizer.json has no piece {' or '.join(names)}; take the tokenizer of the encoder's checkpoint"
        )
    return int(number)


def windows(sizes: Sequence[int], *, window: int = WINDOW, margin: int = MARGIN) -> Iterator[tuple[int, int, int, int]]:
    """Yield (first, last, keep_first, keep_last) word ranges: read first..last, decide on keep_first..keep_last.

    Every word is decided on exactly once, with `margin` pieces of context wherever the text has them.
    """
    total = len(sizes)
    keep = 0
    while keep < total:
        first, room = keep, margin
        while first > 0 and room >= sizes[first - 1]:
            first -= 1
            room -= sizes[first]
        last, used = first, 0
        while last < total and used + sizes[last] <= window:
            used += sizes[last]
            last += 1
        end = last
        if last < total:
            room = margin
            while end - 1 > keep and room >= sizes[end - 1]:
                end -= 1
                room -= sizes[end]
        yield first, last, keep, end
        keep = end
