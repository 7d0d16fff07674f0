"""Membership of word sequences in name lists, kept as sorted 32-bit hashes (a false hit in about 10,000 look-ups)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vivex.recognize.tagger.tokens import Words, fold_name, folded

LONGEST = 7  # words in a name, signs not counted


def key_of(parts: Iterable[str]) -> int:
    """Return the hash of folded words; they are joined, so "IL-1 beta", "IL1B" and "IL-1β" agree."""
    return zlib.crc32("".join(parts).encode())


def compile_lexicon(names: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Return a sorted uint32 array of hashes for each category."""
    import numpy as np

    tables = {}
    for category in sorted(names):
        keys = {key_of(parts) for parts in map(fold_name, names[category]) if 0 < len(parts) <= LONGEST}
        tables[category] = np.array(sorted(keys), dtype=np.uint32)
    return tables


def save_lexicon(tables: Mapping[str, Any], path: Path) -> None:
    """Write the tables; the same tables give the same bytes."""
    import numpy as np

    with path.open("wb") as file:
        np.savez(file, **{name: tables[name] for name in sorted(tables)})


def load_lexicon(path: Path) -> dict[str, Any]:
    """Read what `save_lexicon` wrote."""
    import numpy as np

    with np.load(path) as data:
        return {name: data[name] for name in sorted(data.files)}


def match(words: Words, tables: Mapping[str, Any]) -> Any:
    """Return an int8 array [words, categories]: 1 where a listed name starts, 2 where it goes on, 0 outside.

    The longest name wins at each place; signs within a name (hyphens, slashes, brackets) are passed over.
    """
    import numpy as np

    size = len(words)
    out = np.zeros((size, len(tables)), dtype=np.int8)
    solid = [i for i, w in enumerate(words.text) if w[0].isalnum()]
    parts = [folded(words.text[i]).encode() for i in solid]
    keys, spans = [], []
    for first in range(len(solid)):
        crc = 0
        for last in range(first, min(first + LONGEST, len(solid))):
            if last > first and solid[last] - solid[last - 1] > 2:
                break  # more than one sign between
            crc = zlib.crc32(parts[last], crc)
            keys.append(crc)
            spans.append((solid[first], solid[last]))
    if not keys:
        return out
    wanted = np.array(keys, dtype=np.uint32)
    for column, name in enumerate(sorted(tables)):
        table = tables[name]
        if not len(table):
            continue
        place = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
        hits = [spans[i] for i in np.flatnonzero(table[place] == wanted)]
        free = -1
        for start, end in sorted(hits, key=lambda s: (s[0], -s[1])):
            if start > free:
                out[start, column] = 1
                out[start + 1 : end + 1, column] = 2
                free = end
    return out


def of_lists(listed: Any, tables: Mapping[str, Any], names: Iterable[str]) -> Any:
    """Return those columns of what `match` gave for `tables` that are of the lists so named."""
    order = sorted(tables)
    return listed[:, [order.index(name) for name in sorted(names)]]
