"""Membership of word sequences in name lists, kept as sorted 32-bit hashes (a false hit in about 10,000 look-ups)."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vivex.recognize.tagger.tokens import Words, fold_name, folded

LONGEST = 7  # words in a name, signs not counted
_KNOWN_BITS = 22  # of a key, by which most that are in no list are told


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
    return matches([words], tables)[0]


def matches(passages: Sequence[Words], tables: Mapping[str, Any]) -> list[Any]:
    """Return what `match` does for each passage; all of them are sought in a list at once."""
    import numpy as np

    keys: list[int] = []
    firsts: list[int] = []  # words of all passages, those of earlier ones before
    lasts: list[int] = []
    done = 0
    bounds = [0]
    for words in passages:
        solid = [i for i, w in enumerate(words.text) if w[0].isalnum()]
        parts = [folded(words.text[i]).encode() for i in solid]
        for first in range(len(solid)):
            crc, start, before = 0, done + solid[first], solid[first]
            for last in range(first, min(first + LONGEST, len(solid))):
                if solid[last] - before > 2:
                    break  # more than one sign between
                before = solid[last]
                crc = zlib.crc32(parts[last], crc)
                keys.append(crc)
                firsts.append(start)
                lasts.append(done + before)
        done += len(words)
        bounds.append(done)
    out = np.zeros((done, len(tables)), dtype=np.int8)
    wanted, hopeful = np.array(keys, dtype=np.uint32), np.zeros(1 << _KNOWN_BITS, dtype=bool)
    for table in tables.values():  # most keys are in none: their first bits tell
        hopeful[table >> (32 - _KNOWN_BITS)] = True
    some = np.flatnonzero(hopeful[wanted >> (32 - _KNOWN_BITS)])
    wanted, starts, ends = wanted[some], np.array(firsts)[some], np.array(lasts)[some]
    order = np.argsort(wanted)  # neighbours in a list are sought after one another
    ordered = wanted[order]
    for column, name in enumerate(sorted(tables)):
        table = tables[name]
        if not len(table) or not len(wanted):
            continue
        place = np.minimum(np.searchsorted(table, ordered), len(table) - 1)
        found = order[table[place] == ordered]
        hits = zip(starts[found].tolist(), ends[found].tolist(), strict=True)
        free = -1
        for start, end in sorted(hits, key=lambda s: (s[0], -s[1])):
            if start > free:
                out[start, column] = 1
                out[start + 1 : end + 1, column] = 2
                free = end
    return [out[a:b] for a, b in itertools.pairwise(bounds)]


def of_lists(listed: Any, tables: Mapping[str, Any], names: Iterable[str]) -> Any:
    """Return those columns of what `match` gave for `tables` that are of the lists so named."""
    order = sorted(tables)
    return listed[:, [order.index(name) for name in sorted(names)]]
